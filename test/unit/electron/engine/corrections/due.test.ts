// When settings are compared again by themselves.
import { describe, expect, it } from 'vitest';
import { isDue, type Known } from '../../../../../electron/engine/corrections/due.ts';

const due = (finished: number, more: Partial<Known> = {}) =>
  isDue({ finished, failedAt: 0, latest: null, ...more });
const latest = (images: number, verdict = 'offer', state = 'offered') =>
  ({ images, state, fit: { report: { verdict } } }) as unknown as Known['latest'];

describe('a comparison is due', () => {
  it('from the fourth finished image on', () => {
    expect([0, 1, 3, 4, 5].map((finished) => due(finished))).toEqual([
      false,
      false,
      false,
      true,
      true,
    ]);
  });

  it('after every fourth image up to twenty, and after every tenth then', () => {
    const last = (images: number) => ({ latest: latest(images) });
    expect([5, 7, 8].map((finished) => due(finished, last(4)))).toEqual([false, false, true]);
    expect([19, 20].map((finished) => due(finished, last(16)))).toEqual([false, true]);
    expect([21, 24, 29, 30].map((finished) => due(finished, last(20)))).toEqual([
      false,
      false,
      false,
      true,
    ]);
    // It was looked at between two of those numbers: the next one counts.
    expect([29, 30].map((finished) => due(finished, last(23)))).toEqual([false, true]);
    expect([31, 39, 40].map((finished) => due(finished, last(30)))).toEqual([false, false, true]);
    // Fewer than there were.
    expect(due(8, last(12))).toBe(false);
  });

  it('again where it failed only once there are more', () => {
    expect([7, 8, 9].map((failedAt) => due(8, { failedAt }))).toEqual([true, false, false]);
  });

  it('at once where a question of edges was answered', () => {
    const asked = (verdict: string, state: string) => due(5, { latest: latest(5, verdict, state) });
    expect([asked('edges', 'used'), asked('edges', 'declined')]).toEqual([true, true]);
    expect([asked('edges', 'offered'), asked('offer', 'used')]).toEqual([false, false]);
    expect(due(3, { latest: latest(3, 'edges', 'used') })).toBe(false);
  });
});
