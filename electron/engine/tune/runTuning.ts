// A whole search: the setting in use, three groups of layers, then more passes for the best.
// Nothing of it knows a mask of the data set (method.md 7.4).
import { AppError } from '../../api/errors.ts';
import type {
  TuneAxes,
  TuneEvaluation,
  TuneParameter,
  TuneProgress,
  TuneResult,
  TuneSetting,
  TuneStrategy,
} from '../../api/tuning.ts';
import { seededRandom } from './random.ts';
import { plannedTries, startSearch } from './search.ts';
import {
  DROP_CHOICES,
  layerGroups,
  parameterSpace,
  PASS_CHOICES,
  searchSpace,
  settingAt,
  type SearchSpace,
} from './space.ts';
import type { Evaluator, SettingResult } from './evaluator.ts';
import { rankCorrelation } from './rankCorrelation.ts';

export interface TuningInput {
  readonly evaluator: Evaluator;
  readonly model: { readonly layers: number; readonly heads: number };
  readonly inUse: TuneSetting;
  readonly axes: TuneAxes;
  /** Those that may change, of an engine without layers and heads. */
  readonly parameters?: readonly TuneParameter[];
  readonly strategy: TuneStrategy;
  /** Tries in each group. */
  readonly evaluations: number;
  readonly seed: number;
  readonly images: number;
}

export interface TuningControl {
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: TuneProgress) => void;
}

export type TuningOutcome = Omit<TuneResult, 'judge' | 'judgeName' | 'withTruth'>;

/** Tries that do not depend on each other go together: each image is then encoded once for all. */
const BLOCK = 12;
/** Settings that are tried with more passes. */
const FINALISTS = 2;

/** Throws TUNE_IMPOSSIBLE when there is nothing to try. */
export async function runTuning(
  input: TuningInput,
  { signal, onProgress }: TuningControl,
): Promise<TuningOutcome> {
  const { evaluator, model, inUse, axes, strategy, seed, parameters = [] } = input;
  const byParameters = inUse.values !== undefined;
  if (byParameters && parameters.length === 0) throw nothingToTry();
  const groups = byParameters
    ? [parameterSpace(parameters, inUse)]
    : layerGroups(searchSpace(model, inUse, axes));
  const finals = byParameters ? [] : finalChoices(inUse, axes);
  const planned = groups.map((group) => plannedTries(strategy, group, input.evaluations));
  const total = 1 + planned.reduce((sum, count) => sum + count, 0) + FINALISTS * finals.length;
  const tries: TuneEvaluation[] = [];

  const attempt = async (
    settings: readonly TuneSetting[],
    stage: TuneEvaluation['stage'],
    group: number | null,
  ): Promise<TuneEvaluation[]> => {
    const from = tries.length;
    const say = (done: number, evaluation: TuneEvaluation | null = null) =>
      onProgress?.({
        stage: `Image ${Math.min(input.images, done + 1)} of ${input.images}`,
        done: evaluation ? tries.length : from,
        total,
        evaluation,
      });
    say(0);
    const results = await evaluator.evaluate(settings, { signal, onImage: (done) => say(done) });
    const made = results.map((result, at) =>
      evaluation(settings[at]!, result, { number: from + at + 1, stage, group }),
    );
    for (const one of made) {
      tries.push(one);
      say(input.images, one);
    }
    return made;
  };

  const [current] = (await attempt([inUse], 'inUse', null)) as [TuneEvaluation];
  for (const [group, space] of groups.entries()) {
    const search = startSearch(
      strategy,
      space,
      input.evaluations,
      // Groups draw from generators of their own, so that each can be repeated by itself.
      seededRandom(seed + group * 7919),
    );
    for (;;) {
      const settings = nextBlock(search, space);
      if (settings.length === 0) break;
      for (const { reward } of await attempt(settings, 'group', group)) search.tell(reward);
    }
  }
  const searched = tries.filter(({ stage }) => stage === 'group');
  if (searched.length === 0) throw nothingToTry();
  for (const finalist of byReward(searched).slice(0, FINALISTS)) {
    const settings = finals.map((choice) => ({ ...finalist.setting, ...choice }));
    if (settings.length > 0) await attempt(settings, 'passes', null);
  }
  // A setting is only put forward with passes that may be used.
  const allowed = tries.filter(
    ({ setting, stage }) => stage !== 'group' || axes.passes || inUse.passes === setting.passes,
  );
  const done = tries.filter(({ stage }) => stage === 'group');
  const withTruth = tries.filter(({ meanIou }) => meanIou !== null);
  return {
    best: byReward(allowed)[0] ?? current,
    inUse: current,
    worst: byReward(done).at(-1)!,
    evaluations: tries,
    groups: groups.map(({ layers }) => layers.flat()),
    grid: rewardGrid(done, model),
    tokenContrast: evaluator.contrast(),
    rankCorrelation: rankCorrelation(
      withTruth.map(({ reward }) => reward),
      withTruth.map(({ meanIou }) => meanIou!),
    ),
    images: input.images,
    encodes: {
      done: evaluator.encodes(),
      oneByOne: input.images * tries.reduce((sum, { setting }) => sum + setting.passes, 0),
    },
    seed,
    strategy,
  };
}

const nothingToTry = () =>
  new AppError('BAD_REQUEST', 'Nothing may change, so there is nothing to try.');

/** The next settings of a search: several where it does not wait for rewards. */
function nextBlock(search: ReturnType<typeof startSearch>, space: SearchSpace): TuneSetting[] {
  const settings: TuneSetting[] = [];
  while (settings.length < (search.blind ? BLOCK : 1)) {
    const point = search.next();
    if (!point) break;
    settings.push(settingAt(space, point));
  }
  return settings;
}

/** Passes and drops that the best settings are tried with, most passes first. */
function finalChoices(inUse: TuneSetting, axes: TuneAxes): Pick<TuneSetting, 'passes' | 'drop'>[] {
  const passes = (axes.passes ? PASS_CHOICES : [inUse.passes]).filter((count) => count > 1);
  const drops = axes.drop ? DROP_CHOICES : [inUse.drop];
  return drops.flatMap((drop) =>
    passes.toSorted((a, b) => b - a).map((count) => ({ passes: count, drop })),
  );
}

/** Best first; of equal ones the earlier. */
function byReward(tries: readonly TuneEvaluation[]): TuneEvaluation[] {
  return tries.toSorted((a, b) => b.reward - a.reward || a.number - b.number);
}

/** Mean reward of the tries of each layer and head, the mean over heads last. */
function rewardGrid(
  tries: readonly TuneEvaluation[],
  model: { readonly layers: number; readonly heads: number },
): (number | null)[][] {
  return Array.from({ length: model.layers }, (_, layer) =>
    Array.from({ length: model.heads + 1 }, (_head, head) => {
      const own = tries.filter(
        ({ setting: { layers, heads } }) =>
          layers.length === 1 &&
          layers[0] === layer &&
          (head === model.heads ? heads.length === 0 : heads.length === 1 && heads[0] === head),
      );
      return own.length === 0
        ? null
        : own.reduce((sum, { reward }) => sum + reward, 0) / own.length;
    }),
  );
}

function evaluation(
  setting: TuneSetting,
  result: SettingResult,
  place: Pick<TuneEvaluation, 'number' | 'stage' | 'group'>,
): TuneEvaluation {
  return { ...place, setting: { ...setting, drop: setting.drop }, ...result };
}
