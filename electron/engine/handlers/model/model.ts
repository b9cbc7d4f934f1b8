// Packs that are here, and devices, from the page.
import { statfs } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { AppError } from '../../../api/errors.ts';
import type { Output } from '../../../api/methods.ts';
import type { PackSummary } from '../../../api/model.ts';
import { hubEndpoint } from '../../../../models/packs/download/hub/network.ts';
import { discardDownload, pendingDownloads } from '../../../../models/packs/download/partial.ts';
import { listPacks, removePack } from '../../../../models/packs/store.ts';
import type { StoredPack } from '../../../../models/packs/store.ts';
import type { EngineContext, HandlerGroup } from '../../context.ts';
import { hasProxy } from '../../packs/hubProxy.ts';
import { translated } from '../../packs/modelErrors.ts';

type ModelHandlers = Pick<HandlerGroup<'model'>, 'model.verify' | 'model.remove' | 'model.place'>;

export function modelHandlers(context: EngineContext): ModelHandlers {
  const places = context.host.packs;
  const stored = async (id: string): Promise<StoredPack> => {
    const pack = (await listPacks(places)).find((candidate) => candidate.id === id);
    if (!pack)
      throw new AppError('PACK_UNKNOWN', `There is no model ${id} on this computer.`, {
        data: { id },
      });
    return pack;
  };
  return {
    async 'model.verify'({ id }, call) {
      const pack = await stored(id);
      // The readers of weights come with it.
      const { verifyPack } = await import('../../../../models/packs/verify.ts');
      const report = await verifyPack(pack.folder, {
        signal: call.signal,
        onProgress: (progress) => call.progress({ stage: 'Verify', ...progress }),
      });
      const problems = report.problems.map(
        (problem) => `${problem.file}: expected ${problem.expected}, found ${problem.found}`,
      );
      const summary = summaryOfPack(pack);
      return {
        pack:
          problems.length === 0
            ? summary
            : { ...summary, state: 'broken', problem: problems[0] ?? null },
        problems,
      };
    },
    'model.place': () => placeOfPacks(context),
    async 'model.remove'({ id }) {
      const installed = (await listPacks(places)).some((candidate) => candidate.id === id);
      const pending = (await pendingDownloads(places.installed)).some((one) => one.plan.id === id);
      if (!installed && pending) {
        await translated(() => discardDownload(places.installed, id));
        return {};
      }
      const pack = await stored(id);
      const jobs = context.open.current() ? context.open.jobs().list() : [];
      if (jobs.some(({ state }) => state === 'running'))
        throw new AppError('JOB_STATE', 'A job is running. Pause it before a model is removed.');
      // On Windows an open weight file cannot be removed: the process that holds it goes first.
      await context.link.restart();
      await translated(() => removePack(places, id));
      context.publish(
        'model.status',
        { ...summaryOfPack(pack), state: 'notInstalled', receivedBytes: 0 },
        id,
      );
      return {};
    },
  };
}

/** Where packs are put, what they take, and where they come from. */
async function placeOfPacks(context: EngineContext): Promise<Output<'model.place'>> {
  const { installed } = context.host.packs;
  const bytes = (await listPacks(context.host.packs)).reduce(
    (sum, pack) => sum + (pack.builtIn ? 0 : pack.bytes),
    0,
  );
  const pending = await pendingDownloads(installed);
  const space = await freeSpaceAbove(installed);
  const env = process.env;
  const mirror = context.settings.value().hubMirror;
  const hub = hubOrNull(env, mirror);
  return {
    folder: shownPath(installed),
    usedBytes: bytes + pending.reduce((sum, one) => sum + one.receivedBytes, 0),
    freeBytes: space,
    hub: hub === null ? mirror : new URL(hub).host,
    proxy: hub !== null && (await hasProxy(context.host, env, hub)),
  };
}

/** A pack as the page sees it. */
export function summaryOfPack(pack: StoredPack): PackSummary {
  const { manifest } = pack;
  return {
    id: pack.id,
    name: manifest?.name ?? basename(pack.folder),
    family: manifest?.family ?? '',
    purpose: manifest?.purpose ?? '',
    licence: manifest?.licence ?? '',
    bytes: pack.bytes,
    builtIn: pack.builtIn,
    state: pack.problem === null ? 'ready' : 'broken',
    problem: pack.problem,
    memoryBytes: pack.memoryBytes,
    kind: manifest?.kind ?? 'itm',
    receivedBytes: pack.bytes,
    speedMs: null,
    clickMs: null,
  };
}

/** `~/.local/share/...` where the folder lies in the home folder. */
function shownPath(folder: string): string {
  const inside = relative(homedir(), folder);
  return inside.startsWith('..') || inside === '' ? folder : join('~', inside);
}

/** Bytes free where `folder` is or will be; null when the system does not say. */
async function freeSpaceAbove(folder: string): Promise<number | null> {
  for (let at = folder; ; at = dirname(at)) {
    const space = await statfs(at).catch(() => null);
    if (space) return space.bavail * space.bsize;
    if (dirname(at) === at) return null;
  }
}

/** The hub or mirror; null when what is named is no address. */
function hubOrNull(env: NodeJS.ProcessEnv, mirror: string): string | null {
  try {
    return hubEndpoint(env, mirror);
  } catch {
    return null;
  }
}
