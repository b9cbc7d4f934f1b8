// From a repository on the hub to an installed pack: list, make room, fetch, check, install. It may
// stop anywhere and go on later; the pack appears only when every byte is right.
import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { containedPath } from '../../files/contained.ts';
import { placeFile } from '../../files/placeFile.ts';
import { describePack, discard, finishPack, refuseExisting, type PackWords } from '../assemble.ts';
import { findCheckpoint } from '../checkpoint.ts';
import type { PackManifest } from '../manifest.ts';
import { installFolder } from '../store.ts';
import type { PackPlaces } from '../places.ts';
import { checkedSha256 } from './checksum.ts';
import { diskFull, fetchFile, STALL_MS, type WriteBytes } from './fetchFile.ts';
import { listRepository } from './listing.ts';
import { authorisedFetch, type Fetch } from './network.ts';
import {
  holdFolder,
  partialFolder,
  partPath,
  readPlan,
  receivedBytes,
  writePlan,
  type DownloadPlan,
} from './partial.ts';
import { filesToFetch } from './plan.ts';
import { REAL_PATIENCE, type Patience } from './retry.ts';
import { ROUND_THE_HUB, silent, watchedFetch } from './way.ts';

/** What to fetch and what to call it. */
export interface DownloadRequest {
  readonly id: string;
  readonly repo: string;
  /** Branch, tag or commit. */
  readonly revision?: string;
  readonly words: PackWords;
}

/** What happens now; `received` and `total` count bytes of all files. */
export interface DownloadProgress {
  readonly stage: 'listing' | 'fetching' | 'checking' | 'installing';
  readonly file: string | null;
  readonly received: number;
  readonly total: number;
  /** Set while waiting for another try, or for the first answer longer than usual. */
  readonly retry: {
    readonly attempt: number;
    /** Null while the first answer is still awaited. */
    readonly waitMs: number | null;
    readonly reason: string;
  } | null;
}

export interface DownloadOptions {
  readonly places: PackPlaces;
  /** From hubEndpoint(). */
  readonly endpoint: string;
  /** From the system's secret store; null for open models. */
  readonly token?: string | null;
  /** Aborting pauses: what has come is kept (discardDownload throws it away). */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** Replaceable parts, for tests. */
  readonly fetch?: Fetch;
  readonly patience?: Pick<Patience, 'wait' | 'random'>;
  readonly write?: WriteBytes;
  readonly freeBytes?: (folder: string) => Promise<number>;
  readonly stallMs?: number;
}

/** Room that stays free beside the files themselves. Bytes. */
const MARGIN_BYTES = 64 * 1024 * 1024;

/**
 * Downloads and installs a pack, or goes on where an earlier try stopped. Throws the signal's
 * reason, or ModelError: PACK_EXISTS, DOWNLOAD_*, or what a wrong checkpoint gives.
 */
export async function downloadPack(
  request: DownloadRequest,
  options: DownloadOptions,
): Promise<{ readonly folder: string; readonly manifest: PackManifest }> {
  const { places, signal } = options;
  const out = installFolder(places, request.id);
  await refuseExisting(out);
  const folder = partialFolder(places.installed, request.id);
  await mkdir(folder, { recursive: true });
  await using _held = await holdFolder(folder);
  const report = reporter(options);
  const patience: Patience = {
    ...(options.patience ?? REAL_PATIENCE),
    ...(signal ? { signal } : {}),
    onRetry: (retry) => report({ retry }),
  };
  const watched = watchedFetch(options.fetch ?? globalThis.fetch, {
    patience,
    waysRound: ROUND_THE_HUB,
    onSilence: (host) => report({ retry: { attempt: 0, waitMs: null, reason: silent(host) } }),
  });
  const fetch = authorisedFetch(watched, options.endpoint, options.token ?? null);

  const plan = await planFor(request, folder, { ...options, fetch, patience }).catch(
    async (error: unknown) => {
      // Nothing was fetched yet: an empty folder would only look like a download.
      await discard(folder);
      throw error;
    },
  );
  const total = plan.files.reduce((sum, { bytes }) => sum + bytes, 0);
  report({ stage: 'fetching', total, received: await receivedBytes(folder, plan) });
  await makeRoom(folder, plan, total, options);
  await fetchAll(plan, folder, { ...options, fetch, patience }, report);
  const hashes = await checkAll(plan, folder, options, report);
  report({ stage: 'installing', file: null, received: total });
  const manifest = await install(request, plan, folder, out, hashes, signal);
  await discard(folder);
  return { folder: out, manifest };
}

