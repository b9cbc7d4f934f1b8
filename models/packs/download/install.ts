// A complete download becomes a pack: bytes are checked, files linked, the pack described and put in place.
import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { containedPath } from '../../files/contained.ts';
import { placeFile } from '../../files/placeFile.ts';
import { describePack, discard, finishPack } from '../building/assemble.ts';
import { findCheckpoint } from '../building/checkpoint.ts';
import type { PackManifest } from '../manifest.ts';
import { checkedSha256 } from './hub/checksum.ts';
import type { DownloadPlan } from './partial.ts';
import type { DownloadOptions, DownloadProgress, DownloadRequest } from './order.ts';

export type Reporter = (change: Partial<DownloadProgress>) => void;

export function reporter({ onProgress }: DownloadOptions): Reporter {
  let now: DownloadProgress = { stage: 'listing', file: null, received: 0, total: 0, retry: null };
  return (change) => {
    now = { ...now, retry: null, ...change };
    onProgress?.(now);
  };
}

export async function checkAll(
  plan: DownloadPlan,
  folder: string,
  { signal }: DownloadOptions,
  report: Reporter,
): Promise<Map<string, string>> {
  const hashes = new Map<string, string>();
  for (const listed of plan.files) {
    report({ stage: 'checking', file: listed.path });
    const path = containedPath(folder, listed.path);
    try {
      hashes.set(listed.path, await checkedSha256(path, listed, signal ? { signal } : {}));
    } catch (error) {
      // Only a wrong file is thrown away; an abort keeps it.
      if (!signal?.aborted) await rm(path, { force: true });
      throw error;
    }
  }
  return hashes;
}

/** A complete download. */
interface Fetched {
  readonly plan: DownloadPlan;
  readonly folder: string;
  /** By path, as checkAll gave them. */
  readonly hashes: ReadonlyMap<string, string>;
}

export async function install(
  request: DownloadRequest,
  { plan, folder, hashes }: Fetched,
  out: string,
  signal: AbortSignal | undefined,
): Promise<PackManifest> {
  const temporary = join(out, '..', `.building-${request.id}-${randomUUID()}`);
  await mkdir(temporary, { recursive: true });
  try {
    const parts = await findCheckpoint(folder);
    const { tokenizer, weightFiles, config } = parts;
    const fetched = [...weightFiles, ...(config ? [config] : [])];
    const sources = fetched.map((name) => [name, containedPath(folder, name)] as const);
    // The vocabulary may be the program's own.
    if (tokenizer) sources.push([tokenizer.file, tokenizer.path]);
    // Linked, not moved: should this fail half way, nothing has to be fetched again.
    for (const [name, from] of sources)
      await placeFile(from, containedPath(temporary, name), {
        mayLink: from.startsWith(folder),
        ...(signal ? { signal } : {}),
      });
    const words = {
      ...request.words,
      id: request.id,
      source: { repo: plan.repo, revision: plan.commit },
    };
    const manifest = await describePack(temporary, parts, words, {
      knownSha256: hashes,
      ...(signal ? { signal } : {}),
    });
    await finishPack(temporary, out, manifest);
    return manifest;
  } catch (error) {
    await discard(temporary);
    throw error;
  }
}
