// Masks of a try as the judge sees them: the product's own steps without the CRF, at a small size, on the patch
// grid or on the judge's input.
import type { ClassMaps } from '../pipeline/planes/classMaps.ts';
import { masksFromMaps } from '../pipeline/masks/masks.ts';
import type { MaskParams } from '../../link/params.ts';
import { resizeBicubic } from '../image/resize.ts';
import type { RgbImage } from '../image/rgbImage.ts';
import { workingSize, type MaskCache } from '../pipeline/planes/maskCache.ts';
import { explainerOf, type AnyRun } from '../engines/engines.ts';
import type { MapFrame } from './mapBank.ts';
import type { LabelGrid } from '../../link/tuneScores.ts';

/** Long side of the label grid in pixels: four to six per patch of the usual grids. */
const LONG_SIDE = 96;

/** Steps that a small grid of labels skips. */
const PLAIN = {
  crf: false,
  minRegion: 0,
  fillHoles: 0,
  growThings: 0,
  growStuff: 0,
  workSide: 0,
  renameInPlace: false,
};

/** Maps of a frame's classes, from so many passes. */
interface FramedMaps {
  readonly frame: MapFrame;
  readonly maps: ClassMaps;
  readonly passes: number;
}

/** Labels of the classes of `frame` under `params`; every class of the image is asked for. */
export async function labelGrid(
  { frame, maps, passes }: FramedMaps,
  image: { readonly width: number; readonly height: number },
  params: MaskParams,
  { cache, side = LONG_SIDE }: { readonly cache: MaskCache; readonly side?: number | undefined },
): Promise<LabelGrid> {
  const { width, height } = sizeOf(image, side);
  const { rows, columns } = frame;
  const classes = frame.classes.map((one, at) => ({ ...one, id: at + 1, match: 1, asked: true }));
  const { labels } = await masksFromMaps(
    { run: { classes, rows, columns, passes: { length: passes } }, maps },
    // Without a CRF nobody looks at the pixels.
    { width, height, rgb: new Uint8Array(0) },
    { ...params, ...PLAIN },
    { cache },
  );
  return { labels: Uint8Array.from(labels), width, height };
}

/** The image at the size of its grids. */
export function gridImage(image: RgbImage, side = LONG_SIDE): RgbImage {
  const { width, height } = sizeOf(image, side);
  return { width, height, rgb: resizeBicubic(image, width, height) };
}

/** Labels of a run of any engine: its classes with words, numbered from 1. `photo`: the image at the grid's size. */
export async function runGrid(
  run: AnyRun,
  photo: RgbImage,
  params: MaskParams,
  cache: MaskCache,
): Promise<LabelGrid> {
  const engine = explainerOf(run);
  let place = 0;
  const classes = run.classes.map((one) => ({ ...one, id: one.words.length > 0 ? ++place : 0 }));
  const { imageWidth: width, imageHeight: height } = run;
  const work = workingSize({ width, height }, params.workSide);
  // Neighbours stand as far off as they do in masks of full size.
  const scale = Math.max(photo.width, photo.height) / Math.max(work.width, work.height);
  const { labels } = await masksFromMaps(
    { run: { ...run, classes }, maps: engine.classMaps(run, params) },
    photo,
    {
      ...params,
      ...PLAIN,
      absentBelow: 0,
      pamrReach: params.pamrReach.map((reach) => Math.max(1, Math.round(reach * scale))),
    },
    { cache, channels: engine.channels && ((request) => engine.channels!(run, request)) },
  );
  return { labels: Uint8Array.from(labels), width: photo.width, height: photo.height };
}

function sizeOf(
  { width, height }: { readonly width: number; readonly height: number },
  side: number,
) {
  const scale = side / Math.max(width, height);
  const fit = (length: number) => Math.max(1, Math.round(length * scale));
  return { width: fit(width), height: fit(height) };
}

/** 1 where more than half of a patch belongs to class number `place` (from 1), [rows * columns]. */
export function patchesOf(
  { labels, width, height }: LabelGrid,
  place: number,
  { rows, columns }: { readonly rows: number; readonly columns: number },
): Uint8Array {
  const counts = new Uint32Array(rows * columns);
  const all = new Uint32Array(rows * columns);
  for (let y = 0; y < height; y++) {
    const row = Math.floor((y * rows) / height);
    for (let x = 0; x < width; x++) {
      const patch = row * columns + Math.floor((x * columns) / width);
      all[patch] = (all[patch] as number) + 1;
      if (labels[y * width + x] === place) counts[patch] = (counts[patch] as number) + 1;
    }
  }
  return Uint8Array.from(counts, (count, patch) => (2 * count > (all[patch] as number) ? 1 : 0));
}
