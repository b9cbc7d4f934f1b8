// Checkpoints in several files: an index that says which tensor lies in which file. The form is
// the same for safetensors and torch shards; the file names in it are hostile input.
import { basename, dirname, posix } from 'node:path';
import { ModelError, shown } from '../errors.ts';
import type { TensorRef } from '../family.ts';
import { containedPath, whyNotContained } from './contained.ts';
import { openRegular } from './openRegular.ts';
import { parseStrictJson, type StrictJson } from './strictJson.ts';

/** Matches `model.safetensors.index.json` and `pytorch_model.bin.index.json`. */
export const SHARD_INDEX = /\.(safetensors|bin)\.index\.json$/;
const MAX_INDEX_BYTES = 16 * 1024 * 1024;
const MAX_SHARDS = 1000;

/** Reads the tensors of one shard; `file` becomes TensorRef.file. */
export type ShardReader = (path: string, file: string) => Promise<Map<string, TensorRef>>;

/** Tensors by name of all shards that the index at `path` names. */
export async function readShards(
  path: string,
  file: string,
  readOne: ShardReader,
): Promise<Map<string, TensorRef>> {
  const shardOf = await readWeightMap(path, file);
  const shards = new Map<string, Map<string, TensorRef>>();
  for (const shard of new Set(shardOf.values()))
    shards.set(
      shard,
      await readOne(containedPath(dirname(path), shard), posix.join(posix.dirname(file), shard)),
    );
  const tensors = new Map<string, TensorRef>();
  for (const [name, shard] of shardOf) {
    const ref = shards.get(shard)?.get(name);
    if (ref === undefined)
      throw new ModelError('MODEL_TENSOR_MISSING', {
        file,
        tensor: name,
        expected: `the tensor in ${shard}, as weight_map says`,
        found: 'a shard without it',
      });
    tensors.set(name, ref);
  }
  return tensors;
}

/** Shard file names named by a `.index.json`, checked to be plain names beside it. */
export async function readShardNames(
  path: string,
  file: string = basename(path),
): Promise<string[]> {
  return [...new Set((await readWeightMap(path, file)).values())];
}

async function readWeightMap(path: string, file: string): Promise<Map<string, string>> {
  await using open = await openRegular(path, file);
  if (open.size > MAX_INDEX_BYTES)
    throw new ModelError('MODEL_FILE_DAMAGED', {
      file,
      expected: `an index of at most ${MAX_INDEX_BYTES} bytes`,
      found: `${open.size} bytes`,
    });
  const root = parseStrictJson(await open.read(0, open.size, 'the index'), {
    file,
    depth: 4,
    values: 2_000_000,
  });
  const weights =
    root instanceof Map ? (root.get('weight_map') as StrictJson | undefined) : undefined;
  if (!(weights instanceof Map))
    throw new ModelError('MODEL_FILE_DAMAGED', {
      file,
      expected: 'a weight_map from tensor name to file name',
    });
  const shardOf = new Map<string, string>();
  for (const [name, shard] of weights as ReadonlyMap<string, StrictJson>) {
    if (typeof shard !== 'string' || shard.includes('/') || whyNotContained(shard) !== null)
      throw new ModelError('MODEL_FILE_REFUSED', {
        file,
        tensor: name,
        expected: 'the plain name of a file beside the index',
        found: shown(shard),
      });
    shardOf.set(name, shard);
  }
  const count = new Set(shardOf.values()).size;
  if (count > MAX_SHARDS)
    throw new ModelError('MODEL_FILE_DAMAGED', {
      file,
      expected: `at most ${MAX_SHARDS} shards`,
      found: String(count),
    });
  return shardOf;
}
