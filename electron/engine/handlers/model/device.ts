// Devices and precisions from the page: what is known, tests, comparisons, the restart.
import type { DeviceReport, DeviceSummary } from '../../../api/model.ts';
import { AppError } from '../../../api/errors.ts';
import { plainReason } from '../../../link/deviceWords.ts';
import { chooseDevice } from '../../devices/choose.ts';
import { isKnownDevice, offeredDevices } from '../../devices/offered.ts';
import { precisionKey, precisionReports, whyNot } from '../../devices/precisions.ts';
import { recordOf, reportsOf, type PackRecord } from '../../devices/records.ts';
import { sampleScenes } from '../../devices/sampleScenes.ts';
import { selfTest } from '../../devices/selfTest.ts';
import type { EngineContext, HandlerGroup } from '../../context.ts';
import { cudaHandlers } from './cuda.ts';
import { choiceOf, clickPacks, findPack, type KnownPack } from '../../packs/packs.ts';

type DeviceHandlers = HandlerGroup<'device'> & Pick<HandlerGroup<'model'>, 'model.precision'>;

export function deviceHandlers(context: EngineContext): DeviceHandlers {
  const here = offeredDevices(process.platform, process.arch);
  const record = (pack: KnownPack) => recordOf(context.devices.value(), pack.id, pack.packHash);
  const keep = (pack: KnownPack, change: Partial<PackRecord>) =>
    context.devices.set({
      version: 1,
      packs: {
        ...context.devices.value().packs,
        [pack.id]: { ...record(pack), ...change },
      },
    });
  /** The pack in use; any that works when it is gone. */
  const current = async (): Promise<KnownPack> => {
    const wanted = context.open.current()?.meta('packId') ?? context.settings.value().packId;
    const pack = await findPack(context, wanted).catch(() => findPack(context, ''));
    return pack.manifest.kind === 'itm' ? pack : findPack(context, '');
  };
  const keepReports = (pack: KnownPack, fresh: readonly DeviceReport[]) => {
    const tested = new Set(fresh.map(({ provider }) => provider));
    return keep(pack, {
      testedAt: context.clock.now().toISOString(),
      devices: [...record(pack).devices.filter((one) => !tested.has(one.provider)), ...fresh],
    });
  };
  const summary = (pack: KnownPack): DeviceSummary => {
    const known = record(pack);
    const devices = reportsOf(known, process.platform, process.arch);
    const { provider, reason } = chooseDevice(context.settings.value().provider, devices);
    return {
      devices,
      chosen: provider,
      reason,
      packId: pack.id,
      testedAt: known.testedAt || null,
    };
  };

  return {
    async 'device.list'() {
      return summary(await current());
    },
    ...cudaHandlers(context),
    async 'device.test'({ provider }, call) {
      const pack = await current();
      const offered = here.filter(({ notHere }) => notHere === null).map((one) => one.provider);
      if (provider !== null && !isKnownDevice(provider))
        throw new AppError('BAD_REQUEST', `There is no device ${provider}.`);
      const wanted = offered.filter((one) => provider === null || one === provider);
      // A pack that answers clicks has its own speed, and may disagree where the other does not.
      const packs = [pack, ...(await clickPacks(context))];
      for (const [index, one] of packs.entries()) {
        const before = index * wanted.length;
        const fresh = await selfTest(
          {
            link: context.link,
            log: context.log,
            pack: { ...choiceOf(context, one), provider: 'cpu' },
            signal: call.signal,
            onDevice: (name, done) =>
              call.progress({
                stage: name,
                done: before + done,
                total: packs.length * wanted.length,
              }),
          },
          wanted,
        );
        await keepReports(one, fresh);
      }
      return summary(pack);
    },
    async 'device.restart'() {
      const { generation } = await context.link.restart();
      return { generation };
    },
    async 'model.precision'({ id, measure }, call) {
      const pack = await findPack(context, id);
      const devices = reportsOf(record(pack), process.platform, process.arch);
      const { provider: chosen } = chooseDevice(context.settings.value().provider, devices);
      if (measure !== null) {
        const reason = whyNot(measure, chosen, devices);
        if (reason !== null) throw new AppError('DEVICE_FAILED', reason);
        const scenes = await sampleScenes(context.host.sampleFolder);
        if (scenes.length === 0)
          throw new AppError('IMAGE_MISSING', 'The sample scenes are not installed.');
        const found = await context.link
          .request(
            'precision.measure',
            {
              pack: { ...choiceOf(context, pack), precision: measure },
              provider: chosen,
              parameters: pack.parameters,
              scenes,
            },
            { signal: call.signal, onProgress: (progress) => call.progress(progress) },
          )
          .catch((error: unknown) => {
            call.signal.throwIfAborted();
            if (error instanceof AppError && error.code !== 'INTERNAL') throw error;
            throw new AppError('DEVICE_FAILED', plainReason(chosen, String(error)), {
              cause: error,
            });
          });
        await keep(pack, {
          precisions: { ...record(pack).precisions, [precisionKey(measure, chosen)]: found },
        });
      }
      const bytes = pack.manifest.files.reduce((sum, file) => sum + file.bytes, 0);
      return { reports: precisionReports(record(pack), chosen, devices, bytes) };
    },
  };
}
