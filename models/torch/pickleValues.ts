// What a checkpoint's pickle program may build, and the only names it may call.
import type { TensorRef } from '../family.ts';

/** A Python tuple; lists are arrays, dicts are maps. */
export interface PickleTuple {
  readonly kind: 'tuple';
  readonly items: readonly PickleValue[];
}

/** A name that was looked up and found harmless; nothing is imported. */
export interface PickleGlobal {
  readonly kind: 'global';
  readonly name: string;
}

/** Raw bytes of a tensor or several: an archive entry `data/<key>`. */
export interface PickleStorage {
  readonly kind: 'storage';
  readonly key: string;
  readonly dtype: TensorRef['dtype'];
  /** Elements. */
  readonly length: number;
}

/** A view into a storage; offset and strides in elements. */
export interface PickleTensor {
  readonly kind: 'tensor';
  readonly storage: PickleStorage;
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
}

export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | PickleValue[]
  | Map<PickleKey, PickleValue>
  | PickleTuple
  | PickleGlobal
  | PickleStorage
  | PickleTensor;

export type PickleKey = string | number | bigint | boolean | null;

/** Dtype of each torch storage class that can be read. */
export const STORAGE_DTYPES: Readonly<Record<string, TensorRef['dtype']>> = {
  'torch.DoubleStorage': 'F64',
  'torch.FloatStorage': 'F32',
  'torch.HalfStorage': 'F16',
  'torch.BFloat16Storage': 'BF16',
  'torch.LongStorage': 'I64',
  'torch.IntStorage': 'I32',
  'torch.ShortStorage': 'I16',
  'torch.CharStorage': 'I8',
  'torch.ByteStorage': 'U8',
  'torch.BoolStorage': 'BOOL',
};

const CALLABLES = [
  'collections.OrderedDict',
  'torch._utils._rebuild_tensor',
  'torch._utils._rebuild_tensor_v2',
  'torch._utils._rebuild_parameter',
];

/** True for the names a checkpoint may mention. */
export function isKnownGlobal(name: string): boolean {
  return CALLABLES.includes(name) || Object.hasOwn(STORAGE_DTYPES, name);
}

/** The value of `kind`, or null when `value` is something else. */
export function ofKind<K extends 'tuple' | 'global' | 'storage' | 'tensor'>(
  value: PickleValue | undefined,
  kind: K,
): Extract<PickleValue, { kind: K }> | null {
  const matches =
    typeof value === 'object' && value !== null && 'kind' in value && value.kind === kind;
  return matches ? (value as Extract<PickleValue, { kind: K }>) : null;
}
