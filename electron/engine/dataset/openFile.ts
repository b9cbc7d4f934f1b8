// The one way to open a file of somebody's data set: an ordinary file only, of a bounded size, and never
// one that makes the reader wait (a named pipe) or that has no end (a device).
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { AppError } from '../../api/errors.ts';

/** Why a file cannot be read, for whoever names it. */
export class FileFault extends AppError {
  readonly fault: string;
  /** Nothing is there under the name. */
  readonly isMissing: boolean;

  constructor(fault: string, path: string, cause?: unknown) {
    super('IMPORT_INVALID', `${fault}: ${path}`, { cause });
    this.fault = fault;
    this.isMissing = (cause as NodeJS.ErrnoException | undefined)?.code === 'ENOENT';
  }
}

/** Opens for reading. Throws FileFault (IMPORT_INVALID) with the path and why it cannot be. */
export async function openDataFile(
  path: string,
  maxBytes = Number.POSITIVE_INFINITY,
): Promise<FileHandle> {
  let handle: FileHandle;
  try {
    // Without O_NONBLOCK a named pipe holds the call until somebody writes to it. Windows has no such flag.
    handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (cause) {
    throw new FileFault(openFault(cause), path, cause);
  }
  try {
    const info = await handle.stat();
    const fault = info.isDirectory()
      ? 'is a folder; a file was expected'
      : !info.isFile()
        ? 'is no ordinary file (a pipe or a device); copy its contents to a file'
        : info.size > maxBytes
          ? `has ${info.size} bytes; at most ${maxBytes} are read here`
          : null;
    if (fault !== null) throw new FileFault(fault, path);
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** All bytes of a file of at most `maxBytes`. Throws FileFault. */
export async function readDataFile(path: string, maxBytes: number): Promise<Buffer> {
  await using handle = await openDataFile(path, maxBytes);
  const { size } = await handle.stat();
  // A file that grows while it is read gives what it had: its size is what was checked.
  const bytes = Buffer.alloc(size);
  let filled = 0;
  while (filled < size) {
    const { bytesRead } = await handle.read(bytes, filled, size - filled, filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

/** What a failed system call means to a person. */
function openFault(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOENT':
      return 'there is no such file, or it is a link that leads nowhere';
    case 'ENOTDIR':
      return 'there is no such file';
    case 'EACCES':
    case 'EPERM':
      return 'may not be read; check its permissions';
    case 'EISDIR':
      return 'is a folder; a file was expected';
    case 'ELOOP':
      return 'is a link that leads back to itself';
    case 'ENAMETOOLONG':
      return 'has a name that is too long for this system';
    case 'ENXIO':
      return 'is no ordinary file (a pipe or a device); copy its contents to a file';
    case 'EMFILE':
    case 'ENFILE':
      return 'cannot be opened now: too many files are open';
    case 'EIO':
      return 'cannot be read: the disk reports an error';
    default:
      return `cannot be read (${code ?? (error instanceof Error ? error.message : String(error))})`;
  }
}
