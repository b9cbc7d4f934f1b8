// Reads exact byte ranges of ordinary files. A pipe, a device or a short read becomes one clear
// error; nothing is allocated before the range is known to lie inside the file.
import { open, stat } from 'node:fs/promises';
import { ModelError, shown } from '../errors.ts';

/** An open file whose size is known; `read` gives exactly the bytes asked for. */
export interface RegularFile extends AsyncDisposable {
  /** Name for messages. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** `length` bytes from `offset`; `what` names the range in errors. */
  read(offset: number, length: number, what: string): Promise<Buffer>;
}

/** Opens `path` for reading; symbolic links are followed (hub caches are made of them). */
export async function openRegular(path: string, name: string = path): Promise<RegularFile> {
  // Checked before opening: opening a named pipe would wait for a writer without end.
  const before = await stat(path).catch((cause: unknown) => unreadable(name, cause));
  if (!before.isFile())
    throw new ModelError('MODEL_FILE_UNREADABLE', {
      file: name,
      expected: 'an ordinary file',
      found: before.isDirectory() ? 'a folder' : 'something else',
    });
  const handle = await open(path, 'r').catch((cause: unknown) => unreadable(name, cause));
  const { size } = await handle.stat();
  return {
    name,
    size,
    async read(offset, length, what) {
      if (!isIndex(offset) || !isIndex(length) || offset + length > size)
        throw new ModelError('MODEL_FILE_DAMAGED', {
          file: name,
          expected: `${what} at bytes ${offset} to ${offset + length}`,
          found: `a file of ${size} bytes`,
          fix: 'The file is cut short or damaged: copy or download it again',
        });
      const bytes = Buffer.allocUnsafe(length);
      let done = 0;
      while (done < length) {
        const { bytesRead } = await handle.read(bytes, done, length - done, offset + done);
        if (bytesRead === 0)
          throw new ModelError('MODEL_FILE_DAMAGED', {
            file: name,
            expected: `${length} bytes of ${what}`,
            found: `the end of the file after ${done}`,
            fix: 'The file changed while it was read: try again',
          });
        done += bytesRead;
      }
      return bytes;
    },
    [Symbol.asyncDispose]: () => handle.close(),
  };
}

/** True for numbers that are exact, whole and not negative. */
export function isIndex(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function unreadable(name: string, cause: unknown): never {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
  throw new ModelError('MODEL_FILE_UNREADABLE', {
    file: name,
    expected: 'a file that can be read',
    found: code === 'ENOENT' ? 'no such file' : shown(code),
    cause,
  });
}
