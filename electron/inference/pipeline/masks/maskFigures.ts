// Winning channels to cleaned labels, and the figures of each class.
import { throwIfCancelled, type Poll, type Stoppable } from '../../cancel.ts';
import { withFilledHoles, withoutSmallRegions } from './components.ts';
import { grownRegions } from './growth.ts';
import { extents, histogram } from './figures/confidence.ts';
import { labelsByTable, labelsRenamedInPlace } from './labels.ts';
import type { MaskParams } from '../../../link/params.ts';
import type { RgbImage } from '../../image/rgbImage.ts';
import type { EngineRun } from '../engineRun.ts';
import type { CutMaps } from '../planes/threshold.ts';
import type { ClassMask, MaskOptions } from './maskResult.ts';
import type { Won } from './winners.ts';

export interface Scene {
  readonly run: Pick<EngineRun, 'classes'>;
  readonly cut: CutMaps;
  /** Indices into run.classes of the classes that have a channel. */
  readonly painted: readonly number[];
  readonly channelIds: readonly number[];
  readonly params: MaskParams;
  readonly options: Stoppable & Pick<MaskOptions, 'stuff'>;
}

/** Labels from channel numbers at the image's own size, cleaned and grown. Without channels nothing is labelled. */
export function labelsOf(
  channelOf: Uint8Array,
  { channelIds, painted, params, options }: Scene,
  image: RgbImage,
): Uint16Array {
  if (channelIds.length === 0) return new Uint16Array(image.width * image.height);
  const poll = () => throwIfCancelled(options);
  const rename = params.renameInPlace ? labelsRenamedInPlace : labelsByTable;
  const background = channelIds.length > painted.length;
  const ids = background ? channelIds.slice(1) : channelIds;
  const labels = cleaned(rename(channelOf, ids, background, poll), image, params, poll);
  return grownRegions(labels, image.width, { ...params, stuff: options.stuff }, poll);
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

/** Figures of each class of the run; labels are `width` wide. */
export function describe(
  { run, cut, painted, channelIds, params, options }: Scene,
  labels: Uint16Array,
  width: number,
  { figures, refined }: Pick<Won, 'figures' | 'refined'>,
): ClassMask[] {
  const found = extents(labels, width, () => throwIfCancelled(options));
  return run.classes.map(({ id, name, match }, index): ClassMask => {
    const channel = channelIds.indexOf(id);
    const extent = found.get(id);
    const margin = channel < 0 ? 0 : (figures.margin[channel] as number);
    const rival = channel < 0 ? -1 : (figures.rival[channel] as number);
    const absent = !painted.includes(index);
    const crfChange = refined && channel >= 0 ? (figures.change[channel] as number) : null;
    const doubt =
      (match !== null && match < params.doubtMatch) ||
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
      rival:
        rival < 0
          ? null
          : { id: channelIds[rival]!, height: figures.rivalHeight[channel] as number },
      crfChange,
      patchesKept: cut.kept[index] ?? 0,
      patches: cut.patches,
      histogram: histogram(map),
      doubtful: !absent && extent !== undefined && doubt,
    };
  });
}
