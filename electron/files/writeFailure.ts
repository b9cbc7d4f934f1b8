// Why a file or folder cannot be written, as one error that says the place and the way out: from what
// the system said to what a person can do.
import { dirname, relative } from 'node:path';
import { AppError } from '../api/errors.ts';

export type WriteObstacle = 'permission' | 'readOnly' | 'full' | 'quota' | 'name';

const OBSTACLES: Readonly<Record<string, WriteObstacle>> = {
  EACCES: 'permission',
  EPERM: 'permission',
  EROFS: 'readOnly',
  ENOSPC: 'full',
  EDQUOT: 'quota',
  ENAMETOOLONG: 'name',
};

/** For logs and the command line; the window has words of its own for each. */
const SENTENCES: Readonly<Record<WriteObstacle, string>> = {
  permission: 'you may not write there; choose another folder or ask for the right',
  readOnly: 'the drive is read-only; choose another one',
  full: 'the disk is full; nothing was written; make room or choose another drive',
  quota: 'your space on this drive is used up; make room or choose another drive',
  name: 'the name is too long for this drive; choose a shorter one',
};

/**
 * A failure of writing `target` as something a person can act on; other errors come back unchanged, those
 * about a file elsewhere, which was to be read, too.
 */
export function writeFailure(error: unknown, target: string): unknown {
  if (error instanceof AppError || !(error instanceof Error) || !('code' in error)) return error;
  const obstacle = OBSTACLES[String(error.code)];
  const path = 'path' in error ? String(error.path) : target;
  if (obstacle === undefined || !belongTogether(path, target)) return error;
  const isFull = obstacle === 'full' || obstacle === 'quota';
  return new AppError(
    isFull ? 'DISK_FULL' : 'CANNOT_WRITE',
    `${path} cannot be written: ${SENTENCES[obstacle]}`,
    { cause: error, data: { path, obstacle } },
  );
}

/** One of the two is a folder above the other, or they lie side by side. */
function belongTogether(one: string, other: string): boolean {
  const [a, b] = [dirname(one), dirname(other)];
  const isWithin = (inner: string, outer: string) => !relative(outer, inner).startsWith('..');
  return isWithin(a, b) || isWithin(b, a);
}
