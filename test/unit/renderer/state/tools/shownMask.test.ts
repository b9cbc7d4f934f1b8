// A mask of clicks as it is shown, and when two questions are the same.
import { expect, it } from 'vitest';
import {
  choiceOf,
  keyOf,
  sameQuestion,
  shownOf,
  type Known,
} from '../../../../../renderer/src/state/tools/shownMask.ts';
import type { Asked } from '../../../../../renderer/src/tools/segment/question.ts';
import { draw } from '../../../../helpers/fixtures/masks.ts';

const choices = [2, 0, 1].map((candidate) => ({ candidate, fit: 0.9, steady: 1 }));
const known = {
  answer: { choices, milliseconds: 12, decode: 4 },
  masks: new Map(),
} as unknown as Known;
const asked = (more: object = {}) =>
  ({
    imageId: 1,
    steps: [],
    chosen: 0,
    after: null,
    crop: null,
    base: null,
    category: null,
    cut: { cut: 0, specks: true, part: null },
    ...more,
  }) as unknown as Asked;

it('the choice is the one that was taken, the last where there are not so many', () => {
  expect([0, 2, 9].map((chosen) => choiceOf(asked({ chosen }), known)?.candidate)).toEqual([
    2, 1, 1,
  ]);
  const mask = draw('#.');
  const shown = shownOf(asked({ chosen: 9 }), known, { mask, meets: 'all' } as never);
  expect(shown).toMatchObject({ chosen: 2, choices, milliseconds: 12, salience: null, mask });
  const none = { answer: { choices: [] }, masks: new Map() } as unknown as Known;
  expect(choiceOf(asked(), none)).toBeUndefined();
});

it('masks are kept by choice and cut', () => {
  const cut = { cut: 0.5, specks: true, part: null };
  const keys = [asked(), asked({ chosen: 1 }), asked({ cut })].map((one) => keyOf(one, known));
  expect(new Set(keys).size).toBe(3);
  expect(keyOf(asked({ chosen: 2 }), known)).toBe(keyOf(asked({ chosen: 5 }), known));
});

it('a question is the same where nothing that an answer depends on differs', () => {
  const one = asked();
  expect(sameQuestion(one, { ...one, cut: { ...one.cut }, after: 'x' as never })).toBe(true);
  for (const more of [
    ...[{ steps: [] }, { chosen: 1 }, { imageId: 2 }, { category: 3 }, { base: {} }],
    ...[{ cut: { ...one.cut, cut: 1 } }, { crop: [0, 0, 1, 1] }],
  ])
    expect(sameQuestion(one, { ...one, ...more } as never)).toBe(false);
});
