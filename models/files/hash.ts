// SHA-256 of large files, with progress and cancel.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

const CHUNK_BYTES = 1024 * 1024;

/** Called with the number of bytes that were handled since the last call. */
export type OnBytes = (bytes: number) => void;

/** SHA-256 of the file at `path` as hexadecimal; throws the signal's reason when aborted. */
export async function sha256OfFile(
  path: string,
  options: { readonly signal?: AbortSignal; readonly onBytes?: OnBytes } = {},
): Promise<string> {
  options.signal?.throwIfAborted();
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, {
    highWaterMark: CHUNK_BYTES,
  }) as AsyncIterable<Buffer>) {
    options.signal?.throwIfAborted();
    hash.update(chunk);
    options.onBytes?.(chunk.length);
  }
  return hash.digest('hex');
}
