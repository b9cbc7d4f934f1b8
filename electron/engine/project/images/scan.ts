// Walks an image folder and keeps the project's list in step with it: names only, no file is opened,
// so a hundred thousand images are listed while the first are already on the screen.
import type { Dirent } from 'node:fs';
import { opendir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isImageName, PassedOver } from './imageEndings.ts';
import { naturalSortKey } from './naturalOrder.ts';
import type { Store } from '../database/store.ts';

const MAX_DEPTH = 32;
const MAX_IMAGES = 5_000_000;
const ROWS_PER_BATCH = 500;
/** Names sorted at once: more would hold up other requests. */
const NAMES_PER_SORT = 10_000;

export interface ScanResult {
  readonly found: number;
  readonly added: number;
  readonly missing: number;
  /** Folders that could not be read, with the reason. */
  readonly unreadable: readonly string[];
  /** Pictures of kinds that are not read, in a sentence; null when there is none. */
  readonly passedOver: string | null;
}

/** What a walk met besides images. */
export interface WalkNotes {
  readonly unreadable: string[];
  readonly passedOver: PassedOver;
}

/** Relative names (forward slashes) of the images under `folder`. Linked folders are not followed. */
export async function* imageNames(
  folder: string,
  { unreadable, passedOver }: WalkNotes,
  signal?: AbortSignal,
): AsyncGenerator<string> {
  const pending: { path: string; prefix: string; depth: number }[] = [
    { path: folder, prefix: '', depth: 0 },
  ];
  let count = 0;
  while (pending.length > 0) {
    const { path, prefix, depth } = pending.pop()!;
    let directory;
    try {
      directory = await opendir(path, { bufferSize: 512 });
    } catch (error) {
      if (depth === 0) throw error;
      unreadable.push(`${prefix} (${(error as NodeJS.ErrnoException).code ?? 'unreadable'})`);
      continue;
    }
    const folders: string[] = [];
    let chunk: { sort: string; name: string }[] = [];
    for await (const entry of directory) {
      signal?.throwIfAborted();
      if (entry.name.startsWith('.')) continue;
      const name = `${prefix}${entry.name}`;
      if (entry.isDirectory()) folders.push(entry.name);
      else if (await isImageFile(path, entry)) {
        count += 1;
        if (count > MAX_IMAGES) throw new Error(`More than ${MAX_IMAGES} images in one folder.`);
        chunk.push({ sort: naturalSortKey(name), name });
        if (chunk.length === NAMES_PER_SORT) {
          yield* inOrder(chunk);
          chunk = [];
        }
      } else passedOver.see(entry.name);
    }
    yield* inOrder(chunk);
    for (const name of folders.sort().reverse()) {
      if (depth + 1 < MAX_DEPTH)
        pending.push({ path: join(path, name), prefix: `${prefix}${name}/`, depth: depth + 1 });
      else unreadable.push(`${prefix}${name} (more than ${MAX_DEPTH} folders deep)`);
    }
  }
}

/** Disks list in any order; sorted, the same folder gives the same numbers on every machine. */
function inOrder(chunk: { sort: string; name: string }[]): string[] {
  return chunk.sort((a, b) => (a.sort < b.sort ? -1 : 1)).map(({ name }) => name);
}

/** Brings the image table in step with the folder. `onBatch` gets the number of names so far. */
export async function scanFolder(
  store: Store,
  folder: string,
  options: { signal?: AbortSignal; onBatch?: (found: number) => void } = {},
): Promise<ScanResult> {
  const round = store.get<{ n: number }>('SELECT coalesce(max(seen), 0) + 1 AS n FROM image')!.n;
  const notes: WalkNotes = { unreadable: [], passedOver: new PassedOver() };
  const { unreadable } = notes;
  const before = countImages(store);
  let found = 0;
  let batch: string[] = [];
  const flush = () => {
    const names = batch;
    batch = [];
    store.relaxed(() => {
      for (const name of names)
        store.run(
          `INSERT INTO image(name, sort, seen) VALUES (?, ?, ?)
           ON CONFLICT(name) DO UPDATE SET seen = excluded.seen, missing = 0,
             problem = CASE WHEN missing THEN NULL ELSE problem END`,
          name,
          naturalSortKey(name),
          round,
        );
    });
    found += names.length;
    options.onBatch?.(found);
  };
  for await (const name of imageNames(folder, notes, options.signal)) {
    batch.push(name);
    if (batch.length === ROWS_PER_BATCH) {
      flush();
      await breathe();
    }
  }
  flush();
  // Names under a folder that could not be read are not gone: only a complete walk may say so.
  const missing = unreadable.length === 0 ? markMissing(store, round) : 0;
  return {
    found,
    added: Math.max(0, countImages(store) - before),
    missing,
    unreadable,
    passedOver: notes.passedOver.told(),
  };
}

/** Rows not seen in this round: dropped when nothing hangs on them, else kept and shown as missing. */
function markMissing(store: Store, round: number): number {
  return store.transaction(() => {
    store.run(
      `DELETE FROM image WHERE seen <> ? AND mark = 0 AND revision = 0
         AND NOT EXISTS (SELECT 1 FROM annotation WHERE image_id = image.id)
         AND NOT EXISTS (SELECT 1 FROM parked WHERE image_id = image.id)
         AND NOT EXISTS (SELECT 1 FROM image_note WHERE image_id = image.id)
         AND NOT EXISTS (SELECT 1 FROM run WHERE image_id = image.id)
         AND NOT EXISTS (SELECT 1 FROM job_item WHERE image_id = image.id)`,
      round,
    );
    return store.run('UPDATE image SET missing = 1 WHERE seen <> ?', round).changes;
  });
}

function countImages(store: Store): number {
  return store.get<{ n: number }>('SELECT count(*) AS n FROM image')!.n;
}

async function isImageFile(folder: string, entry: Dirent): Promise<boolean> {
  if (!isImageName(entry.name)) return false;
  if (entry.isFile()) return true;
  if (!entry.isSymbolicLink()) return false;
  // A link that leads nowhere is listed, so that reading it can say so.
  const target = await stat(join(folder, entry.name)).catch(() => null);
  return target?.isFile() ?? true;
}

/** Lets other requests in between batches. */
function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
