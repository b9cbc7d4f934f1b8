// Pictures for lists and review: scaled copies and crops around a mask, written whole or not at all.
import { measureMask } from '../../masks/runs/measure.ts';
import type { RleMask } from '../../api/types.ts';
import type { ScoreMap } from '../../api/run.ts';
import { writeWhole } from '../../files/wholeFile.ts';
import { MAX_PIXELS } from '../image/imageError.ts';
import { loadSharp } from '../sharp.ts';
import { outlinePath } from './outline.ts';
import { mapAt, underSalience } from './salienceCrop.ts';
import type { RgbImage } from '../image/rgbImage.ts';

export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
}

const QUALITY = 82;
/** Room around a mask, as a share of its longer side. */
const MARGIN = 0.15;
/** Width over height of the tiles that show crops. */
const TILE_ASPECT = 3 / 2;

/** The largest size with the same aspect that fits into `longSide`; never larger than the image. */
function fittedSize(
  { width, height }: { readonly width: number; readonly height: number },
  longSide: number,
): { width: number; height: number } {
  const scale = Math.min(1, longSide / Math.max(width, height));
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
}

/** Writes the image as WebP with its long side at most `maxSide`. */
export async function writeScaled(
  image: RgbImage,
  target: string,
  maxSide: number,
): Promise<Picture> {
  const size = fittedSize(image, maxSide);
  const sharp = await loadSharp();
  const bytes = await sharp(plainBytes(image.rgb), {
    raw: { width: image.width, height: image.height, channels: 3 },
  })
    .resize(size.width, size.height, { fit: 'fill' })
    .webp({ quality: QUALITY })
    .toBuffer();
  await writeWhole(target, bytes, { sync: false });
  return { ...size, bytes: bytes.length };
}

/** Formats whose decoder can read a reduced image, many times faster than the whole. */
const REDUCIBLE = /\.(jpe?g|jpe|jfif?|jif|pjpe?g?|webp)$/i;

/**
 * Like writeScaled straight from a file that can be read at a reduced size. Null when it cannot, or
 * when anything about the file is unusual: the caller then decodes it in full and finds out why.
 */
