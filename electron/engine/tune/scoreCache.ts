// Scores of tries that were made before, one small file per image: a search that was stopped goes on
// where it ended, and another search on the same images starts with what is known.
import { createHash } from 'node:crypto';
import type { CacheFolder } from '../files/cacheFolder.ts';

/** What a try on one image came to. */
export interface KeptScore {
  readonly pairs: number;
  readonly reward: number;
  readonly published: number;
  readonly tokenContrast: number;
}

export interface KeptScores {
  /** Of every layer and head; empty until the image was opened once. */
  contrast: readonly (readonly number[])[];
  /** By setting key. */
  readonly scores: Record<string, KeptScore>;
}

const EXTENSION = '.tune';
/** A new number makes earlier files worthless, e.g. when the reward changes. */
const FORMAT = 1;

/** Key of all that decides a score besides the setting. */
export function scoreKey(parts: readonly unknown[]): string {
  return createHash('sha256')
    .update(JSON.stringify([FORMAT, ...parts]))
    .digest('hex');
}

/** What is known of an image; nothing where the file is absent or damaged. */
export async function readScores(cache: CacheFolder, key: string): Promise<KeptScores> {
  const bytes = await cache.read(key, EXTENSION);
  const nothing: KeptScores = { contrast: [], scores: {} };
  if (bytes === null) return nothing;
  try {
    const kept = JSON.parse(Buffer.from(bytes).toString('utf8')) as KeptScores;
    const sound =
      Array.isArray(kept.contrast) &&
      typeof kept.scores === 'object' &&
      Object.values(kept.scores).every(({ pairs, reward, published, tokenContrast }) =>
        [pairs, reward, published, tokenContrast].every(Number.isFinite),
      );
    return sound ? kept : nothing;
  } catch {
    // A cache entry that cannot be read is made again.
    return nothing;
  }
}

export async function writeScores(
  cache: CacheFolder,
  key: string,
  kept: KeptScores,
): Promise<void> {
  await cache.write(key, EXTENSION, Buffer.from(JSON.stringify(kept)));
}
