// The few things a checkpoint's pickle may call: rebuilding tensors, parameters, ordered dicts, and
// naming storages. Arguments are checked; nothing is ever run.
import { ModelError, shown } from '../errors.ts';
import { isIndex } from '../files/openRegular.ts';
import {
  ofKind,
  STORAGE_DTYPES,
  type PickleKey,
  type PickleStorage,
  type PickleValue,
} from './pickleValues.ts';

/** The storage that a persistent id names; throws MODEL_FILE_DAMAGED. */
export function storageOf(id: PickleValue, file: string): PickleStorage {
  const items = ofKind(id, 'tuple')?.items ?? [];
  const [tag, type, key, , length] = items;
  const dtype = STORAGE_DTYPES[ofKind(type, 'global')?.name ?? ''];
  if (
    tag !== 'storage' ||
    dtype === undefined ||
    typeof key !== 'string' ||
    !/^\d{1,10}$/.test(key) ||
    !isIndex(length)
  )
    throw new ModelError('MODEL_FILE_DAMAGED', {
      file,
      expected: 'a storage with type, number, place and length',
    });
  return { kind: 'storage', key, dtype, length };
}

/** The result of calling a known name; throws MODEL_FILE_DAMAGED or _REFUSED. */
export function callGlobal(name: string, args: readonly PickleValue[], file: string): PickleValue {
  switch (name) {
    case 'collections.OrderedDict':
      return new Map(pairs(args[0], file));
    case 'torch._utils._rebuild_tensor':
    case 'torch._utils._rebuild_tensor_v2':
      return tensor(args, file);
    case 'torch._utils._rebuild_parameter': {
      const data = ofKind(args[0], 'tensor');
      if (data !== null) return data;
      throw new ModelError('MODEL_FILE_DAMAGED', { file, expected: 'a tensor in a parameter' });
    }
    default:
      throw refused(file, `a call of ${shown(name)}`);
  }
}

// Old Python wrote the pairs of an OrderedDict as an argument; newer ones set them afterwards.
function pairs(argument: PickleValue | undefined, file: string): [PickleKey, PickleValue][] {
  if (argument === undefined) return [];
  if (!Array.isArray(argument))
    throw new ModelError('MODEL_FILE_DAMAGED', { file, expected: 'a list of pairs' });
  return argument.map((pair) => {
    const [key, value] = Array.isArray(pair) ? pair : (ofKind(pair, 'tuple')?.items ?? []);
    if (typeof key === 'string' && value !== undefined) return [key, value];
    throw new ModelError('MODEL_FILE_DAMAGED', { file, expected: 'pairs of a name and a value' });
  });
}

function tensor(args: readonly PickleValue[], file: string): PickleValue {
  const [from, offset, size, stride] = args;
  const store = ofKind(from, 'storage');
  const shape = wholeNumbers(size);
  const strides = wholeNumbers(stride);
  if (store === null || !isIndex(offset) || shape === null || strides?.length !== shape.length)
    throw new ModelError('MODEL_FILE_DAMAGED', {
      file,
      expected: 'a tensor of storage, offset, shape and strides',
    });
  return { kind: 'tensor', storage: store, offset, shape, strides };
}

function wholeNumbers(value: PickleValue | undefined): number[] | null {
  const items = ofKind(value, 'tuple')?.items;
  if (items === undefined || items.length > 16) return null;
  const numbers: number[] = [];
  for (const item of items) {
    if (!isIndex(item)) return null;
    numbers.push(item);
  }
  return numbers;
}

/** The error for anything that a checkpoint must not ask for. */
export function refused(file: string, what: string): ModelError {
  return new ModelError('MODEL_FILE_REFUSED', {
    file,
    expected: 'a checkpoint that holds only tensors, names and numbers',
    found: what,
    fix: 'It could run code and was not read. Use a safetensors file of this model',
  });
}
