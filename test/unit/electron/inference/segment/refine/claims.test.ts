// Which of several masks a pixel belongs to.
import { expect, test } from 'vitest';
import { settled } from '../../../../../../electron/inference/segment/refine/claims.ts';
import { bitmapFromMask, maskFromBitmap } from '../../../../../../electron/masks/runs/bitmap.ts';

const [WIDTH, HEIGHT] = [6, 4];
const claim = (rows: string[], strength: (x: number, y: number) => number) => ({
  mask: maskFromBitmap(
    Uint8Array.from([...rows.join('')], (one) => Number(one === '#')),
    WIDTH,
    HEIGHT,
  ),
  strength,
});
const shown = (masks: ReturnType<typeof settled>) =>
  masks.map((mask) =>
    Array.from({ length: HEIGHT }, (_, y) =>
      Array.from({ length: WIDTH }, (_one, x) =>
        bitmapFromMask(mask)[y * WIDTH + x] ? '#' : '.',
      ).join(''),
    ),
  );

test('a shared pixel goes to the stronger claim at its place, to the earlier one where they are equal', () => {
  const left = claim(['####..', '####..', '####..', '......'], (x) => x);
  const right = claim(['..####', '..####', '..####', '..####'], (_, y) => 1 + y);
  // At x 2 the claims are 2 against 1, 2, 3; at x 3 they are 3.
  expect(shown(settled([left, right]))).toEqual([
    ['####..', '####..', '##.#..', '......'],
    ['....##', '....##', '..#.##', '..####'],
  ]);
  expect(shown(settled([right, left]))).toEqual([
    ['....##', '..#.##', '..####', '..####'],
    ['####..', '##.#..', '##....', '......'],
  ]);
});

test('a pixel that is not shared stays, however strong another claim would be there', () => {
  const tall = claim(['..#...', '..#...', '..#...', '..#...'], () => 1);
  const short = claim(['......', '.###..', '......', '......'], () => 2);
  expect(shown(settled([tall, short]))).toEqual([
    ['..#...', '......', '..#...', '..#...'],
    ['......', '.###..', '......', '......'],
  ]);
});

test('of three each pixel ends in one mask; masks that share nothing stay the very same', () => {
  const all = ['######', '######', '######', '######'];
  const one = claim(all, () => 1);
  const two = claim(all, (x) => (x > 2 ? 2 : 0));
  const three = claim(all, (_, y) => (y > 1 ? 3 : 0));
  expect(shown(settled([one, two, three]))).toEqual([
    ['###...', '###...', '......', '......'],
    ['...###', '...###', '......', '......'],
    ['......', '......', '######', '######'],
  ]);
  const apart = claim(['#.....', '......', '......', '......'], () => 1);
  const other = claim(['....##', '......', '......', '......'], () => 9);
  expect(settled([apart, other])).toEqual([apart.mask, other.mask]);
  let polls = 0;
  settled([apart, other], () => void polls++);
  expect(polls).toBe(2);
});
