// A short number per image over its masks, so that an export can be compared with what was meant
// without keeping a million masks in memory.
import { crc32 } from 'node:zlib';
import { AppError } from '../../api/errors.ts';
import type { RleMask } from '../../api/types.ts';
import { counted } from '../../link/words/counted.ts';

/** Checksum over one image's name, size and masks in order. */
export class ImageFingerprint {
  #sum: number;
  annotations = 0;

  constructor(fileName: string, width: number, height: number) {
    this.#sum = crc32(`${width} ${height} ${fileName}`);
  }

  add(categoryId: number, isCrowd: boolean, mask: RleMask): void {
    const { counts } = mask;
    this.#sum = crc32(`${categoryId} ${isCrowd} ${mask.width} ${mask.height}`, this.#sum);
    this.#sum = crc32(
      new Uint8Array(counts.buffer, counts.byteOffset, counts.byteLength),
      this.#sum,
    );
    this.annotations++;
  }

  get value(): number {
    return this.#sum;
  }
}

/** The fingerprints of a whole export in order: eight bytes an image. */
export class Fingerprints {
  #values = new Uint32Array(1024);
  #length = 0;

  add(image: ImageFingerprint): void {
    if (this.#length + 2 > this.#values.length) {
      const larger = new Uint32Array(this.#values.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#length++] = image.value;
    this.#values[this.#length++] = image.annotations;
  }

  get images(): number {
    return this.#length / 2;
  }

  /** What is different about image number `index` (from 0), or null. */
  difference(index: number, found: ImageFingerprint): string | null {
    if (index >= this.images) return 'was not meant to be there';
    if (this.#values[2 * index] === found.value) return null;
    const meant = this.#values[2 * index + 1]!;
    return found.annotations === meant
      ? 'reads back with other masks, classes, name or size than were written'
      : `reads back with ${counted(found.annotations, 'annotation')}; ${meant} ${meant === 1 ? 'was' : 'were'} written`;
  }
}

/** Throws EXPORT_MISMATCH naming the images when anything read back differently. */
export function refuseDifferences(
  differences: readonly { readonly name: string; readonly message: string }[],
  path: string,
): void {
  if (differences.length === 0) return;
  const count = counted(differences.length, 'place');
  throw new AppError(
    'EXPORT_MISMATCH',
    `reading the export back gave something else in ${count}; it was not kept. ` +
      differences
        .slice(0, 10)
        .map(({ name, message }) => `${name} ${message}`)
        .join('; ') +
      `: ${path}`,
    { data: { differences: differences.slice(0, 1000).map((d) => ({ ...d })) } },
  );
}
