// Files that appear whole or not at all: written beside the target, synced, looked at once more,
// then renamed. A file that is already there is replaced only when that was asked for.
import { createHash, randomBytes } from 'node:crypto';
import { link, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../../api/errors.ts';
import { writeFailure } from '../../files/writeFailure.ts';

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
  const temporary = temporaryName(path);
  const handle = await openBeside(path, temporary);
  let result: T;
  try {
    try {
      result = await produce(handle);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await options.check?.(temporary);
    await putInPlace(temporary, path, options.overwrite);
  } catch (error) {
    await rm(temporary, { force: true });
    throw exportError(error, path);
  }
  await syncFolder(dirname(path));
  return result;
}

/** The new file that becomes `path`; its folder is made, and what others left there is cleared away. */
async function openBeside(path: string, temporary: string): Promise<FileHandle> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await removeStale(path);
    return await open(temporary, 'wx');
  } catch (error) {
    throw exportError(error, path);
  }
}

/** Writes bytes or text in one go, whole or not at all. */
export async function writeWhole(
  path: string,
  content: string | Uint8Array,
  overwrite: boolean,
): Promise<void> {
  await writeAtomically(path, { overwrite }, (handle) => handle.writeFile(content));
}

/** A name beside `path` that nobody else uses; it says which process made it. */
export function temporaryName(path: string): string {
  const unique = randomBytes(6).toString('hex');
  return join(dirname(path), `${temporaryPrefix(path)}${process.pid}-${unique}.tmp`);
}

/** Removes what processes of this machine that are no more left behind while writing `path`. */
export async function removeStale(path: string): Promise<void> {
  const prefix = temporaryPrefix(path);
  const names = await readdir(dirname(path)).catch(() => []);
  for (const name of names) {
    if (!name.startsWith(prefix)) continue;
    const pid = /^(\d+)-[0-9a-f]{12}\.tmp$/.exec(name.slice(prefix.length))?.[1];
    if (pid !== undefined && !isRunning(Number(pid)))
      await rm(join(dirname(path), name), { recursive: true, force: true });
  }
}

function temporaryPrefix(path: string): string {
  // Folders can be shared between machines, process numbers cannot.
  const machine = createHash('sha256').update(hostname()).digest('hex').slice(0, 6);
  return `.${basename(path)}.${machine}-`;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** Throws FILE_EXISTS when something is at `path`. */
export async function refuseExisting(path: string): Promise<void> {
  const existing = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (existing) throw exists(path);
}

async function putInPlace(temporary: string, path: string, overwrite: boolean): Promise<void> {
  if (overwrite) return rename(temporary, path);
  try {
    // A hard link fails where a rename would silently replace a file that came up meanwhile.
    await link(temporary, path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EEXIST') throw exists(path);
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS' && code !== 'EMLINK')
      throw error;
    await refuseExisting(path);
    return rename(temporary, path);
  }
  await rm(temporary);
}

async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open folders; there the rename itself is the best there is.
  const handle = await open(folder, 'r').catch(() => null);
  if (!handle) return;
  try {
    await handle.sync();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EINVAL') throw error;
  } finally {
    await handle.close();
  }
}

function exists(path: string): AppError {
  return new AppError(
    'FILE_EXISTS',
    `there is already a file of this name; choose another or allow replacing it: ${path}`,
  );
}

/** The same failure as something that people are told: a place, or data, that cannot be written. */
export function exportError(error: unknown, path: string): unknown {
  if (error instanceof RangeError)
    return new AppError('EXPORT_MISMATCH', `${error.message}; nothing was written`, {
      cause: error,
    });
  return writeFailure(error, path);
}
