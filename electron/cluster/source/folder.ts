// Images of a folder in byte order of their paths, so that a submit that was killed goes on where it was.
import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isImageName } from '../../engine/project/images/imageEndings.ts';
import { isUnder } from './place.ts';
import { inByteOrder, pathFault, type ListedImage, type PassedBy } from './listed.ts';

const MAX_DEPTH = 64;
/** Files asked about at once: a network share answers each in milliseconds. */
const LOOKED_AT_ONCE = 32;

/** Walks `folder`; what stands at or before `after` is left out. Linked folders are not followed. */
export async function* folderImages(
  folder: string,
  { after, passedBy }: { readonly after: string | null; readonly passedBy: PassedBy },
): AsyncGenerator<ListedImage> {
  const root = await realpath(folder);
  yield* walk({ folder: root, prefix: '', depth: 0 }, { root, after, passedBy });
}

interface Place {
  readonly folder: string;
  readonly prefix: string;
  readonly depth: number;
}

interface Walk {
  readonly root: string;
  readonly after: string | null;
  readonly passedBy: PassedBy;
}

async function* walk(place: Place, all: Walk): AsyncGenerator<ListedImage> {
  const { folder, prefix, depth } = place;
  const entries = await entriesOf(place, all.passedBy);
  for (let from = 0; from < entries.length;) {
    const first = entries[from]!;
    if (first.isFolder) {
      from += 1;
      const path = `${prefix}${first.name}/`;
      if (all.after !== null && inByteOrder(path, all.after) < 0 && !all.after.startsWith(path))
        continue;
      if (depth + 1 >= MAX_DEPTH) all.passedBy.note(path, `more than ${MAX_DEPTH} folders deep`);
      else yield* walk({ folder: join(folder, first.name), prefix: path, depth: depth + 1 }, all);
      continue;
    }
    const files: string[] = [];
    while (from < entries.length && files.length < LOOKED_AT_ONCE && !entries[from]!.isFolder)
      files.push(entries[from++]!.name);
    const wanted = files.filter(
      (name) => all.after === null || inByteOrder(prefix + name, all.after) > 0,
    );
    const listed = await Promise.all(
      wanted.map((name) => look(join(folder, name), prefix + name, all)),
    );
    yield* listed.filter((image) => image !== null);
  }
}

interface Entry {
  readonly name: string;
  readonly isFolder: boolean;
}

/** Files and folders as their paths are ordered: a folder stands where its name with a slash would. */
async function entriesOf({ folder, prefix, depth }: Place, passedBy: PassedBy): Promise<Entry[]> {
  let entries: Dirent[];
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (depth === 0) throw error;
    passedBy.note(
      prefix,
      `cannot be listed (${(error as NodeJS.ErrnoException).code ?? 'unreadable'})`,
    );
    return [];
  }
  return entries
    .filter(({ name }) => !name.startsWith('.'))
    .flatMap((entry): Entry[] => {
      if (entry.isDirectory()) return [{ name: entry.name, isFolder: true }];
      const isFile = (entry.isFile() || entry.isSymbolicLink()) && isImageName(entry.name);
      return isFile ? [{ name: entry.name, isFolder: false }] : [];
    })
    .sort((a, b) =>
      inByteOrder(a.name + (a.isFolder ? '/' : ''), b.name + (b.isFolder ? '/' : '')),
    );
}

/** The file as it is now; null (and a note) for what is no image of this root. */
async function look(
  file: string,
  path: string,
  { root, passedBy }: Walk,
): Promise<ListedImage | null> {
  const fault = pathFault(path);
  if (fault !== null) {
    passedBy.note(path, fault);
    return null;
  }
  const info = await stat(file, { bigint: true }).catch(() => null);
  // A linked folder, or a link to nowhere.
  if (!info?.isFile()) return null;
  const real = await realpath(file).catch(() => null);
  if (real === null || !isUnder(root, real)) {
    passedBy.note(path, 'a link that leaves the folder');
    return null;
  }
  return { path, bytes: Number(info.size), stamp: String(info.mtimeNs) };
}
