// Masks of one image as bytes: how many, then for each the class number, a length and COCO's compressed runs.
import type { CategoryId, RleMask } from '../../api/types.ts';
import { rleFromString, rleToString } from '../../masks/runs/rleString.ts';

export interface NumberedMask {
  readonly categoryId: CategoryId;
  readonly mask: RleMask;
}

const HEAD = 8;

export function encodeMasks(masks: readonly NumberedMask[]): Buffer {
  const texts = masks.map(({ mask }) => Buffer.from(rleToString(mask), 'latin1'));
  const bytes = Buffer.alloc(4 + texts.reduce((sum, text) => sum + HEAD + text.length, 0));
  let at = bytes.writeUInt32LE(masks.length, 0);
  for (const [index, text] of texts.entries()) {
    at = bytes.writeUInt32LE(masks[index]!.categoryId, at);
    at = bytes.writeUInt32LE(text.length, at);
    at += text.copy(bytes, at);
  }
  return bytes;
}

/** Throws a RangeError with the place where the bytes are not what `encodeMasks` writes. */
export function decodeMasks(bytes: Buffer, width: number, height: number): NumberedMask[] {
  if (bytes.length < 4) throw new RangeError(`${bytes.length} bytes hold no list of masks`);
  const count = bytes.readUInt32LE(0);
  const masks: NumberedMask[] = [];
  let at = 4;
  for (let index = 0; index < count; index += 1) {
    if (at + HEAD > bytes.length)
      throw new RangeError(`the list ends inside mask ${index + 1} of ${count}`);
    const categoryId = bytes.readUInt32LE(at) as CategoryId;
    const end = at + HEAD + bytes.readUInt32LE(at + 4);
    if (end > bytes.length)
      throw new RangeError(`mask ${index + 1} of ${count} is longer than the list`);
    const mask = rleFromString(bytes.toString('latin1', at + HEAD, end), width, height);
    masks.push({ categoryId, mask });
    at = end;
  }
  if (at !== bytes.length) throw new RangeError(`${bytes.length - at} bytes follow the last mask`);
  return masks;
}
