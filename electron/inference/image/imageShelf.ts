// The last decoded images of a thread, in shared memory, bounded by bytes over all threads: a slider asks
// for the same image again and again, and the session thread reads the same pixels without a copy.
import { stat } from 'node:fs/promises';
import { LRUCache } from 'lru-cache';
import { decodeImage } from './decode.ts';
import { sharedBounds, type SharedBound } from './sharedBound.ts';
import type { RgbImage } from './rgbImage.ts';
import type { SharedImage } from './rgbImage.ts';

/** Of all threads together. */
const MAX_BYTES = 400 * 1024 * 1024;
/** Of one thread. */
const MAX_IMAGES = 6;

export interface KeptImage extends SharedImage {
  /** The file as it was when it was read: another shelf knows the image by it as well. */
  readonly key: string;
  readonly orientation: number;
  /** What people should know of the way in which the file was read. */
  readonly notes: readonly string[];
}

export interface ImageShelf {
  /** Decoded and oriented; the same array for the same unchanged file. Throws ImageError. */
  get(path: string): Promise<KeptImage>;
  /** Keeps what another thread has read. */
  keep(image: KeptImage): void;
  /** The same, but a file that is not there yet is not kept: lists of pictures must not push out the image in work. */
  once(path: string): Promise<RgbImage>;
}

export function createImageShelf(
  bound: SharedBound = sharedBounds(1)[0]!,
  maxBytes: number = MAX_BYTES,
): ImageShelf {
  const kept = new LRUCache<string, KeptImage>({ max: MAX_IMAGES });
  const own = () => [...kept.values()].reduce((sum, one) => sum + one.rgb.byteLength, 0);
  const tell = () => Atomics.store(bound.kept, bound.place, Math.ceil(own() / 1024));
  /** Of all threads. */
  const total = () =>
    bound.kept.reduce((sum, _, place) => sum + Atomics.load(bound.kept, place), 0) * 1024;
  // A thread that takes the place of one that ended starts with nothing.
  tell();
  const keyOf = async (path: string) => {
    const info = await stat(path).catch(() => null);
    return `${path}\n${info?.size}\n${info?.mtimeMs}`;
  };
  const keep = (image: KeptImage): void => {
    kept.set(image.key, image);
    tell();
    // Another thread's images cannot be taken from it: the one in work here is kept in any case.
    while (kept.size > 1 && total() > maxBytes) {
      kept.pop();
      tell();
    }
  };
  return {
    keep,
    async once(path) {
      return kept.peek(await keyOf(path)) ?? decodeImage(path);
    },
    async get(path) {
      const key = await keyOf(path);
      const known = kept.get(key);
      if (known) return known;
      const decoded = await decodeImage(path);
      const rgb = new Uint8Array(new SharedArrayBuffer(decoded.rgb.byteLength));
      rgb.set(decoded.rgb);
      const { width, height, sha256, orientation, notes } = decoded;
      const image = { key, width, height, rgb, sha256, orientation, notes };
      keep(image);
      return image;
    },
  };
}
