// Tasks of the session thread. Its model runs block it; between two runs it reads the cancel flag and lets
// interactive tasks go before a batch.
import type { PromptClass } from '../api/run.ts';
import { plainReason } from '../link/words/deviceWords.ts';
import type { StageProgress } from '../link/protocol.ts';
import { measureTasks } from './checks/measureTasks.ts';
import { FIRST_ENGINE } from '../link/engines/engines.ts';
import type { PipelineParams } from '../link/params.ts';
import { askedPrompts } from './pipeline/prompts.ts';
import { suggestClasses } from './pipeline/explain/match.ts';
import { explainerOf } from './engines/engines.ts';
import type { Bench, UsedModel } from './engines/explainer.ts';
import type { ExplainProgress } from './pipeline/runOptions.ts';
import type { ProviderFailure } from './session/providers.ts';
import { borrowing, type Keep } from './shelf/shelf.ts';
import type { SessionShelves } from './shelves.ts';
import type { SessionTasks } from './tasks.ts';
import type { TaskCall, TaskHandlers } from './threads/threadTask.ts';
import { itmInTurn } from './threads/turns.ts';
import { createEdgeSessions } from './pamr/edgeSessions.ts';
import { createClicks, type Clicks } from './segment/clicks.ts';
import { mixGrids, pooled } from './engines/similarity/pool.ts';
import { createParameterTuner } from './tune/parameterTuner.ts';
import { refineOnModel } from './segment/refine/refineOnModel.ts';
import { createTuner, type Tuner } from './tune/tuner.ts';

/** Failures that were already reported. */
const told = new WeakSet<ProviderFailure>();

/** Reports every failed provider once, so that no fallback is silent. */
function tellFallback({ model }: UsedModel, call: TaskCall): void {
  const { failures, info } = model;
  const precisionFailure = 'precisionFailure' in model ? model.precisionFailure : null;
  tellOnce([...failures, ...(precisionFailure ? [precisionFailure] : [])], info.provider, call);
}

function tellOnce(failures: readonly ProviderFailure[], used: string, call: TaskCall): void {
  for (const failure of failures) {
    if (told.has(failure)) continue;
    told.add(failure);
    const { provider, reason } = failure;
    const fallback = {
      provider,
      used,
      reason: plainReason(provider, reason),
      raw: reason,
    };
    call.progress({ stage: 'Device', done: 0, total: 1, fallback } satisfies StageProgress);
  }
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

/** What an engine works with during one task. */
function benchOf(
  shelves: SessionShelves,
  { call, keep }: { readonly call: TaskCall; readonly keep: Keep },
  classes: readonly PromptClass[] = [],
): Bench {
  return {
    shelves,
    keep,
    call,
    onProgress: tell(call, classes),
    used: (pack) => tellFallback(pack, call),
  };
}

type TasksOf<K extends keyof SessionTasks> = Pick<TaskHandlers<SessionTasks>, K>;

/** Everything, with what is kept on these shelves. */
export function sessionTasks(shelves: SessionShelves): TaskHandlers<SessionTasks> {
  const tuner = createTuner(shelves);
  const clicks = createClicks(shelves);
  const edges = createEdgeSessions();
  /** Frees what is kept before another model is loaded. */
  const letGo = async (): Promise<void> => {
    await tuner.close();
    await clicks.letGo();
    await edges.close();
    await shelves.clear();
  };
  return {
    ...explainTasks(shelves),
    ...tuneTasks(shelves, tuner),
    ...clickTasks(clicks),
    quickEdges: async (input, call) => {
      await call.turn();
      const done = await edges.refine(input, call);
      tellOnce(edges.failures, 'cpu', call);
      return done;
    },
    refineParts: (input, call) => refineOnModel(input, shelves, call),
    ...measureTasks(letGo),
  };
}

function explainTasks(
  shelves: SessionShelves,
): TasksOf<'ready' | 'explain' | 'suggest' | 'layerHeads' | 'patch'> {
  return {
    ready: ({ engine, image, params, pack, judge }, call) =>
      borrowing(async (keep) => {
        const packs = { explain: pack, ...(judge ? { judge } : {}) };
        await explainerOf({ engine }).ready(
          { image, params, packs },
          benchOf(shelves, { call, keep }),
        );
        return {};
      }),

    explain: ({ engine, image, classes, params, pack, judge }, call) =>
      borrowing((keep) => {
        const packs = { explain: pack, ...(judge ? { judge } : {}) };
        const request = { image, classes: askedPrompts(classes), params, packs };
        const bench = benchOf(shelves, { call, keep }, classes);
        return explainerOf({ engine }).explain(request, bench);
      }),

    suggest: (input, call) =>
      borrowing(async (keep) => {
        const pack = keep(await shelves.pack(input.pack));
        await call.turn();
        const features = keep(await shelves.vectors(pack, input.image, input.params));
        const names = input.classes.map(({ name, prompt }) => prompt || name);
        const inTurn = { model: itmInTurn(pack.model, call.turn), tokenizer: pack.tokenizer };
        const found = await suggestClasses(inTurn, { image: input.image, names }, input.params, {
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

    patch: ({ run, image, pack, ...place }, call) =>
      borrowing(async (keep) => {
        const from = { image, packs: { explain: pack } };
        const bench = benchOf(shelves, { call, keep });
        return (await explainerOf(run).patch?.(run, place, from, bench)) ?? null;
      }),

    layerHeads: ({ run, requests, image, pack }, call) =>
      borrowing(async (keep) => {
        const from = { image, packs: { explain: pack } };
        const bench = benchOf(shelves, { call, keep });
        const maps = explainerOf(run).headMaps?.(run, requests, from, bench);
        return (await maps) ?? [];
      }),
  };
}

/** Layers and heads are what the first engine is tuned by. */
const hasHeads = (params: PipelineParams<object>): params is PipelineParams =>
  params.engine === FIRST_ENGINE;

function tuneTasks(
  shelves: SessionShelves,
  tuner: Tuner,
): TasksOf<'tuneScore' | 'learnPool' | 'learnScore' | 'tuneEnd'> {
  const parameters = createParameterTuner();
  return {
    tuneScore: ({ params, ...input }, call) =>
      borrowing(async (keep) => {
        if (!hasHeads(params))
          return parameters.score({ ...input, params }, benchOf(shelves, { call, keep }));
        const output = await tuner.score({ ...input, params }, call);
        tellFallback(keep(await shelves.pack(input.pack)), call);
        return output;
      }),

    learnPool: (input, call) =>
      borrowing((keep) => pooled(input, benchOf(shelves, { call, keep }))),

    learnScore: (input, call) =>
      borrowing((keep) => mixGrids(input, benchOf(shelves, { call, keep }))),

    async tuneEnd() {
      parameters.close();
      await tuner.close();
      return {};
    },
  };
}

function clickTasks(clicks: Clicks): TasksOf<'clickLook' | 'clickRead' | 'clickDecode'> {
  return {
    async clickLook(key, call) {
      const { failures, provider, ...look } = await clicks.look(key);
      tellOnce(failures, provider, call);
      return look;
    },

    async clickRead({ image, ahead, ...key }) {
      await clicks.read(key, image, ahead);
      return {};
    },

    async clickDecode({ prompts, masks, ...key }) {
      return clicks.decode(key, prompts, masks);
    },
  };
}
