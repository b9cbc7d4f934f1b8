// Reads a folder of PNG masks with its classes.json: one annotation per class and image. Masks are
// matched with the images that are known by path without extension.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../api/errors.ts';
import { masksFromLabelMap } from '../../../masks/bitmap.ts';
import { stemOf } from '../fileNames.ts';
import { decodePng } from '../png/decode.ts';
import { Problems } from '../problems.ts';
import { throwIfAborted } from '../types.ts';
import type { DatasetAnnotation, DatasetImage, DatasetSource } from '../types.ts';
import { parseClassMap } from './classMap.ts';
import type { ClassMap } from './classMap.ts';
import type { ImportFormat, ImportOptions } from './format.ts';
import { readLabelFile } from './labelFile.ts';

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
    const bytes = await readLabelFile(path, png, problems);
    const image = bytes && (await readMask(bytes, png, fileName, classes, problems));
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
  bytes: Uint8Array,
  png: string,
  fileName: string,
  { categoryOf, ignore }: ClassMap,
  problems: Problems,
): Promise<DatasetImage | null> {
  let decoded;
  try {
    decoded = await decodePng(bytes);
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
