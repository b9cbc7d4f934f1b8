// The last decoded images of a thread, in shared memory, bounded by bytes: a slider asks for the same
// image again and again, and the session thread reads the same pixels without a copy.
import { stat } from 'node:fs/promises';
import { decodeImage } from './decode.ts';
import type { RgbImage } from './rgbImage.ts';
import type { SharedImage } from './rgbImage.ts';

const MAX_BYTES = 400 * 1024 * 1024;
const MAX_IMAGES = 6;

export interface ImageShelf {
  /** Decoded and oriented; the same array for the same unchanged file. Throws ImageError. */
  get(path: string): Promise<SharedImage & { readonly orientation: number }>;
  /** The same, but a file that is not there yet is not kept: lists of pictures must not push out the image in work. */
  once(path: string): Promise<RgbImage>;
}

export function createImageShelf(): ImageShelf {
  const kept = new Map<string, SharedImage & { readonly orientation: number }>();
  const keyOf = async (path: string) => {
    const info = await stat(path).catch(() => null);
    return `${path}\n${info?.size}\n${info?.mtimeMs}`;
  };
  return {
    async once(path) {
      return kept.get(await keyOf(path)) ?? decodeImage(path);
    },
    async get(path) {
      const key = await keyOf(path);
      const known = kept.get(key);
      if (known) {
        kept.delete(key);
        kept.set(key, known);
        return known;
      }
      const decoded = await decodeImage(path);
      const rgb = new Uint8Array(new SharedArrayBuffer(decoded.rgb.byteLength));
      rgb.set(decoded.rgb);
      const { width, height, sha256, orientation } = decoded;
      const image = { width, height, rgb, sha256, orientation };
      kept.set(key, image);
      let bytes = [...kept.values()].reduce((sum, one) => sum + one.rgb.byteLength, 0);
      for (const [old, one] of kept) {
        if (old === key || (bytes <= MAX_BYTES && kept.size <= MAX_IMAGES)) break;
        kept.delete(old);
        bytes -= one.rgb.byteLength;
      }
      return image;
    },
  };
}