export async function writeReduced(
  path: string,
  target: string,
  maxSide: number,
): Promise<Picture | null> {
  if (!REDUCIBLE.test(path)) return null;
  const sharp = await loadSharp();
  try {
    const { data, info } = await sharp(path, {
      failOn: 'error',
      limitInputPixels: MAX_PIXELS,
      autoOrient: true,
    })
      .resize(maxSide, maxSide, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .webp({ quality: QUALITY })
      .toBuffer({ resolveWithObject: true });
    await writeWhole(target, data, { sync: false });
    return { width: info.width, height: info.height, bytes: data.length };
  } catch {
    // The full decoder gives the reason in the project's own words.
    return null;
  }
}

/** How a mask is drawn on a picture: dashed, or dotted when it is doubtful (design: mask states). */
export interface MaskLook {
  /** `#rrggbb`. */
  readonly color: string;
  readonly doubtful: boolean;
}

/** Writes the surroundings of a mask as WebP, its long side about `longSide`, the mask or a map over it. */
export async function writeCrop(
  image: RgbImage,
  mask: RleMask,
  look: MaskLook | { readonly map: ScoreMap },
  { target, longSide }: { readonly target: string; readonly longSide: number },
): Promise<Picture> {
  if (mask.width !== image.width || mask.height !== image.height)
    throw new RangeError(
      `a mask of ${mask.width}x${mask.height} does not fit an image of ${image.width}x${image.height}`,
    );
  const window = around(mask);
  const scale = longSide / Math.max(window.width, window.height);
  const width = Math.max(1, Math.round(window.width * scale));
  const height = Math.max(1, Math.round(window.height * scale));
  const sharp = await loadSharp();
  const plain = sharp(pixelsIn(image, window), {
    raw: { width: window.width, height: window.height, channels: 3 },
  }).resize(width, height, { fit: 'fill' });
  const drawn =
    'map' in look
      ? sharp(
          underSalience(await plain.raw().toBuffer(), { width, height }, (x, y) =>
            mapAt(
              look.map,
              (window.x + ((x + 0.5) * window.width) / width) / image.width,
              (window.y + ((y + 0.5) * window.height) / height) / image.height,
            ),
          ),
          { raw: { width, height, channels: 3 } },
        )
      : plain.composite([{ input: Buffer.from(maskSvg(mask, window, { width, height }, look)) }]);
  const bytes = await drawn.webp({ quality: QUALITY }).toBuffer();
  await writeWhole(target, bytes, { sync: false });
  return { width, height, bytes: bytes.length };
}

interface Window {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Row by row: a crop of a large image must not cost a copy of it. */
function pixelsIn({ rgb, width }: RgbImage, window: Window): Uint8Array {
  const inside = new Uint8Array(window.width * window.height * 3);
  for (let y = 0; y < window.height; y += 1) {
    const from = ((window.y + y) * width + window.x) * 3;
    inside.set(rgb.subarray(from, from + window.width * 3), y * window.width * 3);
  }
  return inside;
}

/** Fill, casing and line of the mask over a crop of `size`. */
function maskSvg(
  mask: RleMask,
  window: Window,
  size: { readonly width: number; readonly height: number },
  { color, doubtful }: MaskLook,
): string {
  const { bitmap, columns, rows } = bitmapOf(mask, window, size);
  const path = outlinePath(bitmap, columns, rows, size.width / columns);
  // A crop is shown at about half of its size: lines are twice what the canvas draws.
  const line = doubtful
    ? 'stroke-width="4" stroke-linecap="round" stroke-dasharray="0.1 7"'
    : 'stroke-width="3.2" stroke-dasharray="12 8"';
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}">
<path d="${path}" fill="${color}" fill-opacity="${doubtful ? 0.12 : 0.2}" fill-rule="evenodd"/>
<path d="${path}" fill="none" stroke="#000" stroke-opacity="0.62" stroke-width="4.8"/>
<path d="${path}" fill="none" stroke="${color}" ${line}/></svg>`;
}

/** The mask inside a window, at no more points than the picture has. */
function bitmapOf(
  mask: RleMask,
  window: Window,
  size: { readonly width: number; readonly height: number },
): { bitmap: Uint8Array; columns: number; rows: number } {
  const columns = Math.min(window.width, size.width);
  const rows = Math.max(1, Math.round((columns * window.height) / window.width));
  const inside = new Uint8Array(window.width * window.height);
  eachRun(mask, (x, y0, y1) =>
    inside.fill(
      1,
      (x - window.x) * window.height + y0 - window.y,
      (x - window.x) * window.height + y1 - window.y,
    ),
  );
  const bitmap = new Uint8Array(columns * rows);
  for (let row = 0; row < rows; row += 1)
    for (let column = 0; column < columns; column += 1) {
      const x = Math.floor(((column + 0.5) * window.width) / columns);
      const y = Math.floor(((row + 0.5) * window.height) / rows);
      bitmap[row * columns + column] = inside[x * window.height + y]!;
    }
  return { bitmap, columns, rows };
}

/** Calls `visit` with every vertical run of set pixels. */
function eachRun(mask: RleMask, visit: (x: number, y0: number, y1: number) => void): void {
  let position = 0;
  for (let i = 0; i < mask.counts.length; i += 1) {
    const count = mask.counts[i]!;
    if (i % 2 === 1)
      for (let from = position; from < position + count;) {
        const x = Math.floor(from / mask.height);
        const y0 = from % mask.height;
        const y1 = Math.min(mask.height, y0 + (position + count - from));
        visit(x, y0, y1);
        from += y1 - y0;
      }
    position += count;
  }
}

/** The mask's box with some room, widened to the shape of a tile as far as the image goes. */
function around(mask: RleMask): Window {
  const { area, box } = measureMask(mask);
  if (area === 0) return { x: 0, y: 0, width: mask.width, height: mask.height };
  const [left, top, width, height] = box;
  const margin = Math.ceil(MARGIN * Math.max(width, height)) + 4;
  const wanted = {
    width: Math.max(width + 2 * margin, Math.ceil((height + 2 * margin) * TILE_ASPECT)),
    height: Math.max(height + 2 * margin, Math.ceil((width + 2 * margin) / TILE_ASPECT)),
  };
  const [x, columns] = spread(left + width / 2, wanted.width, mask.width);
  const [y, rows] = spread(top + height / 2, wanted.height, mask.height);
  return { x, y, width: columns, height: rows };
}

/** `length` samples around `centre`, moved into 0..limit and cut to it. */
function spread(centre: number, length: number, limit: number): [start: number, length: number] {
  const cut = Math.min(length, limit);
  return [Math.max(0, Math.min(limit - cut, Math.round(centre - cut / 2))), cut];
}

/** Native code may not keep shared memory: such pixels are copied first. */
function plainBytes(rgb: Uint8Array): Uint8Array {
  return rgb.buffer instanceof SharedArrayBuffer ? rgb.slice() : rgb;
}
