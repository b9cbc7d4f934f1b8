// Vectors of words for the engines that compare an image with words: of each model and text made once,
// kept in memory and in the cache folder, so that a new class costs one text.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { joinedFloats } from '../../../../models/joinedFloats.ts';
import { throwIfCancelled } from '../../cancel.ts';
import { writeWhole } from '../../../files/wholeFile.ts';
import type { ClipTexts } from '../../tune/judges/clipTexts.ts';
import { meanDirection } from './vectors.ts';
import { CLASS_PATTERNS, filled } from './patterns.ts';

/** A CLIP's texts, and where their vectors are kept. */
export interface WordSource {
  readonly texts: ClipTexts;
  readonly packHash: string;
  readonly width: number;
  /** Null: nowhere. */
  readonly folder: string | null;
  readonly cancelled: () => boolean;
  /** Before a run of the model. */
  readonly turn: () => Promise<void>;
}

/** The mean over all class patterns, L2-normalised. */
export const classVector = (source: WordSource, words: string): Promise<Float32Array> =>
  kept(source, `mean of ${CLASS_PATTERNS.length}: ${words}`, async () => {
    const sentences = CLASS_PATTERNS.map((pattern) => filled(pattern, words));
    const vectors = await source.texts.vectors(sentences);
    return meanDirection(joinedFloats(vectors), source.width);
  });

/** The vector of each text as it stands, L2-normalised. */
export async function textVectors(
  source: WordSource,
  texts: readonly string[],
): Promise<Float32Array[]> {
  const found: Float32Array[] = [];
  for (const text of texts)
    found.push(await kept(source, `text: ${text}`, () => source.texts.vector(text)));
  return found;
}

async function kept(
  source: WordSource,
  key: string,
  make: () => Promise<Float32Array>,
): Promise<Float32Array> {
  const { folder, packHash, width } = source;
  const name = createHash('sha256').update(`${packHash}\n${key}`).digest('hex');
  const path = folder === null ? null : join(folder, `${name}.vec`);
  const bytes = path === null ? null : await readFile(path).catch(() => null);
  if (bytes?.length === width * 4) return new Float32Array(new Uint8Array(bytes).buffer);
  throwIfCancelled(source);
  await source.turn();
  const vector = await make();
  // A cache that cannot be written costs time, not the run.
  if (path !== null)
    await writeWhole(path, bytesOf(vector), { sync: false }).catch(() => undefined);
  return vector;
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);
