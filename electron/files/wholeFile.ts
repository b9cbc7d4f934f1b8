// The one way to write a file whole: aside, then renamed, so that a crash leaves the old file or the new
// one, never half. What a killed process left aside is swept by the next that writes into the folder.
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileError } from './fileError.ts';
import { partBeside, sweepParts } from './parts.ts';

export interface WholeOptions {
  /** Waits until the disk has it. Not for caches: nothing is lost when an entry is. */
  readonly sync: boolean;
  /** Permissions of a new file; the system's default unless given. */
  readonly mode?: number;
}

/** Folders that this thread has swept; forgotten when there are many, and swept once more. */
const swept = new Set<string>();
const MAX_SWEPT = 4096;

/** Replaces the file at `path` or makes it, with its folder. Throws DISK_FULL or FILE_REFUSED where the disk says no. */
export async function writeWhole(
  path: string,
  bytes: string | Uint8Array,
  { sync, mode = 0o666 }: WholeOptions,
): Promise<void> {
  const folder = dirname(path);
  const part = partBeside(path);
  try {
    await mkdir(folder, { recursive: true });
    await sweepOnce(folder);
    const file = await open(part, 'wx', mode);
    try {
      await file.writeFile(bytes);
      if (sync) await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, path);
    if (sync) await syncFolder(folder);
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    throw fileError(error, path);
  }
}

async function sweepOnce(folder: string): Promise<void> {
  if (swept.has(folder)) return;
  if (swept.size >= MAX_SWEPT) swept.clear();
  swept.add(folder);
  await sweepParts(folder);
}

/** Makes a rename itself durable; Windows and some disks cannot, and need it or know it less. */
export async function syncFolder(folder: string): Promise<void> {
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
