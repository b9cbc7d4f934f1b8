// What a CLIP as RNN case holds, and how its arrays are read.
import { join } from 'node:path';
import type { PromptMark } from '../../electron/inference/engines/rounds/judging/promptPicture.ts';
import type { OrtEmbeddingModel } from '../../electron/inference/session/embeddingModel.ts';
import { readNpyAs } from '../helpers/fixtures/npy.ts';
import type { Checklist } from './checklist.ts';

interface RoundMeta {
  readonly queries: readonly number[];
  readonly own_scores: readonly number[];
  readonly kept: readonly number[];
  readonly fallback: boolean;
}

export interface CarMeta {
  readonly settings: {
    readonly classes: readonly string[];
    readonly stuff?: readonly string[];
    readonly ids?: readonly number[];
    readonly stuff_ids?: readonly number[];
    readonly templates: readonly string[];
    readonly prompts: readonly PromptMark[];
    readonly stuff_prompts?: readonly PromptMark[];
    readonly bg_factor: number;
    readonly stuff_bg_factor?: number;
    readonly confidence_threshold: number;
    readonly mask_threshold: number;
    readonly map_threshold: number;
  };
  readonly rounds: Readonly<Record<string, readonly RoundMeta[]>>;
}

/** A run: its queries among the classes of the case, its texts and its arrays' prefix. */
export interface CarRun {
  readonly name: 'things' | 'stuff';
  readonly prefix: '' | 'stuff_';
  readonly first: number;
  readonly count: number;
  readonly marks: readonly PromptMark[];
  readonly background: string;
}

export interface CarCase {
  readonly folder: string;
  readonly meta: CarMeta;
  readonly list: Checklist;
}

export interface CarModels extends CarCase {
  readonly maps: OrtEmbeddingModel;
  readonly judge: OrtEmbeddingModel;
}

export const ACTIVATIONS = 1e-4;
export const MAPS = 2e-4;
export const SCORES = 1e-3;
export const PIXELS = 2e-6;
/** One pixel of a prompt picture may move a score by about a thousandth; rounds of the whole loop add up. */
export const LOOP_SCORES = 5e-3;

export const floats = (folder: string, name: string) =>
  readNpyAs(join(folder, `${name}.npy`), 'f4');
export const bytes = (folder: string, name: string) => readNpyAs(join(folder, `${name}.npy`), 'u1');

/** Vectors of the rows of an array of token ids whose last axis is a text. */
export async function embed(
  model: OrtEmbeddingModel,
  folder: string,
  name: string,
): Promise<Float32Array[]> {
  const ids = readNpyAs(join(folder, `${name}.npy`), 'i4');
  const length = ids.shape.at(-1) as number;
  const batch = ids.data.length / length;
  const width = model.info.embeddingWidth;
  const inputIds = BigInt64Array.from(ids.data, BigInt);
  const made = await model.embedTexts({
    batch,
    length,
    inputIds,
    attentionMask: new BigInt64Array(inputIds.length).fill(1n),
  });
  return Array.from({ length: batch }, (_, row) => made.slice(row * width, (row + 1) * width));
}
