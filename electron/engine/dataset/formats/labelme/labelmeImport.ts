// Reads a folder of labelme JSON files. Classes are the labels found, in alphabetical order; images
// are matched by the path each file names, or by the file's own name.
import { readdir } from 'node:fs/promises';
import { posix } from 'node:path';
import { AppError } from '../../../../api/errors.ts';
import { toldBy } from '../../../../api/said/importWords.ts';
import { relativeNameFault, stemOf } from '../../fileNames.ts';
import { pairImages } from '../../pairing.ts';
import type { ImageLibrary, LabelOfImage } from '../../pairing.ts';
import { Problems } from '../../problems.ts';
import { shown } from '../../shown.ts';
import { throwIfAborted } from '../../types.ts';
import type { DatasetCategory, DatasetImage } from '../../types.ts';
import { namesBeside } from '../reading/besideImages.ts';
import type { ImportFormat, ImportOptions } from '../format.ts';
import { readLabelText } from '../reading/labelFile.ts';
import { libraryOf } from '../reading/library.ts';
import { drawLabelme, openLabelme } from './labelmeShapes.ts';
import type { LabelmeFile, OpenedLabelme } from './labelmeShapes.ts';

export const labelmeImport: ImportFormat = {
  id: 'labelme',
  title: 'labelme',
  note: 'Polygons, boxes, circles, ellipses and masks of labelme 3 to 7; groups, scores, flags, descriptions and unknown fields are kept.',
  kind: 'folder',
  async open(path, options) {
    const files = await jsonFiles(path);
    const problems = new Problems();
    const library = libraryOf(options);
    const labels = new Set<string>();
    const read: FoundFile[] = [];
    let sound = 0;
    for await (const { name, file } of readFiles(path, files, options, problems)) {
      read.push({ name, imagePath: file.imagePath, isEmpty: isEmpty(file) });
      sound += file.objects.length;
      for (const { label } of file.objects) labels.add(label);
    }
    const imageOf =
      library.names.count > 0
        ? pairWithImages(path, read, library, problems)
        : pairByName(read, problems);
    if (!options.skipBroken) problems.refuseSkipped(path, sound);
    const categories = [...labels].sort().map((name, i): DatasetCategory => ({
      id: i + 1,
      name,
      supercategory: '',
      isThing: true,
      color: '',
      extra: {},
    }));
    const ids = new Map(categories.map(({ id, name }) => [name, id]));
    async function* images(): AsyncGenerator<DatasetImage> {
      const names = [...imageOf.keys()];
      for await (const { name, file } of readFiles(path, names, options, new Problems()))
        yield datasetImage(imageOf.get(name)!, file, ids);
    }
    return {
      categories,
      imageCount: imageOf.size,
      images,
      problems,
      [Symbol.asyncDispose]: () => Promise.resolve(),
    };
  },
};

/** Whether nothing is lost when it finds no image. */
const isEmpty = ({ objects, extra }: LabelmeFile): boolean =>
  objects.length === 0 && Object.keys(extra).length === 0;

interface FoundFile {
  readonly name: string;
  readonly imagePath: string | null;
  readonly isEmpty: boolean;
}

async function jsonFiles(path: string): Promise<string[]> {
  const files = (await readdir(path, { recursive: true }))
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => /\.json$/i.test(name))
    .sort();
  if (files.length === 0)
    throw new AppError('IMPORT_INVALID', `there is no JSON file in this folder: ${path}`);
  return files;
}

function datasetImage(
  fileName: string,
  { width, height, objects, extra: ofImage }: LabelmeFile,
  ids: ReadonlyMap<string, number>,
): DatasetImage {
  return {
    id: null,
    fileName,
    width,
    height,
    isReviewed: false,
    annotations: objects.map(({ label, mask, score, isCrowd, extra }) => ({
      id: null,
      categoryId: ids.get(label)!,
      mask,
      score,
      origin: 'import',
      isCrowd,
      extra,
    })),
    extra: ofImage,
  };
}

async function* readFiles(
  path: string,
  files: readonly string[],
  options: ImportOptions,
  problems: Problems,
): AsyncGenerator<{ name: string; file: LabelmeFile }> {
  const library = libraryOf(options);
  let done = 0;
  for (const name of files) {
    throwIfAborted(options);
    options.onProgress?.({ stage: 'Read labelme files', done: ++done, total: files.length });
    const text = await readLabelText(path, name, problems);
    const opened = text === null ? null : openLabelme(text, name, problems);
    if (!opened) continue;
    const size = await missingSize({ path, name }, opened, library, problems);
    if (size === 'unknown') continue;
    const file = await drawLabelme(opened, name, size, problems);
    if (file) yield { name, file };
  }
}

/** Size of the image where the file does not say; 'unknown' after a note why there is none. */
async function missingSize(
  { path, name }: { readonly path: string; readonly name: string },
  { imagePath, width, height, shapes }: OpenedLabelme,
  library: ImageLibrary,
  problems: Problems,
): Promise<{ width: number; height: number } | 'unknown' | null> {
  if ((width !== null && height !== null) || library.names.count === 0) return null;
  const label = labelOf(path, { name, imagePath, isEmpty: shapes.length === 0 }, library);
  const found = library.names.find(label.wanted);
  if (found.kind !== 'one') {
    pairImages([label], library.names, problems);
    return 'unknown';
  }
  try {
    return await library.sizeOf(found.name);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    problems.leaveOut(name, toldBy(error));
    return 'unknown';
  }
}

function labelOf(
  path: string,
  { name, imagePath, isEmpty }: FoundFile,
  library: ImageLibrary,
): LabelOfImage {
  const said = imagePath?.replaceAll('\\', '/') ?? null;
  const paths =
    said === null || imagePath === null
      ? []
      : [
          ...namesBeside(path, posix.join(posix.dirname(name), said), library).slice(0, 1),
          imagePath,
        ];
  return {
    label: name,
    wanted: { paths, stems: namesBeside(path, stemOf(name), library) },
    isEmpty,
  };
}

/** The image of each label file by its name. */
function pairWithImages(
  path: string,
  files: readonly FoundFile[],
  library: ImageLibrary,
  problems: Problems,
): Map<string, string> {
  const labels = files.map((file) => labelOf(path, file, library));
  const names = pairImages(labels, library.names, problems);
  return new Map(
    files.flatMap(({ name }, i) => (names[i] === null ? [] : [[name, names[i]!] as const])),
  );
}

/** Without images to compare with, a file is for the image that it names, below its own folder. */
function pairByName(files: readonly FoundFile[], problems: Problems): Map<string, string> {
  const imageOf = new Map<string, string>();
  const seen = new Map<string, string>();
  for (const { name, imagePath } of files) {
    const said = imagePath?.replaceAll('\\', '/') ?? '';
    const fileName = posix.join(posix.dirname(name), said);
    if (imagePath === null || relativeNameFault(fileName) !== null)
      problems.skip(name, `names the image ${imagePath === null ? 'nowhere' : shown(imagePath)}`);
    else if (seen.has(fileName))
      problems.skip(name, { code: 'taken', values: [fileName, seen.get(fileName)!] });
    else {
      seen.set(fileName, name);
      imageOf.set(name, fileName);
    }
  }
  return imageOf;
}
