// Getting packs: from the catalogue by download, or from a folder on this disk. Every family of models comes with
// either, so both are loaded when somebody asks: neither a start nor the list waits for them.
import { AppError } from '../../../api/errors.ts';
import type { Output } from '../../../api/methods.ts';
import type { PackSummary } from '../../../api/model.ts';
import type { ByHand, CatalogueEntry } from '../../../../models/packs/catalogue/entry.ts';
import type { downloadPack } from '../../../../models/packs/download/download.ts';
import { hubEndpoint } from '../../../../models/packs/download/hub/network.ts';
import {
  pendingDownloads,
  type PendingDownload,
} from '../../../../models/packs/download/partial.ts';
import { packHash } from '../../../../models/packs/manifest.ts';
import { installFolder, listPacks, type StoredPack } from '../../../../models/packs/store.ts';
import type { Call, EngineContext, HandlerGroup } from '../../context.ts';
import { chooseDevice } from '../../devices/choose.ts';
import { recordOf, reportsOf } from '../../devices/records.ts';
import { summaryOfPack } from './model.ts';
import { takeWayTo } from '../../packs/hubProxy.ts';
import { translated } from '../../packs/modelErrors.ts';

type InstallHandlers = Pick<
  HandlerGroup<'model'>,
  'model.list' | 'model.install' | 'model.token' | 'model.addLocal'
>;

/** Downloads under way: bytes by pack id. */
type Active = Map<string, number>;

export function installHandlers(context: EngineContext): InstallHandlers {
  const places = context.host.packs;
  const active: Active = new Map();
  /** The pack, also published to all windows. */
  const added = async (id: string): Promise<{ pack: PackSummary }> => {
    const stored = (await listPacks(places)).find((one) => one.id === id);
    if (!stored) throw new AppError('PACK_UNKNOWN', `There is no model ${id}.`);
    const pack = summaryOfPack(stored);
    context.publish('model.status', pack, pack.id);
    return { pack };
  };

  return {
    'model.list': () => modelList(context, active),
    async 'model.install'({ id }, call) {
      if (active.has(id))
        throw new AppError('JOB_STATE', 'This model is being downloaded already.');
      active.set(id, 0);
      try {
        const { manifest } = await translated(() => download(context, id, active, call));
        return await added(manifest.id);
      } finally {
        active.delete(id);
      }
    },
    'model.token': ({ token }) =>
      translated(async () => {
        const endpoint = hubEndpoint(process.env, context.settings.value().hubMirror);
        if (token === null) await context.tokens.forget(endpoint);
        else if (token !== undefined) await context.tokens.keep(endpoint, token);
        return context.tokens.state(endpoint);
      }),
    async 'model.addLocal'({ source, name, entry }, call) {
      const path = context.handles.pathOf(source);
      const [{ buildPack }, { idFromName }, { fetchedBuild }] = await Promise.all([
        import('../../../../models/packs/building/build.ts'),
        import('../../../../models/packs/building/assemble.ts'),
        import('../../../../models/packs/catalogue/fetched.ts'),
      ]);
      const { manifest } = await translated(async () => {
        const what =
          entry === undefined
            ? { source: path, words: { name, id: idFromName(name) } }
            : await fetchedBuild(entry, path);
        return buildPack(
          { ...what, out: installFolder(places, what.words.id) },
          {
            signal: call.signal,
            onProgress: (progress) => call.progress({ stage: 'Check files', ...progress }),
          },
        );
      });
      return added(manifest.id);
    },
  };
}

/** Packs that are here, and behind them what the catalogue has. */
async function modelList(context: EngineContext, active: Active): Promise<Output<'model.list'>> {
  const { CATALOGUE } = await import('../../../../models/packs/catalogue/catalogue.ts');
  const { packs: places } = context.host;
  const stored = (await listPacks(places)).map((pack) => ({
    ...summaryOfPack(pack),
    ...speedOf(context, pack),
  }));
  const known = new Set(stored.map((pack) => pack.id));
  const pending = new Map(
    (await pendingDownloads(places.installed)).map((one) => [one.plan.id, one]),
  );
  const others = CATALOGUE.filter((entry) => !known.has(entry.id)).map((entry) =>
    catalogueSummary(entry, active.get(entry.id), pending.get(entry.id)),
  );
  return { packs: [...stored, ...others] };
}

/** `received`: bytes of a download under way; `part`: what an earlier one left. */
function catalogueSummary(
  entry: CatalogueEntry,
  received: number | undefined,
  part: PendingDownload | undefined,
): PackSummary {
  const { id, name, family, purpose, licence, byHand, memoryBytes, kind } = entry;
  const absent = byHand ? 'byHand' : 'notInstalled';
  return {
    id,
    name,
    family,
    purpose,
    licence,
    memoryBytes,
    kind,
    bytes: part?.totalBytes ?? entry.downloadBytes,
    builtIn: false,
    state: received !== undefined ? 'downloading' : part ? 'paused' : absent,
    ...(byHand ? { byHand: byHandOf(entry, byHand) } : {}),
    problem: null,
    receivedBytes: received ?? part?.receivedBytes ?? 0,
    speedMs: null,
    clickMs: null,
  };
}

function speedOf(
  context: EngineContext,
  { id, manifest }: StoredPack,
): Pick<PackSummary, 'speedMs' | 'clickMs'> {
  if (manifest === null) return { speedMs: null, clickMs: null };
  const record = recordOf(context.devices.value(), id, packHash(manifest));
  const devices = reportsOf(record, process.platform, process.arch);
  const { provider } = chooseDevice(context.settings.value().provider, devices);
  const tested = devices.find((one) => one.provider === provider);
  return { speedMs: tested?.milliseconds ?? null, clickMs: tested?.clickMs ?? null };
}

async function download(
  context: EngineContext,
  id: string,
  active: Active,
  call: Call<'model.install'>,
): ReturnType<typeof downloadPack> {
  const [{ requestFor }, downloading] = await Promise.all([
    import('../../../../models/packs/request.ts'),
    import('../../../../models/packs/download/download.ts'),
  ]);
  const { packs: places } = context.host;
  const endpoint = hubEndpoint(process.env, context.settings.value().hubMirror);
  await takeWayTo(context.host, process.env, endpoint);
  const speed = speedMeter(() => context.clock.elapsedMs());
  return downloading.downloadPack(await requestFor(id, places), {
    places,
    endpoint,
    token: await context.tokens.find(endpoint),
    signal: call.signal,
    onProgress({ stage, received, total, retry }) {
      active.set(id, received);
      call.progress({
        receivedBytes: received,
        totalBytes: total,
        bytesPerSecond: speed(received),
        stage: retry === null ? stage : 'waiting',
      });
    },
  });
}

/** Bytes per second from the bytes received so far, over half a second or more. */
function speedMeter(nowMs: () => number): (received: number) => number {
  let last = { ms: nowMs(), bytes: 0 };
  let bytesPerSecond = 0;
  return (received) => {
    const ms = nowMs() - last.ms;
    if (ms > 500) {
      bytesPerSecond = ((received - last.bytes) / ms) * 1000;
      last = { ms: last.ms + ms, bytes: received };
    }
    return Math.max(0, bytesPerSecond);
  };
}

const byHandOf = (
  { notes }: CatalogueEntry,
  { address, file, atLeast }: ByHand,
): NonNullable<PackSummary['byHand']> => ({ address, file, atLeast, notes });
