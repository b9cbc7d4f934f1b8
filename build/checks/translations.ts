// Translations mirror English file by file: what the lists say of an English file or folder holds for its twins.
import { linesOf, MOST_LINES } from './sizes.ts';
import { folderOf, type SourceFile } from './sources.ts';

const ENGLISH = 'renderer/src/text/en';
const TWIN = /^renderer\/src\/text\/(?:de|fr|es|pt|ja|zh)(?=\/|\.ts$|$)/;

type List = Readonly<Record<string, string>>;

/** The list with the folders of translations that there are. */
export function withTwinFolders(purposes: List, files: readonly SourceFile[]): List {
  return withTwins(
    purposes,
    files.map(({ path }) => folderOf(path)),
  );
}

/** The list with the files of translations that are long as well. */
export function withLongTwins(long: List, files: readonly SourceFile[]): List {
  return withTwins(
    long,
    files.filter(({ text }) => linesOf(text) > MOST_LINES).map(({ path }) => path),
  );
}

function withTwins(list: List, paths: readonly string[]): List {
  const twins = paths.flatMap((path) => {
    const said = TWIN.test(path) ? list[path.replace(TWIN, ENGLISH)] : undefined;
    return said === undefined ? [] : [[path, said]];
  });
  return { ...list, ...Object.fromEntries(twins) };
}
