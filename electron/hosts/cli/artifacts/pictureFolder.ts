// A folder of pictures that a run writes. It replaces only what an earlier run made: each folder has a
// list of its files with what they held, and a file that is not on it, or holds something else now,
// belongs to somebody.
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, mkdir, open, readdir, readFile, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../../../api/errors.ts';
import { isInside } from '../../../engine/files/originals.ts';
import { fileError } from '../../../files/fileError.ts';
import { writeWhole } from '../../../files/wholeFile.ts';

/** The list: one JSON object a line, only ever added to, so that a killed run leaves what it made on it. */
const LIST = 'salience-pictures.jsonl';
const ABOUT = { about: 'Files that Salience made in this folder; it replaces no others.' };

export interface PictureFolder {
  /** Writes a file, `name` with forward slashes. Throws FILE_REFUSED where somebody's file stands. */
  write(name: string, bytes: Uint8Array): Promise<void>;
}

/** Why nothing may be written into `folder`, or null: it is not there, empty, or has a list. */
export async function whyNotOurs(folder: string): Promise<string | null> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw fileError(error, folder);
  });
  if (names.length === 0 || (await isOrdinary(join(folder, LIST)))) return null;
  return `holds files that Salience did not make there (there is no ${LIST})`;
}

const isOrdinary = (path: string) =>
  lstat(path).then(
    (info) => info.isFile(),
    () => false,
  );

/** Opens a folder that `whyNotOurs` has nothing against, made when missing. */
export async function openPictureFolder(folder: string): Promise<PictureFolder> {
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw fileError(error, folder);
  });
  const real = await realpath(folder);
  const list = join(real, LIST);
  const made = await readList(list);
  const key = (name: string, bytes: Uint8Array) =>
    JSON.stringify({ file: name, sha256: createHash('sha256').update(bytes).digest('hex') });
  return {
    async write(name, bytes) {
      const path = join(real, ...name.split('/'));
      try {
        await mkdir(dirname(path), { recursive: true });
      } catch (error) {
        throw fileError(error, path);
      }
      if (!isInside(real, await realpath(dirname(path))))
        throw new AppError(
          'FILE_REFUSED',
          `${dirname(path)} leads out of ${folder}. Name a new folder.`,
        );
      const there = await lstat(path).catch(() => null);
      if (there && !(there.isFile() && made.has(key(name, await readFile(path)))))
        throw new AppError(
          'FILE_REFUSED',
          `${path} was not made by Salience, or was changed since, and was not replaced. Move it away or name a new folder.`,
        );
      const entry = key(name, bytes);
      // First on the list: a run that is killed in between must know its own file again.
      if (!made.has(entry)) await addTo(list, entry, made.size === 0);
      made.add(entry);
      await writeWhole(path, bytes, { sync: false });
    },
  };
}

async function readList(path: string): Promise<Set<string>> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const made = new Set<string>();
  for (const line of text.split('\n')) {
    // Compared as text: a line that a killed run left unfinished equals none.
    if (line !== '') made.add(line);
  }
  return made;
}

async function addTo(list: string, entry: string, first: boolean): Promise<void> {
  const lines = first ? [JSON.stringify(ABOUT), entry] : [entry];
  // Never through a link: the list of another folder, or no list at all, may lie behind it.
  const flags =
    constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0);
  try {
    const handle = await open(list, flags);
    try {
      // A line that a killed run left unfinished ends here.
      await handle.writeFile(lines.map((line) => `\n${line}`).join(''));
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw fileError(error, list);
  }
}
