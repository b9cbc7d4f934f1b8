// Downloads one file from the hub into a part file: continues where it stopped, survives dropped connections,
// and never writes more than the announced size.
import { open, type FileHandle } from 'node:fs/promises';
import { ModelError } from '../../../errors.ts';
import { PassingFailure, requireSuccess } from './answers.ts';
import type { Fetch } from './network.ts';
import { withRetries, type Patience } from './retry.ts';

/** Writes `bytes` at `position`; tests replace it to fill the disk. */
export type WriteBytes = (file: FileHandle, bytes: Uint8Array, position: number) => Promise<void>;

export interface FileFetch {
  /** Name for messages. */
  readonly name: string;
  readonly url: string;
  /** Where the bytes go; an existing part is continued. */
  readonly part: string;
  /** Announced size. */
  readonly bytes: number;
  readonly fetch: Fetch;
  readonly patience: Patience;
  /** Milliseconds without a byte after which the connection counts as broken. */
  readonly stallMs: number;
  readonly write?: WriteBytes;
  /** Bytes present in the part file, after every piece. */
  readonly onReceived?: (bytes: number) => void;
}

export const STALL_MS = 30_000;

/** Completes the part file. On failure it keeps what has arrived and throws ModelError or the signal's reason. */
export async function fetchFile(request: FileFetch): Promise<void> {
  const file = await open(request.part, 'a').then(
    // 'a' makes it; 'r+' writes at positions.
    async (made) => (await made.close(), open(request.part, 'r+')),
  );
  try {
    let received = (await file.stat()).size;
    if (received > request.bytes) received = 0;
    request.onReceived?.(received);
    let most = received;
    await withRetries(request.name, request.patience, async (gained) => {
      while (received < request.bytes)
        received = await receive(request, file, received, (now) => {
          received = now;
          // A server without ranges starts over each time, which is not progress.
          if (now > most) gained();
          most = Math.max(most, now);
          request.onReceived?.(now);
        });
    });
    await file.truncate(request.bytes);
    await file.sync();
  } catch (error) {
    throw isFull(error) ? diskFull(request.name, error) : error;
  } finally {
    await file.close();
  }
}

/** Streams from `from` to the end; returns the bytes present. Throws when the connection breaks. */
async function receive(
  request: FileFetch,
  file: FileHandle,
  from: number,
  onReceived: (received: number) => void,
): Promise<number> {
  const { name, url, bytes, patience, stallMs, fetch } = request;
  const stall = new AbortController();
  const stalled = () => stall.abort(new PassingFailure(`${name}: no data for ${stallMs} ms`));
  let timer = setTimeout(stalled, stallMs);
  const signal = patience.signal ? AbortSignal.any([patience.signal, stall.signal]) : stall.signal;
  try {
    const headers = {
      'Accept-Encoding': 'identity',
      ...(from > 0 ? { Range: `bytes=${from}-` } : {}),
    };
    const response = await fetch(url, { headers, signal });
    const start = await startOf(response, from, bytes, name);
    let position = start;
    if (start !== from) onReceived(start);
    // The body of a success is null only when it is empty.
    for await (const chunk of response.body ?? []) {
      clearTimeout(timer);
      timer = setTimeout(stalled, stallMs);
      if (position + chunk.length > bytes) throw tooLong(name, bytes);
      await (request.write ?? writeBytes)(file, chunk, position);
      position += chunk.length;
      onReceived(position);
    }
    if (position < bytes)
      throw new PassingFailure(`${name}: the connection ended at byte ${position} of ${bytes}`);
    return position;
  } catch (error) {
    stall.signal.throwIfAborted();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** Where the answer's first byte belongs; throws when the server tells of another file. */
async function startOf(
  response: Response,
  from: number,
  bytes: number,
  name: string,
): Promise<number> {
  if (response.status === 416) {
    await response.body?.cancel();
    throw changed(name, bytes, 'a shorter file');
  }
  if (!response.ok) await response.body?.cancel();
  requireSuccess(response, name);
  // A server without ranges sends everything again.
  if (response.status !== 206) return 0;
  const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(response.headers.get('content-range') ?? '');
  const [, first, size] = range ?? [];
  if (Number(first) === from && (size === '*' || Number(size) === bytes)) return from;
  await response.body?.cancel();
  throw changed(name, bytes, `range ${response.headers.get('content-range') ?? 'unknown'}`);
}

async function writeBytes(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let done = 0;
  while (done < bytes.length)
    done += (await file.write(bytes, done, bytes.length - done, position + done)).bytesWritten;
}

function changed(name: string, bytes: number, found: string): ModelError {
  return new ModelError('DOWNLOAD_CHECKSUM', {
    file: name,
    expected: `a file of ${bytes} bytes on the hub`,
    found,
    fix: 'The published file changed or the mirror is wrong: start this download again',
  });
}

function tooLong(name: string, bytes: number): ModelError {
  return new ModelError('DOWNLOAD_CHECKSUM', {
    file: name,
    expected: `${bytes} bytes`,
    found: 'more',
    fix: 'The mirror sends another file than it lists',
  });
}

/** The error for a disk that cannot take more. */
export function diskFull(name: string, cause?: unknown, found?: string): ModelError {
  return new ModelError('DOWNLOAD_DISK_FULL', {
    file: name,
    expected: 'room on the disk',
    ...(found === undefined ? { found: 'a full disk' } : { found }),
    fix: 'Free some space or choose another pack folder, then go on: nothing is lost',
    cause,
  });
}

function isFull(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    (error.code === 'ENOSPC' || error.code === 'EDQUOT')
  );
}
