// Runs the product's own pipeline over scenes with ground truth and scores it by style and seed.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readCoco } from '../../electron/engine/dataset/coco/read.ts';
import type { DatasetCategory, DatasetImage } from '../../electron/engine/dataset/types.ts';
import {
  addInPlace,
  emptyHistogram,
  type Histogram,
} from '../../electron/engine/evaluate/histogram.ts';
import { scoresOf } from '../../electron/engine/evaluate/scores.ts';
import { paintInPlace } from '../../electron/engine/masks/bitmap.ts';
import { createWasmCrf } from '../../electron/inference/crf/wasmCrf.ts';
import { decodeImage } from '../../electron/inference/image/decode.ts';
import { createPackShelf } from '../../electron/inference/openPack.ts';
import { localCrfSolver } from '../../electron/inference/pipeline/crfSolver.ts';
import { masksFromRun } from '../../electron/inference/pipeline/masks.ts';
import { resolveParams } from '../../electron/inference/pipeline/presets.ts';
import { explainImage } from '../../electron/inference/pipeline/run.ts';
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

export interface SceneOptions {
  readonly scenes: string;
  /** Over the pack's own settings, by dotted name. */
  readonly overrides: Readonly<Record<string, unknown>>;
  readonly packFolder?: string;
}

const VOID = 65_535;

interface Group {
  readonly style: string;
  readonly seed: number;
  images: number;
  readonly objects: Histogram;
  readonly all: Histogram;
}

/** Scores of every (style, seed) group of the scenes, in the order of the truth file. */
export async function evaluateScenes(options: SceneOptions): Promise<SceneScores[]> {
  const folder = options.packFolder ?? SOURCE_DEMO_PACK;
  const { parameters } = await loadPack(folder);
  const params = resolveParams('pack', parameters, options.overrides);
  const pack = await createPackShelf().load(
    { id: 'scenes', folder, provider: 'cpu', threads: 0, precision: 'f32' },
    ['cpu'],
  );
  const crf = localCrfSolver(createWasmCrf);
  const groups = new Map<string, Group>();
  await using truth = await readCoco(join(options.scenes, 'truth.json'));
  const categories = truth.categories;
  const names = ['background', ...categories.map(({ name }) => name)];
  const labelOf = new Map(categories.map(({ id }, index) => [id, index + 1]));
  try {
    for await (const image of truth.images()) {
      const { style, seed } = image.extra as { style: string; seed: number };
      const key = `${style}/${seed}`;
      const group = groups.get(key) ?? {
        style,
        seed,
        images: 0,
        objects: emptyHistogram(names.length),
        all: emptyHistogram(names.length),
      };
      groups.set(key, group);
      group.images++;
      const { rgb, width, height } = await decodeImage(
        await readFile(join(options.scenes, image.fileName)),
      );
      for (const kind of ['objects', 'all'] as const) {
        const asked = presentClasses(image, categories, kind);
        if (asked.length === 0) continue;
        const prompts = asked.map(({ id, name }) => ({ id, name, prompt: name, synonyms: [] }));
        const run = await explainImage(pack, { rgb, width, height }, prompts, params.explain);
        const masks = {
          ...params.masks,
          background: kind === 'objects' ? ('always' as const) : ('never' as const),
          absentBelow: 0,
        };
        const { labels } = await masksFromRun(run, { rgb, width, height }, masks, { crf });
        const predicted = labels.map((id) => labelOf.get(id) ?? 0);
        addInPlace(
          group[kind],
          trueLabels(image, asked, labelOf, kind === 'all' ? VOID : 0),
          predicted,
        );
      }
    }
  } finally {
    crf.dispose();
    await pack.model.dispose();
  }
  return [...groups.values()].map(({ style, seed, images, objects, all }) => ({
    style,
    seed,
    images,
    objects: scoresOf(objects, names, 'standard').meanIou ?? 0,
    all: scoresOf(all, names, 'standard').meanIou ?? 0,
  }));
}

function presentClasses(
  image: DatasetImage,
  categories: readonly DatasetCategory[],
  kind: 'objects' | 'all',
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
