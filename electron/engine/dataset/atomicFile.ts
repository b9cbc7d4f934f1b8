// Files that appear whole or not at all: written beside the target, synced, checked, then renamed. An existing
// file is replaced only on request.
import { link, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { AppError } from '../../api/errors.ts';
import { fileError } from '../../files/fileError.ts';
import { partBeside, sweepParts } from '../../files/parts.ts';
import { syncFolder } from '../../files/wholeFile.ts';

const BUFFER_CHARACTERS = 1 << 18;

/** Collects text and writes it in large pieces. */
export class TextFile {
  readonly #handle: FileHandle;
  #parts: string[] = [];
  #characters = 0;

  constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  /** Resolves at once unless the buffer is full; await it to keep memory flat. */
  async write(text: string): Promise<void> {
    this.#parts.push(text);
    this.#characters += text.length;
    if (this.#characters >= BUFFER_CHARACTERS) await this.flush();
  }

  async flush(): Promise<void> {
    const text = this.#parts.join('');
    this.#parts = [];
    this.#characters = 0;
    if (text) await this.#handle.writeFile(text);
  }
}

export interface AtomicOptions {
  /** Replace an existing file. Without it a FILE_EXISTS error is thrown and the file is untouched. */
  readonly overwrite: boolean;
  /** Throws when what stands at the path may not be replaced; asked at the start and once more at the end. */
  readonly guard?: ((path: string) => Promise<void>) | undefined;
  /** Looks at the finished temporary file; a throw means that the target never appears. */
  readonly check?: (temporaryPath: string) => Promise<void>;
}

/** Writes `path` through a temporary file in the same folder. */
export async function writeAtomically<T>(
  path: string,
  options: AtomicOptions,
  produce: (file: FileHandle) => Promise<T>,
): Promise<T> {
  if (!options.overwrite) await refuseExisting(path);
  await options.guard?.(path);
  const temporary = partBeside(path);
  let result: T;
  try {
    await mkdir(dirname(path), { recursive: true });
    await sweepParts(dirname(path));
    const handle = await open(temporary, 'wx');
    try {
      result = await produce(handle);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await options.check?.(temporary);
    await options.guard?.(path);
    await putInPlace(temporary, path, options.overwrite);
  } catch (error) {
    await rm(temporary, { force: true });
    throw exportError(error, path);
  }
  await syncFolder(dirname(path));
  return result;
}

/** Throws FILE_EXISTS when something is at `path`. */
export async function refuseExisting(path: string): Promise<void> {
  const existing = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (existing) throw exists(path, existing.mtime);
}

async function putInPlace(temporary: string, path: string, overwrite: boolean): Promise<void> {
  if (overwrite) return rename(temporary, path);
  try {
    // A hard link fails where a rename would silently replace a file that came up meanwhile.
    await link(temporary, path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EEXIST') throw exists(path, new Date());
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS' && code !== 'EMLINK')
      throw error;
    await refuseExisting(path);
    return rename(temporary, path);
  }
  await rm(temporary);
}

function exists(path: string, at: Date): AppError {
  return new AppError(
    'FILE_EXISTS',
    `there is already a file of this name; choose another or allow replacing it: ${path}`,
    { data: { name: basename(path), at: at.toISOString() } },
  );
}

/** The failure in words for people: what the disk says, or which data cannot be written. */
export function exportError(error: unknown, path: string): unknown {
  if (error instanceof RangeError)
    return new AppError('EXPORT_MISMATCH', `${error.message}; nothing was written`, {
      cause: error,
    });
  return fileError(error, path);
}
