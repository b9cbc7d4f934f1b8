// COCO's compressed run lengths: 5 bits a character, low bits first, signed, each run from the third
// on as its difference to the run two before it. The same characters as pycocotools writes.
import type { RleMask } from '../../api/types.ts';
import { checkSize, maskFromCounts } from './rle.ts';

const CONTINUES = 0x20;
const SIGN = 0x10;
const FIRST_CHARACTER = 48;
/** Seven characters hold 35 bits, more than any run within the pixel limit needs. */
const MAX_CHARACTERS_PER_RUN = 7;

/** The `counts` string of a mask. */
export function rleToString(mask: RleMask): string {
  const { counts } = mask;
  // Built as bytes: joining single characters is slow for masks of a million runs.
  let bytes = new Uint8Array(counts.length * 2 + 16);
  let length = 0;
  for (let i = 0; i < counts.length; i++) {
    let rest = i > 2 ? counts[i]! - counts[i - 2]! : counts[i]!;
    if (length + MAX_CHARACTERS_PER_RUN > bytes.length) {
      const larger = new Uint8Array(bytes.length * 2 + MAX_CHARACTERS_PER_RUN);
      larger.set(bytes);
      bytes = larger;
    }
    for (let more = true; more;) {
      const low = rest & 0x1f;
      rest = Math.floor(rest / 32);
      more = low & SIGN ? rest !== -1 : rest !== 0;
      bytes[length++] = (more ? low | CONTINUES : low) + FIRST_CHARACTER;
    }
  }
  return asciiText(bytes.subarray(0, length));
}

/**
 * A mask from a `counts` string. Throws a RangeError naming the place for characters out of range,
 * runs that are cut off, negative, or do not fill width * height.
 */
export function rleFromString(text: string, width: number, height: number): RleMask {
  checkSize(width, height);
  const counts = new Float64Array(text.length);
  let length = 0;
  for (let p = 0; p < text.length;) {
    const first = p;
    let value = 0;
    let scale = 1;
    for (let more = true; more; p++) {
      const code = text.charCodeAt(p) - FIRST_CHARACTER;
      if (!(code >= 0 && code < 64))
        throw new RangeError(
          p >= text.length
            ? `the RLE string ends inside the run that starts at character ${first}`
            : `character ${p} of the RLE string is ${JSON.stringify(text[p])}; expected '0' to 'o'`,
        );
      if (p - first >= MAX_CHARACTERS_PER_RUN)
        throw new RangeError(`the run at character ${first} of the RLE string is too long`);
      value += (code & 0x1f) * scale;
      scale *= 32;
      more = (code & CONTINUES) !== 0;
      if (!more && code & SIGN) value -= scale;
    }
    if (length > 2) value += counts[length - 2]!;
    counts[length++] = value;
  }
  return maskFromCounts(counts.subarray(0, length), width, height);
}

/** Text of ASCII codes, in pieces that fit an argument list. */
function asciiText(codes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < codes.length; at += 8192)
    text += String.fromCharCode(...codes.subarray(at, at + 8192));
  return text;
}
