// From a file or bytes to oriented 8-bit RGB: size checked before pixels exist, EXIF orientation
// applied, one clear error for everything that is not a whole image.
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { bmpSize, decodeBmp } from './bmp.ts';
import { sniffFormat, type ImageFormat } from './format.ts';
import { checkSize, ImageError, MAX_FILE_BYTES, MAX_PIXELS } from './imageError.ts';
import { loadSharp } from '../sharp.ts';

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
  /** Smallest and largest sample that were spread to 0-255 (TIFF beyond 8 bits); else null. */
  readonly range: readonly [number, number] | null;
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
      ? { ...decodeBmp(bytes, maxPixels), range: null }
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
  if (format === null)
    throw new ImageError(
      'IMAGE_UNSUPPORTED',
      `expected JPEG, PNG, WebP, TIFF, GIF, AVIF or BMP, found bytes ${firstBytes(bytes)}; convert the file to PNG`,
    );
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

/**
 * Sample formats of TIFF that hold more than colours: their range is spread over 0-255. libvips
 * reads signed integers below 0 as 0.
 */
const WIDE = ['short', 'ushort', 'int', 'uint', 'float', 'double'];

async function vipsPixels(
  bytes: Uint8Array,
  info: ImageInfo,
  maxPixels: number,
): Promise<Pick<DecodedImage, 'rgb' | 'range' | 'width' | 'height'>> {
  const { depth, space } = await metadata(bytes, info.format);
  const sharp = await loadSharp();
  // 'error': truncated and broken data fail, odd metadata in healthy files does not.
  const image = sharp(bytes, { failOn: 'error', limitInputPixels: maxPixels, autoOrient: true });
  try {
    if (info.format === 'tiff' && WIDE.includes(depth)) {
      const wide =
        depth === 'ushort'
          ? image.pipelineColourspace('rgb16').toColourspace('rgb16')
          : image.pipelineColourspace(space).toColourspace(space);
      const { data, info: size } = await wide
        .removeAlpha()
        .raw({ depth: 'float' })
        .toBuffer({ resolveWithObject: true });
      const samples = new Float32Array(data.buffer, data.byteOffset, data.byteLength / 4);
      return { width: size.width, height: size.height, ...spread(samples, size.channels) };
    }
    const { data, info: size } = await image
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const rgb = size.channels === 3 ? bytesOf(data) : spread(data, size.channels, true).rgb;
    return { width: size.width, height: size.height, rgb, range: null };
  } catch (cause) {
    throw undecodable(info.format, cause);
  }
}

/**
 * Spreads samples [pixels, channels] over 0-255 by one range for all channels; a lone channel
 * becomes grey. Samples that are not finite become 0.
 */
function spread(
  samples: ArrayLike<number>,
  channels: number,
  asIs = false,
): { rgb: Uint8Array; range: readonly [number, number] } {
  const colours = channels >= 3 ? 3 : 1;
  const pixels = samples.length / channels;
  let lowest = Infinity;
  let highest = -Infinity;
  for (let pixel = 0; pixel < pixels; pixel++)
    for (let channel = 0; channel < colours; channel++) {
      const value = samples[pixel * channels + channel] as number;
      if (!Number.isFinite(value)) continue;
      if (value < lowest) lowest = value;
      if (value > highest) highest = value;
    }
  if (highest < lowest) lowest = highest = 0;
  const [from, scale] = asIs ? [0, 1] : [lowest, 255 / Math.max(highest - lowest, 1e-30)];
  const rgb = new Uint8Array(pixels * 3);
  for (let pixel = 0; pixel < pixels; pixel++)
    for (let channel = 0; channel < 3; channel++) {
      const value = samples[pixel * channels + (colours === 3 ? channel : 0)] as number;
      rgb[pixel * 3 + channel] = Number.isFinite(value)
        ? Math.min(255, Math.max(0, Math.round((value - from) * scale)))
        : 0;
    }
  return { rgb, range: [lowest, highest] };
}

/** The same memory under another name: of the largest images there is no second copy. */
const bytesOf = (data: Buffer) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

async function metadata(bytes: Uint8Array, format: ImageFormat) {
  const sharp = await loadSharp();
  try {
    return await sharp(bytes, { limitInputPixels: false }).metadata();
  } catch (cause) {
    throw undecodable(format, cause);
  }
}

export function undecodable(format: ImageFormat, cause: unknown): ImageError {
  const why = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause);
  return new ImageError(
    'IMAGE_DAMAGED',
    `expected a whole ${format.toUpperCase()} image, found damage: ${why.slice(0, 200)}; copy or export the file again`,
    { cause, data: { format: format.toUpperCase(), reason: why.slice(0, 200) } },
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
    },
  );
}

const firstBytes = (bytes: Uint8Array): string => Buffer.from(bytes.subarray(0, 8)).toString('hex');
