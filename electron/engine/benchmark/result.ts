// What a benchmark leaves for programs: scores.json, from which every report and table is made.
import type { JobStatus } from '../../api/job.ts';
import type { PrelabelParams } from '../../api/run.ts';
import type { MaskParams } from '../../link/params.ts';
import type { KnownPack } from '../packs/packs.ts';
import type { Protocol } from '../evaluate/scores.ts';
import { checkedParams, engineOf } from '../prelabel/params.ts';
import { figuresOf, type Figures } from './figures.ts';
import { settingWords } from './report/settingWords.ts';
import { askingFor, type BenchmarkPlan, type Measured } from './run.ts';
import { selectionWords } from './select/selection.ts';
import type { PublishedRow } from './set.ts';

export const FORMAT = 'salience-benchmark';

interface PackWords {
  readonly id: string;
  readonly name: string;
  readonly hash: string;
}

export interface BenchmarkResult {
  readonly format: typeof FORMAT;
  readonly version: 1;
  readonly set: string;
  readonly title: string;
  /** Measured, and what the data set has here and in its official list. */
  readonly images: number;
  readonly imagesOfSet: number;
  readonly officialImages: number | null;
  /** A quick look at some images; null = all of them. */
  readonly limit: { readonly images: number; readonly seed: number } | null;
  /** Images that a stop left undone. */
  readonly undone: number;
  readonly failures: readonly { readonly name: string; readonly message: string }[];
  readonly classesFrom: string;
  readonly engine: string;
  readonly pack: PackWords;
  /** The model that judges the finds of an engine, where it is another one than the pack. */
  readonly judge?: PackWords;
  /** As the call said it; what a data set adds is in `settings`. */
  readonly params: PrelabelParams;
  /** What the call does to its figures beyond what was published. */
  readonly remarks?: readonly string[];
  /** The settings that matter most, in a line. */
  readonly settings: string;
  readonly device: string;
  readonly imagesPerSecond: number;
  readonly seconds: number;
  readonly finishedAt: string;
  /** The call that repeats it, a line each. */
  readonly command: readonly string[];
  /** The protocol of the published rows of the method. */
  readonly headline: Protocol;
  readonly protocols: Readonly<Record<Protocol, Figures>>;
  readonly published: readonly PublishedRow[];
}

export function resultOf(
  plan: BenchmarkPlan,
  measured: Measured,
  { command, at }: { readonly command: readonly string[]; readonly at: Date },
): BenchmarkResult {
  const { facts, items } = plan.set;
  const { job, pack, images, params } = measured;
  const resolved = checkedParams(params, pack.parameters);
  const remarks = remarksOn(plan, resolved.masks);
  const figures = (protocol: Protocol) => figuresOf(images, facts, protocol);
  return {
    format: FORMAT,
    version: 1,
    set: facts.id,
    title: facts.title,
    images: images.length,
    imagesOfSet: items.length,
    officialImages: facts.officialImages,
    limit: plan.limit && plan.limit.images < items.length ? plan.limit : null,
    undone: measured.undone,
    failures: measured.failures.map(({ name, message }) => ({ name, message })),
    classesFrom: selectionWords(plan.selection, measured.judge),
    engine: engineOf(params).name,
    pack: packWords(pack),
    ...(measured.judgePack ? { judge: packWords(measured.judgePack) } : {}),
    params: plan.params,
    ...(remarks.length > 0 ? { remarks } : {}),
    settings: [settingWords(resolved), ...askedWords(plan)].join(', '),
    device: job.provider ?? 'unknown',
    ...paceOf(job),
    finishedAt: at.toISOString(),
    command,
    headline: facts.published.some(({ protocol }) => protocol === 'reference')
      ? 'reference'
      : 'standard',
    protocols: { standard: figures('standard'), reference: figures('reference') },
    published: facts.published,
  };
}

const packWords = ({ id, name, packHash }: KnownPack): PackWords => ({ id, name, hash: packHash });

/** By which words a data set was asked, where not by its own names. */
function askedWords(plan: BenchmarkPlan): string[] {
  if (askingFor(plan)) return ['words of its published evaluation'];
  return plan.synonyms ? ['with synonyms'] : [];
}

function remarksOn(plan: BenchmarkPlan, { absentBelow }: MaskParams): string[] {
  const { selection, params } = plan;
  const differs = askingFor(plan)?.differs ?? null;
  const paintsAll =
    selection.kind === 'all' && absentBelow === 0 && engineOf(params).presence === 'match';
  return [
    ...(differs === null ? [] : [`Unlike the published evaluation: ${differs}.`]),
    ...(paintsAll
      ? [
          'Every name is painted in every image, absent ones as well, and these take the place of what is there: masks.absentBelow is 0 in these settings. --select match or clip leaves absent names out, --set masks.absentBelow=0.5 what does not match.',
        ]
      : []),
  ];
}

/** Stages of the one thread that has the model. */
const OF_THE_MODEL = ['preprocess', 'encode', 'explain'];

/**
 * Images per second as the model made them: where maps of an earlier run were at hand the job itself was
 * faster than any model, and what their runs took counts.
 */
function paceOf({ done, empty, imagesPerSecond, stageMs }: JobStatus) {
  const images = done + empty;
  const busy = imagesPerSecond > 0 ? images / imagesPerSecond : 0;
  const ofModel = OF_THE_MODEL.reduce((sum, stage) => sum + (stageMs[stage] ?? 0), 0) / 1000;
  const seconds = Math.max(busy, ofModel);
  return { seconds, imagesPerSecond: seconds > 0 ? images / seconds : 0 };
}
