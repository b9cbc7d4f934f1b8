// The images and categories of a COCO file while it is read: found again by whatever ids the file has,
// images brought together with those that are there, categories numbered where theirs cannot be kept.
import { AppError } from '../../../../api/errors.ts';
import { toldBy } from '../../../../api/said/importWords.ts';
import type { Json } from '../../../../api/types.ts';
import { pairImages } from '../../pairing.ts';
import type { ImageLibrary } from '../../pairing.ts';
import type { Problems } from '../../problems.ts';
import { shown } from '../../shown.ts';
import type { DatasetCategory, JsonObject } from '../../types.ts';
import { idFault, keptId, keyOf, lookUp } from './keys.ts';
import type { Key } from './keys.ts';
import { describe } from '../../shown.ts';
import { readCategory, readImage } from './records.ts';
import type { CocoImage } from './records.ts';

const MAX_IMAGES = 5_000_000;
const MAX_CATEGORIES = 65_535;

export class ImageTable {
  readonly images: CocoImage[] = [];
  readonly #byKey = new Map<Key, number>();
  readonly #named = new Set<string>();
  /** Some image has no size of its own. */
  isUnsized = false;

  /** `takesSizes`: a size that the file does not have can be had from the image. */
  add(record: JsonObject, path: string, takesSizes: boolean, problems: Problems): void {
    const image = readImage(record, path, takesSizes, problems);
    const key = keyOf(record['id']);
    if (!image || key === null) return;
    if (this.#byKey.has(key))
      return void problems.skip(`${path}.id`, {
        code: 'idOfImage',
        values: [describe(record['id'])],
      });
    if (this.images.length >= MAX_IMAGES)
      throw new AppError('IMPORT_INVALID', `more than ${MAX_IMAGES} images; split the file`);
    if (this.#named.has(image.fileName))
      problems.repair(`${path}.file_name`, {
        code: 'listedTwice',
        values: [shown(image.fileName)],
      });
    this.#named.add(image.fileName);
    this.#byKey.set(key, this.images.length);
    this.isUnsized ||= image.width === 0;
    this.images.push(image);
  }

  /** Place of an image in the table. */
  placeOf(id: Json | undefined): number | undefined {
    return lookUp(this.#byKey, id);
  }

  /** Sizes that the file does not have, from the images that are there. */
  async takeSizes({ names, sizeOf }: ImageLibrary, problems: Problems): Promise<void> {
    for (const [place, image] of this.images.entries()) {
      if (image.width > 0) continue;
      const found = names.find({ paths: [image.fileName], stems: [] });
      if (found.kind !== 'one') continue;
      try {
        const { width, height } = await sizeOf(found.name);
        this.images[place] = { ...image, width, height };
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        problems.leaveOut(image.fileName, toldBy(error));
      }
    }
  }

  /** The name of each image where it lies here; null for what is not here, told when it has labels. */
  pair(
    { names }: ImageLibrary,
    hasLabels: (place: number) => boolean,
    problems: Problems,
  ): (string | null)[] {
    const labelled = new Map<string, boolean>();
    for (const [place, { fileName }] of this.images.entries())
      labelled.set(fileName, (labelled.get(fileName) ?? false) || hasLabels(place));
    const files = [...labelled.keys()];
    const paired = pairImages(
      files.map((fileName) => ({
        label: fileName,
        wanted: { paths: [fileName], stems: [] },
        isEmpty: !labelled.get(fileName),
      })),
      names,
      problems,
    );
    const nameOf = new Map(files.map((fileName, i) => [fileName, paired[i]!]));
    return this.images.map(({ fileName }) => nameOf.get(fileName) ?? null);
  }
}

export class CategoryTable {
  readonly #read: DatasetCategory[] = [];
  readonly #byKey = new Map<Key, number>();
  readonly #unnumbered: { place: number; path: string; id: Json | undefined }[] = [];
  readonly #taken = new Set<number>();
  #isNumbered = false;

  add(record: JsonObject, path: string, problems: Problems): void {
    const category = readCategory(record, path, problems);
    const id = record['id'];
    const key = keyOf(id);
    if (!category || key === null) return;
    if (this.#byKey.has(key))
      return void problems.skip(`${path}.id`, { code: 'idOfCategory', values: [describe(id)] });
    if (this.#read.length >= MAX_CATEGORIES)
      throw new AppError(
        'IMPORT_INVALID',
        `more than ${MAX_CATEGORIES} categories; split the file`,
      );
    this.#byKey.set(key, this.#read.length);
    const own = keptId(id);
    if (own === null) this.#unnumbered.push({ place: this.#read.length, path, id });
    else this.#taken.add(own);
    this.#read.push({ ...category, id: own ?? 0 });
  }

  /** The category of an annotation. */
  find(id: Json | undefined, problems: Problems): DatasetCategory | undefined {
    const place = lookUp(this.#byKey, id);
    return place === undefined ? undefined : this.all(problems)[place];
  }

  /** All of them, with a number each: their own where it can be kept, else one that no other wants. */
  all(problems: Problems): readonly DatasetCategory[] {
    if (this.#isNumbered) return this.#read;
    this.#isNumbered = true;
    let next = 1;
    for (const number of this.#taken) if (number < 1e9) next = Math.max(next, number + 1);
    for (const { place, path, id } of this.#unnumbered) {
      while (this.#taken.has(next)) next++;
      const category = this.#read[place]!;
      this.#read[place] = { ...category, id: next };
      const fault =
        id === 0
          ? ({ code: 'classZero', values: [shown(category.name), next] } as const)
          : idFault(id);
      if (fault !== null) problems.repair(`${path}.id`, fault);
      this.#taken.add(next);
    }
    return this.#read;
  }
}
