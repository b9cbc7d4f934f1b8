// What a system code about a file means for a person: the file, what stands in the way, and the way out.
import { AppError, type ErrorCode } from '../api/errors.ts';

const PART_IS_FILE = (path: string) =>
  `Part of this path is a file, not a folder: ${path}. Choose another place.`;

const MEANINGS: Readonly<Record<string, readonly [ErrorCode, (path: string) => string]>> = {
  ENOSPC: [
    'DISK_FULL',
    (path) => `The disk is full; ${path} was not written. Make room and try again.`,
  ],
  EDQUOT: [
    'DISK_FULL',
    (path) =>
      `Your share of the disk is used up; ${path} was not written. Make room and try again.`,
  ],
  ENOENT: [
    'FILE_REFUSED',
    (path) => `The folder of ${path} is gone and cannot be made. Choose another place.`,
  ],
  EROFS: [
    'FILE_REFUSED',
    (path) => `${path} lies on a disk that cannot be written. Choose another place.`,
  ],
  EACCES: ['FILE_REFUSED', (path) => `You may not write ${path}. Choose another place.`],
  EPERM: ['FILE_REFUSED', (path) => `You may not write ${path}. Choose another place.`],
  ENAMETOOLONG: [
    'FILE_REFUSED',
    (path) => `The name is too long for this disk: ${path}. Choose a shorter one.`,
  ],
  EISDIR: [
    'FILE_REFUSED',
    (path) => `There is a folder of that name: ${path}. Choose another name.`,
  ],
  ENOTDIR: ['FILE_REFUSED', PART_IS_FILE],
  // Of making the folder.
  EEXIST: ['FILE_REFUSED', PART_IS_FILE],
  ELOOP: [
    'FILE_REFUSED',
    (path) => `The links on the way to ${path} lead in a circle. Choose another place.`,
  ],
  EIO: [
    'FILE_REFUSED',
    (path) => `The disk failed while ${path} was written. Check the disk, then try again.`,
  ],
};

/** The same failure in words about `path`; what is no failure of a disk passes unchanged. */
export function fileError(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || error instanceof AppError || !('code' in error)) return error;
  const [code, words] = MEANINGS[String(error.code)] ?? [];
  return code && words ? new AppError(code, words(path), { cause: error }) : error;
}
