// Which frame is looked at: pinned, hovered, stepped to.
import { expect, test } from 'vitest';
import type { CategoryId } from '../../../../../../electron/api/types.ts';
import { FramePick } from '../../../../../../renderer/src/screens/evidence/maps/framePick.svelte.ts';
import { headFrame } from '../../../../../../renderer/src/screens/evidence/maps/frames.ts';

const frames = [1, 2, 3].map((head) => headFrame(1 as CategoryId, 1, head));
const keys = frames.map((frame) => frame.key);

test('the hovered frame stands before the pinned one; pinning again lets go', () => {
  const pick = new FramePick();
  pick.pin(keys[0]!);
  pick.hovered = keys[2]!;
  expect(pick.key).toBe(keys[2]);
  pick.hovered = null;
  expect(pick.key).toBe(keys[0]);
  pick.pin(keys[1]!);
  expect(pick.key).toBe(keys[1]);
  pick.pin(keys[1]!);
  expect(pick.key).toBeNull();
});

test('steps begin at an end and stay at the ends', () => {
  const pick = new FramePick();
  expect(pick.step(frames, -1)).toBe(frames[2]);
  expect(pick.step(frames, 1)).toBe(frames[2]);
  expect(pick.step(frames, -1)).toBe(frames[1]);
  const fresh = new FramePick();
  expect(fresh.step(frames, 1)).toBe(frames[0]);
  expect(fresh.step(frames, -1)).toBe(frames[0]);
});

test('without frames nothing is pinned', () => {
  const pick = new FramePick();
  expect(pick.step([], 1)).toBeNull();
  expect(pick.toEnd([], 'last')).toBe(false);
  expect(pick.pinned).toBeNull();
});

test('goes to either end', () => {
  const pick = new FramePick();
  expect([pick.toEnd(frames, 'last'), pick.pinned]).toEqual([true, keys[2]]);
  expect([pick.toEnd(frames, 'first'), pick.pinned]).toEqual([true, keys[0]]);
});
