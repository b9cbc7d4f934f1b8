// Tries a block of settings on all images: image by image, so that each is encoded once a block,
// and only what is not known from an earlier search.
import type { CategoryId } from '../../api/types.ts';
import type { TuneSetting } from '../../api/tuning.ts';
import type { PipelineParams } from '../../link/params.ts';
import type { OperationInput } from '../../link/operations.ts';
import type { AskedClass, PackChoice } from '../../link/facts.ts';
import { settingKey } from './space.ts';
import type { EngineContext } from '../context.ts';
import { askedWords } from '../order/order.ts';
import { readScores, scoreKey, writeScores, type KeptScore } from './scoreCache.ts';
import { truthScores, type ImageTruth } from './truth.ts';

export interface TuneSubject {
  readonly path: string;
  /** SHA-256 of the file. */
  readonly hash: string;
  /** Classes of the image, by name: all that the search may know. */
  readonly classes: readonly AskedClass[];
  /** For showing mIoU beside the reward. */
  readonly truth: ImageTruth | null;
}

export interface EvaluatorInput {
  readonly subjects: readonly TuneSubject[];
  readonly pack: PackChoice;
  readonly packHash: string;
  /** Of an engine that judges while it makes maps. */
  readonly judge?: PackChoice | null;
  readonly clip: PackChoice | null;
  readonly clipHash: string | null;
  readonly params: PipelineParams<object>;
  /** Names of all classes: those that an image lacks are its negatives. */
  readonly names: readonly string[];
}

export interface SettingResult {
  readonly reward: number;
  readonly published: number;
  readonly tokenContrast: number;
  readonly meanIou: number | null;
}

export interface Evaluator {
  /** Results in the order of the settings. `onImage` counts finished images of this block. */
  evaluate(
    settings: readonly TuneSetting[],
    control: { signal: AbortSignal; onImage?: (done: number) => void },
  ): Promise<SettingResult[]>;
  /** Mean over images, [layers][heads + 1]. Empty before anything was evaluated. */
  contrast(): number[][];
  /** Runs of the image encoder so far. */
  encodes(): number;
}

/** Long side of the grids that are compared with the truth. */
const TRUTH_SIDE = 160;
const MAX_NEGATIVES = 20;
/** One image is read while another is with the model. */
const IN_FLIGHT = 2;

export function createEvaluator(
  { link, cache }: Pick<EngineContext, 'link' | 'cache'>,
  input: EvaluatorInput,
): Evaluator {
  const { subjects } = input;
  const truths = truthScores([
    ...new Set(subjects.flatMap(({ truth }) => truth?.masks.map((m) => m.categoryId) ?? [])),
  ]);
  const counted = new Set<string>();
  const contrasts = new Map<TuneSubject, readonly (readonly number[])[]>();
  let encodes = 0;

  const scoresOn = async (
    subject: TuneSubject,
    settings: readonly TuneSetting[],
    signal: AbortSignal,
  ): Promise<KeptScore[]> => {
    const { path, truth } = subject;
    const asked = scoreRequest(subject, input);
    const key = keyOf(subject, asked, input);
    const kept = await readScores(cache, key);
    const keys = settings.map(settingKey);
    // What the truth says is not kept: masks are corrected while one works.
    const missing = settings.filter(
      (_, at) => !kept.scores[keys[at]!] || (truth && !counted.has(`${path} ${keys[at]}`)),
    );
    if (missing.length > 0) {
      const output = await link.request(
        'tune.score',
        { ...asked, settings: missing },
        { signal, priority: 'batch' },
      );
      encodes += output.encodes;
      kept.contrast = output.contrast;
      output.scores.forEach(({ grid, ...score }, at) => {
        const settingId = settingKey(missing[at]!);
        kept.scores[settingId] = score;
        if (!truth || !grid || counted.has(`${path} ${settingId}`)) return;
        counted.add(`${path} ${settingId}`);
        truths.add(settingId, truth, grid, output.categoryIds as CategoryId[]);
      });
      await writeScores(cache, key, kept);
    }
    contrasts.set(subject, kept.contrast);
    return keys.map((settingId) => kept.scores[settingId]!);
  };

  return {
    async evaluate(settings, { signal, onImage }) {
      const perImage: KeptScore[][] = new Array(subjects.length);
      let next = 0;
      let done = 0;
      const work = async (): Promise<void> => {
        while (next < subjects.length) {
          signal.throwIfAborted();
          const at = next++;
          perImage[at] = await scoresOn(subjects[at]!, settings, signal);
          onImage?.(++done);
        }
      };
      await Promise.all(Array.from({ length: IN_FLIGHT }, work));
      return settings.map((setting, at) => ({
        ...meanScore(perImage.map((one) => one[at]!)),
        meanIou: truths.meanIou(settingKey(setting)),
      }));
    },
    contrast: () => meanTable([...contrasts.values()].filter((table) => table.length > 0)),
    encodes: () => encodes,
  };
}

/** What is asked of the model about one image, whichever settings are tried. */
function scoreRequest(
  { path, classes, truth }: TuneSubject,
  { pack, clip, judge, names, params }: EvaluatorInput,
): Omit<OperationInput<'tune.score'>, 'settings'> {
  const own = new Set(classes.map(({ name }) => name));
  return {
    imagePath: path,
    pack,
    clip,
    classes,
    params,
    ...(judge ? { judge } : {}),
    others: clip ? names.filter((name) => !own.has(name)).slice(0, MAX_NEGATIVES) : [],
    gridSide: truth ? TRUTH_SIDE : null,
  };
}

/** Where scores of an image are kept; corrected masks of the data set leave it as it is. */
function keyOf(
  { hash, classes }: TuneSubject,
  { others }: { readonly others: readonly string[] },
  { packHash, clipHash, params }: EvaluatorInput,
): string {
  const words = askedWords(classes, params.engine);
  return scoreKey([hash, packHash, clipHash, params, words, others]);
}

/** Over the images: rewards for each pair of image and class, token contrast for each image. */
function meanScore(scores: readonly KeptScore[]): Omit<SettingResult, 'meanIou'> {
  const total = (pick: (score: KeptScore) => number) =>
    scores.reduce((sum, score) => sum + pick(score), 0);
  const pairs = total((score) => score.pairs);
  return {
    reward: total((score) => score.reward) / pairs,
    published: total((score) => score.published) / pairs,
    tokenContrast: total((score) => score.tokenContrast) / scores.length,
  };
}

/** The mean of tables of one shape; empty without any. */
function meanTable(tables: readonly (readonly (readonly number[])[])[]): number[][] {
  const [first = []] = tables;
  return first.map((row, layer) =>
    row.map(
      (_, head) => tables.reduce((sum, table) => sum + table[layer]![head]!, 0) / tables.length,
    ),
  );
}
