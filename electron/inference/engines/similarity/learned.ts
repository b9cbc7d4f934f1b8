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

/** Throws PARAM_INVALID where the file is missing, damaged, or of another model. */
export async function readLearned(
  folder: string | undefined,
  id: string,
  model: { readonly packHash: string; readonly embeddingWidth: number },
): Promise<Learned> {
  const text =
    folder === undefined
      ? null
      : await readFile(join(folder, `${id}.json`), 'utf8').catch(() => null);
  if (text === null)
    throw new PipelineError(
      'PARAM_INVALID',
      `expected what was learned from accepted masks (${id.slice(0, 12)}) on this computer, found nothing; learn again in Tune, or go back to words alone there`,
    );
  const file = JSON.parse(text) as LearnedFile;
  if (file.packHash !== model.packHash)
    throw new PipelineError(
      'PARAM_INVALID',
      `expected the model that learned from accepted masks (${file.packName}), found another; learn again in Tune, or go back to words alone there`,
    );
  const directions = Object.entries(file.directions).map(([category, encoded]) => {
    const bytes = Buffer.from(encoded, 'base64');
    return [Number(category), new Float32Array(new Uint8Array(bytes).buffer)] as const;
  });
  return { mix: file.mix, directions: new Map(directions) };
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
