// Packs that are here, and devices, from the page.
import { basename } from 'node:path';
import { AppError } from '../../api/errors.ts';
import type { PackSummary } from '../../api/types.ts';
import { ModelError } from '../../../models/errors.ts';
import { listPacks, removePack } from '../../../models/packs/store.ts';
import type { StoredPack } from '../../../models/packs/store.ts';
import { verifyPack } from '../../../models/packs/verify.ts';
import type { EngineContext, HandlerGroup } from '../context.ts';
import { choiceOf, findPack } from '../prelabel/packs.ts';

type ModelHandlers = Pick<HandlerGroup<'model'>, 'model.verify' | 'model.remove'> &
  HandlerGroup<'device'>;

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
    async 'model.remove'({ id }) {
      const pack = await stored(id);
      // On Windows an open weight file cannot be removed: the process that holds it goes first.
      await context.link.restart();
      try {
        await removePack(places, id);
      } catch (error) {
        if (error instanceof ModelError)
          throw new AppError('PACK_BROKEN', error.message, { cause: error });
        throw error;
      }
      context.publish(
        'model.status',
        { ...summaryOfPack(pack), state: 'notInstalled', receivedBytes: 0 },
        id,
      );
      return {};
    },
    async 'device.test'(_, call) {
      const pack = await findPack(context, context.settings.value().packId).catch(() =>
        findPack(context, ''),
      );
      return context.link.request(
        'device.test',
        { pack: choiceOf(context, pack) },
        { signal: call.signal, onProgress: (progress) => call.progress(progress) },
      );
    },
    async 'device.restart'() {
      const { generation } = await context.link.restart();
      return { generation };
    },
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
  };
}
