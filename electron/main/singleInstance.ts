// What a second start asks of the first: the project file among its arguments.
import { isAbsolute } from 'node:path';

/** The last absolute path of a .salience file in a command line; switches and everything else are ignored. */
export const projectArgument = (argv: readonly string[]): string | null =>
  argv.findLast(
    (argument) =>
      !argument.startsWith('-') && argument.endsWith('.salience') && isAbsolute(argument),
  ) ?? null;
