// A worker's pace, its waking, and the reason it ends with.
import { afterEach, expect, it, vi } from 'vitest';
import {
  endWith,
  jobsAtOnce,
  landed,
  somethingHappens,
} from '../../../../../electron/cluster/worker/state.ts';
import { workerState } from '../../../../helpers/standIns/workerState.ts';

afterEach(() => void vi.restoreAllMocks());

it("the pace is the first image's, then a fifth of what each later one differs by", () => {
  const now = vi.spyOn(performance, 'now').mockReturnValue(1000);
  const state = workerState();
  now.mockReturnValue(5000);
  landed(state);
  expect([state.pace, state.lastLandedMs]).toEqual([4, 5000]);
  now.mockReturnValue(14_000);
  landed(state);
  expect(state.pace).toBeCloseTo(5, 12);
  now.mockReturnValue(14_000);
  landed(state);
  expect(state.pace).toBeCloseTo(4, 12);
});

it('jobs fill half a minute, at least one and at most eight', () => {
  const paces = [-1, 0.46, 0.5, 1.49, 1.51, 2.6, 1000];
  expect(paces.map((pace) => jobsAtOnce({ pace }))).toEqual([8, 8, 8, 3, 2, 1, 1]);
});

it('the first reason is the one that is told, and the loop is woken', () => {
  const state = workerState();
  const woken = vi.fn();
  state.wake = woken;
  endWith(state, 'first');
  endWith(state, 'second');
  expect([state.ending, state.isDraining]).toEqual([{ reason: 'first' }, true]);
  expect(woken).toHaveBeenCalledTimes(2);
});

it('waiting ends by waking or by time, and wakes nobody afterwards', async () => {
  const state = workerState();
  const waiting = somethingHappens(state, 2 ** 30);
  const { wake } = state;
  wake();
  await waiting;
  expect(state.wake).not.toBe(wake);
  await somethingHappens(state, 1);
});
