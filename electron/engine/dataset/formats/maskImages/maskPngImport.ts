// Reads a folder of PNG masks with its classes.json: one annotation per class and image. Masks are
// matched with the images that are known by path without extension.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../../api/errors.ts';
import { masksFromLabelMap } from '../../../../masks/runs/bitmap.ts';
import { stemOf } from '../../fileNames.ts';
import { pairImages } from '../../pairing.ts';
import type { ImageLibrary } from '../../pairing.ts';
import { decodePng } from '../../png/decode.ts';
import { Problems } from '../../problems.ts';
import { readText } from '../../text.ts';
import { throwIfAborted } from '../../types.ts';
import type { DatasetAnnotation, DatasetImage } from '../../types.ts';
import { namesBeside, swapped } from '../reading/besideImages.ts';
import { parseClassMap } from './classMap.ts';
import type { ClassMap } from './classMap.ts';
import type { ImportFormat, ImportOptions } from '../format.ts';
import { readLabelFile } from '../reading/labelFile.ts';
import { libraryOf } from '../reading/library.ts';

export const maskPngImport: ImportFormat = {
  id: 'mask-png',
  title: 'PNG masks',
  note: 'Class numbers per pixel with classes.json; one annotation per class and image, class ids and colours are kept.',
  kind: 'folder',
  async open(path, options) {
    const files = (await readdir(path, { recursive: true })).map((n) => n.replaceAll('\\', '/'));
    if (!files.includes('classes.json'))
      throw new AppError(
        'IMPORT_INVALID',
        `classes.json is missing; it says which pixel value is which class: ${path}`,
      );
    const table = join(path, 'classes.json');
    const classes = parseClassMap(await readText(table), table);
    const problems = new Problems();
    const masks = findMasks(path, files, libraryOf(options), problems);
    const walk = (report: Problems) => readMasks({ path, files: masks, classes }, options, report);
    let sound = 0;
    for await (const image of walk(problems)) sound += image.annotations.length;
    if (!options.skipBroken) problems.refuseSkipped(path, sound);
    return {
      categories: classes.categories,
      imageCount: masks.length,
      images: () => walk(new Problems()),
      hasOwnNumbers: true,
      problems,
      [Symbol.asyncDispose]: () => Promise.resolve(),
    };
  },
};

/** Endings that programs put behind the name of the image. */
const MASK_ENDING = /([_-](mask|masks|label|labels|seg|gt)|\.(jpe?g|png|bmp|tiff?|webp))$/i;

interface FoundMask {
  readonly png: string;
  readonly fileName: string;
}

/** PNG files below masks/ (or the folder itself when it has none) and the images that they are for. */
function findMasks(
  path: string,
  files: readonly string[],
  library: ImageLibrary,
  problems: Problems,
): FoundMask[] {
  const all = files.filter((name) => /\.png$/i.test(name)).sort();
  const inMasks = all.filter((name) => name.startsWith('masks/'));
  const masks = inMasks.length > 0 ? inMasks : all;
  if (library.names.count === 0)
    return masks.map((png) => ({
      png,
      fileName: `${bareOf(png).replace(/^(train|val|test)\//, '')}.png`,
    }));
  const labels = masks.map((png) => {
    const stems = stemsOf(path, png, library);
    const isSecondChoice = library.names.find({ paths: [], stems }).kind === 'none';
    const shorter = stems.map((stem) => stem.replace(MASK_ENDING, ''));
    return {
      label: png,
      wanted: { paths: [], stems: isSecondChoice ? shorter : stems },
      isSecondChoice,
    };
  });
  const names = pairImages(labels, library.names, problems);
  return masks.flatMap((png, i) => (names[i] === null ? [] : [{ png, fileName: names[i]! }]));
}

const bareOf = (png: string) => stemOf(png).replace(/^masks\//, '');

function stemsOf(path: string, png: string, library: ImageLibrary): string[] {
  const places = [...swapped(stemOf(png), 'masks', 'images'), bareOf(png)];
  const beside = places.map((place) => namesBeside(path, place, library)[0]!);
  return [...new Set([...beside, ...places])];
}

async function* readMasks(
  { path, files, classes }: { path: string; files: readonly FoundMask[]; classes: ClassMap },
  options: ImportOptions,
  problems: Problems,
): AsyncGenerator<DatasetImage> {
  let done = 0;
  for (const found of files) {
    const { png } = found;
    throwIfAborted(options);
    options.onProgress?.({ stage: 'Read PNG masks', done: done++, total: files.length });
    const bytes = await readLabelFile(path, png, problems);
    const image = bytes && (await readMask(bytes, found, classes, problems));
    if (image) yield image;
  }
}

async function readMask(
  bytes: Uint8Array,
  { png, fileName }: FoundMask,
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
