// Devices and precisions from the page: what is known, tests, comparisons.
import type { Input } from '../../../api/methods.ts';
import type { DeviceReport, DeviceSummary, Precision } from '../../../api/model.ts';
import { AppError } from '../../../api/errors.ts';
import { deviceWords } from '../../../api/said/deviceWords.ts';
import { say } from '../../../api/said/said.ts';
import { causeOf } from '../../../link/words/deviceWords.ts';
import { chooseDevice } from '../../devices/choose.ts';
import { isKnownDevice, offeredDevices } from '../../devices/offered.ts';
import { precisionKey, precisionReports, whyNot } from '../../devices/precisions.ts';
import { recordOf, reportsOf, type PackRecord } from '../../devices/records.ts';
import { sampleScenes } from '../../devices/sampleScenes.ts';
import { selfTest } from '../../devices/selfTest.ts';
import type { Call, EngineContext, HandlerGroup } from '../../context.ts';
import { cudaHandlers } from './cuda.ts';
import { choiceOf, clickPacks, findPack, type KnownPack } from '../../packs/packs.ts';

type DeviceHandlers = HandlerGroup<'device'> & Pick<HandlerGroup<'model'>, 'model.precision'>;

export function deviceHandlers(context: EngineContext): DeviceHandlers {
  return {
    'device.list': async () => summary(context, await current(context)),
    ...cudaHandlers(context),
    'device.test': ({ provider }, call) => test(context, provider, call),
    async 'model.precision'({ id, measure }, call) {
      const pack = await findPack(context, id);
      const devices = reportsFor(context, pack);
      const { provider: chosen } = chooseDevice(context.settings.value().provider, devices);
      if (measure !== null) {
        const why = whyNot(measure, chosen, devices);
        if (why !== null)
          throw new AppError('DEVICE_FAILED', say(deviceWords, why), { data: { why } });
        const found = await measured(context, pack, { precision: measure, provider: chosen }, call);
        const { precisions } = recordFor(context, pack);
        await keep(context, pack, {
          precisions: { ...precisions, [precisionKey(measure, chosen)]: found },
        });
      }
      const bytes = pack.manifest.files.reduce((sum, file) => sum + file.bytes, 0);
      return { reports: precisionReports(recordFor(context, pack), chosen, devices, bytes) };
    },
  };
}

const recordFor = (context: EngineContext, pack: KnownPack): PackRecord =>
  recordOf(context.devices.value(), pack.id, pack.packHash);

const reportsFor = (context: EngineContext, pack: KnownPack): DeviceReport[] =>
  reportsOf(recordFor(context, pack), process.platform, process.arch);

function keep(context: EngineContext, pack: KnownPack, change: Partial<PackRecord>): Promise<void> {
  const { packs } = context.devices.value();
  return context.devices.set({
    version: 1,
    packs: { ...packs, [pack.id]: { ...recordFor(context, pack), ...change } },
  });
}

/** The pack in use; any that works when it is gone. */
async function current(context: EngineContext): Promise<KnownPack> {
  const wanted = context.open.current()?.meta('packId') ?? context.settings.value().packId;
  const pack = await findPack(context, wanted).catch(() => findPack(context, ''));
  return pack.manifest.kind === 'itm' ? pack : findPack(context, '');
}

function summary(context: EngineContext, pack: KnownPack): DeviceSummary {
  const devices = reportsFor(context, pack);
  const { provider, reason, why } = chooseDevice(context.settings.value().provider, devices);
  const testedAt = recordFor(context, pack).testedAt || null;
  return { devices, chosen: provider, reason, why, packId: pack.id, testedAt };
}

/** Tests one device, or all that are here, with the pack in use and those that answer clicks. */
async function test(
  context: EngineContext,
  provider: Input<'device.test'>['provider'],
  call: Call<'device.test'>,
): Promise<DeviceSummary> {
  const pack = await current(context);
  const here = offeredDevices(process.platform, process.arch);
  const offered = here.filter(({ notHere }) => notHere === null).map((one) => one.provider);
  if (provider !== null && !isKnownDevice(provider))
    throw new AppError('BAD_REQUEST', `There is no device ${provider}.`);
  const wanted = offered.filter((one) => provider === null || one === provider);
  // A pack that answers clicks has its own speed, and may disagree where the other does not.
  const packs = [pack, ...(await clickPacks(context))];
  for (const [index, one] of packs.entries()) {
    const before = index * wanted.length;
    const total = packs.length * wanted.length;
    const fresh = await selfTest(
      {
        link: context.link,
        log: context.log,
        pack: { ...choiceOf(context, one), provider: 'cpu' },
        signal: call.signal,
        onDevice: (stage, done) => call.progress({ stage, done: before + done, total }),
      },
      wanted,
    );
    const tested = new Set(fresh.map((report) => report.provider));
    const others = recordFor(context, one).devices.filter((known) => !tested.has(known.provider));
    const testedAt = context.clock.now().toISOString();
    await keep(context, one, { testedAt, devices: [...others, ...fresh] });
  }
  return summary(context, pack);
}

/** What a precision changes on the sample scenes, on one device. */
async function measured(
  context: EngineContext,
  pack: KnownPack,
  { precision, provider }: { readonly precision: Precision; readonly provider: string },
  call: Call<'model.precision'>,
) {
  const scenes = await sampleScenes(context.host.sampleFolder);
  if (scenes.length === 0)
    throw new AppError('IMAGE_MISSING', 'The sample scenes are not installed.');
  const { parameters } = pack;
  const asked = { pack: { ...choiceOf(context, pack), precision }, provider, parameters, scenes };
  return context.link
    .request('precision.measure', asked, {
      signal: call.signal,
      onProgress: (progress) => call.progress(progress),
    })
    .catch((error: unknown) => {
      call.signal.throwIfAborted();
      if (error instanceof AppError && error.code !== 'INTERNAL') throw error;
      const why = causeOf(provider, String(error));
      throw new AppError('DEVICE_FAILED', say(deviceWords, why), { data: { why }, cause: error });
    });
}
