// What is learnt of an image when its file is read: size, hash, or what is wrong with it.
import type { ErrorPayload } from '../../../api/errors.ts';
import type { ImageId } from '../../../api/types.ts';
import type { Store } from '../database/store.ts';
import { columnsOf, errorOf } from '../database/storedError.ts';

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
       problem = NULL, problem_code = NULL, problem_data = NULL, missing = 0 WHERE id = ?`,
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

/** What is wrong with a file, as its row has it. */
export interface ProblemColumns {
  missing: number;
  problem: string | null;
  problem_code: string | null;
  /** JSON. */
  problem_data: string | null;
}

export function problemOf(row: ProblemColumns & { readonly id: number }): ErrorPayload | null {
  if (row.missing === 1)
    return {
      code: 'IMAGE_MISSING',
      message: 'The file is not in the folder any more.',
      data: null,
    };
  const { problem: message, problem_code: code, problem_data: data } = row;
  return message === null
    ? null
    : errorOf({ message, code, data }, `the problem of image ${row.id}`);
}

/** Keeps what is wrong with the file; null where only that it is missing is known. */
export function rememberProblem(
  store: Store,
  id: ImageId,
  problem: ErrorPayload | null,
  missing: boolean,
): void {
  store.run(
    'UPDATE image SET problem = ?, problem_code = ?, problem_data = ?, missing = ? WHERE id = ?',
    ...columnsOf(problem),
    Number(missing),
    id,
  );
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
