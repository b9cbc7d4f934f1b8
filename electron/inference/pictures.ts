// Pictures for lists and review: scaled copies and crops around a mask, written whole or not at all.
import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { RleMask } from '../api/types.ts';
import { fittedSize } from './image/encode.ts';
import { MAX_PIXELS } from './image/imageError.ts';
import type { RgbImage } from './pipeline/preprocess.ts';

export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
}

const QUALITY = 82;
/** Room around a mask, as a share of its longer side. */
const MARGIN = 0.15;
const TINT = 0.38;

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
  await writeWhole(target, bytes);
  return { ...size, bytes: bytes.length };
}

/** Formats whose decoder can read a reduced image, many times faster than the whole. */
const REDUCIBLE = /\.(jpe?g|jpe|webp)$/i;

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
    await writeWhole(target, data);
    return { width: info.width, height: info.height, bytes: data.length };
  } catch {
    // The full decoder gives the reason in the project's own words.
    return null;
  }
}

/** Writes the surroundings of a mask as WebP, the mask tinted with `color` (`#rrggbb`). */
export async function writeCrop(
  image: RgbImage,
  mask: RleMask,
  color: string,
  target: string,
  maxSide: number,
): Promise<Picture> {
  if (mask.width !== image.width || mask.height !== image.height)
    throw new RangeError(
      `a mask of ${mask.width}x${mask.height} does not fit an image of ${image.width}x${image.height}`,
    );
  const window = around(mask);
  const rgb = new Uint8Array(window.width * window.height * 3);
  for (let y = 0; y < window.height; y += 1) {
    const from = ((window.y + y) * image.width + window.x) * 3;
    rgb.set(image.rgb.subarray(from, from + window.width * 3), y * window.width * 3);
  }
  tintInPlace(rgb, window, mask, color);
  return writeScaled({ width: window.width, height: window.height, rgb }, target, maxSide);
}

interface Window {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
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

function around(mask: RleMask): Window {
  let left = mask.width;
  let right = 0;
  let top = mask.height;
  let bottom = 0;
  eachRun(mask, (x, y0, y1) => {
    left = Math.min(left, x);
    right = Math.max(right, x + 1);
    top = Math.min(top, y0);
    bottom = Math.max(bottom, y1);
  });
  if (right <= left) return { x: 0, y: 0, width: mask.width, height: mask.height };
  const margin = Math.ceil(MARGIN * Math.max(right - left, bottom - top)) + 4;
  const x = Math.max(0, left - margin);
  const y = Math.max(0, top - margin);
  return {
    x,
    y,
    width: Math.min(mask.width, right + margin) - x,
    height: Math.min(mask.height, bottom + margin) - y,
  };
}

function tintInPlace(rgb: Uint8Array, window: Window, mask: RleMask, color: string): void {
  const tint = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
  eachRun(mask, (x, y0, y1) => {
    for (let y = y0; y < y1; y += 1) {
      const at = ((y - window.y) * window.width + (x - window.x)) * 3;
      for (let channel = 0; channel < 3; channel += 1)
        rgb[at + channel] = Math.round(rgb[at + channel]! * (1 - TINT) + tint[channel]! * TINT);
    }
  });
}

/** Native code may not keep shared memory: such pixels are copied first. */
function plainBytes(rgb: Uint8Array): Uint8Array {
  return rgb.buffer instanceof SharedArrayBuffer ? rgb.slice() : rgb;
}

async function loadSharp() {
  const { default: sharp } = await import('sharp');
  return sharp;
}

/** Writes beside the target and renames: a reader never sees half a picture. */
export async function writeWhole(target: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  const temporary = `${target}.${randomBytes(6).toString('hex')}.part`;
  try {
    await writeFile(temporary, bytes);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
