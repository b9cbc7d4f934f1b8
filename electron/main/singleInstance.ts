// What a start asks for: the project file among its arguments, kept until there is a window to open it in.
import { isAbsolute } from 'node:path';

/** The last absolute path of a .salience file in a command line; switches and everything else are ignored. */
export const projectArgument = (argv: readonly string[]): string | null =>
  argv.findLast(
    (argument) =>
      !argument.startsWith('-') && argument.endsWith('.salience') && isAbsolute(argument),
  ) ?? null;

export interface AskedProjects {
  /** The project among these arguments, if any. */
  ask(argv: readonly string[]): void;
  /** Hands over what was asked for so far and from now on; of several before, the last. */
  handOver(open: (path: string) => void): void;
}

/** macOS names the file that a start is for before the app is ready; a page is ready later still. */
export function askedProjects(): AskedProjects {
  let waiting: string | null = null;
  let open = (path: string): void => {
    waiting = path;
  };
  return {
    ask(argv) {
      const path = projectArgument(argv);
      if (path !== null) open(path);
    },
    handOver(next) {
      open = next;
      if (waiting !== null) next(waiting);
      waiting = null;
    },
  };
}
