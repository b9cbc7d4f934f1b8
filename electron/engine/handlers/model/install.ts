// Getting packs: from the catalogue by download, or from a folder on this disk.
import { AppError } from '../../../api/errors.ts';
import type { PackSummary } from '../../../api/model.ts';
import { idFromName } from '../../../../models/packs/building/assemble.ts';
import { buildPack } from '../../../../models/packs/building/build.ts';
import { CATALOGUE } from '../../../../models/packs/catalogue/catalogue.ts';
import type { ByHand, CatalogueEntry } from '../../../../models/packs/catalogue/entry.ts';
import { fetchedBuild } from '../../../../models/packs/catalogue/fetched.ts';
import { requestFor } from '../../../../models/packs/request.ts';
import { downloadPack } from '../../../../models/packs/download/download.ts';
import { hubEndpoint } from '../../../../models/packs/download/hub/network.ts';
import { pendingDownloads } from '../../../../models/packs/download/partial.ts';
import { packHash } from '../../../../models/packs/manifest.ts';
import { installFolder, listPacks, type StoredPack } from '../../../../models/packs/store.ts';
import type { EngineContext, HandlerGroup } from '../../context.ts';
import { chooseDevice } from '../../devices/choose.ts';
import { recordOf, reportsOf } from '../../devices/records.ts';
import { summaryOfPack } from './model.ts';
import { takeWayTo } from '../../packs/hubProxy.ts';
import { translated } from '../../packs/modelErrors.ts';

type InstallHandlers = Pick<
  HandlerGroup<'model'>,
  'model.list' | 'model.install' | 'model.token' | 'model.addLocal'
>;

export function installHandlers(context: EngineContext): InstallHandlers {
  const places = context.host.packs;
  /** Downloads under way: bytes by pack id. */
  const active = new Map<string, number>();

  const speedOf = ({ id, manifest }: StoredPack): Pick<PackSummary, 'speedMs' | 'clickMs'> => {
    if (manifest === null) return { speedMs: null, clickMs: null };
    const record = recordOf(context.devices.value(), id, packHash(manifest));
    const devices = reportsOf(record, process.platform, process.arch);
    const { provider } = chooseDevice(context.settings.value().provider, devices);
    const tested = devices.find((one) => one.provider === provider);
    return { speedMs: tested?.milliseconds ?? null, clickMs: tested?.clickMs ?? null };
  };

  const packOfId = async (id: string): Promise<PackSummary> => {
    const stored = (await listPacks(places)).find((pack) => pack.id === id);
    if (!stored) throw new AppError('PACK_UNKNOWN', `There is no model ${id}.`);
    return summaryOfPack(stored);
  };

  return {
    async 'model.list'() {
      const stored = (await listPacks(places)).map((pack) => ({
        ...summaryOfPack(pack),
        ...speedOf(pack),
      }));
      const known = new Set(stored.map((pack) => pack.id));
      const pending = new Map(
        (await pendingDownloads(places.installed)).map((one) => [one.plan.id, one]),
      );
      const others = CATALOGUE.filter((entry) => !known.has(entry.id)).map((entry): PackSummary => {
        const part = pending.get(entry.id);
        return {
          id: entry.id,
          name: entry.name,
          family: entry.family,
          purpose: entry.purpose,
          licence: entry.licence,
          bytes: part?.totalBytes ?? entry.downloadBytes,
          builtIn: false,
          state: active.has(entry.id)
            ? 'downloading'
            : part
              ? 'paused'
              : entry.byHand
                ? 'byHand'
                : 'notInstalled',
          ...(entry.byHand ? { byHand: byHandOf(entry, entry.byHand) } : {}),
          problem: null,
          memoryBytes: entry.memoryBytes,
          kind: entry.kind,
          receivedBytes: active.get(entry.id) ?? part?.receivedBytes ?? 0,
          speedMs: null,
          clickMs: null,
        };
      });
      return { packs: [...stored, ...others] };
    },
    async 'model.install'({ id }, call) {
      if (active.has(id))
        throw new AppError('JOB_STATE', 'This model is being downloaded already.');
      active.set(id, 0);
      let lastMs = context.clock.elapsedMs();
      let lastBytes = 0;
      let bytesPerSecond = 0;
      try {
        const { manifest } = await translated(async () => {
          const endpoint = hubEndpoint(process.env, context.settings.value().hubMirror);
          await takeWayTo(context.host, process.env, endpoint);
          return downloadPack(await requestFor(id, places), {
            places,
            endpoint,
            token: await context.tokens.find(endpoint),
            signal: call.signal,
            onProgress({ stage, received, total, retry }) {
              active.set(id, received);
              const nowMs = context.clock.elapsedMs();
              if (nowMs - lastMs > 500) {
                bytesPerSecond = ((received - lastBytes) / (nowMs - lastMs)) * 1000;
                lastMs = nowMs;
                lastBytes = received;
              }
              call.progress({
                receivedBytes: received,
                totalBytes: total,
                bytesPerSecond: Math.max(0, bytesPerSecond),
                stage: retry === null ? stage : 'waiting',
              });
            },
          });
        });
        const pack = await packOfId(manifest.id);
        context.publish('model.status', pack, pack.id);
        return { pack };
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
      const pack = await packOfId(manifest.id);
      context.publish('model.status', pack, pack.id);
      return { pack };
    },
  };
}

const byHandOf = (
  { notes }: CatalogueEntry,
  { address, file, atLeast }: ByHand,
): NonNullable<PackSummary['byHand']> => ({ address, file, atLeast, notes });
