// Runs the product's own pipeline over scenes with ground truth and scores it by style and seed.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readCoco } from '../../electron/engine/dataset/coco/reading/read.ts';
import type { DatasetCategory, DatasetImage } from '../../electron/engine/dataset/types.ts';
import {
  addInPlace,
  emptyHistogram,
  type Histogram,
} from '../../electron/engine/evaluate/histogram.ts';
import { scoresOf } from '../../electron/engine/evaluate/scores.ts';
import { paintInPlace } from '../../electron/masks/bitmap.ts';
import { createWasmCrf } from '../../electron/inference/crf/wasmCrf.ts';
import { decodeImage } from '../../electron/inference/image/decode.ts';
import { openPack } from '../../electron/inference/session/openPack.ts';
import { localCrfSolver } from '../../electron/inference/pipeline/masks/crfSolver.ts';
import { masksFromRun } from '../../electron/inference/pipeline/masks/masks.ts';
import { resolveParams } from '../../electron/link/presets.ts';
import type { RgbImage } from '../../electron/inference/image/rgbImage.ts';
import { explainImage } from '../../electron/inference/pipeline/explain/run.ts';
import type { SalienceRun } from '../../electron/inference/pipeline/salienceRun.ts';
import { loadPack } from '../../models/packs/load.ts';
import { SOURCE_DEMO_PACK } from '../../models/packs/places.ts';

export interface SceneScores {
  readonly style: string;
  readonly seed: number;
  readonly images: number;
  /** Mean IoU over things and background, 0-1. */
  readonly objects: number;
  /** Mean IoU over things and stuff, unlabelled pixels left out, 0-1. */
  readonly all: number;
}

/** Settings to score: changes to the pack's own, by dotted name. */
export interface Variant {
  readonly name: string;
  readonly overrides: Readonly<Record<string, unknown>>;
}

export interface SceneOptions {
  /** Folder with pictures and truth.json. */
  readonly scenes: string;
  readonly variants: readonly Variant[];
  readonly packFolder?: string;
  /** Leaves scenes of other styles out. */
  readonly style?: string;
}

const VOID = 65_535;

interface Group {
  readonly style: string;
  readonly seed: number;
  images: number;
  /** One of each kind per variant. */
  readonly histograms: readonly Readonly<Record<Kind, Histogram>>[];
}

type Kind = 'objects' | 'all';

/**
 * For each variant the scores of every (style, seed) group, in the order of the truth file. Variants
 * that only differ in what follows the model share its runs.
 */
export async function evaluateScenes(options: SceneOptions): Promise<SceneScores[][]> {
  const folder = options.packFolder ?? SOURCE_DEMO_PACK;
  const { parameters } = await loadPack(folder);
  const variants = options.variants.map(({ overrides }) =>
    resolveParams('pack', parameters, overrides),
  );
  const pack = await openPack(
    { id: 'scenes', folder, provider: 'cpu', threads: 0, precision: 'f32' },
    ['cpu'],
  );
  const crf = localCrfSolver(createWasmCrf);
  const groups = new Map<string, Group>();
  await using truth = await readCoco(join(options.scenes, 'truth.json'));
  const categories = truth.categories;
  const names = ['background', ...categories.map(({ name }) => name)];
  const labelOf = new Map(categories.map(({ id }, index) => [id, index + 1]));
  const scoreKind = async (image: DatasetImage, rgb: RgbImage, group: Group, kind: Kind) => {
    const asked = presentClasses(image, categories, kind);
    if (asked.length === 0) return;
    const prompts = asked.map(({ id, name }) => ({ id, name, prompt: name, synonyms: [] }));
    const real = trueLabels(image, asked, labelOf, kind === 'all' ? VOID : 0);
    const runs = new Map<string, Promise<SalienceRun>>();
    for (const [place, { explain, masks }] of variants.entries()) {
      const key = JSON.stringify(explain);
      const run = runs.get(key) ?? explainImage(pack, rgb, prompts, explain);
      runs.set(key, run);
      const background = kind === 'objects' ? ('always' as const) : ('never' as const);
      const { labels } = await masksFromRun(
        await run,
        rgb,
        { ...masks, background, absentBelow: 0 },
        { crf },
      );
      const predicted = labels.map((id) => labelOf.get(id) ?? 0);
      addInPlace(group.histograms[place]![kind], real, predicted);
    }
  };
  try {
    for await (const image of truth.images()) {
      const { style, seed } = image.extra as { style: string; seed: number };
      if (options.style !== undefined && options.style !== style) continue;
      const key = `${style}/${seed}`;
      const empty = () => emptyHistogram(names.length);
      const group = groups.get(key) ?? {
        style,
        seed,
        images: 0,
        histograms: variants.map(() => ({ objects: empty(), all: empty() })),
      };
      groups.set(key, group);
      group.images++;
      const rgb = await decodeImage(await readFile(join(options.scenes, image.fileName)));
      await scoreKind(image, rgb, group, 'objects');
      await scoreKind(image, rgb, group, 'all');
    }
  } finally {
    crf.dispose();
    await pack.model.dispose();
  }
  const meanIou = (histogram: Histogram) => scoresOf(histogram, names, { protocol: 'standard', background: true }).meanIou ?? 0;
  return variants.map((_, place) =>
    [...groups.values()].map(({ style, seed, images, histograms }) => ({
      style,
      seed,
      images,
      objects: meanIou(histograms[place]!.objects),
      all: meanIou(histograms[place]!.all),
    })),
  );
}

function presentClasses(
  image: DatasetImage,
  categories: readonly DatasetCategory[],
  kind: Kind,
): DatasetCategory[] {
  const present = new Set(image.annotations.map(({ categoryId }) => categoryId));
  return categories.filter(({ id, isThing }) => present.has(id) && (kind === 'all' || isThing));
}

/** Row-major labels of the asked classes; other pixels get `rest`. */
function trueLabels(
  image: DatasetImage,
  asked: readonly DatasetCategory[],
  labelOf: ReadonlyMap<number, number>,
  rest: number,
): Uint16Array {
  const ids = new Set(asked.map(({ id }) => id));
  const labels = new Uint16Array(image.width * image.height).fill(rest);
  for (const { categoryId, mask } of image.annotations)
    paintInPlace(labels, mask, ids.has(categoryId) ? (labelOf.get(categoryId) ?? rest) : rest);
  return labels;
}
