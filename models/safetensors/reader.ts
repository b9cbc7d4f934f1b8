// Index of a safetensors checkpoint, one file or many shards. Only headers are read: bodies stay
// where they are and onnxruntime maps them.
import { basename } from 'node:path';
import { ModelError, shown } from '../errors.ts';
import type { TensorRef } from '../family.ts';
import { containedPath } from '../files/contained.ts';
import { isIndex, openRegular } from '../files/openRegular.ts';
import { foundInstead } from '../files/wrongFile.ts';
import { readShards, SHARD_INDEX } from '../files/shards.ts';
import { FLOAT_DTYPES, floatsFromBytes } from './floats.ts';
import { byteLength, MAX_HEADER_BYTES, parseHeader } from './header.ts';

/** Largest tensor that readTensorFloats takes by default (a word table of BLIP has 94 MB). Bytes. */
const MAX_FLOATS_BYTES = 64 * 1024 * 1024;

/**
 * Tensors by name of `path`, a `.safetensors` file or a `.safetensors.index.json` of shards.
 * `fileNameInPack` is what goes into TensorRef.file (default: the file's own name).
 * Throws ModelError MODEL_FILE_UNREADABLE, _DAMAGED, _UNSUPPORTED or _REFUSED.
 */
export async function readSafetensorsIndex(
  path: string,
  fileNameInPack: string = basename(path),
): Promise<Map<string, TensorRef>> {
  return SHARD_INDEX.test(path)
    ? readShards(path, fileNameInPack, readOne)
    : readOne(path, fileNameInPack);
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
      ...(await foundInstead(open, {
        found: `a header length of ${declared}`,
        fix: 'This is no safetensors file, or it is cut short: copy or download it again',
      })),
    });
  const length = Number(declared);
  const json = await open.read(8, length, 'the header');
  return parseHeader(json, { file, bodyStart: 8 + length, bodyLength: room - length });
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
