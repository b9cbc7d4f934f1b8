// What people read while it changes follows at once, then slowly, and ends at the last value.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Slowed } from '../../../../../renderer/src/state/view/slowed.svelte.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('follows the first change, then one in every tenth of a second, and the last one', () => {
  const follower = new Slowed(0);
  const afterMs = (ms: number, next: number) => {
    vi.advanceTimersByTime(ms);
    follower.follow(next);
    return follower.now;
  };
  expect(follower.now).toBe(0);
  expect(afterMs(0, 1), 'at once').toBe(1);
  expect([afterMs(50, 2), afterMs(49, 3)], 'too soon').toEqual([1, 1]);
  expect(afterMs(1, 4), 'with the change').toBe(4);
  expect(afterMs(40, 5)).toBe(4);
  vi.advanceTimersByTime(99);
  expect(follower.now, 'amid changes').toBe(4);
  vi.advanceTimersByTime(1);
  expect(follower.now, 'the last one').toBe(5);
  expect([afterMs(50, 6), afterMs(50, 7)]).toEqual([5, 7]);
  vi.advanceTimersByTime(1000);
  expect(follower.now, 'nothing older comes after it').toBe(7);
});
