// Index of a PyTorch checkpoint (.bin, .pth, .pt) as torch.save has written it since 1.6: a zip
// archive whose storages lie uncompressed, so that onnxruntime can map them where they are.
import { basename } from 'node:path';
import { ModelError, shown } from '../errors.ts';
import type { TensorRef } from '../family.ts';
import { isIndex, openRegular, type RegularFile } from '../files/openRegular.ts';
import { foundInstead } from '../files/wrongFile.ts';
import { readShards, SHARD_INDEX } from '../files/shards.ts';
import { byteLength, DTYPE_BYTES } from '../safetensors/header.ts';
import { MAX_PICKLE_BYTES, runPickle } from './pickle.ts';
import { ofKind, type PickleTensor, type PickleValue } from './pickleValues.ts';
import { storedEntries, type StoredEntry } from './storedEntries.ts';

// Where training scripts put the weights when they save more than weights.
const STATE_DICT_KEYS = ['state_dict', 'model', 'model_state_dict', 'net', 'module'];
const MAX_NESTING = 3;

/**
 * Tensors by name of `path`, a zip checkpoint or a `.bin.index.json` of shards; the same view as
 * readSafetensorsIndex gives. Throws ModelError MODEL_FILE_UNREADABLE, _DAMAGED, _UNSUPPORTED or
 * _REFUSED (a pickle that asks for anything but tensors).
 */
export async function readTorchIndex(
  path: string,
  fileNameInPack: string = basename(path),
): Promise<Map<string, TensorRef>> {
  return SHARD_INDEX.test(path)
    ? readShards(path, fileNameInPack, readOne)
    : readOne(path, fileNameInPack);
}

async function readOne(path: string, file: string): Promise<Map<string, TensorRef>> {
  await using open = await openRegular(path, file);
  await checkForm(open);
  const entries = await storedEntries(open);
  const program = [...entries.keys()].find((name) => /^[^/]+\/data\.pkl$/.test(name));
  if (program === undefined)
    throw new ModelError('MODEL_FILE_UNSUPPORTED', {
      file,
      expected: 'an archive with data.pkl, as torch.save writes it',
      found: 'another zip archive',
    });
  const root = program.slice(0, -'data.pkl'.length);
  const order = await small(open, entries, `${root}byteorder`, 16);
  if (order !== null && order.toString().trim() !== 'little')
    throw new ModelError('MODEL_FILE_UNSUPPORTED', {
      file,
      expected: 'little-endian tensors',
      found: shown(order.toString()),
    });
  const pickle = await small(open, entries, program, MAX_PICKLE_BYTES);
  const weights = stateDict(runPickle(pickle ?? Buffer.alloc(0), file), file);
  const tensors = new Map<string, TensorRef>();
  for (const [name, view] of weights)
    tensors.set(name, tensorRef(name, view, { folder: `${root}data/`, entries, file }));
  return tensors;
}

async function checkForm(open: RegularFile): Promise<void> {
  const start = await open.read(0, Math.min(4, open.size), 'the first bytes');
  if (start.toString('latin1') === 'PK\u0003\u0004') return;
  const legacy = start[0] === 0x80 || start.toString('latin1').startsWith('././');
  const expected = 'a PyTorch checkpoint in zip form';
  if (legacy)
    throw new ModelError('MODEL_FILE_UNSUPPORTED', {
      file: open.name,
      expected,
      found: 'the form that PyTorch wrote before 1.6',
      fix: 'Use the safetensors file of this model, or load and save it once with a newer PyTorch',
    });
  throw new ModelError('MODEL_FILE_DAMAGED', {
    file: open.name,
    expected,
    ...(await foundInstead(open, {
      found: 'something else',
      fix: 'This is no PyTorch checkpoint, or it is damaged: copy or download it again',
    })),
  });
}

async function small(
  open: RegularFile,
  entries: ReadonlyMap<string, StoredEntry>,
  name: string,
  limitBytes: number,
): Promise<Buffer | null> {
  const entry = entries.get(name);
  if (entry === undefined) return null;
  const { offset, length } = stored(entry, name, open.name);
  if (length > limitBytes)
    throw new ModelError('MODEL_FILE_DAMAGED', {
      file: open.name,
      expected: `${shown(name)} of at most ${limitBytes} bytes`,
      found: `${length} bytes`,
    });
  return open.read(offset, length, shown(name));
}

function stored(
  entry: StoredEntry,
  name: string,
  file: string,
): { offset: number; length: number } {
  if (entry.length !== null) return { offset: entry.offset, length: entry.length };
  throw new ModelError('MODEL_FILE_UNSUPPORTED', {
    file,
    expected: `${shown(name)} stored without compression`,
    found: 'a compressed or encrypted entry',
    fix: 'Somebody packed this file again: use the original file',
  });
}

function stateDict(root: PickleValue, file: string): Map<string, PickleTensor> {
  let value = root;
  for (let depth = 0; depth <= MAX_NESTING && value instanceof Map; depth += 1) {
    const tensors = new Map<string, PickleTensor>();
    for (const [name, inner] of value) {
      const view = ofKind(inner, 'tensor');
      if (typeof name === 'string' && view !== null) tensors.set(name, view);
    }
    if (tensors.size > 0) return tensors;
    const dict: Map<unknown, PickleValue> = value;
    const key = STATE_DICT_KEYS.find((candidate) => dict.get(candidate) instanceof Map);
    value = key === undefined ? null : (dict.get(key) ?? null);
  }
  throw new ModelError('MODEL_FILE_UNSUPPORTED', {
    file,
    expected: `a dict of tensors, at the top or under ${STATE_DICT_KEYS.join(', ')}`,
    found: 'none',
  });
}

interface Checkpoint {
  readonly file: string;
  /** Of the storages inside it, with its slash. */
  readonly folder: string;
  readonly entries: ReadonlyMap<string, StoredEntry>;
}

function tensorRef(
  name: string,
  view: PickleTensor,
  { folder, entries, file }: Checkpoint,
): TensorRef {
  const { storage, shape, strides } = view;
  const { dtype, key } = storage;
  if (!isContiguous(shape, strides))
    throw new ModelError('MODEL_FILE_UNSUPPORTED', {
      file,
      tensor: name,
      expected: `rows one after another for [${shape.join(', ')}]`,
      found: `strides [${strides.join(', ')}]`,
      fix: 'Save the checkpoint again with tensor.contiguous()',
    });
  const length = byteLength(shape, dtype);
  const start = view.offset * DTYPE_BYTES[dtype];
  const entry = entries.get(`${folder}${key}`);
  const held = entry === undefined ? null : stored(entry, `data/${key}`, file);
  // The one check of a tensor's place, for all ways of reading a checkpoint.
  if (length === null || held === null || !isIndex(start) || !(start + length <= held.length))
    throw new ModelError('MODEL_FILE_DAMAGED', {
      file,
      tensor: name,
      expected: `${length ?? 'fewer than 2^53'} bytes for ${dtype} [${shape.join(', ')}] at byte ${start} of storage ${key}`,
      found: held === null ? 'no such storage' : `a storage of ${held.length} bytes`,
    });
  return { name, dtype, shape, file, offset: held.offset + start, length };
}

// A stride counts only where there is a second element to step to.
function isContiguous(shape: readonly number[], strides: readonly number[]): boolean {
  if (shape.includes(0)) return true;
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
    const side = shape[axis] ?? 1;
    if (side !== 1 && strides[axis] !== step) return false;
    step *= side;
  }
  return true;
}
