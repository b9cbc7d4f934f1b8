// Compares a fetched file with what the hub published: SHA-256 for large files, git's own name for
// small ones.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { ModelError } from '../../../errors.ts';
import type { OnBytes } from '../../../files/hash.ts';
import type { ListedFile } from './listing.ts';

/** SHA-256 of the file when it is the published one; throws DOWNLOAD_CHECKSUM when it is not. */
export async function checkedSha256(
  path: string,
  listed: ListedFile,
  options: { readonly signal?: AbortSignal; readonly onBytes?: OnBytes } = {},
): Promise<string> {
  const sha256 = createHash('sha256');
  const git = createHash('sha1').update(`blob ${listed.bytes}\0`);
  for await (const chunk of createReadStream(path, {
    highWaterMark: 1024 * 1024,
  }) as AsyncIterable<Buffer>) {
    options.signal?.throwIfAborted();
    sha256.update(chunk);
    if (listed.sha256 === null) git.update(chunk);
    options.onBytes?.(chunk.length);
  }
  const found = sha256.digest('hex');
  const right =
    listed.sha256 === null ? git.digest('hex') === listed.gitSha1 : found === listed.sha256;
  if (right) return found;
  throw new ModelError('DOWNLOAD_CHECKSUM', {
    file: listed.path,
    expected: `the published checksum ${listed.sha256 ?? listed.gitSha1 ?? 'none'}`,
    found: listed.sha256 === null ? 'another file' : found,
    fix: 'It was not installed. Go on to get the damaged file again',
  });
}
