// Reads ranges of an open file; ranges that follow one another come from one large read.
import type { FileHandle } from 'node:fs/promises';
import { AppError } from '../../../../api/errors.ts';

const WINDOW_BYTES = 1 << 20;
/** Ranges this close behind the last one count as following it. */
const NEAR_BYTES = 1 << 16;

export class FileWindow {
  readonly #handle: FileHandle;
  #window: Uint8Array = new Uint8Array(0);
  #start = 0;
  #lastEnd = 0;

  constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  /** The bytes of a range; valid until the next call. */
  async read(offset: number, bytes: number): Promise<Uint8Array> {
    const end = offset + bytes;
    if (offset < this.#start || end > this.#start + this.#window.length) {
      const follows = offset >= this.#lastEnd && offset - this.#lastEnd <= NEAR_BYTES;
      const buffer = Buffer.allocUnsafe(follows ? Math.max(bytes, WINDOW_BYTES) : bytes);
      let filled = 0;
      while (filled < bytes) {
        const { bytesRead } = await this.#handle.read(
          buffer,
          filled,
          buffer.length - filled,
          offset + filled,
        );
        if (bytesRead === 0)
          throw new AppError('IMPORT_INVALID', 'the file became shorter while it was being read');
        filled += bytesRead;
      }
      this.#window = buffer.subarray(0, filled);
      this.#start = offset;
    }
    this.#lastEnd = end;
    return this.#window.subarray(offset - this.#start, end - this.#start);
  }
}
