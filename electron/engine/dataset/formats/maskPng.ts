// Indexed PNG masks: one file per image under masks/, pixel value = class, and classes.json saying
// which. Up to 255 classes as 8-bit palette, more as 16-bit grey. 0 is background.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../api/errors.ts';
import type { Json } from '../../../api/types.ts';
import { masksFromLabelMap } from '../../masks/bitmap.ts';
import { asObject } from '../coco/records.ts';
import { StemRegister, stemOf } from '../fileNames.ts';
import { decodePng } from '../png/decode.ts';
import { encodePng } from '../png/encode.ts';
import type { PngImage } from '../png/encode.ts';
import { Problems } from '../problems.ts';
import { throwIfAborted } from '../types.ts';
import type { DatasetAnnotation, DatasetCategory, DatasetImage, DatasetSource } from '../types.ts';
import { forEachImage, mismatch, writeFolder } from './folderExport.ts';
import type { ExportFormat, ImportFormat, ImportOptions } from './format.ts';
import { paintLabels, warnHidden } from './paint.ts';
import { partOf } from './subset.ts';

/** Pixel value that readers skip: not labelled. */
export const IGNORE_INDEX = 255;

export const maskPng: ExportFormat = {
  id: 'mask-png',
  title: 'PNG masks',
  note: 'One indexed PNG per image and classes.json. Keeps classes, not single objects.',
  kind: 'folder',
  extension: '',
  write: (source, target, options) =>
    writeFolder(target, async (folder) => {
      const classes = new ClassTable(source.categories);
      const stems = new StemRegister();
      await forEachImage(source, folder, options, 'Write PNG masks', async (image) => {
        const stem = stemOf(image.fileName);
        const holder = stems.take(image.fileName);
        if (holder)
          throw new AppError(
            'EXPORT_MISMATCH',
            `${holder} and ${image.fileName} would share the mask file ${stem}.png; rename one of them`,
          );
        const { labels, hiddenPx } = paintLabels(
          image,
          (pixels): Uint8Array | Uint16Array =>
            classes.isWide ? new Uint16Array(pixels) : new Uint8Array(pixels),
          (i) => classes.indexOf(image.annotations[i]!.categoryId),
        );
        warnHidden(folder, image, hiddenPx);
        const part = options.split ? `${partOf(image.fileName, options.split)}/` : '';
        const name = `masks/${part}${stem}.png`;
        await folder.write(name, await encodePng(classes.png(labels), image.width, image.height));
        const back = await decodePng(await folder.read(name));
        if (Buffer.compare(bytesOf(back.data), bytesOf(labels)) !== 0)
          mismatch(image.fileName, 'the PNG mask reads back differently');
        folder.annotations += image.annotations.length;
      });
      await folder.write('classes.json', classes.json());
      return folder.report(['masks', 'classes.json']);
    }),
};

function bytesOf(data: Uint8Array | Uint16Array): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

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
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch (cause) {
    throw new AppError('IMPORT_INVALID', `is not valid JSON: ${path}`, { cause });
  }
  const root = asObject(value, '$', new Problems());
  if (!root || !Array.isArray(root['classes']))
    throw fault('$.classes is missing; expected a list of {"index", "name"}');
  const categoryOf = new Map<number, number>();
  const ids = new Set<number>();
  const categories = root['classes'].map((item: Json, i): DatasetCategory => {
    const entry = asObject(item, `$.classes[${i}]`, new Problems()) ?? {};
    const { index, name, supercategory, isthing, color } = entry;
    const id = entry['id'] ?? index;
    if (typeof index !== 'number' || !Number.isInteger(index) || index < 1 || index > 65_535)
      throw fault(`$.classes[${i}].index is ${JSON.stringify(index)}; expected 1 to 65535`);
    if (typeof name !== 'string' || name === '')
      throw fault(`$.classes[${i}].name is ${JSON.stringify(name)}; expected a class name`);
    if (typeof id !== 'number' || !Number.isInteger(id) || id < 1 || ids.has(id))
      throw fault(`$.classes[${i}].id is ${JSON.stringify(id)}; expected its own whole number`);
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

export const maskPngImport: ImportFormat = {
  id: 'mask-png',
  title: 'PNG masks',
  kind: 'folder',
  async open(path, options) {
    const table = await readFile(join(path, 'classes.json'), 'utf8').catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT')
          throw new AppError(
            'IMPORT_INVALID',
            `classes.json is missing; it says which pixel value is which class: ${path}`,
          );
        throw error;
      },
    );
    const classes = parseClassMap(table, join(path, 'classes.json'));
    const files = await findMasks(path, options);
    const problems = new Problems();
    const walk = (report: Problems) => readMasks(path, files, classes, options, report);
    for await (const image of walk(problems)) void image;
    if (!options.skipBroken) problems.refuseSkipped(path);
    const dataset: DatasetSource = {
      categories: classes.categories,
      imageCount: files.length,
      images: () => walk(new Problems()),
    };
    return { ...dataset, problems, [Symbol.asyncDispose]: () => Promise.resolve() };
  },
};

/** PNG files below masks/ (or the folder itself), matched with the images that are known by stem. */
async function findMasks(
  path: string,
  options: ImportOptions,
): Promise<{ png: string; fileName: string }[]> {
  const entries = await readdir(path, { recursive: true });
  const names = entries
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => /\.png$/i.test(name))
    .sort();
  const known = new Map(options.images.map(({ fileName }) => [stemOf(fileName), fileName]));
  return names.flatMap((png) => {
    const bare = stemOf(png).replace(/^masks\//, '');
    const withoutPart = bare.replace(/^(train|val|test)\//, '');
    const fileName = known.get(bare) ?? known.get(withoutPart);
    if (fileName) return [{ png, fileName }];
    return options.images.length === 0 ? [{ png, fileName: `${withoutPart}.png` }] : [];
  });
}

async function* readMasks(
  path: string,
  files: readonly { png: string; fileName: string }[],
  classes: ClassMap,
  options: ImportOptions,
  problems: Problems,
): AsyncGenerator<DatasetImage> {
  const sizes = new Map(options.images.map((image) => [image.fileName, image]));
  let done = 0;
  for (const { png, fileName } of files) {
    throwIfAborted(options);
    options.onProgress?.({ stage: 'Read PNG masks', done: done++, total: files.length });
    const image = await readMask(join(path, png), png, fileName, classes, problems);
    if (!image) continue;
    const size = sizes.get(fileName);
    if (size && (size.width !== image.width || size.height !== image.height))
      problems.skip(
        png,
        `is ${image.width} x ${image.height} px; its image is ${size.width} x ${size.height} px`,
      );
    else yield image;
  }
}

async function readMask(
  path: string,
  png: string,
  fileName: string,
  { categoryOf, ignore }: ClassMap,
  problems: Problems,
): Promise<DatasetImage | null> {
  let decoded;
  try {
    decoded = await decodePng(await readFile(path));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return problems.skip(png, error.message);
  }
  const { width, height, channels, data } = decoded;
  if (channels !== 1)
    return problems.skip(png, `has ${channels} channels; expected class numbers in one`);
  const annotations: DatasetAnnotation[] = [];
  for (const [label, mask] of masksFromLabelMap(data, width, height)) {
    if (label === ignore) continue;
    const categoryId = categoryOf.get(label);
    if (categoryId === undefined) problems.skip(png, `value ${label} is not in classes.json`);
    else
      annotations.push({
        id: null,
        categoryId,
        mask,
        score: null,
        origin: 'import',
        isCrowd: false,
        extra: {},
      });
  }
  return { id: null, fileName, width, height, isReviewed: false, annotations, extra: {} };
}
