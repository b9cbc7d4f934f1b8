// Names of files inside a pack are hostile input: they must stay inside the folder, on every
// operating system, whichever one wrote them.
import { join } from 'node:path';
import { ModelError, shown } from '../errors.ts';

const RESERVED_ON_WINDOWS = /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i;
const CONTROL_OR_FORBIDDEN = /[\p{Cc}<>:"|?*\\]/u;

/** Why `name` may not name a file inside a folder, or null when it may. */
export function whyNotContained(name: string): string | null {
  if (name.length === 0 || name.length > 200) return 'a name of 1 to 200 characters';
  if (!name.isWellFormed()) return 'a well-formed name';
  if (CONTROL_OR_FORBIDDEN.test(name)) return 'no control characters, colons or backslashes';
  for (const part of name.split('/')) {
    if (part === '') return 'a relative path without empty parts';
    if (part === '.' || part === '..') return 'a path without "." or ".."';
    if (/[. ]$/.test(part)) return 'no part that ends with a dot or a space';
    if (RESERVED_ON_WINDOWS.test(part)) return 'no name that Windows keeps for devices';
  }
  return null;
}

/** Path of `name` (forward slashes) inside `folder`; throws when it would leave the folder. */
export function containedPath(folder: string, name: string): string {
  const why = whyNotContained(name);
  if (why !== null)
    throw new ModelError('MODEL_FILE_REFUSED', {
      file: folder,
      expected: `a file name inside the folder (${why})`,
      found: shown(name),
    });
  return join(folder, ...name.split('/'));
}
