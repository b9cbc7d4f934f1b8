// Agreement of engines: overlap pair by pair, what was not found, and the mean of one with the others.
import { expect, test } from 'vitest';
import type { CategoryId, RleMask } from '../../../../../../electron/api/types.ts';
import { area } from '../../../../../../electron/masks/runs/rle.ts';
import {
  agreedOn,
  agreementOf,
  differenceOf,
  meanAgreement,
  pairsOf,
  type Found,
} from '../../../../../../renderer/src/screens/models/compare/agreement.ts';

const [cat, dog, bus] = [1, 2, 3] as CategoryId[] as [CategoryId, CategoryId, CategoryId];

/** `set` pixels of ten, from the first. */
const mask = (set: number): RleMask => ({
  width: 10,
  height: 1,
  counts: Uint32Array.of(0, set, 10 - set),
});
const found = (entries: [CategoryId, number][]): Found =>
  new Map(entries.map(([id, set]) => [id, mask(set)]));

test('classes are agreed on from the overlap itself on', () => {
  const all = [0.49, 0.5, null].map((least, at) => ({
    categoryId: (at + 1) as CategoryId,
    pairs: [],
    least,
  }));
  expect(agreedOn(all, 0.5)).toEqual([dog]);
  expect(agreedOn(all, 0)).toEqual([cat, dog]);
});

test('each pair of engines once', () => {
  expect(pairsOf(3)).toEqual([
    [0, 1],
    [0, 2],
    [1, 2],
  ]);
  expect(pairsOf(1)).toEqual([]);
});

test('overlap pair by pair; where one found nothing there is no figure', () => {
  const engines = [
    found([
      [cat, 8],
      [dog, 5],
    ]),
    found([[cat, 4]]),
    found([
      [cat, 8],
      [dog, 5],
    ]),
  ];
  const [first, second, ...rest] = agreementOf([cat, dog, bus], engines);
  expect(first).toEqual({ categoryId: cat, pairs: [0.5, 1, 0.5], least: 0.5 });
  expect(second).toEqual({ categoryId: dog, pairs: [null, 1, null], least: null });
  expect(rest).toEqual([]);
});

test('agreed on is what every engine found alike', () => {
  const engines = [
    found([
      [cat, 8],
      [dog, 5],
    ]),
    found([
      [cat, 7],
      [dog, 1],
    ]),
    found([[cat, 8]]),
  ];
  const classes = agreementOf([cat, dog], engines);
  expect(agreedOn(classes, 0.8)).toEqual([cat]);
  expect(agreedOn(classes, 0.9)).toEqual([]);
});

test('the mean with the others counts what was not found as nothing alike', () => {
  const engines = [
    found([
      [cat, 8],
      [dog, 5],
    ]),
    found([[cat, 4]]),
  ];
  const classes = agreementOf([cat, dog], engines);
  expect(meanAgreement(classes, 0, 2)).toBe(0.25);
  expect(meanAgreement(classes, 1, 2)).toBe(0.25);
  expect(meanAgreement(agreementOf([cat], [engines[0]!]), 0, 1)).toBeNull();
});

test('the difference is what one engine alone painted, and what only others did', () => {
  const engines = [found([[cat, 8]]), found([[cat, 5]]), found([[cat, 6]])];
  const areaOf = ({ mine, theirs }: ReturnType<typeof differenceOf>) =>
    [mine, theirs].map((one) => (one ? area(one) : null));
  expect(areaOf(differenceOf(engines, 0, cat))).toEqual([2, 0]);
  expect(areaOf(differenceOf(engines, 1, cat))).toEqual([0, 3]);
  expect(areaOf(differenceOf([...engines, found([])], 3, cat))).toEqual([null, 8]);
  expect(areaOf(differenceOf([engines[0]!], 0, cat))).toEqual([8, null]);
});
