// From a file or bytes to oriented 8-bit RGB: size checked before pixels exist, EXIF orientation
// applied, one clear error for everything that is not a whole image.
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { describeFile } from '../../../models/files/whatItIs.ts';
import { loadSharp } from '../sharp.ts';
import { bmpSize, decodeBmp } from './formats/bmp.ts';
import { sniffFormat, type ImageFormat } from './formats/format.ts';
import { checkSize, ImageError, MAX_FILE_BYTES, MAX_PIXELS } from './imageError.ts';
import { presentShare } from './presentShare.ts';
import { spread } from './formats/spread.ts';
import { holdsWideSamples, isManaged, readWideSamples } from './formats/wideSamples.ts';

export interface ImageInfo {
  readonly format: ImageFormat;
  /** Oriented size in pixels. */
  readonly width: number;
  readonly height: number;
  /** EXIF orientation as stored, 1-8; 1 where there is none. */
  readonly orientation: number;
}

export interface DecodedImage extends ImageInfo {
  /** Row-major [height, width, 3], orientation applied, transparency over white. */
  readonly rgb: Uint8Array;
  /** Smallest and largest sample that were spread to 0-255 (beyond 8 bits); else null. */
  readonly range: readonly [number, number] | null;
  /** What people should know of the way in which the file was read, a sentence each. */
  readonly notes: readonly string[];
  /** Of the file's bytes, lower-case hex. */
  readonly sha256: string;
}

export interface DecodeOptions {
  readonly maxPixels?: number;
  readonly signal?: AbortSignal;
}

/** Decodes the first frame of a file or of bytes. Throws ImageError. */
export async function decodeImage(
  source: string | Uint8Array,
  options: DecodeOptions = {},
): Promise<DecodedImage> {
  const { maxPixels = MAX_PIXELS, signal } = options;
  signal?.throwIfAborted();
  const bytes = typeof source === 'string' ? await readBytes(source, signal) : source;
  const info = await imageInfo(bytes);
  checkSize(info.width, info.height, maxPixels);
  signal?.throwIfAborted();
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const pixels =
    info.format === 'bmp'
      ? { ...decodeBmp(bytes, maxPixels), range: null, notes: [] }
      : await vipsPixels(bytes, info, maxPixels);
  signal?.throwIfAborted();
  return { ...info, ...pixels, sha256 };
}

/** Format, oriented size and orientation without decoding pixels. Throws ImageError. */
export async function imageInfo(source: string | Uint8Array): Promise<ImageInfo> {
  const bytes = typeof source === 'string' ? await readBytes(source) : source;
  if (bytes.length === 0)
    throw new ImageError('IMAGE_EMPTY', 'expected an image, found an empty file; copy it again');
  const format = sniffFormat(bytes);
  if (format === null) throw unsupported(bytes);
  if (format === 'bmp') return { format, ...bmpSize(bytes), orientation: 1 };
  const { autoOrient, orientation = 1 } = await metadata(bytes, format);
  return { format, width: autoOrient.width, height: autoOrient.height, orientation };
}

/** Reads a whole regular file; the size is checked first. */
export async function readBytes(path: string, signal?: AbortSignal): Promise<Uint8Array> {
  let file;
  try {
    file = await open(path, 'r');
  } catch (cause) {
    throw unreadable(path, cause);
  }
  try {
    const stat = await file.stat();
    if (!stat.isFile())
      throw new ImageError(
        'IMAGE_UNREADABLE',
        `expected a regular file, found another kind: ${path}`,
      );
    if (stat.size > MAX_FILE_BYTES)
      throw new ImageError(
        'IMAGE_TOO_LARGE',
        `expected a file of at most ${MAX_FILE_BYTES} bytes, found ${stat.size}: ${path}`,
        { data: { bytes: stat.size, maxBytes: MAX_FILE_BYTES } },
      );
    return await file.readFile({ signal });
  } catch (cause) {
    if (cause instanceof ImageError || signal?.aborted === true) throw cause;
    throw unreadable(path, cause);
  } finally {
    await file.close();
  }
}

