// Puts a large file into a folder without copying where the disk allows it: a hard link shares the bytes,
// outlives the original's name, and onnxruntime accepts it (it refuses symbolic links). Across disks the file
// is copied.
import { createReadStream, createWriteStream } from 'node:fs';
import { link, mkdir, open, realpath, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { OnBytes } from './hash.ts';
import { openRegular } from './openRegular.ts';

// Error codes of a link that fails: another disk, a file system without links, too many links, or a system that
// forbids them.
const NO_LINK = new Set(['EXDEV', 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EACCES']);

/** Links or copies `from` to `to`, which must not exist; returns which of the two it did. */
export async function placeFile(
  from: string,
  to: string,
  options: {
    readonly signal?: AbortSignal;
    readonly onBytes?: OnBytes;
    /** False: always copies, for small files that people edit in place. */
    readonly mayLink?: boolean;
    /** For tests of disks that cannot link. */
    readonly hardLink?: (from: string, to: string) => Promise<void>;
  } = {},
): Promise<'linked' | 'copied'> {
  options.signal?.throwIfAborted();
  await mkdir(dirname(to), { recursive: true });
  // A hub cache holds symbolic links; linking one would link the link.
  const original = await realpath(from);
  if (options.mayLink !== false && (await linked(original, to, options.hardLink ?? link)))
    return 'linked';
  await copy(original, to, options);
  return 'copied';
}

async function linked(
  from: string,
  to: string,
  hardLink: (from: string, to: string) => Promise<void>,
): Promise<boolean> {
  try {
    await hardLink(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && NO_LINK.has(String(error.code))) return false;
    throw error;
  }
}

async function copy(
  from: string,
  to: string,
  { signal, onBytes }: { readonly signal?: AbortSignal; readonly onBytes?: OnBytes },
): Promise<void> {
  // A device or a pipe is refused before it is opened, and a file that grows gives what it held then.
  await using original = await openRegular(from);
  const { size } = original;
  if (size === 0) return writeFile(to, '', { flag: 'wx' });
  await pipeline(
    createReadStream(from, { highWaterMark: 1024 * 1024, end: size - 1 }),
    async function* count(chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        onBytes?.(chunk.length);
        yield chunk;
      }
    },
    createWriteStream(to, { flags: 'wx' }),
    { ...(signal ? { signal } : {}) },
  );
  await syncFile(to);
}

/** Asks the disk to keep what was written to the file at `path`. */
async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
