// Directions in the space of patches that a project's accepted masks taught, by class: the vector of a word is
// moved towards its class's direction.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PipelineError } from '../../../link/pipelineError.ts';
import type { LearnedFile } from '../../../link/tuneScores.ts';

export interface Learned {
  /** Share of the direction in a vector, 0-1. */
  readonly mix: number;
  /** By class id; classes without accepted masks have none. */
  readonly directions: ReadonlyMap<number, Float32Array>;
}

const WAY_OUT = 'learn again in Tune, or go back to words alone there';
/** Files are named by their bytes; the name comes out of a project and must not lead elsewhere. */
const ID = /^[0-9a-f]{32}$/;

/** Throws PARAM_INVALID where the file is missing, damaged, or of another model. */
export async function readLearned(
  folder: string | undefined,
  id: string,
  model: { readonly packHash: string; readonly embeddingWidth: number },
): Promise<Learned> {
  const known = folder !== undefined && ID.test(id) ? join(folder, `${id}.json`) : null;
  const text = known && (await readFile(known, 'utf8').catch(() => null));
  if (text === null)
    throw new PipelineError(
      'PARAM_INVALID',
      `expected what was learned from accepted masks (${id.slice(0, 12)}) on this computer, found nothing; ${WAY_OUT}`,
    );
  const file = fileOf(text);
  if (file && file.packHash !== model.packHash)
    throw new PipelineError(
      'PARAM_INVALID',
      `expected the model that learned from accepted masks (${file.packName}), found another; ${WAY_OUT}`,
    );
  const learned = file && directionsOf(file, model.embeddingWidth);
  if (!learned)
    throw new PipelineError(
      'PARAM_INVALID',
      `expected what was learned from accepted masks, found ${known} damaged; ${WAY_OUT}`,
    );
  return learned;
}

function fileOf(text: string): LearnedFile | null {
  try {
    return JSON.parse(text) as LearnedFile | null;
  } catch {
    return null;
  }
}

/** Null where the file holds something else than numbers of this width. */
function directionsOf({ mix, directions }: LearnedFile, width: number): Learned | null {
  if (typeof mix !== 'number' || !(mix >= 0 && mix <= 1)) return null;
  if (typeof directions !== 'object' || directions === null) return null;
  const found = new Map<number, Float32Array>();
  for (const [category, encoded] of Object.entries(directions)) {
    const bytes = Buffer.from(String(encoded), 'base64');
    if (bytes.length !== width * Float32Array.BYTES_PER_ELEMENT) return null;
    const vector = new Float32Array(new Uint8Array(bytes).buffer);
    if (!vector.every(Number.isFinite)) return null;
    found.set(Number(category), vector);
  }
  return { mix, directions: found };
}

/** `text` moved towards a direction, at length 1. Both have length 1. */
export function mixed(
  text: Float32Array,
  direction: Float32Array | undefined,
  mix: number,
): Float32Array {
  if (!direction || mix === 0) return text;
  const sum = text.map((value, at) => (1 - mix) * value + mix * (direction[at] as number));
  const length = Math.hypot(...sum);
  return length > 0 ? sum.map((value) => value / length) : text;
}

interface Asked {
  readonly classes: readonly { readonly id: number }[];
  /** Class of each word, by its place; null = of the background. */
  readonly queries: readonly { readonly classIndex: number | null }[];
}

/** Vectors of words, each moved towards the direction of its class; background words stay. */
export function movedWords(
  words: readonly Float32Array[],
  { classes, queries }: Asked,
  { mix, directions }: Learned,
): Float32Array[] {
  return words.map((word, at) => {
    const index = queries[at]?.classIndex ?? null;
    const category = index === null ? undefined : classes[index]?.id;
    return mixed(word, category === undefined ? undefined : directions.get(category), mix);
  });
}
