// Paths of rows on this disk: joined, resolved, and under their root or not at all.
import { realpath } from 'node:fs/promises';
import { join, relative, isAbsolute, sep } from 'node:path';
import { pathFault } from './listed.ts';

/** Whether `path` lies in `root`; both resolved. */
export function isUnder(root: string, path: string): boolean {
  const below = relative(root, path);
  return below !== '' && below !== '..' && !below.startsWith(`..${sep}`) && !isAbsolute(below);
}

/** A row names a path outside its root, so Salience did not write it. */
export class ForeignPathError extends Error {
  override readonly name = 'ForeignPathError';
}

/**
 * The file of a row. Throws ForeignPathError, or the system's error when it is not there.
 * On Windows a backslash or a colon means more than the table's rule knows of.
 */
export async function placeUnder(
  root: string,
  path: string,
  platform: NodeJS.Platform = process.platform,
): Promise<string> {
  if (pathFault(path) !== null || (platform === 'win32' && /[\\:]/.test(path)))
    throw new ForeignPathError(path);
  const [realRoot, real] = await Promise.all([
    realpath(root),
    realpath(join(root, ...path.split('/'))),
  ]);
  if (!isUnder(realRoot, real)) throw new ForeignPathError(path);
  return real;
}
