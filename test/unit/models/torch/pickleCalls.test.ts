// Numbers in a checkpoint's pickle that no comparison refuses: NaN is neither below 0 nor above the end.
import { describe, expect, test } from 'vitest';
import { callGlobal, storageOf } from '../../../../models/torch/pickleCalls.ts';
import type { PickleStorage, PickleValue } from '../../../../models/torch/pickleValues.ts';

const storage: PickleStorage = { kind: 'storage', key: '0', dtype: 'F32', length: 4 };
const tuple = (...items: PickleValue[]): PickleValue => ({ kind: 'tuple', items }) as PickleValue;
const damaged = expect.objectContaining({ code: 'MODEL_FILE_DAMAGED' }) as Error;
const ODD = [NaN, 0.5, -1, Infinity, -0.5, 2 ** 60, null, '0'] as PickleValue[];

describe('a place or a length that is no whole number', () => {
  test.each(ODD)('%j is refused where a tensor starts', (offset) => {
    expect(() =>
      callGlobal('torch._utils._rebuild_tensor_v2', [storage, offset, tuple(2), tuple(1)], 'x.pth'),
    ).toThrow(damaged);
  });

  test.each(ODD)('%j is refused as the length of a storage', (length) => {
    const type = { kind: 'global', name: 'torch.FloatStorage' } as PickleValue;
    expect(() => storageOf(tuple('storage', type, '0', 'cpu', length), 'x.pth')).toThrow(damaged);
  });

  test('whole ones are taken', () => {
    const type = { kind: 'global', name: 'torch.FloatStorage' } as PickleValue;
    expect(storageOf(tuple('storage', type, '0', 'cpu', 4), 'x.pth')).toEqual(storage);
    expect(
      callGlobal('torch._utils._rebuild_tensor_v2', [storage, 1, tuple(2), tuple(1)], 'x.pth'),
    ).toMatchObject({ offset: 1 });
  });
});

describe('sides and pairs', () => {
  const ones = (count: number) => tuple(...Array<number>(count).fill(1));
  const rebuilt = (count: number) =>
    callGlobal('torch._utils._rebuild_tensor_v2', [storage, 0, ones(count), ones(count)], 'x.pth');

  test('a tensor has sixteen sides at most', () => {
    expect(rebuilt(16)).toMatchObject({ shape: Array(16).fill(1) });
    expect(() => rebuilt(17)).toThrow(damaged);
  });

  test('an ordered dictionary takes pairs of a name and a value, and nothing else', () => {
    const made = (...args: PickleValue[]) => callGlobal('collections.OrderedDict', args, 'x.pth');
    const pair = ['weight', 1] as unknown as PickleValue;
    expect(made()).toEqual(new Map());
    expect(made([pair, tuple('bias', 2)] as unknown as PickleValue)).toEqual(
      new Map([
        ['weight', 1],
        ['bias', 2],
      ]),
    );
    for (const wrong of [
      'weight',
      [['weight']],
      [tuple('bias')],
      [tuple(1, 2)],
      [7],
    ] as unknown as PickleValue[])
      expect(() => made(wrong)).toThrow(damaged);
  });
});