type Reporter = (change: Partial<DownloadProgress>) => void;

function reporter({ onProgress }: DownloadOptions): Reporter {
  let now: DownloadProgress = { stage: 'listing', file: null, received: 0, total: 0, retry: null };
  return (change) => {
    now = { ...now, retry: null, ...change };
    onProgress?.(now);
  };
}

// The plan of an earlier try holds as long as it is for the same repository, also when the branch
// has moved on since: half of one commit and half of another would be no model.
async function planFor(
  request: DownloadRequest,
  folder: string,
  { endpoint, fetch, patience, onProgress }: DownloadOptions & { fetch: Fetch; patience: Patience },
): Promise<DownloadPlan> {
  const earlier = await readPlan(folder);
  if (earlier?.repo === request.repo) return earlier;
  onProgress?.({ stage: 'listing', file: null, received: 0, total: 0, retry: null });
  const { commit, files } = await listRepository(request.repo, request.revision ?? 'main', {
    endpoint,
    fetch,
    patience,
  });
  const plan: DownloadPlan = {
    version: 1,
    id: request.id,
    name: request.words.name,
    repo: request.repo,
    commit,
    files: filesToFetch(request.repo, files),
  };
  await writePlan(folder, plan);
  return plan;
}

async function makeRoom(
  folder: string,
  plan: DownloadPlan,
  total: number,
  options: DownloadOptions,
): Promise<void> {
  const missing = total - (await receivedBytes(folder, plan));
  const free = await (options.freeBytes ?? freeBytes)(folder);
  if (free < missing + MARGIN_BYTES)
    throw diskFull(
      folder,
      undefined,
      `${free} bytes free where ${missing + MARGIN_BYTES} are needed`,
    );
}

async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

async function fetchAll(
  plan: DownloadPlan,
  folder: string,
  options: DownloadOptions & { fetch: Fetch; patience: Patience },
  report: Reporter,
): Promise<void> {
  let before = 0;
  for (const { path, bytes } of plan.files) {
    const whole = containedPath(folder, path);
    const there = await stat(whole).catch(() => null);
    if (there?.size !== bytes) {
      await rm(whole, { force: true });
      const part = partPath(folder, path);
      await fetchFile({
        name: path,
        url: `${options.endpoint}/${plan.repo}/resolve/${plan.commit}/${encodeURIComponent(path)}`,
        part,
        bytes,
        fetch: options.fetch,
        patience: options.patience,
        stallMs: options.stallMs ?? STALL_MS,
        ...(options.write ? { write: options.write } : {}),
        onReceived: (received) => report({ file: path, received: before + received }),
      });
      await rename(part, whole);
    }
    before += bytes;
  }
}

async function checkAll(
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

async function install(
  request: DownloadRequest,
  plan: DownloadPlan,
  folder: string,
  out: string,
  hashes: ReadonlyMap<string, string>,
  signal: AbortSignal | undefined,
): Promise<PackManifest> {
  const temporary = join(out, '..', `.building-${request.id}-${randomUUID()}`);
  await mkdir(temporary, { recursive: true });
  try {
    const parts = await findCheckpoint(folder);
    const names = [
      ...parts.weightFiles,
      parts.tokenizer.file,
      ...(parts.config ? [parts.config] : []),
    ];
    // Linked, not moved: should this fail half way, nothing has to be fetched again.
    for (const name of names)
      await placeFile(
        containedPath(folder, name),
        containedPath(temporary, name),
        signal ? { signal } : {},
      );
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
