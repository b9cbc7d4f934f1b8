// Reads YOLO segmentation folders. Label files say neither image size nor file type, so they are
// matched with the images that are known, by path without extension.
import { readdir } from 'node:fs/promises';
import { AppError } from '../../../../api/errors.ts';
import { toldBy } from '../../../../api/said/importWords.ts';
import { stemOf } from '../../fileNames.ts';
import { pairImages } from '../../pairing.ts';
import type { ImageLibrary } from '../../pairing.ts';
import { Problems } from '../../problems.ts';
import { throwIfAborted } from '../../types.ts';
import type { DatasetAnnotation, DatasetCategory, DatasetImage } from '../../types.ts';
import { namesBeside, swapped } from '../reading/besideImages.ts';
import type { ImportFormat, ImportOptions } from '../format.ts';
import { readLabelText } from '../reading/labelFile.ts';
import { libraryOf } from '../reading/library.ts';
import { looksLikeLabels, parseYoloLine } from './yoloLines.ts';
import { readClassNames } from './yoloNames.ts';

export const yoloImport: ImportFormat = {
  id: 'yolo-seg',
  title: 'YOLO segmentation',
  note: 'Outlines of Ultralytics, Roboflow and CVAT folders; class order and names are kept.',
  kind: 'folder',
  async open(path, options) {
    const entries = await readdir(path, { recursive: true });
    const files = entries.map((name) => name.replaceAll('\\', '/')).sort();
    const categories = (await readClassNames(path, files)).map(toCategory);
    const library = libraryOf(options);
    if (library.names.count === 0)
      throw new AppError(
        'IMPORT_INVALID',
        `YOLO labels are shares of an image's sides, and no image is open; open the folder with the images first: ${path}`,
      );
    const problems = new Problems();
    const pairs = await matchLabels(path, files, library, problems);
    const walk = (report: Problems) =>
      readLabels(path, { pairs, categories, library }, options, report);
    let sound = 0;
    for await (const { annotations } of walk(problems)) sound += annotations.length;
    if (!options.skipBroken) problems.refuseSkipped(path, sound);
    return {
      categories,
      imageCount: pairs.length,
      images: () => walk(new Problems()),
      problems,
      [Symbol.asyncDispose]: () => Promise.resolve(),
    };
  },
};

function toCategory(name: string, i: number): DatasetCategory {
  return { id: i + 1, name, supercategory: '', isThing: true, color: '', extra: {} };
}

interface Pair {
  readonly label: string;
  readonly fileName: string;
}

/** Label files paired with their images; a note names those without one. */
async function matchLabels(
  path: string,
  files: readonly string[],
  library: ImageLibrary,
  problems: Problems,
): Promise<Pair[]> {
  const found: { label: string; isEmpty: boolean }[] = [];
  for (const label of files.filter((name) => /\.txt$/i.test(name))) {
    if (/(^|\/)classes\.txt$/i.test(label)) continue;
    const text = await readLabelText(path, label, problems);
    if (text === null) continue;
    const isEmpty = text.trim() === '';
    const isList = /(^|\/)(train|val|valid|test|readme[^/]*)\.txt$/i.test(label);
    // What is no list by its name and holds no labels is read all the same when an image has its name.
    if (!isEmpty && !looksLikeLabels(text) && (isList || !isOfImage(path, label, library)))
      continue;
    found.push({ label, isEmpty });
  }
  if (found.length === 0 && problems.skipped === 0)
    throw new AppError(
      'IMPORT_INVALID',
      `there is no text file with labels in this folder: ${path}`,
    );
  const names = pairImages(
    found.map(({ label, isEmpty }) => ({
      label,
      wanted: { paths: [], stems: stemsOf(path, label, library) },
      isEmpty,
    })),
    library.names,
    problems,
  );
  return found.flatMap(({ label }, i) =>
    names[i] === null ? [] : [{ label, fileName: names[i]! }],
  );
}

function isOfImage(path: string, label: string, library: ImageLibrary): boolean {
  return library.names.find({ paths: [], stems: stemsOf(path, label, library) }).kind === 'one';
}

/** Where the image of a label file would lie: `labels` turned into `images`, as trainers do, or beside it. */
function stemsOf(path: string, label: string, library: ImageLibrary): string[] {
  const stem = stemOf(label);
  const places = [...swapped(stem, 'labels', 'images'), stem];
  const beside = places.map((place) => namesBeside(path, place, library));
  return [...new Set([...beside.map(([first]) => first!), ...places])];
}

async function* readLabels(
  path: string,
  given: {
    readonly pairs: readonly Pair[];
    readonly categories: readonly DatasetCategory[];
    readonly library: ImageLibrary;
  },
  options: ImportOptions,
  problems: Problems,
): AsyncGenerator<DatasetImage> {
  const { pairs, categories, library } = given;
  let done = 0;
  for (const { label, fileName } of pairs) {
    throwIfAborted(options);
    options.onProgress?.({ stage: 'Read YOLO labels', done: ++done, total: pairs.length });
    const text = await readLabelText(path, label, problems);
    if (text === null) continue;
    let size;
    try {
      size = await library.sizeOf(fileName);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      problems.leaveOut(label, toldBy(error));
      continue;
    }
    const annotations = readLines({ text, label }, size, categories, problems);
    const { width, height } = size;
    yield { id: null, fileName, width, height, isReviewed: false, annotations, extra: {} };
  }
}

function readLines(
  { text, label }: { readonly text: string; readonly label: string },
  { width, height }: { readonly width: number; readonly height: number },
  categories: readonly DatasetCategory[],
  problems: Problems,
): DatasetAnnotation[] {
  return text.split(/\r?\n/).flatMap((line, i) => {
    if (line.trim() === '') return [];
    const at = `${label}:${i + 1}`;
    const read = parseYoloLine(line, width, height);
    if ('fault' in read) return problems.skip(at, read.fault) ?? [];
    const category = categories[read.classNumber];
    if (!category)
      return (
        problems.skip(at, {
          code: 'classUnnamed',
          values: [read.classNumber, categories.length],
        }) ?? []
      );
    const { mask } = read;
    const common = { id: null, score: null, origin: 'import', isCrowd: false, extra: {} } as const;
    return [{ ...common, categoryId: category.id, mask }];
  });
}
