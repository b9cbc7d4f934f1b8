// Downloads a repository of the hub and installs it as a pack: list, make room, fetch, check, install. It may
// stop anywhere and continue later; the pack appears only when every byte is right.
import { mkdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { containedPath } from '../../files/contained.ts';
import { discard, refuseExisting } from '../building/assemble.ts';
import type { PackManifest } from '../manifest.ts';
import { installFolder } from '../store.ts';
import { STALL_MS, diskFull, fetchFile } from './hub/fetchFile.ts';
import { listRepository } from './hub/listing.ts';
import { authorisedFetch, type Fetch } from './hub/network.ts';
import {
  holdFolder,
  partPath,
  partialFolder,
  readPlan,
  receivedBytes,
  type DownloadPlan,
  writePlan,
} from './partial.ts';
import { filesToFetch, refuseForeign } from './plan.ts';
import { REAL_PATIENCE, type Patience } from './hub/retry.ts';
import { ROUND_THE_HUB, silent, watchedFetch } from './hub/way.ts';
import type { DownloadOptions, DownloadRequest } from './order.ts';
import { checkAll, install, reporter, type Reporter } from './install.ts';

/** Free space that stays beside the files, in bytes. */
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
  const manifest = await install(request, { plan, folder, hashes }, out, signal);
  await discard(folder);
  return { folder: out, manifest };
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
    if (path === 'config.json') await refuseForeign(plan, folder);
    before += bytes;
  }
}
