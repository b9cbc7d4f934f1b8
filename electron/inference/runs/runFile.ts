// Stored runs: what the model said of an image, as a cache file that can be deleted at any time.
import { readFile, stat } from 'node:fs/promises';
import { deserialize, serialize } from 'node:v8';
import { AppError } from '../../api/errors.ts';
import { writeWhole } from '../../files/wholeFile.ts';
import type { SalienceRun } from '../pipeline/salienceRun.ts';

export interface StoredSalienceRun {
  readonly magic: 'salience-run-1';
  readonly run: SalienceRun;
  readonly allLayers: number;
  readonly allHeads: number;
}

const MAX_BYTES = 512 * 1024 * 1024;
/** A run larger than this is read again each time. */
const MAX_KEPT_BYTES = 64 * 1024 * 1024;

/** A reader never sees half a run. */
export async function writeRun(path: string, stored: StoredSalienceRun): Promise<void> {
  await writeWhole(path, serialize(stored), { sync: false });
}

export interface RunShelf {
  /** As readRun; the same object for the same unchanged file. */
  get(path: string): Promise<StoredSalienceRun>;
}

/** Keeps the run that was read last: a slider asks for the same one at every move. */
export function createRunShelf(): RunShelf {
  let kept: { readonly key: string; readonly run: StoredSalienceRun } | null = null;
  return {
    async get(path) {
      const info = await stat(path).catch(() => null);
      // Whole milliseconds: marking a file as used writes its modification time back that exactly.
      const key = `${path}\n${info?.ino}\n${info?.size}\n${info?.mtime.getTime()}`;
      if (info && kept?.key === key) return kept.run;
      kept = null;
      const run = await readRun(path);
      if (info && info.size <= MAX_KEPT_BYTES) kept = { key, run };
      return run;
    },
  };
}

/** Throws RUN_UNKNOWN for a file that is gone or not a run. */
export async function readRun(path: string): Promise<StoredSalienceRun> {
  try {
    const bytes = await readFile(path);
    if (bytes.length > MAX_BYTES) throw new Error('too large');
    const stored = deserialize(bytes) as Partial<StoredSalienceRun> | null;
    if (stored?.magic !== 'salience-run-1' || stored.run?.format !== 1)
      throw new Error('another format');
    return stored as StoredSalienceRun;
  } catch (error) {
    throw new AppError('RUN_UNKNOWN', 'The maps of this run cannot be read any more.', {
      cause: error,
    });
  }
}
