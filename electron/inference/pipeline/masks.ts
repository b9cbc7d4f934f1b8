// From a finished run to masks, without the model: class maps, threshold, background, blur, CRF,
// labels (method.md 4.8-4.13). Fast enough to follow a slider; intermediates can be kept.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { argmaxPlanes, upsampledLabels } from '../crf/labels.ts';
import { unaryFromScores } from '../crf/unary.ts';
import { resizeBicubic } from '../image/resize.ts';
import {
  applyOperatorsInto,
  bicubicOperator,
  bilinearOperator,
  segmentOperator,
  smoothed,
  type AxisOperator,
} from './axisOperator.ts';
import { hasBackground, nothingSurvives } from './background.ts';
import { throwIfCancelled, type Stoppable } from './cancel.ts';
import { classMaps, type ClassMaps } from './classMaps.ts';
import { withFilledHoles, withoutSmallRegions } from './components.ts';
import {
  channelMargins,
  extents,
  histogram,
  type ChannelMargins,
  type PixelBox,
} from './confidence.ts';
import type { CrfJob, CrfSolver } from './crfSolver.ts';
import { labelsByTable, labelsRenamedInPlace } from './labels.ts';
import type { MaskParams } from './params.ts';
import { PipelineError } from './pipelineError.ts';
import type { RgbImage } from './preprocess.ts';
import type { SalienceRun } from './salienceRun.ts';
import { cutMaps, scaleToUnitInPlace, type CutMaps } from './threshold.ts';

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
  /** [channels, workHeight * workWidth] before the CRF. */
  readonly scores: Float32Array;
  /** The same after the CRF (Q), or null when it was off. */
  readonly probabilities: Float32Array | null;
}

export type MaskProgress =
  | { readonly stage: 'maps' }
  | { readonly stage: 'crf'; readonly done: number; readonly total: number };

/** Intermediates of the last image, kept between calls of a live slider. */
export interface MaskCache {
  readonly operators: Map<string, AxisOperator>;
  image: { readonly source: Uint8Array; readonly work: RgbImage } | null;
}

export interface MaskOptions extends Stoppable {
  readonly onProgress?: (progress: MaskProgress) => void;
  /** Threshold per class id where it differs from params.threshold. */
  readonly thresholds?: { readonly [classId: number]: number };
  readonly cache?: MaskCache;
  /** Needed when params.crf is on. */
  readonly crf?: CrfSolver;
}

export const createMaskCache = (): MaskCache => ({ operators: new Map(), image: null });

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
  const painted = run.classes.flatMap(({ asked, match }, index) =>
    // A constant map keeps its (empty) channel: how many classes were asked for decides on the
    // background, whatever their maps turned out to be.
    asked && match >= params.absentBelow ? [index] : [],
  );
  const size = workingSize(image, params.workSide);
  const scene: Scene = { run, cut, painted, size, params, thresholds, cache, options };
  const { planes, background } = await channelPlanes(scene);
  const channelIds = [
    ...(background ? [0] : []),
    ...painted.map((index) => run.classes[index]?.id ?? 0),
  ];
  const channels = channelIds.length;
  if (channels === 0) return nothing(scene, image);
  const probabilities = params.crf ? await refine(scene, image, planes, channels) : null;
  const final = probabilities ?? planes;
  const winners = argmaxPlanes(final, channels);
  const stop = (): boolean => options.signal?.aborted === true || options.cancelled?.() === true;
  const full =
    size.width === image.width && size.height === image.height
      ? winners
      : upsampledLabels(final, channels, size, image, stop);
  throwIfCancelled(options);
  const ids = channelIds.slice(background ? 1 : 0);
  const named = (params.renameInPlace ? labelsRenamedInPlace : labelsByTable)(
    full,
    ids,
    background,
  );
  const labels = cleaned(named, image, params);
  const margins = channelMargins(planes, channels, winners);
  const classes = describe(scene, labels, image.width, channelIds, margins);
  return {
    width: image.width,
    height: image.height,
    labels,
    classes,
    doubtful: classes.some((one) => one.doubtful),
    workWidth: size.width,
    workHeight: size.height,
    channelIds,
    scores: planes,
    probabilities,
  };
}

