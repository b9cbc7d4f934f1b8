// Pixel value to class in PNG masks: the table as written (classes.json), and reading one.
import { AppError } from '../../../../api/errors.ts';
import type { Json } from '../../../../api/types.ts';
import { asObject } from '../../coco/reading/records.ts';
import { parseJson } from '../../json.ts';
import type { PngImage } from '../../png/encode.ts';
import { Problems } from '../../problems.ts';
import { describe } from '../../shown.ts';
import type { DatasetCategory } from '../../types.ts';

/** Pixel value that readers skip: not labelled. */
const IGNORE_INDEX = 255;

/** Index 1, 2, ... in the order of the category table; never 255 in an 8-bit file. */
export class ClassTable {
  readonly #categories: readonly DatasetCategory[];
  readonly #index: Map<number, number>;
  readonly isWide: boolean;

  constructor(categories: readonly DatasetCategory[]) {
    if (categories.length > 65_534)
      throw new RangeError(`${categories.length} classes; PNG masks hold 65534 at most`);
    this.#categories = categories;
    this.isWide = categories.length >= IGNORE_INDEX;
    this.#index = new Map(categories.map((category, i) => [category.id, i + 1]));
  }

  indexOf(categoryId: number): number {
    const index = this.#index.get(categoryId);
    if (index === undefined)
      throw new RangeError(`category ${categoryId} of an annotation is not in the table`);
    return index;
  }

  png(labels: Uint8Array | Uint16Array): PngImage {
    if (labels instanceof Uint16Array) return { kind: 'grey', data: labels };
    const palette = new Uint8Array(256 * 3).fill(255);
    palette.fill(0, 0, 3);
    this.#categories.forEach(({ color }, i) => {
      for (let c = 0; c < 3; c++)
        palette[3 * (i + 1) + c] = Number.parseInt(color.slice(1 + 2 * c, 3 + 2 * c), 16) || 0;
    });
    return { kind: 'palette', palette, data: labels };
  }

  json(): string {
    const classes = this.#categories.map(({ id, name, supercategory, isThing, color }, i) => ({
      index: i + 1,
      id,
      name,
      supercategory,
      isthing: isThing ? 1 : 0,
      color,
    }));
    return `${JSON.stringify({ background: 0, ignore: this.isWide ? null : IGNORE_INDEX, classes }, null, 2)}\n`;
  }
}

/** One class per pixel value; of a classes.json, or made up from the values when there is none. */
export interface ClassMap {
  readonly categories: readonly DatasetCategory[];
  readonly categoryOf: ReadonlyMap<number, number>;
  readonly ignore: number | null;
}

/** Reads a classes.json as written above; throws IMPORT_INVALID naming the fault. */
export function parseClassMap(text: string, path: string): ClassMap {
  const fault = (what: string) => new AppError('IMPORT_INVALID', `${what}: ${path}`);
  const parsed = parseJson(text);
  if ('fault' in parsed) throw fault(parsed.fault);
  const root = asObject(parsed.value, '$', new Problems());
  if (!root || !Array.isArray(root['classes']))
    throw fault('$.classes is missing; expected a list of {"index", "name"}');
  const categoryOf = new Map<number, number>();
  const ids = new Set<number>();
  const categories = root['classes'].map((item: Json, i): DatasetCategory => {
    const entry = asObject(item, `$.classes[${i}]`, new Problems()) ?? {};
    const { index, name, supercategory, isthing, color } = entry;
    const id = entry['id'] ?? index;
    if (typeof index !== 'number' || !Number.isInteger(index) || index < 1 || index > 65_535)
      throw fault(`$.classes[${i}].index is ${describe(index)}; expected 1 to 65535`);
    if (typeof name !== 'string' || name === '')
      throw fault(`$.classes[${i}].name is ${describe(name)}; expected a class name`);
    if (typeof id !== 'number' || !Number.isInteger(id) || id < 1 || ids.has(id))
      throw fault(`$.classes[${i}].id is ${describe(id)}; expected its own whole number`);
    if (categoryOf.has(index)) throw fault(`$.classes[${i}].index ${index} is used twice`);
    categoryOf.set(index, id);
    ids.add(id);
    return {
      id,
      name,
      supercategory: typeof supercategory === 'string' ? supercategory : '',
      isThing: isthing !== 0,
      color: typeof color === 'string' && /^#[0-9a-f]{6}$/i.test(color) ? color : '',
      extra: {},
    };
  });
  const ignore = typeof root['ignore'] === 'number' ? root['ignore'] : null;
  return { categories, categoryOf, ignore };
}
