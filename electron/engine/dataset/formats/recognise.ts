// Which of the formats that can be read a file or folder is in: by what stands in it, never by its name
// alone. The reader that is chosen says what is wrong with it in detail.
import { readdir, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../../../api/errors.ts';
import { hasColours, hasColourTable, lookIntoFolder, recogniseFile } from './foreign.ts';
import type { ImportFormat } from './format.ts';
import { hasClassNames } from './yoloNames.ts';

/** Throws IMPORT_INVALID when a folder was given where the format is a file, or the other way round. */
export async function checkKind({ title, kind }: ImportFormat, path: string): Promise<void> {
  const found = (await isFolder(path)) ? 'folder' : 'file';
  if (found !== kind)
    throw new AppError(
      'IMPORT_INVALID',
      `${title} labels are read from a ${kind}; ${basename(path)} is a ${found}`,
    );
}

/** The id of a format to read. Throws IMPORT_INVALID when the path holds none of them. */
export async function recogniseFormat(path: string): Promise<string> {
  if (!(await isFolder(path))) return recogniseFile(path);
  const names = (await readdir(path, { recursive: true }))
    .map((name) => name.replaceAll('\\', '/'))
    .sort();
  const has = (pattern: RegExp) => names.some((name) => pattern.test(name));
  if (has(/^classes\.json$/i) && has(/\.png$/i) && !(await hasColours(path, names)))
    return 'mask-png';
  const { reader, files } = await lookIntoFolder(path, names);
  if (reader) return reader;
  if (has(/\.txt$/i) && (await hasClassNames(path, names))) return 'yolo-seg';
  if (files.length === 0 && (await hasColourTable(path, names))) return 'pascal-voc';
  const [first] = files;
  throw new AppError(
    'IMPORT_INVALID',
    first
      ? `this folder holds ${first.kind.id === 'coco' ? 'COCO files' : first.kind.what}; choose one of them: ${files.map(({ name }) => name).join(', ')}`
      : `expected labelme files, YOLO labels with data.yaml, classes.txt or obj.names (here or up to two folders above), or masks with classes.json or labelmap.txt, found none in the folder ${basename(path)}; for COCO and the others that "salience formats" lists choose the file`,
  );
}

async function isFolder(path: string): Promise<boolean> {
  const info = await stat(path).catch(() => null);
  if (!info)
    throw new AppError('IMPORT_INVALID', `there is no file or folder ${path}; check the name`);
  return info.isDirectory();
}
