// How much of a picture a cut file still holds, for the sentence about it: by the length that its header
// promises, else by the rows that can be decoded before the end.
import { loadSharp } from '../sharp.ts';
import type { ImageFormat } from './formats/format.ts';

/** Of the whole, from 1 to 99; null when the file promises nothing that can be compared. */
export async function presentShare(bytes: Uint8Array, format: ImageFormat): Promise<number | null> {
  const promised = promisedLength(bytes, format);
  const share =
    promised === null
      ? await decodedShare(bytes)
      : Math.floor((100 * bytes.length) / Math.max(promised, 1));
  return share >= 1 && share <= 99 ? share : null;
}

/** Bytes that the file has when it is whole, as far as its header tells; null = it does not. */
function promisedLength(bytes: Uint8Array, format: ImageFormat): number | null {
  if (bytes.length < 16) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (format === 'webp') return view.getUint32(4, true) + 8;
  if (format === 'avif') return boxesEnd(view);
  // Writers put the table of a TIFF behind its pixels: where that is missing, pixels are as well.
  if (format === 'tiff') return view.getUint32(4, bytes[0] === 0x49);
  return null;
}

/** Where the last box that begins in the file ends. */
function boxesEnd(view: DataView): number | null {
  let at = 0;
  while (at + 8 <= view.byteLength) {
    const size = view.getUint32(at);
    // 0 = to the end of the file, 1 = a size of 64 bits follows: of pictures neither is known.
    if (size < 8) return null;
    at += size;
  }
  return at;
}

/** Percent of the rows that decode without a fault; 0 where rows do not come one after the other. */
async function decodedShare(bytes: Uint8Array): Promise<number> {
  const sharp = await loadSharp();
  const facts = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch(() => null);
  if (!facts) return 0;
  const { width, height } = facts;
  const decodes = async (percent: number) => {
    const rows = Math.max(1, Math.floor((height * percent) / 100));
    try {
      await sharp(bytes, { failOn: 'error', limitInputPixels: false, sequentialRead: true })
        .extract({ left: 0, top: 0, width, height: rows })
        .greyscale()
        .raw()
        .toBuffer();
      return true;
    } catch {
      return false;
    }
  };
  let there = 0;
  for (let missing = 100; missing - there > 1;) {
    const middle = (there + missing) >> 1;
    if (await decodes(middle)) there = middle;
    else missing = middle;
  }
  return there;
}
