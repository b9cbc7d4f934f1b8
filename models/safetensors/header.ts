// The header of a safetensors file: names, dtypes, shapes, byte ranges. Each is checked against the file before
// it is used (format: huggingface/safetensors README).
import { ModelError, shown } from '../errors.ts';
import type { TensorRef } from '../family.ts';
import { parseStrictJson, type StrictJson } from '../files/strictJson.ts';
import { isIndex } from '../files/openRegular.ts';

/** Longest header read; the largest published ones are a few MiB. Bytes. */
export const MAX_HEADER_BYTES = 16 * 1024 * 1024;
const MAX_RANK = 16;
// root object, tensor object, shape array
const MAX_DEPTH = 3;
const MAX_VALUES = 2_000_000;

/** Bytes per element. */
export const DTYPE_BYTES: Readonly<Record<TensorRef['dtype'], number>> = {
  F64: 8,
  F32: 4,
  F16: 2,
  BF16: 2,
  I64: 8,
  I32: 4,
  I16: 2,
  I8: 1,
  U8: 1,
  BOOL: 1,
};

/** Where a header lies: its file and how much body follows it. */
export interface HeaderPlace {
  /** File name relative to the pack folder, as it goes into every TensorRef. */
  readonly file: string;
  /** Offset of the first body byte in the file. */
  readonly bodyStart: number;
  /** Bytes from bodyStart to the end of the file. */
  readonly bodyLength: number;
}

/** Tensors by name from the JSON bytes of a header; throws ModelError on any broken promise. */
export function parseHeader(json: Uint8Array, place: HeaderPlace): Map<string, TensorRef> {
  const { file } = place;
  const root = parseStrictJson(json, { file, depth: MAX_DEPTH, values: MAX_VALUES });
  if (!(root instanceof Map))
    throw new ModelError('MODEL_FILE_DAMAGED', { file, expected: 'a header object' });
  const tensors = new Map<string, TensorRef>();
  for (const [name, entry] of root as ReadonlyMap<string, StrictJson>)
    if (name !== '__metadata__') tensors.set(name, tensor(name, entry, place));
  checkCover([...tensors.values()], place);
  return tensors;
}

function tensor(name: string, entry: StrictJson, place: HeaderPlace): TensorRef {
  const { file, bodyStart, bodyLength } = place;
  const fail = (expected: string, found?: string): never => {
    throw new ModelError('MODEL_FILE_DAMAGED', {
      file,
      tensor: name,
      expected,
      ...(found === undefined ? {} : { found }),
    });
  };
  if (!(entry instanceof Map)) return fail('an object with dtype, shape and data_offsets');
  const dtype = entry.get('dtype');
  if (typeof dtype !== 'string') return fail('a dtype name');
  if (!isDtype(dtype))
    throw new ModelError('MODEL_FILE_UNSUPPORTED', {
      file,
      tensor: name,
      expected: `a dtype of ${Object.keys(DTYPE_BYTES).join(', ')}`,
      found: shown(dtype),
      fix: 'Use a checkpoint stored as F32, F16 or BF16',
    });
  const shape: unknown = entry.get('shape');
  if (!Array.isArray(shape) || shape.length > MAX_RANK || !shape.every(isIndex))
    return fail(`a shape of at most ${MAX_RANK} whole numbers`, shown(shape));
  const range: unknown = entry.get('data_offsets');
  if (!Array.isArray(range) || range.length !== 2 || !range.every(isIndex))
    return fail('two whole numbers as data_offsets', shown(range));
  const [begin, end] = range as [number, number];
  if (begin > end || end > bodyLength)
    return fail(
      `data_offsets inside the body of ${bodyLength} bytes`,
      `${begin} to ${end}; the file may be cut short`,
    );
  const length = byteLength(shape, dtype);
  if (length !== end - begin)
    return fail(
      `${length === null ? 'fewer than 2^53' : length} bytes for ${dtype} [${shape.join(', ')}]`,
      `${end - begin} bytes`,
    );
  return { name, dtype, shape, file, offset: bodyStart + begin, length };
}

/** Bytes of a tensor, or null when they cannot be counted exactly. */
export function byteLength(shape: readonly number[], dtype: TensorRef['dtype']): number | null {
  let bytes = DTYPE_BYTES[dtype];
  // A zero anywhere empties the tensor, also behind factors that would overflow before it.
  if (shape.includes(0)) return 0;
  for (const side of shape) {
    bytes *= side;
    if (!Number.isSafeInteger(bytes)) return null;
  }
  return bytes;
}

// The format allows neither overlaps nor gaps: readers disagree about bytes in either.
function checkCover(tensors: readonly TensorRef[], place: HeaderPlace): void {
  const inOrder = [...tensors].sort((a, b) => a.offset - b.offset || a.length - b.length);
  let end = place.bodyStart;
  for (const { name, offset, length } of inOrder) {
    if (offset !== end)
      throw new ModelError('MODEL_FILE_DAMAGED', {
        file: place.file,
        tensor: name,
        expected: `a start at byte ${end}, right behind the tensor before it`,
        found: `${offset < end ? 'an overlap' : 'a gap'}, start at byte ${offset}`,
      });
    end = offset + length;
  }
  const rest = place.bodyStart + place.bodyLength - end;
  if (rest !== 0)
    throw new ModelError('MODEL_FILE_DAMAGED', {
      file: place.file,
      expected: `the file to end with its last tensor at byte ${end}`,
      found: `${rest} bytes more`,
    });
}

function isDtype(name: string): name is TensorRef['dtype'] {
  return Object.hasOwn(DTYPE_BYTES, name);
}
