// Names and shapes of the parts that ALBEF's and mPLUG's checkpoints are made of, and random weights for
// them, in a file as the test wants it.
import { writeFileSync } from 'node:fs';
import type { TensorRef, WeightIndex } from '../../models/family.ts';
import { randomF32, safetensorsFile, type StoredTensor } from './safetensorsFile.ts';

/** Shape of every tensor by name. */
export type Shapes = Map<string, readonly number[]>;

/** Sizes of BERT layers. */
export interface BertSizes {
  readonly width: number;
  readonly mlp: number;
}

export function addLinear(shapes: Shapes, name: string, out: number, into: number): void {
  shapes.set(`${name}.weight`, [out, into]);
  shapes.set(`${name}.bias`, [out]);
}

export function addNorm(shapes: Shapes, name: string, width: number): void {
  shapes.set(`${name}.weight`, [width]);
  shapes.set(`${name}.bias`, [width]);
}

/** The layer `name` with self-attention, and cross-attention to vectors of `imageWidth` where given. */
export function addBertLayer(
  shapes: Shapes,
  name: string,
  { width, mlp }: BertSizes,
  imageWidth: number | null,
): void {
  const attentions = [
    ['attention', width],
    ...(imageWidth === null ? [] : [['crossattention', imageWidth] as const]),
  ] as const;
  for (const [attention, into] of attentions) {
    addLinear(shapes, `${name}.${attention}.self.query`, width, width);
    addLinear(shapes, `${name}.${attention}.self.key`, width, into);
    addLinear(shapes, `${name}.${attention}.self.value`, width, into);
    addLinear(shapes, `${name}.${attention}.output.dense`, width, width);
    addNorm(shapes, `${name}.${attention}.output.LayerNorm`, width);
  }
  addLinear(shapes, `${name}.intermediate.dense`, mlp, width);
  addLinear(shapes, `${name}.output.dense`, width, mlp);
  addNorm(shapes, `${name}.output.LayerNorm`, width);
}

/** Word, position and token-type tables under `name`. */
export function addEmbeddings(
  shapes: Shapes,
  name: string,
  width: number,
  rows: { readonly words: number; readonly positions: number },
): void {
  shapes.set(`${name}.word_embeddings.weight`, [rows.words, width]);
  shapes.set(`${name}.position_embeddings.weight`, [rows.positions, width]);
  shapes.set(`${name}.token_type_embeddings.weight`, [2, width]);
  addNorm(shapes, `${name}.LayerNorm`, width);
}

/** An index of tensors that lie in no file, for what looks at names and shapes only. */
export function indexOf(shapes: Shapes): WeightIndex {
  return new Map([...shapes].map(([name, shape]) => [name, refOf(name, shape)]));
}

/** Random bytes of a tensor, the same for the same name whatever else the file holds. */
export function randomTensor(name: string, shape: readonly number[]): StoredTensor {
  let seed = 7;
  for (const letter of name) seed = (Math.imul(seed, 31) + letter.charCodeAt(0)) >>> 0;
  return randomF32(shape, seed);
}

/** Writes a safetensors file of `shapes` with random weights. */
export function writeRandomSafetensors(path: string, shapes: Shapes): void {
  const tensors = [...shapes].map(([name, shape]) => [name, randomTensor(name, shape)] as const);
  writeFileSync(path, safetensorsFile(Object.fromEntries(tensors)));
}

function refOf(name: string, shape: readonly number[]): TensorRef {
  const length = 4 * shape.reduce((product, side) => product * side, 1);
  return { name, dtype: 'F32', shape, file: 'checkpoint.pth', offset: 0, length };
}
