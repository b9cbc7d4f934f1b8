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
import type { Evaluator } from './evaluator.ts';
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

/** Throws BAD_REQUEST when there is nothing to try. */
export async function runTuning(
  input: TuningInput,
  control: TuningControl,
): Promise<TuningOutcome> {
  const { model, inUse, axes, strategy, evaluations: most } = input;
  const groups = groupsOf(input);
  const finals = inUse.values ? [] : finalChoices(inUse, axes);
  const planned = groups.reduce((sum, group) => sum + plannedTries(strategy, group, most), 0);
  const { tries, attempt } = trier(input, 1 + planned + FINALISTS * finals.length, control);

  const [current] = (await attempt([inUse], 'inUse')) as [TuneEvaluation];
  for (const [group, space] of groups.entries()) {
    // Groups draw from generators of their own, so that each can be repeated by itself.
    const search = startSearch(strategy, space, most, seededRandom(input.seed + group * 7919));
    for (;;) {
      const settings = nextBlock(search, space);
      if (settings.length === 0) break;
      for (const { reward } of await attempt(settings, 'group', group)) search.tell(reward);
    }
  }
  const searched = tries.filter(({ stage }) => stage === 'group');
  if (searched.length === 0) throw nothingToTry();
  const ranked = byReward(searched);
  const finalists = finals.length === 0 ? [] : ranked.slice(0, FINALISTS);
  for (const { setting } of finalists)
    await attempt(
      finals.map((choice) => ({ ...setting, ...choice })),
      'passes',
    );
  // A setting is only put forward with passes that may be used.
  const allowed = tries.filter(
    ({ setting, stage }) => stage !== 'group' || axes.passes || inUse.passes === setting.passes,
  );
  return {
    ...outcomeOf(input, tries),
    best: byReward(allowed)[0] ?? current,
    inUse: current,
    worst: ranked.at(-1)!,
    groups: groups.map(({ layers }) => layers.flat()),
    grid: rewardGrid(searched, model),
  };
}

/** What is searched one after the other: groups of layers, or the parameters of a method without them. */
function groupsOf({ model, inUse, axes, parameters = [] }: TuningInput): SearchSpace[] {
  if (!inUse.values) return layerGroups(searchSpace(model, inUse, axes));
  if (parameters.length === 0) throw nothingToTry();
  return [parameterSpace(parameters, inUse)];
}

interface Trier {
  /** All so far, in order. */
  readonly tries: readonly TuneEvaluation[];
  attempt(
    settings: readonly TuneSetting[],
    stage: TuneEvaluation['stage'],
    group?: number,
  ): Promise<TuneEvaluation[]>;
}

/** Numbers tries and says how far they are; `total` is how many there will be. */
function trier(
  { evaluator, images }: TuningInput,
  total: number,
  { signal, onProgress }: TuningControl,
): Trier {
  const tries: TuneEvaluation[] = [];
  return {
    tries,
    async attempt(settings, stage, group) {
      const from = tries.length;
      const say = (done: number, evaluation: TuneEvaluation | null = null) =>
        onProgress?.({
          stage: `Image ${Math.min(images, done + 1)} of ${images}`,
          done: evaluation ? tries.length : from,
          total,
          evaluation,
        });
      say(0);
      const results = await evaluator.evaluate(settings, { signal, onImage: (done) => say(done) });
      return results.map((result, at) => {
        const place = { number: from + at + 1, stage, group: group ?? null };
        const one = { ...place, setting: settings[at]!, ...result };
        tries.push(one);
        say(images, one);
        return one;
      });
    },
  };
}

/** What all tries together tell, whichever is the best. */
function outcomeOf(
  { evaluator, images, seed, strategy }: TuningInput,
  tries: readonly TuneEvaluation[],
): Omit<TuningOutcome, 'best' | 'inUse' | 'worst' | 'groups' | 'grid'> {
  const withTruth = tries.filter(({ meanIou }) => meanIou !== null);
  return {
    evaluations: tries,
    tokenContrast: evaluator.contrast(),
    rankCorrelation: rankCorrelation(
      withTruth.map(({ reward }) => reward),
      withTruth.map(({ meanIou }) => meanIou!),
    ),
    images,
    encodes: {
      done: evaluator.encodes(),
      oneByOne: images * tries.reduce((sum, { setting }) => sum + setting.passes, 0),
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

/** Best first; equal ones stay in the order of their tries. */
function byReward(tries: readonly TuneEvaluation[]): TuneEvaluation[] {
  return tries.toSorted((a, b) => b.reward - a.reward);
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
