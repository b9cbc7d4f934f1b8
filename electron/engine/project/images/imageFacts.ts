// What is learnt of an image when its file is read: size, hash, or what is wrong with it.
import type { ImageId } from '../../../api/types.ts';
import type { Store } from '../database/store.ts';

export interface Probe {
  readonly width: number;
  readonly height: number;
  readonly orientation: number;
  readonly bytes: number;
  readonly mtimeMs: number;
  /** SHA-256 of the file, hex. */
  readonly hash: string;
}

/** Keeps what was learnt when the file was first read. */
export function rememberProbe(store: Store, id: ImageId, probe: Probe): void {
  store.relaxed(() =>
    store.run(
      `UPDATE image SET width = ?, height = ?, orientation = ?, bytes = ?, mtime_ms = ?, hash = ?,
       problem = NULL, missing = 0 WHERE id = ?`,
      probe.width,
      probe.height,
      probe.orientation,
      probe.bytes,
      probe.mtimeMs,
      probe.hash,
      id,
    ),
  );
}

export function rememberProblem(
  store: Store,
  id: ImageId,
  problem: string,
  missing: boolean,
): void {
  store.run('UPDATE image SET problem = ?, missing = ? WHERE id = ?', problem, Number(missing), id);
}

/** Whether the latest run on an image found no class. */
export function setFoundNothing(store: Store, id: ImageId, nothing: boolean): void {
  store.run('UPDATE image SET found_nothing = ? WHERE id = ?', Number(nothing), id);
}

/** Keeps unknown fields of an imported record; those of an earlier import stay. */
export function keepImageExtra(store: Store, id: ImageId, extra: object): void {
  store.run('UPDATE image SET extra = ? WHERE id = ? AND extra IS NULL', JSON.stringify(extra), id);
}

/** How many images are stored turned, as their EXIF orientation says. */
export function turnedImages(store: Store): number {
  return store.get<{ n: number }>(
    'SELECT count(*) AS n FROM image WHERE orientation > 1 AND missing = 0',
  )!.n;
}
