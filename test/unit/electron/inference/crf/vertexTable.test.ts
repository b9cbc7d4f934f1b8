// Numbers of lattice coordinates in the order in which they come, however many there are.
import { expect, it } from 'vitest';
import { VertexTable } from '../../../../../electron/inference/crf/vertexTable.ts';
import { randomFrom } from '../../../../helpers/fixtures/random.ts';

it.each([1, 2, 5])(
  'of %i dimensions: each key once, from the first on, and as it was',
  (dimensions) => {
    const random = randomFrom(dimensions);
    const table = new VertexTable(dimensions, 1);
    const known = new Map<string, number>();
    const key = new Int16Array(dimensions);
    const back = new Int16Array(dimensions);
    for (let at = 0; at < 3000; at++) {
      for (let i = 0; i < dimensions; i++) key[i] = Math.floor(random() * 40) - 20;
      const name = key.join();
      expect(table.find(key)).toBe(known.get(name) ?? -1);
      const number = known.get(name) ?? known.size;
      known.set(name, number);
      expect(table.enter(key)).toBe(number);
      expect(table.count).toBe(known.size);
    }
    for (const [name, number] of known) {
      table.copyKey(number, back);
      expect(back.join()).toBe(name);
      expect(table.find(back)).toBe(number);
    }
  },
);

it('is full at half of its slots: the ninth of sixteen is found like the others', () => {
  const table = new VertexTable(1, 0);
  for (let at = 0; at < 9; at++) expect(table.enter(Int16Array.of(at))).toBe(at);
  for (let at = 0; at < 9; at++) expect(table.find(Int16Array.of(at))).toBe(at);
  expect(table.find(Int16Array.of(9))).toBe(-1);
});
