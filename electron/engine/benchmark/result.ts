// What a benchmark leaves for programs: scores.json, from which every report and table is made.
import type { JobStatus } from '../../api/job.ts';
import type { PrelabelParams } from '../../api/run.ts';
import type { Protocol } from '../evaluate/scores.ts';
import { checkedParams, engineOf } from '../prelabel/params.ts';
import { pnp } from '../../link/engines/pnp.ts';
import type { ExplainParams, PipelineParams } from '../../link/params.ts';
import { figuresOf, type Figures } from './figures.ts';
import type { BenchmarkPlan, Measured } from './run.ts';
import { selectionWords } from './select/selection.ts';
import type { PublishedRow } from './set.ts';

export const FORMAT = 'salience-benchmark';

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
  readonly pack: { readonly id: string; readonly name: string; readonly hash: string };
  readonly params: PrelabelParams;
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
    pack: { id: pack.id, name: pack.name, hash: pack.packHash },
    params,
    settings: `${settingWords(checkedParams(params, pack.parameters))}${plan.synonyms ? ', with synonyms' : ''}`,
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

/** `layer 8, head 10, 4 passes x 10 patches, threshold 0.15, blur 0.05, CRF`. */
function settingWords({ engine, explain, masks }: PipelineParams<object>): string {
  return [
    ...(engine === pnp.id ? pnpWords(explain as ExplainParams) : [engine]),
    `threshold ${masks.threshold}`,
    `blur ${masks.blur}`,
    masks.crf ? 'CRF' : 'no CRF',
    `background ${masks.background}`,
  ].join(', ');
}

function pnpWords({
  layers,
  heads,
  passes,
  dropRule,
  dropCount,
  dropFraction,
}: ExplainParams): string[] {
  const counted = (from: readonly number[]) => from.map((one) => one + 1).join(' + ');
  const drop = {
    count: `${dropCount} patches`,
    fraction: `${(100 * dropFraction).toFixed(1)} % of the patches`,
    half: 'half of the rest',
  }[dropRule];
  return [
    `layer ${counted(layers)}`,
    heads.length === 0 ? 'mean of heads' : `head ${counted(heads)}`,
    passes === 1 ? '1 pass' : `${passes} passes x ${drop}`,
  ];
}
