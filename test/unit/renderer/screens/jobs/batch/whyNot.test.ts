// A batch says what keeps it from starting: no class, more classes than a run takes, no image.
import { expect, it } from 'vitest';
import { whyNot } from '../../../../../../renderer/src/screens/jobs/batch/whyNot.ts';

it('names the first reason, or none', () => {
  expect(whyNot(0, 5)).toBe('Choose at least one class.');
  expect(whyNot(1001, 0)).toBe('A run asks for at most 1,000 classes; 1,001 are chosen.');
  expect(whyNot(1000, 0)).toMatch(/image/);
  expect([whyNot(1000, 3), whyNot(3, null)]).toEqual([null, null]);
});
