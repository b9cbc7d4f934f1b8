// Recognises the files and folders of other label programs, and says what a file is that none of the
// readers takes.
import { basename, join, posix } from 'node:path';
import { AppError } from '../../../api/errors.ts';
import { describeFile, HEAD_BYTES, whatItIs } from '../../../../models/files/whatItIs.ts';
import type { Kind, KindId } from '../../../../models/files/kind.ts';
import { openDataFile } from '../openFile.ts';
import { COLOUR_TABLE, looksLikeColourTable } from './colourTable.ts';
import { isAnnotation } from './superviselyImport.ts';

/** Kinds of single files, and the reader that takes each. */
const READERS: { readonly [id in KindId]?: string } = {
  coco: 'coco',
  'cvat-images': 'cvat-images',
  via: 'via',
  'label-studio': 'label-studio',
};
/** Kinds of which a folder holds one for each image. */
const OF_FOLDERS: { readonly [id in KindId]?: string } = {
  labelme: 'labelme',
  'x-anylabeling': 'x-anylabeling',
};
/** Files of a folder that are looked into. */
const MAX_LOOKED_INTO = 20;

/** The reader for a file. Throws IMPORT_INVALID saying what it is when there is none. */
export async function recogniseFile(path: string): Promise<string> {
  const name = basename(path);
  const head = await headOf(path);
  const kind = whatItIs(head);
  const reader = kind && READERS[kind.id];
  if (reader) return reader;
  if (kind && (OF_FOLDERS[kind.id] || kind.id === 'supervisely'))
    throw refused(name, `is ${kind.what}; choose the folder that it lies in`);
  if (kind?.id === 'supervisely-meta') throw refused(name, `is ${kind.what}; choose its folder`);
  if (kind) throw refused(name, `is ${kind.what}; ${kind.fix}`);
  // JSON of another shape is for the COCO reader, which names what is missing.
  if (/^[\s\ufeff]*[{[]/.test(head.toString('utf8', 0, 256))) return 'coco';
  const { what } = describeFile(head);
  throw refused(
    name,
    `is ${what}; expected COCO or one of the others that "salience formats" lists`,
  );
}

export interface FolderFinds {
  /** The reader for the folder, or null. */
  readonly reader: string | null;
  /** Files in it that can be chosen on their own, with what they are. */
  readonly files: readonly { readonly name: string; readonly kind: Kind }[];
}

/** What lies in a folder; `names` are all files below it, with forward slashes. */
export async function lookIntoFolder(path: string, names: readonly string[]): Promise<FolderFinds> {
  if (names.some((name) => isAnnotation(name, path))) return { reader: 'supervisely', files: [] };
  if (names.some((name) => /(^|\/)SegmentationClass\/.+\.png$/i.test(name)))
    return { reader: 'pascal-voc', files: [] };
  const files: { name: string; kind: Kind }[] = [];
  const readable = names.filter((name) => /\.(json|xml)$/i.test(name)).slice(0, MAX_LOOKED_INTO);
  for (const name of readable) {
    const kind = whatItIs(await headOf(join(path, name)).catch(() => Buffer.alloc(0)));
    const reader = kind && OF_FOLDERS[kind.id];
    if (reader) return { reader, files: [] };
    if (kind && READERS[kind.id]) files.push({ name, kind });
  }
  return { reader: null, files };
}

/** Whether the folder holds PNG files and a table of the colours of its classes. */
export async function hasColourTable(path: string, names: readonly string[]): Promise<boolean> {
  if (!names.some((name) => /\.png$/i.test(name))) return false;
  for (const name of names.filter((one) => COLOUR_TABLE.test(posix.basename(one)))) {
    const head = await headOf(join(path, name)).catch(() => Buffer.alloc(0));
    if (looksLikeColourTable(head.toString('utf8'))) return true;
  }
  return false;
}

/** Whether the first mask of a folder has colours rather than class numbers. */
export async function hasColours(path: string, names: readonly string[]): Promise<boolean> {
  const first = names.find((name) => /(^|\/)masks\/.+\.png$/i.test(name));
  if (first === undefined) return false;
  const head = await headOf(join(path, first)).catch(() => Buffer.alloc(0));
  // IHDR: colour type 2 is RGB, 6 is RGB with opacity.
  return head.length > 26 && (head[25] === 2 || head[25] === 6);
}

const refused = (name: string, why: string) => new AppError('IMPORT_INVALID', `${name} ${why}`);

async function headOf(path: string): Promise<Buffer> {
  await using file = await openDataFile(path);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
  return buffer.subarray(0, bytesRead);
}
