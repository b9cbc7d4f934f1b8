// Reads YOLO segmentation folders. Label files say neither image size nor file type, so they are
// matched with the images that are known, by path without extension.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../api/errors.ts';
import { stemOf } from '../fileNames.ts';
import { Problems } from '../problems.ts';
import { throwIfAborted } from '../types.ts';
import type { DatasetAnnotation, DatasetCategory, DatasetImage } from '../types.ts';
import type { ImportFormat, ImportOptions, KnownImage } from './format.ts';
import { readLabelFile } from './labelFile.ts';
import { parseNames, parseYoloLine } from './yoloLines.ts';

const MAX_CLASSES = 65_535;

export const yoloImport: ImportFormat = {
  id: 'yolo-seg',
  title: 'YOLO segmentation',
  kind: 'folder',
  async open(path, options) {
    const entries = await readdir(path, { recursive: true });
    const files = entries.map((name) => name.replaceAll('\\', '/'));
    const categories = await readClasses(path, files);
    const pairs = matchLabels(files, options.images);
    if (pairs.length === 0)
      throw new AppError(
        'IMPORT_INVALID',
        `no label file belongs to an image that is open; open the folder with the images first: ${path}`,
      );
    const problems = new Problems();
    const walk = (report: Problems) => readLabels(path, pairs, categories, options, report);
    for await (const image of walk(problems)) void image;
    if (!options.skipBroken) problems.refuseSkipped(path);
    return {
      categories,
      imageCount: pairs.length,
      images: () => walk(new Problems()),
      problems,
      [Symbol.asyncDispose]: () => Promise.resolve(),
    };
  },
};

async function readClasses(path: string, files: readonly string[]): Promise<DatasetCategory[]> {
  const yaml = files.filter((name) => /^[^/]+\.ya?ml$/i.test(name)).sort();
  for (const name of yaml) {
    const names = parseNames(await readFile(join(path, name), 'utf8'));
    if (names) return table(names);
  }
  const list = files.find((name) => /(^|\/)classes\.txt$/i.test(name));
  if (list) {
    const text = await readFile(join(path, list), 'utf8');
    return table(text.split(/\r?\n/).filter((line) => line.trim() !== ''));
  }
  throw new AppError(
    'IMPORT_INVALID',
    `no class names: expected "names" in data.yaml or a classes.txt: ${path}`,
  );
}

function table(names: readonly string[]): DatasetCategory[] {
  if (names.length > MAX_CLASSES)
    throw new AppError(
      'IMPORT_INVALID',
      `${names.length} classes; at most ${MAX_CLASSES} are read`,
    );
  return names.map((name, i) => ({
    id: i + 1,
    name: name.trim() || `class ${i}`,
    supercategory: '',
    isThing: true,
    color: '',
    extra: {},
  }));
}

interface Pair {
  readonly label: string;
  readonly image: KnownImage;
}

function matchLabels(files: readonly string[], images: readonly KnownImage[]): Pair[] {
  const byStem = new Map(
    images.map((image) => [stemOf(image.fileName).replace(/^images\//, ''), image]),
  );
  return files
    .filter((name) => /\.txt$/i.test(name))
    .sort()
    .flatMap((label) => {
      const bare = stemOf(label).replace(/^labels\//, '');
      const image = byStem.get(bare) ?? byStem.get(bare.replace(/^(train|val|test)\//, ''));
      return image ? [{ label, image }] : [];
    });
}

async function* readLabels(
  path: string,
  pairs: readonly Pair[],
  categories: readonly DatasetCategory[],
  options: ImportOptions,
  problems: Problems,
): AsyncGenerator<DatasetImage> {
  let done = 0;
  for (const { label, image } of pairs) {
    throwIfAborted(options);
    options.onProgress?.({ stage: 'Read YOLO labels', done: ++done, total: pairs.length });
    const text = (await readLabelFile(path, label, problems))?.toString('utf8');
    if (text === undefined) continue;
    const annotations: DatasetAnnotation[] = [];
    text.split(/\r?\n/).forEach((line, i) => {
      if (line.trim() === '') return;
      const at = `${label}:${i + 1}`;
      const read = parseYoloLine(line, image.width, image.height);
      if ('fault' in read) return void problems.skip(at, read.fault);
      const category = categories[read.classNumber];
      if (!category)
        return void problems.skip(
          at,
          `class ${read.classNumber} has no name; there are ${categories.length}`,
        );
      annotations.push({
        id: null,
        categoryId: category.id,
        mask: read.mask,
        score: null,
        origin: 'import',
        isCrowd: false,
        extra: {},
      });
    });
    yield { id: null, ...pick(image), isReviewed: false, annotations, extra: {} };
  }
}

function pick({ fileName, width, height }: KnownImage): KnownImage {
  return { fileName, width, height };
}
