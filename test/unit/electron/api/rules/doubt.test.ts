// Which mask is looked at first.
import { expect, test } from 'vitest';
import { doubtOf } from '../../../../../electron/api/rules/doubt.ts';

const calm = { match: 0.9, margin: 0.5, crfChange: 0.2, doubtful: false };

test('a mask on which neighbouring settings disagree goes first, whatever its margin', () => {
  const steady = doubtOf({ ...calm, margin: 0.01, unsteady: 0.02 });
  const unsteady = doubtOf({ ...calm, unsteady: 0.4 });
  expect(unsteady).toBeGreaterThan(steady);
  // Where nobody has looked, the margin and the CRF speak.
  expect(doubtOf({ ...calm, margin: 0.01 })).toBeGreaterThan(doubtOf(calm));
  expect(doubtOf({ ...calm, crfChange: 0.7 })).toBeGreaterThan(doubtOf(calm));
});

test('a doubtful mask goes before all others, and one drawn by hand is never in doubt', () => {
  expect(doubtOf({ ...calm, doubtful: true })).toBeGreaterThan(
    doubtOf({ match: 0, margin: 0, crfChange: 1, unsteady: 1, doubtful: false }),
  );
  expect(doubtOf({ match: null, margin: null, crfChange: null, doubtful: true })).toBe(0);
});
