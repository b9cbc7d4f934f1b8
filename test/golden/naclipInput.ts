// NACLIP cases up to the model: pixels and class vectors.
import { join } from 'node:path';
import { meanDirection } from '../../electron/inference/engines/texts/vectors.ts';
import { networkSize } from '../../electron/inference/engines/similarity/networkSize.ts';
import { normaliseToChw } from '../../electron/inference/image/color.ts';
import { resizeBilinear } from '../../electron/inference/image/resize.ts';
import type { OrtEmbeddingModel } from '../../electron/inference/session/embeddingModel.ts';
import { readNpyAs } from '../helpers/fixtures/npy.ts';
import { asShares, floats, type NaclipCase, type Resized } from './naclipCase.ts';

/** Pixels after our resampler, a level of 255 apart at most: the published one rounds otherwise. */
const LEVELS = 1;
const PIXEL_TOLERANCE = 2e-6;

export function checkPixels({ folder, meta, list }: NaclipCase): Resized {
  const image = readNpyAs(join(folder, 'image.npy'), 'u1');
  const stored = readNpyAs(join(folder, 'resized.npy'), 'u1');
  const [height, width] = image.shape as readonly number[] as [number, number];
  const size = networkSize({ width, height }, meta.settings.short_side);
  list.same('network size', [size.height, size.width], stored.shape.slice(0, 2));
  list.close(
    'resized',
    resizeBilinear({ width, height, rgb: image.data }, size.width, size.height),
    stored.data,
    LEVELS,
  );
  const info = { mean: asShares(meta.settings.mean), std: asShares(meta.settings.std) };
  list.close(
    'pixel_values',
    normaliseToChw(stored.data, size.width * size.height, info),
    floats(folder, 'pixel_values'),
    PIXEL_TOLERANCE,
  );
  return { ...size, rgb: stored.data };
}

export async function checkQueries({ folder, meta, list }: NaclipCase, model: OrtEmbeddingModel) {
  const ids = readNpyAs(join(folder, 'input_ids.npy'), 'i4');
  const [queries, patterns, length] = ids.shape as readonly number[] as [number, number, number];
  const vectors: Float32Array[] = [];
  for (let query = 0; query < queries; query++) {
    const size = patterns * length;
    const inputIds = BigInt64Array.from(
      ids.data.subarray(query * size, (query + 1) * size),
      BigInt,
    );
    const texts = {
      batch: patterns,
      length,
      inputIds,
      attentionMask: new BigInt64Array(size).fill(1n),
    };
    vectors.push(meanDirection(await model.embedTexts(texts), model.info.embeddingWidth));
  }
  list.close(
    'query_features',
    vectors.flatMap((vector) => [...vector]),
    floats(folder, 'expected/query_features'),
    meta.tolerance.activations,
  );
  return vectors;
}
