// The project or folder among a start's arguments, kept until there is a window to open it in.
import { statSync } from 'node:fs';
import { resolve } from 'node:path';

export const isProjectFile = (path: string): boolean => /\.salience$/i.test(path);

const isFolder = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

/** One start: its whole command line, the folder that it was made in, and the app's own folder among the words. */
export interface Start {
  readonly argv: readonly string[];
  readonly workingFolder: string;
  readonly appFolder: string;
}

/** The last project file or folder in a command line, whole; the program, switches and everything else are ignored. */
export function projectArgument({ argv, workingFolder, appFolder }: Start): string | null {
  const places = argv
    .slice(1)
    .filter((word) => !word.startsWith('-'))
    .map((word) => resolve(workingFolder, word))
    // An unpacked program is started with its own folder as the first word.
    .filter((path) => path !== resolve(appFolder));
  return places.findLast((path) => isProjectFile(path) || isFolder(path)) ?? null;
}

export interface AskedProjects {
  /** The project or folder of a start, if any. */
  ask(start: Start): void;
  /** This one, by its whole path. */
  askFor(path: string): void;
  /** Passes on the last path asked for so far, and every later one. */
  handOver(open: (path: string) => void): void;
}

/** macOS names the file that a start is for before the app is ready; a page is ready later still. */
export function askedProjects(): AskedProjects {
  let waiting: string | null = null;
  let open = (path: string): void => {
    waiting = path;
  };
  return {
    ask(start) {
      const path = projectArgument(start);
      if (path !== null) open(path);
    },
    askFor: (path) => open(path),
    handOver(next) {
      open = next;
      if (waiting !== null) next(waiting);
      waiting = null;
    },
  };
}
