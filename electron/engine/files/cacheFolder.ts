// A folder of files that can all be made again: bounded in bytes, least recently used go first,
// safe to delete at any time, also while running.
import { createHash } from 'node:crypto';
import { mkdir, opendir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from '../../files/wholeFile.ts';

/** Paths that go before all others, and those that go after them. */
export interface CacheRanks {
  readonly first: ReadonlySet<string>;
  readonly last: ReadonlySet<string>;
}

export interface CacheFolder {
  /** Where a key's file lies or would lie; `extension` with its dot. */
  pathOf(key: string, extension: string): string;
  /** Path when the file is there (and now counts as used), else null. */
  find(key: string, extension: string): Promise<string | null>;
  read(key: string, extension: string): Promise<Uint8Array | null>;
  write(key: string, extension: string, bytes: Uint8Array): Promise<string>;
  /** Counts a file that somebody else wrote to pathOf. */
  added(path: string): Promise<void>;
  remove(key: string, extension: string): Promise<void>;
  /** Removes the least recently used files until the bound holds. Returns the bytes that remain. */
  prune(): Promise<number>;
  /** Which files go before others when there is no room; asked at each pruning. */
  rankBy(ranks: () => CacheRanks): void;
  /** Removes everything; whoever wants a file again makes it again. */
  clear(): Promise<void>;
  /** Bound in bytes. */
  readonly limitBytes: number;
}

/** Prune after this share of the bound has been written. */
const PRUNE_SHARE = 0.1;
/** Prune down to this share, so that not every write prunes. */
const KEEP_SHARE = 0.9;

/** Times of use are exact to a minute: a file used again sooner keeps its mark. */
const USE_STEP_MS = 60_000;

/** Opens the cache; nothing is read until asked. */
export function openCache(folder: string, maxBytes: number): CacheFolder {
  let writtenSincePrune = 0;
  let ranks = (): CacheRanks => ({ first: new Set(), last: new Set() });
  let pruning: Promise<number> | null = null;
  const pathOf = (key: string, extension: string) => {
    const name = createHash('sha256').update(key).digest('hex').slice(0, 40);
    return join(folder, name.slice(0, 2), `${name}${extension}`);
  };
  const count = (bytes: number) => {
    writtenSincePrune += bytes;
    if (writtenSincePrune < maxBytes * PRUNE_SHARE || pruning) return;
    // In the background: a cache that is a little too large for a moment harms nobody.
    cache.prune().catch(() => undefined);
  };
  const cache: CacheFolder = {
    pathOf,
    async find(key, extension) {
      const path = pathOf(key, extension);
      try {
        const { atimeMs, mtime } = await stat(path);
        const now = new Date();
        // The access time marks use. The modification time stays: whoever keeps a file's content knows it by that.
        if (Math.abs(now.getTime() - atimeMs) >= USE_STEP_MS) await utimes(path, now, mtime);
        return path;
      } catch {
        // Not there, or deleted by hand: both mean that it has to be made again.
        return null;
      }
    },
    async read(key, extension) {
      const path = await cache.find(key, extension);
      // Deleted between the two calls: the same as never written.
      return path === null ? null : readFile(path).catch(() => null);
    },
    async write(key, extension, bytes) {
      const path = pathOf(key, extension);
      await writeWhole(path, bytes, { sync: false });
      count(bytes.byteLength);
      return path;
    },
    async added(path) {
      const info = await stat(path).catch(() => null);
      if (info) count(info.size);
    },
    async remove(key, extension) {
      await rm(pathOf(key, extension), { force: true });
    },
    prune() {
      pruning ??= pruneFolder(folder, maxBytes, ranks()).finally(() => {
        writtenSincePrune = 0;
        pruning = null;
      });
      return pruning;
    },
    rankBy(next) {
      ranks = next;
    },
    async clear() {
      await pruning;
      await pruneFolder(folder, -1, ranks());
      writtenSincePrune = 0;
    },
    limitBytes: maxBytes,
  };
  return cache;
}

async function pruneFolder(
  folder: string,
  maxBytes: number,
  { first, last }: CacheRanks,
): Promise<number> {
  await mkdir(folder, { recursive: true });
  const files: { path: string; bytes: number; usedMs: number }[] = [];
  let total = 0;
  for await (const shard of await opendir(folder)) {
    if (!shard.isDirectory()) continue;
    for await (const entry of await opendir(join(folder, shard.name))) {
      const path = join(folder, shard.name, entry.name);
      const info = await stat(path).catch(() => null);
      if (!info?.isFile()) continue;
      // Writing counts as use too: not every file system sets the access time of a new file.
      files.push({ path, bytes: info.size, usedMs: Math.max(info.atimeMs, info.mtimeMs) });
      total += info.size;
    }
  }
  if (total <= maxBytes) return total;
  const rankOf = (path: string) => (first.has(path) ? 0 : last.has(path) ? 2 : 1);
  files.sort((a, b) => rankOf(a.path) - rankOf(b.path) || a.usedMs - b.usedMs);
  for (const file of files) {
    if (total <= maxBytes * KEEP_SHARE) break;
    // A file that is in use stays where the system does not let it go.
    const gone = await rm(file.path, { force: true }).then(
      () => true,
      () => false,
    );
    if (!gone) continue;
    total -= file.bytes;
  }
  return total;
}
