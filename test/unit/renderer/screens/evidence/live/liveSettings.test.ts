// Settings being tried: what counts as a change, and the weights of passes.
import { describe, expect, test } from 'vitest';
import type { CategoryId } from '../../../../../../electron/api/types.ts';
import {
  isChanged,
  paramsWith,
  passesUsed,
  UNCHANGED,
  usePasses,
  weightsOf,
  withThreshold,
  withValue,
  withWeight,
} from '../../../../../../renderer/src/screens/evidence/live/liveSettings.ts';

const base = { 'masks.blur': 0.05, 'masks.crf': true, 'masks.passWeights': [] };
const cup = 3 as CategoryId;

describe('a change', () => {
  test('is one only while it differs from the settings of the project', () => {
    const moved = withValue(UNCHANGED, base, 'masks.blur', 0.02);
    expect([isChanged(moved), moved.overrides]).toEqual([true, { 'masks.blur': 0.02 }]);
    expect(isChanged(withValue(moved, base, 'masks.blur', 0.05))).toBe(false);
    expect(isChanged(withValue(UNCHANGED, base, 'masks.passWeights', []))).toBe(false);
    expect(isChanged(withValue(UNCHANGED, base, 'masks.crf', false))).toBe(true);
  });

  test('of a threshold belongs to its class and goes when it is back where it was', () => {
    const moved = withThreshold(UNCHANGED, cup, 0.3, 0.15);
    expect(moved.thresholds).toEqual({ 3: 0.3 });
    expect(isChanged(withThreshold(moved, cup, 0.15, 0.15))).toBe(false);
    expect(withThreshold(moved, 4 as CategoryId, 0.2, 0.15).thresholds).toEqual({ 3: 0.3, 4: 0.2 });
  });

  test('lies on top of what the project overrides already', () => {
    const params = {
      preset: 'paper' as const,
      overrides: { 'masks.blur': 0.04, 'masks.crf': true },
    };
    expect(paramsWith(params, { 'masks.blur': 0 })).toEqual({
      preset: 'paper',
      overrides: { 'masks.blur': 0, 'masks.crf': true },
    });
  });

  test('keeps the method: its shares are not another method’s thresholds', () => {
    const params = { preset: 'default' as const, engine: 'naclip', overrides: {} };
    expect(paramsWith(params, { 'masks.contrast': 60 }).engine).toBe('naclip');
  });
});

describe('weights of passes', () => {
  test('follow the first weight, or the list where there is one', () => {
    expect(weightsOf({ 'masks.firstPassWeight': 2, 'masks.passWeights': [] }, 3)).toEqual([
      2, 1, 1,
    ]);
    expect(weightsOf({ 'masks.firstPassWeight': 2, 'masks.passWeights': [] }, 1)).toEqual([1]);
    expect(weightsOf({ 'masks.passWeights': [0, 3] }, 3)).toEqual([0, 3, 1]);
  });

  test('fewer passes weigh nothing at the end; more get their weight back', () => {
    const reference = [2, 1, 1, 1];
    const two = usePasses(reference, reference, 2);
    expect([two, passesUsed(two)]).toEqual([[2, 1, 0, 0], 2]);
    expect(usePasses(two, reference, 4)).toEqual(reference);
    expect(usePasses([3, 0.5, 0, 0], reference, 3)).toEqual([3, 0.5, 1, 0]);
    // A pass that weighs nothing by default, or of which nothing is known, counts once it is wanted.
    expect(usePasses([3, 0, 0, 0], [2, 0, 5], 4)).toEqual([3, 1, 5, 1]);
  });

  test('never leave a run in which no pass counts', () => {
    expect(withWeight([0, 1, 0], 1, 0)).toBeNull();
    expect(withWeight([2, 1, 1], 0, 0)).toEqual([0, 1, 1]);
  });
});
