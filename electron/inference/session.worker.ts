// The thread that owns every onnxruntime session. Its runs block it, so it does nothing else and is
// never terminated; between two runs a cancel flag is read and interactive work goes ahead of a batch.
import { AppError } from '../api/errors.ts';
import type { PromptClass } from '../api/run.ts';
import { plainReason } from '../link/deviceWords.ts';
import type { StageProgress } from '../link/protocol.ts';
import { throwIfCancelled } from './cancel.ts';
import { measureDevice } from './checks/deviceTest.ts';
import { measurePrecision } from './checks/precisionTest.ts';
import { explainerOf } from './engines/engines.ts';
import type { Bench, UsedModel } from './engines/explainer.ts';
import { asAppError } from './errors.ts';
import { suggestClasses } from './pipeline/explain/match.ts';
import type { ExplainProgress } from './pipeline/runOptions.ts';
import { openPack } from './session/openPack.ts';
import type { ProviderFailure } from './session/providers.ts';
import { borrowing, type Keep } from './shelf/shelf.ts';
import { createShelves } from './shelves.ts';
import type { SessionTasks } from './tasks.ts';
import { serveTasks, type TaskCall } from './threads/threadTask.ts';
import { embeddingInTurn, itmInTurn } from './threads/turns.ts';
import { ownShares } from './tune/judges/clipShares.ts';
import { createTuner } from './tune/tuner.ts';

const shelves = createShelves();
const tuner = createTuner(shelves);

/** Failures that people were told of. */
const told = new WeakSet<ProviderFailure>();

/** Tells once of every provider that was tried in vain, so that no fallback is silent. */
function tellFallback({ model }: UsedModel, call: TaskCall): void {
  const { failures, info } = model;
  const precisionFailure = 'precisionFailure' in model ? model.precisionFailure : null;
  for (const failure of [...failures, ...(precisionFailure ? [precisionFailure] : [])]) {
    if (told.has(failure)) continue;
    told.add(failure);
    const { provider, reason } = failure;
    const fallback = {
      provider,
      used: info.provider,
      reason: plainReason(provider, reason),
      raw: reason,
    };
    call.progress({ stage: 'Device', done: 0, total: 1, fallback } satisfies StageProgress);
  }
}

/** The runtime's failures as a sentence, with its own words for the log. */
async function onDevice<T>(provider: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const known = asAppError(error);
    if (known instanceof AppError) throw known;
    const raw = error instanceof Error ? error.message : String(error);
    throw new AppError('DEVICE_FAILED', plainReason(provider, raw), {
      data: { raw },
      cause: error,
    });
  }
}

/** Frees what is kept before another model is loaded beside it. */
async function letGo(): Promise<void> {
  await tuner.close();
  await shelves.clear();
}

/** What an engine works with during one task. */
const benchOf = (call: TaskCall, keep: Keep, classes: readonly PromptClass[] = []): Bench => ({
  ...{ shelves, keep, call },
  onProgress: tell(call, classes),
  used: (pack) => tellFallback(pack, call),
});

function asked(classes: readonly PromptClass[]) {
  return classes.map(({ categoryId, name, prompt, synonyms }) => ({
    id: categoryId,
    name: prompt || name,
    synonyms,
  }));
}

function tell(call: TaskCall, classes: readonly PromptClass[]) {
  return (progress: ExplainProgress): void => {
    if (progress.stage === 'pass')
      call.progress({
        stage: `Pass ${progress.pass} of ${progress.passes}`,
        done: progress.pass - 1,
        total: progress.passes,
      });
    else if (progress.stage === 'classes')
      call.progress({
        stage: 'Match',
        done: 1,
        total: 1,
        matches: progress.classes.flatMap(({ match }, index) =>
          match === null ? [] : [{ categoryId: classes[index]!.categoryId, match }],
        ),
      });
    else if (progress.stage === 'encode') call.progress({ stage: 'Encode', done: 0, total: 1 });
  };
}

serveTasks<SessionTasks>({
  load: (input, call) =>
    borrowing(async (keep) => {
      const pack = keep(await shelves.pack(input.pack));
      tellFallback(pack, call);
      const { packHash, provider } = pack.model.info;
      return { packHash, provider };
    }),

  explain: ({ engine, image, classes, params, pack, judge }, call) =>
    borrowing((keep) => {
      const packs = { explain: pack, ...(judge ? { judge } : {}) };
      const request = { image, classes: asked(classes), params, packs };
      return explainerOf({ engine }).explain(request, benchOf(call, keep, classes));
    }),

  suggest: (input, call) =>
    borrowing(async (keep) => {
      const pack = keep(await shelves.pack(input.pack));
      await call.turn();
      const features = keep(await shelves.vectors(pack, input.image, input.params));
      const names = input.classes.map(({ name, prompt }) => prompt || name);
      const inTurn = { model: itmInTurn(pack.model, call.turn), tokenizer: pack.tokenizer };
      const found = await suggestClasses(inTurn, input.image, names, input.params, {
        features,
        threshold: 0,
        cancelled: call.cancelled,
      });
      tellFallback(pack, call);
      const matches = new Map(found.map(({ name, match }) => [name.trim(), match]));
      return {
        matches: input.classes.flatMap(({ categoryId }, index) => {
          const match = matches.get(names[index]!.trim());
          return match === undefined ? [] : [{ categoryId, match }];
        }),
      };
    }),

  layerHeads: ({ run, requests, image, pack }, call) =>
    borrowing(async (keep) => {
      const from = { image, packs: { explain: pack } };
      const maps = explainerOf(run).headMaps?.(run, requests, from, benchOf(call, keep));
      return (await maps) ?? [];
    }),

  tuneScore: (input, call) =>
    borrowing(async (keep) => {
      const output = await tuner.score(input, call);
      tellFallback(keep(await shelves.pack(input.pack)), call);
      return output;
    }),

  judgeShares: ({ clip, ...input }, call) =>
    borrowing(async (keep) => {
      const { model, texts } = keep(await shelves.judge(clip));
      const judge = { model: embeddingInTurn(model, call.turn), texts };
      const stop = () => throwIfCancelled(call);
      return { shares: await ownShares(judge, input, stop) };
    }),

  async tuneEnd() {
    await tuner.close();
    return {};
  },

  async device(input, call) {
    await letGo();
    return onDevice(input.provider, () =>
      measureDevice(input.pack, input.provider, openPack, call),
    );
  },

  async precision(input, call) {
    await letGo();
    return onDevice(input.provider, () => measurePrecision(input, openPack, call));
  },
});
