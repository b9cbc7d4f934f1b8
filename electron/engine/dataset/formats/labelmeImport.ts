// Reads a folder of labelme JSON files. Classes are the labels found, in alphabetical order; images
// are matched by the path each file names, or by the file's own name.
import { readdir } from 'node:fs/promises';
import { posix } from 'node:path';
import { AppError } from '../../../api/errors.ts';
import { relativeNameFault, stemOf } from '../fileNames.ts';
import { Problems } from '../problems.ts';
import { throwIfAborted } from '../types.ts';
import type { DatasetCategory, DatasetImage } from '../types.ts';
import type { ImportFormat, ImportOptions, KnownImage } from './format.ts';
import { readLabelFile } from './labelFile.ts';
import { parseLabelme } from './labelmeShapes.ts';
import type { LabelmeFile } from './labelmeShapes.ts';

export const labelmeImport: ImportFormat = {
  id: 'labelme',
  title: 'labelme',
  kind: 'folder',
  async open(path, options) {
    const entries = await readdir(path, { recursive: true });
    const files = entries
      .map((name) => name.replaceAll('\\', '/'))
      .filter((name) => /\.json$/i.test(name))
      .sort();
    if (files.length === 0)
      throw new AppError('IMPORT_INVALID', `there is no JSON file in this folder: ${path}`);
    const problems = new Problems();
    const labels = new Set<string>();
    const read: string[] = [];
    for await (const { name, file } of readFiles(path, files, options, problems)) {
      read.push(name);
      for (const { label } of file.objects) labels.add(label);
    }
    if (!options.skipBroken) problems.refuseSkipped(path);
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
      for await (const { fileName, file } of readFiles(path, read, options, new Problems()))
        yield {
          id: null,
          fileName,
          width: file.width,
          height: file.height,
          isReviewed: false,
          annotations: file.objects.map(({ label, mask, score, extra }) => ({
            id: null,
            categoryId: ids.get(label)!,
            mask,
            score,
            origin: 'import',
            isCrowd: false,
            extra,
          })),
          extra: {},
        };
    }
    return {
      categories,
      imageCount: read.length,
      images,
      problems,
      [Symbol.asyncDispose]: () => Promise.resolve(),
    };
  },
};

async function* readFiles(
  path: string,
  files: readonly string[],
  options: ImportOptions,
  problems: Problems,
): AsyncGenerator<{ name: string; fileName: string; file: LabelmeFile }> {
  const byName = new Map(options.images.map((image) => [image.fileName, image]));
  const byStem = new Map(options.images.map((image) => [stemOf(image.fileName), image]));
  const seen = new Map<string, string>();
  let done = 0;
  for (const name of files) {
    throwIfAborted(options);
    options.onProgress?.({ stage: 'Read labelme files', done: ++done, total: files.length });
    const text = (await readLabelFile(path, name, problems))?.toString('utf8');
    if (text === undefined) continue;
    const known = byStem.get(stemOf(name)) ?? imageOf(text, name, byName);
    const file = await parseLabelme(text, name, known, problems);
    if (!file) continue;
    const fileName = known?.fileName ?? namedImage(file.imagePath, name);
    if (fileName === null || relativeNameFault(fileName) !== null)
      problems.skip(
        name,
        `names the image ${JSON.stringify(file.imagePath)}; no image here is that`,
      );
    else if (options.images.length > 0 && !known)
      problems.skip(
        name,
        `names the image ${JSON.stringify(fileName)}, which is not in the folder`,
      );
    else if (seen.has(fileName))
      problems.skip(name, `is for ${fileName}, which ${seen.get(fileName)} already describes`);
    else {
      seen.set(fileName, name);
      yield { name, fileName, file };
    }
  }
}

/** The known image that the file names, when its own name gives no match. */
function imageOf(
  text: string,
  name: string,
  byName: ReadonlyMap<string, KnownImage>,
): KnownImage | null {
  const path = /"imagePath"\s*:\s*("(?:[^"\\]|\\.)*")/.exec(text)?.[1];
  if (!path) return null;
  try {
    return byName.get(namedImage(JSON.parse(path) as string, name) ?? '') ?? null;
  } catch {
    return null;
  }
}

function namedImage(imagePath: string | null, name: string): string | null {
  if (imagePath === null) return null;
  const joined = posix.join(posix.dirname(name), imagePath.replaceAll('\\', '/'));
  return joined.startsWith('..') ? null : joined;
}
