// Index of a safetensors checkpoint, one file or many shards. Only headers are read: bodies stay
// where they are and onnxruntime maps them.
import { basename, dirname, posix } from 'node:path';
import { ModelError, shown } from '../errors.ts';
import type { TensorRef } from '../family.ts';
import { containedPath, whyNotContained } from '../files/contained.ts';
import { isIndex, openRegular } from '../files/openRegular.ts';
import { parseStrictJson, type StrictJson } from '../files/strictJson.ts';
import { FLOAT_DTYPES, floatsFromBytes } from './floats.ts';
import { byteLength, MAX_HEADER_BYTES, parseHeader } from './header.ts';

const SHARD_INDEX = /\.safetensors\.index\.json$/;
const MAX_SHARDS = 1000;
/** Largest tensor that readTensorFloats takes by default (a word table of BLIP has 94 MB). Bytes. */
export const MAX_FLOATS_BYTES = 64 * 1024 * 1024;

/**
 * Tensors by name of `path`, a `.safetensors` file or a `.safetensors.index.json` of shards.
 * `fileNameInPack` is what goes into TensorRef.file (default: the file's own name).
 * Throws ModelError MODEL_FILE_UNREADABLE, _DAMAGED, _UNSUPPORTED or _REFUSED.
 */
export async function readSafetensorsIndex(
  path: string,
  fileNameInPack: string = basename(path),
): Promise<Map<string, TensorRef>> {
  return SHARD_INDEX.test(path) ? readShards(path, fileNameInPack) : readOne(path, fileNameInPack);
}

async function readOne(path: string, file: string): Promise<Map<string, TensorRef>> {
  await using open = await openRegular(path, file);
  const first = await open.read(0, 8, 'the header length');
  const declared = first.readBigUInt64LE(0);
  const room = open.size - 8;
  if (declared > BigInt(Math.min(room, MAX_HEADER_BYTES)))
    throw new ModelError('MODEL_FILE_DAMAGED', {
      file,
      expected: `a header of at most ${Math.min(room, MAX_HEADER_BYTES)} bytes`,
      found: `a header length of ${declared}`,
      fix: 'This is no safetensors file, or it is cut short: copy or download it again',
    });
  const length = Number(declared);
  const json = await open.read(8, length, 'the header');
  return parseHeader(json, { file, bodyStart: 8 + length, bodyLength: room - length });
}

async function readShards(path: string, file: string): Promise<Map<string, TensorRef>> {
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
  if (open.size > MAX_HEADER_BYTES)
    throw new ModelError('MODEL_FILE_DAMAGED', {
      file,
      expected: `an index of at most ${MAX_HEADER_BYTES} bytes`,
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

/**
 * Values of one small tensor as F32, row-major, from F32, F16, BF16 or F64 storage.
 * `folder` is the pack's; at most `limitBytes` are read. Throws ModelError.
 */
export async function readTensorFloats(
  ref: TensorRef,
  folder: string,
  limitBytes: number = MAX_FLOATS_BYTES,
): Promise<Float32Array> {
  const { name, file, dtype, offset, length, shape } = ref;
  if (!FLOAT_DTYPES.includes(dtype))
    throw new ModelError('MODEL_TENSOR_DTYPE', {
      file,
      tensor: name,
      expected: `floats (${FLOAT_DTYPES.join(', ')})`,
      found: dtype,
    });
  if (!isIndex(offset) || length !== byteLength(shape, dtype) || length > limitBytes)
    throw new ModelError('MODEL_TENSOR_SHAPE', {
      file,
      tensor: name,
      expected: `${dtype} [${shape.join(', ')}] in at most ${limitBytes} bytes`,
      found: `${length} bytes at ${offset}`,
    });
  await using open = await openRegular(containedPath(folder, file), file);
  return floatsFromBytes(await open.read(offset, length, `tensor ${shown(name)}`), dtype);
}