async function vipsPixels(bytes: Uint8Array, info: ImageInfo, maxPixels: number): Promise<Pixels> {
  try {
    return await pixelsOf(bytes, info, { failOn: 'error', limitInputPixels: maxPixels });
  } catch (cause) {
    const mended = info.format === 'jpeg' ? withEndMark(bytes) : null;
    if (mended === null) throw await cutOrBroken(bytes, info.format, cause);
    // 'warning': with the mark in place, rows that are missing are a warning only.
    const strict = { failOn: 'warning', limitInputPixels: maxPixels } as const;
    const pixels = await pixelsOf(mended, info, strict).catch(() => null);
    if (pixels === null) throw await cutOrBroken(bytes, info.format, cause);
    const note = 'The end mark of this JPEG file is missing; all its pixels are there.';
    return { ...pixels, notes: [...pixels.notes, note] };
  }
}

type Pixels = Pick<DecodedImage, 'rgb' | 'range' | 'notes' | 'width' | 'height'>;

/** Decodes as strictly as `options` say: truncated and broken data fail, odd metadata does not. */
async function pixelsOf(
  bytes: Uint8Array,
  info: ImageInfo,
  options: { readonly failOn: 'error' | 'warning'; readonly limitInputPixels: number },
): Promise<Pixels> {
  const facts = await metadata(bytes, info.format);
  const sharp = await loadSharp();
  if (holdsWideSamples(facts, info.format)) {
    const { width, height, samples } = await readWideSamples(bytes, facts, options);
    if (!isManaged(facts, samples)) return { width, height, ...spread(samples) };
  }
  const { data, info: size } = await sharp(bytes, { ...options, autoOrient: true })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const rgb = size.channels === 3 ? bytesOf(data) : asGrey(data, size.channels);
  return { width: size.width, height: size.height, rgb, range: null, notes: [] };
}

/** The same JPEG with the two bytes that should end it; null when they are there. */
function withEndMark(bytes: Uint8Array): Uint8Array | null {
  const last = bytes.length - 1;
  if (bytes[last - 1] === 0xff && bytes[last] === 0xd9) return null;
  const half = bytes[last] === 0xff;
  return Buffer.concat([bytes, Uint8Array.from(half ? [0xd9] : [0xff, 0xd9])]);
}

/** The first channel thrice. */
function asGrey(data: Uint8Array, channels: number): Uint8Array {
  const rgb = new Uint8Array((data.length / channels) * 3);
  for (let at = 0, from = 0; at < rgb.length; at += 3, from += channels)
    rgb.fill(data[from]!, at, at + 3);
  return rgb;
}

/** The same memory under another name: of the largest images there is no second copy. */
const bytesOf = (data: Buffer) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

async function metadata(bytes: Uint8Array, format: ImageFormat) {
  const sharp = await loadSharp();
  try {
    return await sharp(bytes, { limitInputPixels: false }).metadata();
  } catch (cause) {
    throw await cutOrBroken(bytes, format, cause);
  }
}

/** The error of a file whose data does not decode, with how much of it is there. */
async function cutOrBroken(
  bytes: Uint8Array,
  format: ImageFormat,
  cause: unknown,
): Promise<ImageError> {
  return undecodable(format, cause, await presentShare(bytes, format));
}

/** `share`: percent of the picture that is there, where that is known. */
export function undecodable(
  format: ImageFormat,
  cause: unknown,
  share: number | null = null,
): ImageError {
  const why = (cause instanceof Error ? cause.message.split('\n')[0]! : String(cause)).slice(
    0,
    200,
  );
  const found = share === null ? `damage: ${why}` : `about ${share} % of it: ${why}`;
  return new ImageError(
    'IMAGE_DAMAGED',
    `expected a whole ${format.toUpperCase()} image, found ${found}; copy or export the file again`,
    {
      cause,
      data: { format: format.toUpperCase(), reason: why, ...(share !== null && { share }) },
    },
  );
}

export function unreadable(path: string, cause: unknown): ImageError {
  const code =
    cause instanceof Error && 'code' in cause ? String(cause.code) : 'an unknown failure';
  return new ImageError(
    'IMAGE_UNREADABLE',
    `expected a readable image file, found ${code}: ${path}`,
    {
      cause,
      data: { system: code },
    },
  );
}

function unsupported(bytes: Uint8Array): ImageError {
  const { what, fix } = describeFile(bytes);
  return new ImageError(
    'IMAGE_UNSUPPORTED',
    `expected JPEG, PNG, WebP, TIFF, GIF, AVIF or BMP, found ${what}; ${fix ?? 'convert the file to PNG'}`,
  );
}