/** Size at which channels are compared: the image's own, or reduced to `longSide`. */
export function workingSize(
  { width, height }: { readonly width: number; readonly height: number },
  longSide: number,
): { width: number; height: number } {
  const long = Math.max(width, height);
  if (longSide === 0 || long <= longSide) return { width, height };
  const fit = (length: number): number => Math.max(1, Math.round((length * longSide) / long));
  return { width: fit(width), height: fit(height) };
}

interface Scene {
  readonly run: Pick<SalienceRun, 'classes' | 'rows' | 'columns' | 'passes'>;
  readonly cut: CutMaps;
  /** Indices into run.classes of the classes that get a channel. */
  readonly painted: readonly number[];
  readonly size: { readonly width: number; readonly height: number };
  readonly params: MaskParams;
  readonly thresholds: readonly number[];
  readonly cache: MaskCache;
  readonly options: MaskOptions;
}

async function channelPlanes(scene: Scene): Promise<{ planes: Float32Array; background: boolean }> {
  const { run, cut, painted, size, params, thresholds, cache, options } = scene;
  const pixels = size.width * size.height;
  const background = hasBackground(params.background, painted.length);
  const offset = background ? 1 : 0;
  const planes = new Float32Array((painted.length + offset) * pixels);
  const sigma = params.blur * Math.max(size.width, size.height);
  const operator = (kind: keyof typeof OPERATORS, length: number, cells: number): AxisOperator =>
    kept(cache, `${kind} ${length} ${cells} ${sigma} ${params.gridRounding}`, () =>
      smoothed(OPERATORS[kind](length, cells, params.gridRounding), sigma),
    );
  const scaleRaw = params.scaleSinglePass && run.passes.length === 1 && painted.length > 1;
  const scale = sigma > 0 || params.scaleUnblurred || scaleRaw;
  // In 64 bits until scaled: classes that are equal up to scale stay equal, and the first wins.
  const plane = new Float64Array(pixels);
  for (const [channel, index] of painted.entries()) {
    throwIfCancelled(options);
    applyOperatorsInto(
      plane,
      cut.maps.subarray(index * cut.patches, (index + 1) * cut.patches),
      operator(params.upsampling, size.height, run.rows),
      operator(params.upsampling, size.width, run.columns),
    );
    // The cubic's negative lobes would count as salience after scaling.
    if (params.upsampling === 'bicubic')
      for (let at = 0; at < pixels; at++) plane[at] = Math.max(0, plane[at] as number);
    if (scale) scaleToUnitInPlace(plane);
    // A class with its own threshold meets the shared constant background at that height.
    const lift = params.threshold - (thresholds[index] as number);
    if (params.thresholdRule === 'constant' && lift !== 0)
      for (let at = 0; at < pixels; at++) plane[at] = (plane[at] as number) + lift;
    planes.set(plane, (channel + offset) * pixels);
    await nextTurn();
  }
  if (background) {
    const first = planes.subarray(0, pixels);
    if (params.thresholdRule === 'constant') first.fill(params.threshold);
    else {
      const survivors = nothingSurvives(
        onlyPainted(cut, painted),
        operator('segment', size.height, run.rows),
        operator('segment', size.width, run.columns),
      );
      first.set(survivors);
      if (sigma > 0) scaleToUnitInPlace(first);
    }
  }
  return { planes, background };
}

const OPERATORS = {
  bilinear: bilinearOperator,
  bicubic: bicubicOperator,
  segment: segmentOperator,
} as const;

/** Class maps of the painted classes alone. */
function onlyPainted({ maps, patches }: CutMaps, painted: readonly number[]): ClassMaps {
  const chosen = new Float32Array(painted.length * patches);
  painted.forEach((index, channel) =>
    chosen.set(maps.subarray(index * patches, (index + 1) * patches), channel * patches),
  );
  return { maps: chosen, classes: painted.length, patches };
}

