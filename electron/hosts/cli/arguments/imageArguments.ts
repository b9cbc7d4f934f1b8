// From the images named in a call to one folder and the names inside it.
import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, parse, relative, resolve, sep } from 'node:path';
import { UsageError } from './usageError.ts';

export interface ImageArguments {
  /** Every image lies below it; file names in results are relative to it. */
  readonly folder: string;
  /** Relative names with forward slashes; null = everything in the folder. */
  readonly names: readonly string[] | null;
}

/** Files and folders of a call. One folder alone means all of it; else what is named, below their common folder. */
export async function readImageArguments(paths: readonly string[]): Promise<ImageArguments> {
  if (paths.length === 0) throw new UsageError('Which images? Name a folder or image files.');
  const entries = await Promise.all(
    paths.map(async (path) => {
      const info = await stat(path).catch(() => null);
      if (!info) throw new UsageError(`There is no file or folder ${path}.`);
      return { path: resolve(path), isFolder: info.isDirectory() };
    }),
  );
  const [only] = entries;
  if (entries.length === 1 && only?.isFolder) return { folder: only.path, names: null };
  const folder = entries
    .map((entry) => (entry.isFolder ? entry.path : dirname(entry.path)))
    .reduce(common);
  if (folder === parse(folder).root || folder === homedir()) {
    throw new UsageError(
      `The images lie too far apart: their common folder is ${folder}. Run one folder at a time.`,
    );
  }
  return {
    folder,
    names: entries.map((entry) => relative(folder, entry.path).split(sep).join('/')),
  };
}

/** True for a name that was asked for, by itself or through its folder. */
export const isAsked = (name: string, { names }: ImageArguments): boolean =>
  names === null ||
  names.some((asked) => asked === '' || name === asked || name.startsWith(`${asked}/`));

function common(a: string, b: string): string {
  const left = a.split(sep);
  const right = b.split(sep);
  const shared = left.findIndex((part, index) => part !== right[index]);
  return (shared === -1 ? a : left.slice(0, shared).join(sep)) || parse(a).root;
}
