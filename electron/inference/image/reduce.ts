// A smaller copy of an image that is over the limit: whole, upright, as large as the limit allows.
// Rows go from file to file where the format allows it: the large image is not held in memory.
import { open, rm, stat } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { Sharp } from 'sharp';
import { AppError } from '../../api/errors.ts';
import { throwIfCancelled, type Stoppable } from '../cancel.ts';
import { decodeBmp } from './formats/bmp.ts';
import { imageInfo, readBytes, undecodable, unreadable } from './decode.ts';
import { sniffFormat, type ImageFormat } from './formats/format.ts';
import { checkSize, ImageError, MAX_FILE_BYTES, MAX_PIXELS } from './imageError.ts';
import type { ReducedCopy, CopyEnding } from '../../link/reducedCopy.ts';
import { loadSharp } from '../sharp.ts';

/**
 * Most pixels that a copy is made of: 24,500 x 24,500. Interlaced files are held whole, and a file of
 * a few bytes can claim any size.
 */
const MAX_REDUCED_PIXELS = 600_000_000;
/** Nothing within the limits takes so long; a file that does is hostile. */
const LONGEST_SECONDS = 600;
const LOOK_EVERY_MS = 200;
const HEAD_BYTES = 64;

export interface ReduceOptions extends Stoppable {
  readonly maxPixels?: number;
  readonly maxSourcePixels?: number;
  /** Bytes of the copy so far. */
  readonly onWritten?: (bytes: number) => void;
}

/**
 * Writes the copy to `target`, which must not exist; nothing is left there unless it is whole. Throws
 * ImageError, also for a file that is within the limits already.
 */
export async function writeSmaller(
  path: string,
  target: string,
  options: ReduceOptions = {},
): Promise<ReducedCopy> {
  const { maxPixels = MAX_PIXELS, maxSourcePixels = MAX_REDUCED_PIXELS } = options;
  const format = await formatOf(path);
  const sharp = await loadSharp();
  const settings = { failOn: 'error', limitInputPixels: maxSourcePixels } as const;
  let image: Sharp;
  let size: { readonly width: number; readonly height: number };
  if (format === 'bmp') {
    const { rgb, ...pixels } = decodeBmp(await readBytes(path), maxSourcePixels);
    size = pixels;
    image = sharp(rgb, { ...settings, raw: { ...pixels, channels: 3 } });
  } else {
    const { autoOrient, depth } = await sharp(path, { limitInputPixels: false })
      .metadata()
      .catch((cause: unknown) => {
        throw undecodable(format, cause);
      });
    size = autoOrient;
    checkSize(size.width, size.height, maxSourcePixels);
    image = keepDepth(sharp(path, { ...settings, autoOrient: true }), format, depth);
  }
  const { width, height } = withinPixels(size, maxPixels);
  throwIfCancelled(options);
  const file = await open(target, 'wx');
  await file.close();
  const written = encoded(image.resize(width, height, { fit: 'fill' }), format)
    .timeout({ seconds: LONGEST_SECONDS })
    .toFile(target)
    .catch((cause: unknown) => {
      throw isFull(cause)
        ? new AppError('DISK_FULL', NO_ROOM, { cause })
        : undecodable(format, cause);
    });
  try {
    await watched(written, target, options);
    const copy = await imageInfo(target);
    checkSize(copy.width, copy.height, maxPixels);
    const bytes = await synced(target);
    return { width: copy.width, height: copy.height, bytes, ending: endingOf(format) };
  } catch (error) {
    // The encoder cannot be stopped: what it still writes goes when it has ended.
    const remove = () => rm(target, { force: true });
    written.then(remove, remove).catch(() => undefined);
    await remove().catch(() => undefined);
    throw error;
  }
}

/** The largest size with the same aspect whose pixels are within `most`; never larger than the image. */
export function withinPixels(
  { width, height }: { readonly width: number; readonly height: number },
  most: number,
): { width: number; height: number } {
  const scale = Math.min(1, Math.sqrt(most / (width * height)));
  const fit = (side: number) => Math.max(1, Math.floor(side * scale));
  // Of a strip one pixel high the length alone can give way.
  return width <= height
    ? { width: fit(width), height: Math.min(fit(height), Math.floor(most / fit(width))) }
    : { width: Math.min(fit(width), Math.floor(most / fit(height))), height: fit(height) };
}

/** Ends with `work`, or as soon as nobody wants it any more. */
async function watched(
  work: Promise<unknown>,
  target: string,
  options: ReduceOptions,
): Promise<void> {
  let done = false;
  const ended = work.finally(() => (done = true));
  // The race below reports its failure; while this loop sleeps no other handler is attached.
  ended.catch(() => undefined);
  while (!done) {
    await Promise.race([ended, pause(LOOK_EVERY_MS)]);
    throwIfCancelled(options);
    options.onWritten?.((await stat(target)).size);
  }
  await ended;
}

async function formatOf(path: string): Promise<ImageFormat> {
  const file = await open(path, 'r').catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const format = sniffFormat(buffer.subarray(0, bytesRead));
    if (format) return format;
  } finally {
    await file.close();
  }
  throw new ImageError('IMAGE_UNSUPPORTED', 'expected an image that can be made smaller');
}

const NO_ROOM = 'The disk is full: the smaller copy was not made.';
/** The encoder's own words carry the system's. */
const isFull = (cause: unknown) =>
  cause instanceof Error && /no space left|quota exceeded/i.test(cause.message);

function endingOf(format: ImageFormat): CopyEnding {
  if (format === 'jpeg') return '.jpg';
  return format === 'tiff' ? '.tif' : '.png';
}

/** TIFF and PNG of 16 bits keep them: the range is spread when it is shown. Deeper samples have no copy. */
function keepDepth(image: Sharp, format: ImageFormat, depth: string): Sharp {
  if ((format !== 'tiff' && format !== 'png') || depth === 'uchar')
    return image.toColourspace('srgb');
  if (depth === 'ushort') return image.pipelineColourspace('rgb16').toColourspace('rgb16');
  throw new ImageError(
    'IMAGE_UNSUPPORTED',
    `expected samples of 8 or 16 bits, found ${depth}; reduce the image with the program that made it`,
  );
}

function encoded(image: Sharp, format: ImageFormat): Sharp {
  switch (endingOf(format)) {
    case '.jpg':
      return image.jpeg({ quality: 95, chromaSubsampling: '4:4:4' });
    case '.tif':
      return image.tiff({ compression: 'deflate', predictor: 'horizontal' });
    case '.png':
      return image.png({ compressionLevel: 6 });
  }
}

async function synced(path: string): Promise<number> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
    const { size } = await file.stat();
    if (size > MAX_FILE_BYTES)
      throw new ImageError(
        'IMAGE_TOO_LARGE',
        `expected a copy of at most ${MAX_FILE_BYTES} bytes, found ${size}; cut the image into tiles`,
      );
    return size;
  } finally {
    await file.close();
  }
}
