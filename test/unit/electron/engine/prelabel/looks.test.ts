// Looks of a run's masks as they are stored: every part with its box, found again by it.
import { expect, it } from 'vitest';
import type { CategoryId } from '../../../../../electron/api/types.ts';
import { lookIn, looksOf, partsIn } from '../../../../../electron/engine/prelabel/looks.ts';
import type { ClassMask } from '../../../../../electron/link/facts.ts';
import { LOOK_BYTES } from '../../../../../electron/link/lookLayout.ts';
import { rectangle } from '../../../../helpers/drivers/engineBench.ts';

const [CUP, PLATE] = [1, 2] as [CategoryId, CategoryId];
const SIZE = { width: 400, height: 300 };
const look = (value: number) => new Uint8Array(LOOK_BYTES).fill(value);
const mask = (categoryId: CategoryId, x: number, value: number) =>
  ({ categoryId, mask: rectangle(x, 260, 9, 20, SIZE), look: look(value) }) as ClassMask;

it('parts of a class follow each other, with boxes beyond a byte', () => {
  const looks = looksOf([mask(CUP, 3, 1), mask(PLATE, 300, 2), mask(CUP, 301, 3)]);
  expect([...looks.keys()]).toEqual([CUP, PLATE]);
  expect(partsIn(looks.get(CUP)!)).toEqual([
    { box: [3, 260, 9, 20], look: look(1) },
    { box: [301, 260, 9, 20], look: look(3) },
  ]);
  expect(looks.get(CUP)).toHaveLength(2 * (16 + LOOK_BYTES));
});

it('a part is found by its whole box alone', () => {
  const stored = looksOf([mask(CUP, 3, 1), mask(CUP, 301, 3)]).get(CUP)!;
  expect(lookIn(stored, [301, 260, 9, 20])).toEqual(look(3));
  for (const box of [
    [302, 260, 9, 20],
    [301, 261, 9, 20],
    [301, 260, 8, 20],
    [301, 260, 9, 21],
  ] as const)
    expect(lookIn(stored, box)).toBeNull();
});

it('bytes that are no whole part are none, wherever they lie', () => {
  const stored = looksOf([mask(CUP, 3, 1)]).get(CUP)!;
  expect(partsIn(stored.subarray(0, stored.length - 1))).toEqual([]);
  expect(partsIn(new Uint8Array())).toEqual([]);
  const shifted = new Uint8Array(stored.length + 5);
  shifted.set(stored, 5);
  expect(partsIn(shifted.subarray(5))).toHaveLength(1);
  expect(partsIn(shifted.subarray(5))[0]!.box).toEqual([3, 260, 9, 20]);
});
