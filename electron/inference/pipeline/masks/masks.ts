// From a finished run to masks, without the model: class maps, threshold, background, blur, CRF,
// labels (method.md 4.8-4.13). Fast enough to follow a slider; intermediates can be kept.
import { hasBackground } from '../planes/background.ts';
import { channelPlanes } from '../planes/channelPlanes.ts';
import { classMaps, type ClassMaps } from '../planes/classMaps.ts';
import { createMaskCache, workingSize } from '../planes/maskCache.ts';
import type { MaskParams } from '../../../link/params.ts';
import { PipelineError } from '../../../link/pipelineError.ts';
import type { RgbImage } from '../../image/rgbImage.ts';
import type { EngineRun } from '../engineRun.ts';
import type { SalienceRun } from '../salienceRun.ts';
import type { ChannelRequest, EngineChannels } from '../planes/engineChannels.ts';
import { cutMaps, type CutMaps } from '../planes/threshold.ts';
import type { MaskOptions, MaskResult } from './maskResult.ts';
import { describe, labelsOf, type Scene } from './maskFigures.ts';
import { winnersOf } from './winners.ts';

/** Masks of a PnP-OVSS run on its image (oriented RGB of the same size). Does not need the model. */
export async function masksFromRun(
  run: SalienceRun,
  image: RgbImage,
  params: MaskParams,
  options: MaskOptions = {},
): Promise<MaskResult> {
  checkImage(run, image);
  return masksFromMaps({ run, maps: classMaps(run, params) }, image, params, options);
}

type MappedRun = Pick<EngineRun, 'classes' | 'rows' | 'columns'> & {
  /** How many are added up in the maps. */
  readonly passes: { readonly length: number };
};

/** A run with its class maps [run.classes, N], whichever engine made them. */
export interface Mapped {
  readonly run: MappedRun;
  readonly maps: ClassMaps;
}

/** Masks from class maps. */
export async function masksFromMaps(
  { run, maps }: Mapped,
  image: RgbImage,
  params: MaskParams,
  options: MaskOptions = {},
): Promise<MaskResult> {
  const cache = options.cache ?? createMaskCache();
  options.onProgress?.({ stage: 'maps' });
  const thresholds = run.classes.map(({ id }) => options.thresholds?.[id] ?? params.threshold);
  const cut = cutMaps(maps, params.thresholdRule, thresholds);
  const wanted = run.classes.flatMap(({ asked, match }, index) =>
    asked && (match === null || match >= params.absentBelow) ? [index] : [],
  );
  const size = workingSize(image, params.workSide);
  const made = options.channels
    ? await options.channels({ wanted, size, image, params, cache, options })
    : await commonChannels(run, cut, { wanted, thresholds, size, params, cache, options });
  const won = await winnersOf(made, { size, image, params, cache, options });
  const ids = won.painted.map((index) => run.classes[index]?.id ?? 0);
  const scene: Scene = {
    run,
    cut,
    params,
    options,
    painted: won.painted,
    channelIds: won.background ? [0, ...ids] : ids,
  };
  const labels = labelsOf(won.full, scene, image);
  const classes = describe(scene, labels, image.width, won);
  return {
    width: image.width,
    height: image.height,
    labels,
    classes,
    doubtful: classes.some((one) => one.doubtful),
    workWidth: size.width,
    workHeight: size.height,
    channelIds: scene.channelIds,
    scores: won.planes,
    probabilities: won.probabilities,
  };
}

interface CommonRequest extends Omit<ChannelRequest, 'image'> {
  readonly thresholds: readonly number[];
}

/** Channels of class maps that are cut, blurred and scaled alike. */
async function commonChannels(
  { rows, columns, passes }: MappedRun,
  cut: CutMaps,
  { wanted, ...rest }: CommonRequest,
): Promise<EngineChannels> {
  // A constant map has nothing to paint, but its class was asked for, which decides on "auto".
  const painted = wanted.filter((index) => cut.present[index] === true);
  const background = hasBackground(rest.params.background, wanted.length);
  const planes = await channelPlanes({
    ...rest,
    cut,
    painted,
    background,
    rows,
    columns,
    passes: passes.length,
  });
  return { planes, painted, background, kind: 'scores' };
}

/** Throws PARAM_INVALID for an image that the run was not made of. */
export function checkImage(
  run: Pick<EngineRun, 'imageWidth' | 'imageHeight'>,
  image: RgbImage,
): void {
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
