// How large files and folders may be: what does not fit on a few screens has more than one idea.
import { folderOf, type SourceFile } from './sources.ts';

export const MOST_LINES = 250;
export const MOST_FILES = 12;

/** Files that are longer, with the reason each has. */
export type LongFiles = Readonly<Record<string, string>>;

export const linesOf = (text: string) => text.split('\n').length - Number(text.endsWith('\n'));

/** Breaches of the length of files; an exception that is no longer needed is one too. */
export function lengthBreaches(files: readonly SourceFile[], long: LongFiles): string[] {
  const known = new Map(files.map((file) => [file.path, file]));
  const stale = Object.keys(long)
    .filter((path) => linesOf(known.get(path)?.text ?? '') <= MOST_LINES)
    .map((path) => `${path} fits into ${MOST_LINES} lines: take it off the list of long files`);
  return [
    ...stale,
    ...files
      .filter(({ path, text }) => linesOf(text) > MOST_LINES && !(path in long))
      .map(
        ({ path, text }) =>
          `${path} has ${linesOf(text)} lines; ${MOST_LINES} are the limit: split it by ideas`,
      ),
  ];
}

/** Folders with more loose files than `MOST_FILES`, less those on the list of large ones. */
export function folderBreaches(files: readonly SourceFile[], large: LongFiles): string[] {
  const counts = new Map<string, number>();
  for (const { path } of files) counts.set(folderOf(path), (counts.get(folderOf(path)) ?? 0) + 1);
  return [...counts]
    .filter(([folder, count]) => count > MOST_FILES && !(folder in large))
    .map(
      ([folder, count]) =>
        `${folder} has ${count} loose files; ${MOST_FILES} are the limit: give them rooms`,
    );
}

/** Folders without a line that says what they are for, and lines without a folder. */
export function purposeBreaches(
  files: readonly SourceFile[],
  purposes: Readonly<Record<string, string>>,
): string[] {
  const folders = new Set(files.map(({ path }) => folderOf(path)));
  return [
    ...[...folders]
      .filter((folder) => !(folder in purposes))
      .map((folder) => `${folder} has no purpose: add a line in build/checks/purposes`),
    ...Object.keys(purposes)
      .filter((folder) => !folders.has(folder))
      .map((folder) => `build/checks/purposes tells of ${folder}, which is not there`),
  ];
}
