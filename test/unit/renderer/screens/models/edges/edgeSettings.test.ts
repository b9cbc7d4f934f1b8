// Two switches among the settings of a run: what they say, and that nothing else changes with them.
import { expect, test } from 'vitest';
import {
  edgeMode,
  isPerThing,
  isStuffToo,
  withRefining,
  withStuffToo,
  withThings,
} from '../../../../../../renderer/src/screens/models/edges/edgeSettings.ts';

test('both are off until somebody wants them, and leave no trace when they are off again', () => {
  const others = { 'masks.blur': 0.02 };
  expect([edgeMode(others), isPerThing(others)]).toEqual(['off', false]);
  const crisp = withRefining(others, true);
  expect(edgeMode(crisp)).toBe('edges');
  const things = withThings(crisp, true);
  expect(edgeMode(things)).toBe('instances');
  expect(things).toEqual({
    'masks.blur': 0.02,
    'proposals.refine': 'sam',
    'proposals.instances': true,
  });
  expect(withThings(withRefining(things, false), false)).toEqual(others);
  const all = withStuffToo(things, true);
  expect([isStuffToo(things), isStuffToo(all)]).toEqual([false, true]);
  expect(withStuffToo(all, false)).toEqual(things);
  expect(edgeMode({ 'proposals.refine': 'off', 'proposals.instances': true })).toBe('off');
});

test('a click model that was chosen by name stays', () => {
  const named = { 'proposals.refine': 'sam:mobile-sam' };
  expect(withRefining(named, true)).toBe(named);
});
