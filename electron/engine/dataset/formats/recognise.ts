// Which of the formats that can be read a file or folder is in: by what stands in it, never by its name
// alone. The reader that is chosen says what is wrong with it in detail.
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AppError } from '../../../api/errors.ts';
import { openDataFile } from '../openFile.ts';
import type { ImportFormat } from './format.ts';
import { hasClassNames } from './yoloNames.ts';

/** Enough for the keys that tell formats apart; labelme may put the whole image behind them. */
const HEAD_BYTES = 256 * 1024;
/** JSON files of a folder that are looked into. */
const MAX_LOOKED_INTO = 20;

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
  if (!(await isFolder(path))) {
    const kind = await jsonKind(path);
    if (kind === 'labelme')
      throw new AppError(
        'IMPORT_INVALID',
        `${basename(path)} is the labelme file of one image; choose the folder that it lies in`,
      );
    // Anything else is for the COCO reader, which names what is missing.
    return 'coco';
  }
  const names = (await readdir(path, { recursive: true }))
    .map((name) => name.replaceAll('\\', '/'))
    .sort();
  const has = (pattern: RegExp) => names.some((name) => pattern.test(name));
  if (has(/^classes\.json$/i) && has(/\.png$/i)) return 'mask-png';
  const coco: string[] = [];
  for (const name of names.filter((one) => /\.json$/i.test(one)).slice(0, MAX_LOOKED_INTO)) {
    const kind = await jsonKind(join(path, name));
    if (kind === 'labelme') return 'labelme';
    if (kind === 'coco') coco.push(name);
  }
  if (has(/\.txt$/i) && (await hasClassNames(path, names))) return 'yolo-seg';
  throw new AppError(
    'IMPORT_INVALID',
    coco.length > 0
      ? `this folder holds COCO files; choose one of them: ${coco.join(', ')}`
      : `expected labelme files, YOLO labels with data.yaml, classes.txt or obj.names (here or up to two folders above), or masks with classes.json, found none in the folder ${basename(path)}; for COCO choose the file`,
  );
}

async function isFolder(path: string): Promise<boolean> {
  const info = await stat(path).catch(() => null);
  if (!info)
    throw new AppError('IMPORT_INVALID', `there is no file or folder ${path}; check the name`);
  return info.isDirectory();
}

/** Null also for what cannot be read: the reader says why. */
async function jsonKind(path: string): Promise<'coco' | 'labelme' | null> {
  const file = await openDataFile(path).catch(() => null);
  if (!file) return null;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const head = buffer.toString(isUtf16(buffer) ? 'utf16le' : 'utf8', 0, bytesRead);
    if (/"shapes"\s*:\s*\[/.test(head)) return 'labelme';
    return /"(images|annotations|categories)"\s*:\s*\[/.test(head) ? 'coco' : null;
  } finally {
    await file.close();
  }
}

const isUtf16 = (bytes: Buffer) => bytes[0] === 0xff && bytes[1] === 0xfe;
