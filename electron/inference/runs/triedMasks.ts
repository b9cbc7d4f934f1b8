// Masks of a stored run under many settings, without the model: how far each agrees with accepted masks, or
// with the first of them. Distances scale with the small image, so that a setting means the same there as on
// the large one.
import type { CategoryId, RleMask } from '../../api/types.ts';
import type { TriedScores, TriedSetting, TryScope } from '../../link/tuneScores.ts';
import type { MaskParams } from '../../link/params.ts';
import { bitmapFromMask } from '../../masks/runs/bitmap.ts';
import { throwIfCancelled, type Stoppable } from '../cancel.ts';
import { createWasmCrf } from '../crf/wasmCrf.ts';
import { explainerOf, type AnyRun } from '../engines/engines.ts';
import type { RgbImage } from '../image/rgbImage.ts';
import { localCrfSolver } from '../pipeline/masks/crfSolver.ts';
import { grownRegions } from '../pipeline/masks/growth.ts';
import { masksFromMaps } from '../pipeline/masks/masks.ts';
import { checkImage } from '../pipeline/masks/masks.ts';
import type { ChannelRequest } from '../pipeline/planes/engineChannels.ts';
import { createMaskCache, workImage, workingSize } from '../pipeline/planes/maskCache.ts';

/** Solvers of their own: tried settings must not discard the lattices of the image on the screen. */
const own = { crf: localCrfSolver(createWasmCrf), cache: createMaskCache() };

interface Sized {
  readonly image: RgbImage;
  /** Of the working image that the parameters are meant for. */
  readonly scale: number;
}

/** By setting: the overlap of each class that is asked for. */
export async function triedScores(
  { run, image }: { readonly run: AnyRun; readonly image: RgbImage },
  tries: readonly TriedSetting[],
  { accepted, classes, side, growths }: TryScope,
  stop: Stoppable,
): Promise<TriedScores> {
  checkImage(run, image);
  const poll = () => throwIfCancelled(stop);
  const sizes = new Map<number, Sized>();
  let targets: Bitmaps | null = null;
  const scores: number[][] = [];
  const grown: number[][][] = [];
  for (const one of tries) {
    poll();
    const { params } = one;
    const sized = sizes.get(params.workSide) ?? sizeFor(image, params, side, poll);
    sizes.set(params.workSide, sized);
    const { width, height } = sized.image;
    const labels = await labelsOf(run, sized, one, stop);
    targets ??= accepted
      ? acceptedBitmaps(accepted, width, height)
      : labelBitmaps(labels, classes, width, height);
    const { stuff } = one;
    scores.push(overlaps(labels, targets));
    grown.push(
      growths.map(({ things, pixels }) => {
        const growth = { growThings: things ? pixels : 0, growStuff: things ? 0 : pixels, stuff };
        return overlaps(grownRegions(labels, width, growth, poll), targets!);
      }),
    );
  }
  return { scores, grown };
}

function sizeFor(
  image: RgbImage,
  { workSide }: MaskParams,
  side: number | null,
  poll: () => void,
): Sized {
  if (side === null) return { image, scale: 1 };
  const large = workingSize(image, workSide);
  const long = Math.max(large.width, large.height);
  const size = workingSize(image, Math.min(side, long));
  const small = workImage(own.cache, image, size, poll);
  return { image: small, scale: Math.max(size.width, size.height) / long };
}

async function labelsOf(
  run: AnyRun,
  { image, scale }: Sized,
  { params, thresholds, stuff }: TriedSetting,
  stop: Stoppable,
): Promise<Uint16Array> {
  const engine = explainerOf(run);
  // Growth counts pixels of the whole image, which a small one has fewer of.
  const shrunk = Math.max(image.width, image.height) / Math.max(run.imageWidth, run.imageHeight);
  const sized: MaskParams =
    shrunk === 1 && scale === 1
      ? params
      : {
          ...params,
          workSide: 0,
          crfBilateralPx: params.crfBilateralPx * scale,
          crfGaussianPx: params.crfGaussianPx * scale,
          pamrReach: params.pamrReach.map((reach) => Math.max(1, Math.round(reach * scale))),
          growThings: Math.round(params.growThings * shrunk),
          growStuff: Math.round(params.growStuff * shrunk),
        };
  const maps = engine.classMaps(run, sized);
  const channels = engine.channels && ((request: ChannelRequest) => engine.channels!(run, request));
  const { labels } = await masksFromMaps({ run, maps }, image, sized, {
    ...own,
    ...stop,
    thresholds,
    stuff,
    channels,
    keepPlanes: false,
    labelsOnly: true,
  });
  return labels;
}

/** What labels are compared with: by class the pixels that are its own. */
type Bitmaps = readonly { readonly id: number; readonly inside: Uint8Array }[];

function acceptedBitmaps(
  accepted: readonly { readonly categoryId: CategoryId; readonly mask: RleMask }[],
  width: number,
  height: number,
): Bitmaps {
  return accepted.map(({ categoryId, mask }) => ({
    id: categoryId,
    inside: sampled(bitmapFromMask(mask), mask, width, height),
  }));
}

/** The value at the middle of each pixel of a smaller image. */
function sampled(
  bitmap: Uint8Array,
  { width: from, height: rows }: RleMask,
  width: number,
  height: number,
): Uint8Array {
  if (width === from && height === rows) return bitmap;
  const small = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const row = Math.floor(((y + 0.5) * rows) / height) * from;
    for (let x = 0; x < width; x++)
      small[y * width + x] = bitmap[row + Math.floor(((x + 0.5) * from) / width)] as number;
  }
  return small;
}

const labelBitmaps = (
  labels: Uint16Array,
  classes: readonly CategoryId[],
  width: number,
  height: number,
): Bitmaps =>
  classes.map((id) => {
    const inside = new Uint8Array(width * height);
    labels.forEach((label, at) => (inside[at] = label === id ? 1 : 0));
    return { id, inside };
  });

/** Intersection over union; 1 where neither has a pixel. */
function overlaps(labels: Uint16Array, targets: Bitmaps): number[] {
  return targets.map(({ id, inside }) => {
    let [both, either] = [0, 0];
    for (let at = 0; at < labels.length; at++) {
      const [is, was] = [labels[at] === id, inside[at] === 1];
      if (is && was) both++;
      if (is || was) either++;
    }
    return either === 0 ? 1 : both / either;
  });
}
