// Finds images again after files were renamed or moved: a missing row takes over a new row whose file
// has the same size and the same content. Rows with work on them are never lost to a rename.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { naturalSortKey } from './naturalOrder.ts';
import type { Store } from '../database/store.ts';

/** SHA-256 of a file in hex, streamed. */
async function hashFile(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { signal, highWaterMark: 1 << 20 }))
    hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/**
 * Matches missing images to files that are new in the folder, by size and then hash. Only files as
 * large as a missing one are read. Returns how many were found again and how many stay missing.
 */
export async function findMoved(
  store: Store,
  folder: string,
  options: { signal?: AbortSignal; onProgress?: (done: number, total: number) => void } = {},
): Promise<{ found: number; missing: number }> {
  const lost = store.all<{ id: number; hash: string; bytes: number }>(
    'SELECT id, hash, bytes FROM image WHERE missing = 1 AND hash IS NOT NULL AND bytes IS NOT NULL',
  );
  const stillMissing = () =>
    store.get<{ n: number }>('SELECT count(*) AS n FROM image WHERE missing = 1')!.n;
  if (lost.length === 0) return { found: 0, missing: stillMissing() };
  const bySize = new Map<number, { id: number; hash: string }[]>();
  for (const row of lost) bySize.set(row.bytes, [...(bySize.get(row.bytes) ?? []), row]);
  // A row that nobody worked on can give its file to one that somebody did.
  const fresh = store.all<{ id: number; name: string }>(
    `SELECT id, name FROM image WHERE missing = 0 AND revision = 0 AND mark = 0
       AND NOT EXISTS (SELECT 1 FROM annotation WHERE image_id = image.id)
       AND NOT EXISTS (SELECT 1 FROM parked WHERE image_id = image.id)
       AND NOT EXISTS (SELECT 1 FROM image_note WHERE image_id = image.id)
       AND NOT EXISTS (SELECT 1 FROM run WHERE image_id = image.id)
       AND NOT EXISTS (SELECT 1 FROM job_item WHERE image_id = image.id) ORDER BY sort`,
  );
  let found = 0;
  for (const [index, row] of fresh.entries()) {
    options.signal?.throwIfAborted();
    if (index % 100 === 0) options.onProgress?.(index, fresh.length);
    const path = join(folder, row.name);
    const info = await stat(path).catch(() => null);
    const candidates = info ? bySize.get(info.size) : undefined;
    if (!candidates || candidates.length === 0) continue;
    const hash = await hashFile(path, options.signal);
    const at = candidates.findIndex((candidate) => candidate.hash === hash);
    if (at < 0) continue;
    const [taken] = candidates.splice(at, 1);
    store.transaction(() => {
      store.run('DELETE FROM image WHERE id = ?', row.id);
      store.run(
        'UPDATE image SET name = ?, sort = ?, missing = 0, problem = NULL, mtime_ms = ? WHERE id = ?',
        row.name,
        naturalSortKey(row.name),
        info!.mtimeMs,
        taken!.id,
      );
    });
    found += 1;
    if (found === lost.length) break;
  }
  return { found, missing: stillMissing() };
}