async function refine(
  { size, params, cache, options }: Scene,
  image: RgbImage,
  planes: Float32Array,
  channels: number,
): Promise<Float32Array> {
  if (!options.crf)
    throw new PipelineError(
      'PARAM_INVALID',
      'expected a CRF solver because masks.crf is on, found none; pass one or switch it off',
    );
  const work = workImage(image, size, cache);
  const { onProgress, signal, cancelled } = options;
  throwIfCancelled(options);
  const job: CrfJob = {
    image: { width: work.width, height: work.height, data: work.rgb },
    unary: unaryFromScores(planes, channels, params.temperature),
    classes: channels,
    parameters: {
      gaussianDeviationPx: params.crfGaussianPx,
      gaussianWeight: params.crfGaussianWeight,
      bilateralDeviationPx: params.crfBilateralPx,
      bilateralDeviationRgb: params.crfBilateralRgb,
      bilateralWeight: params.crfBilateralWeight,
    },
    iterations: params.crfIterations,
    onIteration: (done, total) => onProgress?.({ stage: 'crf', done, total }),
    shouldStop: () => signal?.aborted === true || cancelled?.() === true,
  };
  const q = await options.crf.solve(job).catch((error: unknown) => {
    // A stopped solver has its own AbortError; the caller gets the reason it gave itself.
    throwIfCancelled(options);
    throw error;
  });
  throwIfCancelled(options);
  if (q.length !== planes.length)
    throw new PipelineError(
      'MODEL_OUTPUT_INVALID',
      `expected ${planes.length} probabilities from the CRF, found ${q.length}`,
    );
  return q;
}

/** The photograph at working size; the same array for the same image, so that lattices are reused. */
function workImage(
  image: RgbImage,
  size: { readonly width: number; readonly height: number },
  cache: MaskCache,
): RgbImage {
  const { image: seen } = cache;
  if (
    seen?.source === image.rgb &&
    seen.work.width === size.width &&
    seen.work.height === size.height
  )
    return seen.work;
  const same = size.width === image.width && size.height === image.height;
  const work = same ? image : { ...size, rgb: resizeBicubic(image, size.width, size.height) };
  cache.image = { source: image.rgb, work };
  return work;
}

function cleaned(labels: Uint16Array, image: RgbImage, params: MaskParams): Uint16Array {
  const pixels = image.width * image.height;
  const small = Math.ceil(params.minRegion * pixels);
  const merged = small > 1 ? withoutSmallRegions(labels, image.width, small) : labels;
  const hole = Math.floor(params.fillHoles * pixels);
  return hole >= 1 ? withFilledHoles(merged, image.width, hole) : merged;
}

function describe(
  { run, cut, painted, params }: Pick<Scene, 'run' | 'cut' | 'painted' | 'params'>,
  labels: Uint16Array,
  width: number,
  channelIds: readonly number[],
  margins: ChannelMargins,
): ClassMask[] {
  const found = extents(labels, width);
  return run.classes.map(({ id, name, match, asked }, index): ClassMask => {
    const channel = channelIds.indexOf(id);
    const extent = found.get(id);
    const margin = channel < 0 ? 0 : (margins.margin[channel] as number);
    const absent = !asked || !painted.includes(index) || cut.present[index] !== true;
    const doubt = match < params.doubtMatch || margin < params.doubtMargin;
    const map = cut.normalised.subarray(index * cut.patches, (index + 1) * cut.patches);
    return {
      id,
      name,
      match,
      absent,
      area: extent?.area ?? 0,
      box: extent?.box ?? null,
      margin,
      height: channel < 0 ? 0 : (margins.height[channel] as number),
      patchesKept: cut.kept[index] ?? 0,
      patches: cut.patches,
      histogram: histogram(map),
      doubtful: !absent && extent !== undefined && doubt,
    };
  });
}

/** No class to paint and no background: everything stays unlabelled. */
function nothing(scene: Scene, image: RgbImage): MaskResult {
  const none = { margin: new Float64Array(0), height: new Float64Array(0) };
  const labels = new Uint16Array(image.width * image.height);
  return {
    width: image.width,
    height: image.height,
    labels,
    classes: describe(scene, labels, image.width, [], none),
    doubtful: false,
    workWidth: scene.size.width,
    workHeight: scene.size.height,
    channelIds: [],
    scores: new Float32Array(0),
    probabilities: null,
  };
}

/** Operators of a slider's last positions are kept; the bound keeps other images from piling up. */
function kept(cache: MaskCache, key: string, make: () => AxisOperator): AxisOperator {
  const found = cache.operators.get(key);
  if (found) return found;
  if (cache.operators.size >= 32) cache.operators.clear();
  const made = make();
  cache.operators.set(key, made);
  return made;
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
