// What tells kept maps from each other: the words of classes, and their kinds where a method tells them apart.
import { expect, test } from 'vitest';
import type { CategoryId } from '../../../../../electron/api/types.ts';
import { mapsKey, withKinds } from '../../../../../electron/engine/order/order.ts';

const id = 7 as CategoryId;
const grass = { categoryId: id, name: 'grass', prompt: '', synonyms: [], threshold: null };
const keyOf = (engine: string, kind: 'thing' | 'stuff') =>
  mapsKey('image', 'models', withKinds([{ id, kind }], [grass]), { engine, explain: {} });

test('a class that becomes stuff has other maps of rounds, and the same ones of other methods', () => {
  expect(keyOf('car', 'stuff')).not.toBe(keyOf('car', 'thing'));
  for (const engine of ['pnp', 'naclip'])
    expect(keyOf(engine, 'stuff')).toBe(keyOf(engine, 'thing'));
  // A class that the table does not know is a thing.
  expect(withKinds([], [grass])).toEqual([{ ...grass, kind: 'thing' }]);
});
