// A tiny BLIP-ITM checkpoint for tests: the weights of a golden case, stored as a test wants them.
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { WeightIndex } from '../../models/family.ts';
import { readSafetensorsIndex } from '../../models/safetensors/reader.ts';
import { safetensorsFile, type StoredTensor } from './safetensorsFile.ts';

export const BLIP_CASE = resolve(import.meta.dirname, '../fixtures/goldens/blip/case_a');

export type Stored = 'F32' | 'F16' | 'BF16' | 'F64';

/** The case's config.json; a fresh object each time. */
export function blipConfig(): {
  vision_config: Record<string, unknown>;
  text_config: Record<string, unknown>;
} {
  return JSON.parse(readFileSync(join(BLIP_CASE, 'config.json'), 'utf8'));
}

/** The case's tensors as F32. */
export async function blipTensors(): Promise<Map<string, { shape: number[]; data: Float32Array }>> {
  const file = readFileSync(join(BLIP_CASE, 'model.safetensors'));
  const index = await readSafetensorsIndex(join(BLIP_CASE, 'model.safetensors'));
  return new Map(
    [...index].map(([name, { shape, offset, length }]) => [
      name,
      {
        shape: [...shape],
        data: new Float32Array(new Uint8Array(file.subarray(offset, offset + length)).buffer),
      },
    ]),
  );
}

/** `tensors` as model.safetensors in `folder`, in the dtype asked for; gives the index. */
export async function storeCheckpoint(
  folder: string,
  tensors: ReadonlyMap<string, { readonly shape: readonly number[]; readonly data: Float32Array }>,
  dtype: Stored,
): Promise<WeightIndex> {
  const stored: Record<string, StoredTensor> = {};
  for (const [name, { shape, data }] of tensors)
    stored[name] = { dtype, shape, bytes: encoded(data, dtype) };
  const path = join(folder, 'model.safetensors');
  writeFileSync(path, safetensorsFile(stored));
  return readSafetensorsIndex(path);
}

/** What remains of `values` after they were stored as `dtype`. */
export function rounded(values: Float32Array, dtype: Stored): Float32Array {
  if (dtype === 'F16') return Float32Array.from(values, (value) => Math.f16round(value));
  if (dtype !== 'BF16') return values.slice();
  return new Float32Array(Uint32Array.from(upperHalves(values), (half) => half << 16).buffer);
}

function encoded(values: Float32Array, dtype: Stored): Uint8Array {
  switch (dtype) {
    case 'F32':
      return new Uint8Array(values.slice().buffer);
    case 'F64':
      return new Uint8Array(Float64Array.from(values).buffer);
    case 'F16': {
      const view = new DataView(new ArrayBuffer(2 * values.length));
      values.forEach((value, index) => view.setFloat16(2 * index, value, true));
      return new Uint8Array(view.buffer);
    }
    case 'BF16':
      return new Uint8Array(upperHalves(values).buffer);
  }
}

// Round to nearest, ties to even, of the lower 16 bits.
function upperHalves(values: Float32Array): Uint16Array<ArrayBuffer> {
  const bits = new Uint32Array(values.slice().buffer);
  return Uint16Array.from(bits, (word) => (word + 0x7fff + ((word >>> 16) & 1)) >>> 16);
}
