// From a finished run to masks, without the model: class maps, threshold, background, blur, CRF,
// labels (method.md 4.8-4.13). Fast enough to follow a slider; intermediates can be kept.
import { argmaxPlanes, upsampledLabels } from '../crf/labels.ts';
import { hasBackground } from './background.ts';
import { throwIfCancelled, type Poll, type Stoppable } from '../cancel.ts';
import { channelPlanes } from './channelPlanes.ts';
import { classMaps, type ClassMaps } from './classMaps.ts';
import { withFilledHoles, withoutSmallRegions } from './components.ts';
import {
  channelFigures,
  extents,
  histogram,
  type ChannelFigures,
  type PixelBox,
} from './confidence.ts';
import type { CrfSolver } from './crfSolver.ts';
import { labelsByTable, labelsRenamedInPlace } from './labels.ts';
import { createMaskCache, workImage, workingSize, type MaskCache } from './maskCache.ts';
import type { MaskParams } from '../../link/params.ts';
import { PipelineError } from '../../link/pipelineError.ts';
import type { RgbImage } from '../image/rgbImage.ts';
import { refine } from './refine.ts';
import type { SalienceRun } from './salienceRun.ts';
import { cutMaps, type CutMaps } from './threshold.ts';

export interface ClassMask {
  readonly id: number;
  readonly name: string;
  readonly match: number;
  /** Asked for, but not painted: its match is below absentBelow or its map is constant. */
  readonly absent: boolean;
  /** Pixels in the label map. */
  readonly area: number;
  readonly box: PixelBox | null;
  /** Mean margin over the next channel before the CRF, 0-1. */
  readonly margin: number;
  /** Mean height of the class's own channel over its pixels before the CRF, 0-1. */
  readonly height: number;
  /** Share of the class's region that the CRF moved, 0-1; null without a CRF. */
  readonly crfChange: number | null;
  readonly patchesKept: number;
  readonly patches: number;
  /** 40 bars of the normalised class map. */
  readonly histogram: readonly number[];
  readonly doubtful: boolean;
}

export interface MaskResult {
  readonly width: number;
  readonly height: number;
  /** [height, width] row-major class ids; 0 = background. */
  readonly labels: Uint16Array;
  readonly classes: readonly ClassMask[];
  readonly doubtful: boolean;
  /** Size at which channels were compared. */
  readonly workWidth: number;
  readonly workHeight: number;
  /** Class id per channel; 0 = background. */
  readonly channelIds: readonly number[];
  /** [channels, workHeight * workWidth] before the CRF; empty when the planes were not kept. */
  readonly scores: Float32Array;
  /** The same after the CRF (Q); null when it was off or the planes were not kept. */
  readonly probabilities: Float32Array | null;
}

export type MaskProgress =
  | { readonly stage: 'maps' }
  | { readonly stage: 'crf'; readonly done: number; readonly total: number };

export interface MaskOptions extends Stoppable {
  readonly onProgress?: (progress: MaskProgress) => void;
  /** Threshold per class id where it differs from params.threshold. */
  readonly thresholds?: { readonly [classId: number]: number };
  readonly cache?: MaskCache;
  /** Needed when params.crf is on. */
  readonly crf?: CrfSolver;
  /** False where only labels are wanted: scores and probabilities are not in the result. Default true. */
  readonly keepPlanes?: boolean;
}

/** Masks of a run on its image (oriented RGB of the same size). Does not need the model. */
export async function masksFromRun(
  run: SalienceRun,
  image: RgbImage,
  params: MaskParams,
  options: MaskOptions = {},
): Promise<MaskResult> {
  checkImage(run, image);
  return masksFromMaps(run, classMaps(run, params), image, params, options);
}

