// Stored runs: what the model said of an image, as a cache file that can be deleted at any time.
import { readFile, stat } from 'node:fs/promises';
import { deserialize, serialize } from 'node:v8';
import { AppError } from '../../api/errors.ts';
import { writeWhole } from '../../files/wholeFile.ts';
import type { AnyRun } from '../engines/engines.ts';
import type { SalienceRun } from '../pipeline/salienceRun.ts';

const MAGIC = 'salience-run-2';

interface StoredRun {
  readonly magic: typeof MAGIC;
  readonly run: AnyRun;
}

/** Of programs that had one engine: the run named none, and the model's size stood beside it. */
interface FirstStoredRun {
  readonly magic: 'salience-run-1';
  readonly run: Omit<SalienceRun, 'format' | 'engine' | 'allLayers' | 'allHeads'> & {
    readonly format: 1;
  };
  readonly allLayers: number;
  readonly allHeads: number;
}

const MAX_BYTES = 512 * 1024 * 1024;
/** A larger run is not kept in memory, so every use reads it again. */
const MAX_KEPT_BYTES = 64 * 1024 * 1024;

/** A reader never sees half a run. */
export async function writeRun(path: string, run: AnyRun): Promise<void> {
  const stored: StoredRun = { magic: MAGIC, run };
  await writeWhole(path, serialize(stored), { sync: false });
}

export interface RunShelf {
  /** As readRun; the same object for the same unchanged file. */
  get(path: string): Promise<AnyRun>;
}

/** Keeps the run that was read last: a slider asks for the same one at every move. */
export function createRunShelf(): RunShelf {
  let kept: { readonly key: string; readonly run: AnyRun } | null = null;
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
export async function readRun(path: string): Promise<AnyRun> {
  try {
    const bytes = await readFile(path);
    if (bytes.length > MAX_BYTES) throw new Error('too large');
    return runOf(deserialize(bytes) as Partial<StoredRun | FirstStoredRun> | null);
  } catch (error) {
    throw new AppError('RUN_UNKNOWN', 'The maps of this run cannot be read any more.', {
      cause: error,
    });
  }
}

function runOf(stored: Partial<StoredRun | FirstStoredRun> | null): AnyRun {
  if (stored?.magic === MAGIC && stored.run?.format === 2) return stored.run;
  if (stored?.magic === 'salience-run-1' && stored.run?.format === 1) {
    const { run, allLayers, allHeads } = stored as FirstStoredRun;
    return { ...run, format: 2, engine: 'pnp', allLayers, allHeads };
  }
  throw new Error('another format');
}
