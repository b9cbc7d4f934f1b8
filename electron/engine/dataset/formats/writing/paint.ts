// Flat label maps from masks that may overlap: the later annotation is on top, and what it hides is
// counted and reported instead of vanishing.
import { paintInPlace } from '../../../../masks/runs/bitmap.ts';
import { area } from '../../../../masks/runs/rle.ts';
import type { DatasetImage } from '../../types.ts';
import type { ExportFolder } from './folderExport.ts';

/** Most pixels that are painted into a map with one number each. */
const MAX_MAP_PIXELS = 2 ** 28;

/**
 * Row-major map [height, width] of `value(i)` for annotation i, 0 where there is none, in an array
 * that `make` gives. Throws a RangeError for images too large to unpack.
 */
export function paintLabels<T extends Uint8Array | Uint16Array | Uint32Array>(
  image: DatasetImage,
  make: (pixels: number) => T,
  value: (index: number) => number,
): { labels: T; hiddenPx: number } {
  const { width, height, annotations } = image;
  if (width * height > MAX_MAP_PIXELS)
    throw new RangeError(
      `${image.fileName} is ${width} x ${height} px; PNG masks are written up to ${MAX_MAP_PIXELS} pixels`,
    );
  const labels = make(width * height);
  let hiddenPx = 0;
  annotations.forEach((annotation, i) => {
    hiddenPx += paintInPlace(labels, annotation.mask, value(i));
  });
  return { labels, hiddenPx };
}

export const bytes = (pixels: number): Uint8Array => new Uint8Array(pixels);

/** Warns that annotations lost pixels to others; `objects` holds i + 1 for annotation i. */
export function warnHidden(
  folder: ExportFolder,
  image: DatasetImage,
  hiddenPx: number,
  objects?: Uint8Array | Uint16Array | Uint32Array,
): void {
  if (hiddenPx === 0) return;
  const seen = new Set<number>(objects);
  const gone = objects
    ? image.annotations.filter((a, i) => area(a.mask) > 0 && !seen.has(i + 1)).length
    : 0;
  folder.warn({ code: 'overlap', values: [image.fileName, hiddenPx, gone] });
}

/** The colour table of Pascal VOC: bits of the index spread over the three channels from the top. */
export function vocPalette(): Uint8Array {
  const palette = new Uint8Array(256 * 3);
  for (let index = 0; index < 256; index++)
    for (let bit = 0; bit < 8; bit++)
      for (let channel = 0; channel < 3; channel++)
        palette[3 * index + channel]! |= ((index >> (3 * bit + channel)) & 1) << (7 - bit);
  return palette;
}
