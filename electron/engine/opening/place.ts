// Paths as people write them: the home folder is `~`, and a copied file means the folder that it lies in.
import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { AppError } from '../../api/errors.ts';

/** `~/Pictures/cups` for a path under the home folder; other paths as they are. */
export function placeOf(path: string, home = homedir()): string {
  const inside = relative(home, path);
  if (inside === '') return '~';
  return inside.startsWith('..') || isAbsolute(inside) ? path : `~${sep}${inside}`;
}

/** The folder that a person typed or pasted. Throws BAD_REQUEST, naming what was typed. */
export async function folderTyped(typed: string, home = homedir()): Promise<string> {
  // File managers quote what they copy.
  const plain = typed.trim().replace(/^(["'])(.*)\1$/, '$2');
  const path = /^~(?=[/\\]|$)/.test(plain) ? join(home, plain.slice(1)) : plain;
  if (!isAbsolute(path))
    throw new AppError(
      'BAD_REQUEST',
      `${plain} is no whole path. Begin with ${resolve('/')} or with ~ for your home folder.`,
    );
  const found = await stat(path).catch(() => null);
  if (!found) throw new AppError('BAD_REQUEST', `There is no folder ${plain}.`);
  return resolve(found.isDirectory() ? path : dirname(path));
}