/** The same from class maps [run.classes, N] that were made elsewhere. */
export async function masksFromMaps(
  run: Pick<SalienceRun, 'classes' | 'rows' | 'columns' | 'passes'>,
  maps: ClassMaps,
  image: RgbImage,
  params: MaskParams,
  options: MaskOptions = {},
): Promise<MaskResult> {
  const cache = options.cache ?? createMaskCache();
  options.onProgress?.({ stage: 'maps' });
  const thresholds = run.classes.map(({ id }) => options.thresholds?.[id] ?? params.threshold);
  const cut = cutMaps(maps, params.thresholdRule, thresholds);
  const wanted = run.classes.flatMap(({ asked, match }, index) =>
    asked && match >= params.absentBelow ? [index] : [],
  );
  // A constant map has nothing to paint, but its class was asked for, which decides on "auto".
  const painted = wanted.filter((index) => cut.present[index] === true);
  const background = hasBackground(params.background, wanted.length);
  const size = workingSize(image, params.workSide);
  const ids = painted.map((index) => run.classes[index]?.id ?? 0);
  const scene: Scene = {
    run,
    cut,
    painted,
    channelIds: background ? [0, ...ids] : ids,
    params,
    options,
  };
  const channels = scene.channelIds.length;
  const planes = await channelPlanes({
    cut,
    painted,
    thresholds,
    background,
    rows: run.rows,
    columns: run.columns,
    passes: run.passes.length,
    size,
    params,
    cache,
    options,
  });
  const poll = (): void => throwIfCancelled(options);
  const keepPlanes = options.keepPlanes ?? true;
  const enlarged = size.width !== image.width || size.height !== image.height;
  let refined: Refined | null = null;
  // One channel has already won.
  if (params.crf && channels > 1) {
    options.onProgress?.({ stage: 'crf', done: 0, total: params.crfIterations });
    const photo = workImage(cache, image, size, poll);
    const refineOptions = {
      ...options,
      crf: options.crf,
      onIteration: (done: number, total: number) =>
        options.onProgress?.({ stage: 'crf', done, total }),
    };
    refined = await refine({ planes, channels, photo }, params, refineOptions, (crf): Refined => ({
      winners: crf.winners(),
      probabilities: keepPlanes || enlarged ? crf.q(cache.buffers.borrow32(planes.length)) : null,
    }));
  }
  const winners =
    refined?.winners ??
    (channels > 0 ? argmaxPlanes(planes, channels) : new Uint8Array(size.width * size.height));
  const probabilities = refined?.probabilities ?? null;
  const full = enlarged
    ? upsampledLabels(probabilities ?? planes, channels, size, image, () => (poll(), false))
    : winners;
  const labels = labelsOf(full, scene, ids, image, poll);
  const figures = channelFigures(planes, channels, winners);
  const classes = describe(scene, labels, image.width, figures, refined !== null);
  if (!keepPlanes)
    for (const lent of [planes, probabilities]) if (lent) cache.buffers.giveBack(lent);
  return {
    width: image.width,
    height: image.height,
    labels,
    classes,
    doubtful: classes.some((one) => one.doubtful),
    workWidth: size.width,
    workHeight: size.height,
    channelIds: scene.channelIds,
    scores: keepPlanes ? planes : new Float32Array(0),
    probabilities: keepPlanes ? probabilities : null,
  };
}

interface Refined {
  /** Channel per pixel at working size. */
  readonly winners: Uint8Array;
  /** Q, where somebody needs it. */
  readonly probabilities: Float32Array | null;
}

interface Scene {
  readonly run: Pick<SalienceRun, 'classes'>;
  readonly cut: CutMaps;
  /** Indices into run.classes of the classes that have a channel. */
  readonly painted: readonly number[];
  readonly channelIds: readonly number[];
  readonly params: MaskParams;
  readonly options: Stoppable;
}

/** Labels from channel numbers at the image's own size, cleaned. Without channels nothing is labelled. */
function labelsOf(
  channelOf: Uint8Array,
  { channelIds, params }: Scene,
  ids: readonly number[],
  image: RgbImage,
  poll: Poll,
): Uint16Array {
  if (channelIds.length === 0) return new Uint16Array(image.width * image.height);
  const rename = params.renameInPlace ? labelsRenamedInPlace : labelsByTable;
  const background = channelIds.length > ids.length;
  return cleaned(rename(channelOf, ids, background, poll), image, params, poll);
}

function cleaned(
  labels: Uint16Array,
  image: RgbImage,
  params: MaskParams,
  poll: Poll,
): Uint16Array {
  const pixels = image.width * image.height;
  const small = Math.ceil(params.minRegion * pixels);
  const merged = small > 1 ? withoutSmallRegions(labels, image.width, small, poll) : labels;
  const hole = Math.floor(params.fillHoles * pixels);
  return hole >= 1 ? withFilledHoles(merged, image.width, hole, poll) : merged;
}

function describe(
  { run, cut, painted, channelIds, params, options }: Scene,
  labels: Uint16Array,
  width: number,
  figures: ChannelFigures,
  refined: boolean,
): ClassMask[] {
  const found = extents(labels, width, () => throwIfCancelled(options));
  return run.classes.map(({ id, name, match }, index): ClassMask => {
    const channel = channelIds.indexOf(id);
    const extent = found.get(id);
    const margin = channel < 0 ? 0 : (figures.margin[channel] as number);
    const absent = !painted.includes(index);
    const crfChange = refined && channel >= 0 ? (figures.change[channel] as number) : null;
    const doubt =
      match < params.doubtMatch ||
      margin < params.doubtMargin ||
      (crfChange ?? 0) > params.doubtCrfChange;
    const map = cut.normalised.subarray(index * cut.patches, (index + 1) * cut.patches);
    return {
      id,
      name,
      match,
      absent,
      area: extent?.area ?? 0,
      box: extent?.box ?? null,
      margin,
      height: channel < 0 ? 0 : (figures.height[channel] as number),
      crfChange,
      patchesKept: cut.kept[index] ?? 0,
      patches: cut.patches,
      histogram: histogram(map),
      doubtful: !absent && extent !== undefined && doubt,
    };
  });
}

function checkImage(run: SalienceRun, image: RgbImage): void {
  if (
    image.width !== run.imageWidth ||
    image.height !== run.imageHeight ||
    image.rgb.length !== image.width * image.height * 3
  )
    throw new PipelineError(
      'PARAM_INVALID',
      `expected the run's image of ${run.imageWidth}x${run.imageHeight} RGB pixels, found ${image.width}x${image.height} with ${image.rgb.length} bytes`,
    );
}
