// Patch vectors under a person's masks, summed: what a class looks like in this project. And masks of an image
// under different mixes of words and looks, from one reading of it.
import type { PromptClass } from '../../../api/run.ts';
import type { CategoryId, RleMask } from '../../../api/types.ts';
import type { NaclipParams } from '../../../link/engines/naclip.ts';
import type { MixTried, PooledClass, PooledImage } from '../../../link/tuneScores.ts';
import type { PackChoice } from '../../../link/facts.ts';
import type { PipelineParams } from '../../../link/params.ts';
import type { LabelGrid } from '../../../link/tuneScores.ts';
import { paintInPlace } from '../../../masks/runs/bitmap.ts';
import type { SharedImage } from '../../image/rgbImage.ts';
import { createMaskCache } from '../../pipeline/planes/maskCache.ts';
import { askedPrompts } from '../../pipeline/prompts.ts';
import { gridImage, runGrid } from '../../tune/maskGrid.ts';
import type { Bench } from '../explainer.ts';
import { cosines } from '../texts/vectors.ts';
import { denseImage, type DenseImage } from './dense.ts';
import { movedWords } from './learned.ts';
import { questionsOf, runOf, textsOf } from './naclip.ts';

interface Source {
  readonly image: SharedImage;
  readonly pack: PackChoice;
}

/** Places along each side of a patch that are asked whether they are inside a mask. */
const SAMPLES = 4;

export async function pooled(
  {
    image,
    pack,
    params,
    masks,
  }: Source & {
    readonly params: object;
    readonly masks: readonly { readonly categoryId: CategoryId; readonly mask: RleMask }[];
  },
  bench: Bench,
): Promise<PooledImage> {
  const clip = bench.keep(await bench.shelves.judge(pack));
  // The engine's table was checked at the border, and it has a row for each of these fields.
  const dense = await denseImage(clip, image, params as NaclipParams, bench);
  bench.used(clip);
  const ids = [...new Set(masks.map(({ categoryId }) => categoryId))];
  const labels = new Uint16Array(image.width * image.height);
  for (const { categoryId, mask } of masks) paintInPlace(labels, mask, ids.indexOf(categoryId) + 1);
  const width = clip.model.info.embeddingWidth;
  const sums = Array.from({ length: ids.length + 1 }, () => new Float64Array(width));
  const weights = new Float64Array(ids.length + 1);
  const all = new Float64Array(width);
  let patches = 0;
  eachPatch(dense, image, (window, patch, inside) => {
    const vector = window.patches.subarray(patch * width, (patch + 1) * width);
    const shares = sharesOf(labels, image.width, inside);
    addTo(all, vector, 1);
    patches += 1;
    for (const [label, share] of shares) {
      addTo(sums[label]!, vector, share);
      weights[label]! += share;
    }
  });
  return {
    classes: ids.map((categoryId, at): PooledClass => ({
      categoryId,
      weight: weights[at + 1] as number,
      sum: Float32Array.from(sums[at + 1]!),
    })),
    all: { weight: patches, sum: Float32Array.from(all) },
  };
}

/** Label grids of the image, one for each mix. */
export async function mixGrids(
  {
    image,
    pack,
    params,
    classes,
    tried,
    side,
  }: Source & {
    readonly params: PipelineParams<object>;
    readonly classes: readonly PromptClass[];
    readonly tried: readonly MixTried[];
    readonly side: number;
  },
  bench: Bench,
): Promise<{ categoryIds: readonly number[]; grids: readonly LabelGrid[] }> {
  const own = params.explain as NaclipParams;
  const clip = bench.keep(await bench.shelves.judge(pack));
  const asked = questionsOf(askedPrompts(classes), own);
  const texts = await textsOf(asked.queries, clip, { explain: pack }, bench);
  const dense = await denseImage(clip, image, own, bench);
  bench.used(clip);
  const photo = gridImage(image, side);
  const cache = createMaskCache();
  const grids: LabelGrid[] = [];
  for (const { mix, directions } of tried) {
    const byClass = new Map(directions.map(({ categoryId, vector }) => [categoryId, vector]));
    const vectors = movedWords(texts, asked, { mix, directions: byClass });
    const passes = dense.windows.map(({ patches, ...place }) => ({
      ...place,
      maps: cosines(vectors, patches, clip.model.info.embeddingWidth),
    }));
    const run = runOf({ clip, image, dense, params: own, milliseconds: {} }, asked, passes);
    grids.push(await runGrid(run, photo, params.masks, cache));
  }
  const named = asked.classes.filter(({ words }) => words.length > 0);
  return { categoryIds: named.map(({ id }) => id), grids };
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Every patch of every window, with its box in pixels of the image. */
function eachPatch(
  dense: DenseImage,
  image: { readonly width: number; readonly height: number },
  visit: (window: DenseImage['windows'][number], patch: number, box: Box) => void,
): void {
  const [across, down] = [image.width / dense.width, image.height / dense.height];
  for (const window of dense.windows) {
    const { x1, y1, x2, y2 } = window.window;
    const width = ((x2 - x1) / window.columns) * across;
    const height = ((y2 - y1) / window.rows) * down;
    for (let patch = 0; patch < window.rows * window.columns; patch++) {
      const x = x1 * across + (patch % window.columns) * width;
      const y = y1 * down + Math.floor(patch / window.columns) * height;
      visit(window, patch, { x, y, width, height });
    }
  }
}

/** Parts of a box that belong to each label, without the background. */
function sharesOf(labels: Uint16Array, stride: number, box: Box): Map<number, number> {
  const found = new Map<number, number>();
  for (let row = 0; row < SAMPLES; row++)
    for (let column = 0; column < SAMPLES; column++) {
      const x = Math.floor(box.x + ((column + 0.5) / SAMPLES) * box.width);
      const y = Math.floor(box.y + ((row + 0.5) / SAMPLES) * box.height);
      const label = labels[y * stride + x] ?? 0;
      if (label > 0) found.set(label, (found.get(label) ?? 0) + 1 / SAMPLES ** 2);
    }
  return found;
}

function addTo(sum: Float64Array, vector: Float32Array, weight: number): void {
  for (let d = 0; d < sum.length; d++) sum[d]! += weight * (vector[d] as number);
}
