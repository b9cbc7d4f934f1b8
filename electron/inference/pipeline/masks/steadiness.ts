// How much masks depend on their settings: masks of a small image are compared under three neighbouring
// settings. Where these disagree a proposal is wrong far more often than where its margin is thin.
import type { MaskParams } from '../../../link/params.ts';
import { resizeBilinear } from '../../image/resize.ts';
import type { RgbImage } from '../../image/rgbImage.ts';
import { workImage, workingSize, type MaskCache, type PlaneSize } from '../planes/maskCache.ts';
import type { Poll } from '../../cancel.ts';
import type { MaskResult } from './maskResult.ts';

/**
 * Long side of the small image: distances of the CRF are scaled with it. At 640 px a side the neighbours take an
 * eighth of the masks' own time, with 192 px more than half of it, and tell wrong masks from right ones better.
 */
const SIDE = 80;
/** Labels of the small image hardly change after this many iterations. */
const ITERATIONS = 5;

type Settings = Pick<
  MaskParams,
  | 'threshold'
  | 'crfBilateralRgb'
  | 'crfBilateralPx'
  | 'crfGaussianPx'
  | 'crfIterations'
  | 'workSide'
  | 'pamr'
  | 'growThings'
  | 'growStuff'
>;

interface Neighbour {
  readonly threshold: number;
  readonly colour: number;
  readonly reach: number;
}

const SAME: Neighbour = { threshold: 1, colour: 1, reach: 1 };
const NEIGHBOURS: readonly Neighbour[] = [
  { ...SAME, threshold: 1.5 },
  { ...SAME, colour: 0.5 },
  { ...SAME, reach: 0.4 },
];

export interface Steadied {
  readonly image: RgbImage;
  /** The cache of the masks themselves: it holds the photograph at working size. */
  readonly cache: MaskCache;
  readonly params: MaskParams;
  readonly thresholds: Readonly<Record<number, number>>;
  /** Masks of the small image with other settings. */
  readonly make: (
    image: RgbImage,
    params: MaskParams,
    thresholds: Readonly<Record<number, number>>,
  ) => Promise<Pick<MaskResult, 'labels'>>;
}

/**
 * By class of `result` 1 less the mean intersection over union of its mask, made small, with those of the
 * neighbours; null where no CRF runs, since settings move little there.
 */
export async function unsteadiness(
  result: Pick<MaskResult, 'classes' | 'labels' | 'width' | 'height'>,
  { image, cache, params, thresholds, make }: Steadied,
  poll: Poll,
): Promise<ReadonlyMap<number, number> | null> {
  const painted = result.classes.filter(({ absent, area }) => !absent && area > 0);
  if (!params.crf || painted.length === 0) return null;
  const work = workImage(cache, image, workingSize(image, params.workSide), poll);
  const large = Math.max(work.width, work.height);
  const size = workingSize(work, Math.min(SIDE, large));
  const small = reduced(work, size, poll);
  const scale = Math.max(size.width, size.height) / large;
  const masksWith = async (neighbour: Neighbour) =>
    (await make(small, near(params, scale, neighbour), cutHigher(thresholds, neighbour))).labels;
  const grown = params.growThings !== 0 || params.growStuff !== 0;
  const own = grown ? await masksWith(SAME) : labelsAt(result, size);
  // Engines that cut nothing have no threshold to move.
  const cuts = [params.threshold, ...Object.values(thresholds)].some((value) => value > 0);
  const neighbours = NEIGHBOURS.filter(({ threshold }) => cuts || threshold === 1);
  const sums = new Map(painted.map(({ id }) => [id, 0]));
  for (const neighbour of neighbours) {
    const labels = await masksWith(neighbour);
    for (const [id, shared] of overlaps(own, labels)) {
      const sum = sums.get(id);
      if (sum !== undefined) sums.set(id, sum + shared);
    }
  }
  return new Map([...sums].map(([id, sum]) => [id, 1 - sum / neighbours.length]));
}

function reduced(image: RgbImage, { width, height }: PlaneSize, poll: Poll): RgbImage {
  if (image.width === width && image.height === height) return image;
  return { width, height, rgb: resizeBilinear(image, width, height, poll) };
}

/** The label in the middle of each pixel of another size. */
function labelsAt(
  { labels, width, height }: Pick<MaskResult, 'labels' | 'width' | 'height'>,
  size: PlaneSize,
): Uint16Array {
  if (size.width === width && size.height === height) return labels;
  const columns = Array.from({ length: size.width }, (_, x) =>
    Math.floor(((x + 0.5) * width) / size.width),
  );
  const small = new Uint16Array(size.width * size.height);
  for (let y = 0; y < size.height; y++) {
    const line = Math.floor(((y + 0.5) * height) / size.height) * width;
    for (let x = 0; x < size.width; x++)
      small[y * size.width + x] = labels[line + (columns[x] as number)] as number;
  }
  return small;
}

function near(params: MaskParams, scale: number, { threshold, colour, reach }: Neighbour) {
  const changes: Settings = {
    threshold: Math.min(1, params.threshold * threshold),
    crfBilateralRgb: params.crfBilateralRgb * colour,
    crfBilateralPx: params.crfBilateralPx * scale * reach,
    crfGaussianPx: params.crfGaussianPx * scale,
    crfIterations: Math.min(params.crfIterations, ITERATIONS),
    workSide: 0,
    pamr: false,
    // Pixels of the image, and the same for all: settings do not disagree on them.
    growThings: 0,
    growStuff: 0,
  };
  return { ...params, ...changes };
}

const cutHigher = (thresholds: Readonly<Record<number, number>>, { threshold }: Neighbour) =>
  Object.fromEntries(
    Object.entries(thresholds).map(([id, value]) => [id, Math.min(1, value * threshold)]),
  );

/** Intersection over union of each label that both or one of them have. */
function overlaps(a: Uint16Array, b: Uint16Array): Map<number, number> {
  const both = new Map<number, number>();
  const either = new Map<number, number>();
  const add = (to: Map<number, number>, label: number, pixels: number) =>
    to.set(label, (to.get(label) ?? 0) + pixels);
  for (let at = 0; at < a.length;) {
    const [one, other] = [a[at] as number, b[at] as number];
    const from = at;
    while (at < a.length && a[at] === one && b[at] === other) at++;
    add(either, one, at - from);
    if (one === other) add(both, one, at - from);
    else add(either, other, at - from);
  }
  return new Map([...either].map(([label, union]) => [label, (both.get(label) ?? 0) / union]));
}
