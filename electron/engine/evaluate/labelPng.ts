// A PNG whose numbers are classes as a label map. The file is untrusted: whatever cannot be a label map is
// said with its name.
import { AppError } from '../../api/errors.ts';
import { readDataFile } from '../dataset/openFile.ts';
import { decodePng } from '../dataset/png/decode.ts';
import type { LabelMapOf } from './imageScore.ts';

/** A mask takes a few bytes a pixel at most; beyond this a file is none. */
const MAX_MASK_BYTES = 256 * 1024 * 1024;

/**
 * Reads a file; `name` is what messages call it. `labelOf` gives the label of a pixel value (of 16 bits
 * where `wide`), or null for a value that the data set does not have. Throws IMPORT_INVALID.
 */
export async function readLabelPng(
  { path, name }: { readonly path: string; readonly name: string },
  labelOf: (value: number, wide: boolean) => number | null,
  known = 'a class of the data set',
): Promise<LabelMapOf> {
  const png = await decodePng(await readDataFile(path, MAX_MASK_BYTES)).catch((cause: unknown) => {
    if (!(cause instanceof RangeError)) throw cause;
    throw new AppError('IMPORT_INVALID', `${name} ${cause.message}`, { cause });
  });
  if (png.channels !== 1)
    throw new AppError(
      'IMPORT_INVALID',
      `${name} has ${png.channels} channels; expected class numbers in one`,
    );
  const { width, height, data } = png;
  const wide = data instanceof Uint16Array;
  const table = Array.from({ length: wide ? 65_536 : 256 }, (_, value) => labelOf(value, wide));
  const labels = new Uint16Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const label = table[data[i]!]!;
    if (label === null)
      throw new AppError(
        'IMPORT_INVALID',
        `${name} holds ${data[i]} at row ${Math.floor(i / width) + 1}, column ${(i % width) + 1}; expected ${known}`,
      );
    labels[i] = label;
  }
  return { labels, width, height };
}
