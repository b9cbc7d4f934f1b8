// Rewards, their controls and token contrast on cases that can be counted by hand.
import { expect, test } from 'vitest';
import {
  complement,
  elsewhere,
} from '../../../../../../electron/inference/tune/judges/controls.ts';
import {
  gradedReward,
  publishedReward,
} from '../../../../../../electron/inference/tune/judges/reward.ts';
import { tokenContrast } from '../../../../../../electron/inference/tune/tokenContrast.ts';

const base = { place: 0, inside: 0, outside: 0, elsewhere: 0 };

test('a class counts when its share in the masked image is larger than in a blank one', () => {
  expect(publishedReward({ ...base, masked: [2, 1], blank: [0, 0] })).toBe(1);
  expect(publishedReward({ ...base, masked: [1, 2], blank: [0, 0] })).toBe(0);
});

test('both fits rising together do not count: the share among the classes decides', () => {
  expect(publishedReward({ ...base, masked: [5, 5], blank: [0, 0] })).toBe(0);
});

test('an image of one class compares raw fits, where both shares would be 1', () => {
  expect(publishedReward({ ...base, masked: [3], blank: [1] })).toBe(1);
  expect(publishedReward({ ...base, masked: [1], blank: [3] })).toBe(0);
});

test('a mask of the whole image earns nothing: its shape elsewhere shows the same', () => {
  const verdict = { ...base, masked: [1], blank: [0], inside: 0.9, outside: 0, elsewhere: 0.9 };
  expect(gradedReward(verdict)).toBe(0);
});

test('a mask that leaves half of the object outside earns less', () => {
  const whole = { ...base, masked: [1], blank: [0], inside: 0.9, outside: 0.1, elsewhere: 0.2 };
  expect(gradedReward(whole)).toBeGreaterThan(gradedReward({ ...whole, outside: 0.8 }));
});

test('controls: everything else, and the same shape moved half way round', () => {
  const mask = { cells: Uint8Array.of(1, 1, 0, 0, 0, 0, 0, 0), rows: 2, columns: 4 };
  expect([...complement(mask).cells]).toEqual([0, 0, 1, 1, 1, 1, 1, 1]);
  expect([...elsewhere(mask).cells]).toEqual([0, 0, 0, 0, 0, 0, 1, 1]);
});

test('token contrast is 1 when every place looks alike and falls when classes divide the places', () => {
  const alike = { maps: Float32Array.of(1, 2, 3, 2, 4, 6), classes: 2, patches: 3 };
  const divided = { maps: Float32Array.of(1, 1, 0, 0, 0, 0, 1, 1), classes: 2, patches: 4 };
  expect(tokenContrast(alike)).toBeCloseTo(1, 6);
  // Half of all pairs of places agree, the other half are at right angles.
  expect(tokenContrast(divided)).toBeCloseTo(0.5, 6);
});

test('places without salience are like no other', () => {
  expect(tokenContrast({ maps: new Float32Array(4), classes: 1, patches: 4 })).toBe(0);
});
