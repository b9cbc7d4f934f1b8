// The background indicator against its definition at every pixel.
import { describe, expect, test } from 'vitest';
import {
  applyOperators,
  bilinearOperator,
  segmentOperator,
} from '../../../../../../electron/inference/pipeline/planes/axisOperator.ts';
import {
  hasBackground,
  nothingSurvives,
} from '../../../../../../electron/inference/pipeline/planes/background.ts';

describe('the background', () => {
  test.each([
    ['always', [true, true, true]],
    ['never', [false, false, false]],
    ['auto', [true, true, false]],
  ] as const)('under %s for 1, 2 and 3 classes is %j', (mode, expected) => {
    expect([1, 2, 3].map((classes) => hasBackground(mode, classes))).toEqual(expected);
  });

  test('is 1 exactly where every upsampled map is 0', () => {
    const rows = 5;
    const columns = 4;
    const height = 33;
    const width = 22;
    const maps = Float32Array.from({ length: 2 * rows * columns }, (_, at) =>
      at % 7 === 3 || at === 25 ? 0.5 + at : 0,
    );
    const ours = nothingSurvives(
      { maps, classes: 2, patches: rows * columns },
      segmentOperator(height, rows),
      segmentOperator(width, columns),
    );
    const planes = [0, 1].map((c) =>
      applyOperators(
        maps.subarray(c * rows * columns, (c + 1) * rows * columns),
        bilinearOperator(height, rows),
        bilinearOperator(width, columns),
      ),
    );
    const expected = Float32Array.from(ours, (_, at) =>
      planes.every((plane) => plane[at] === 0) ? 1 : 0,
    );
    expect(ours).toEqual(expected);
    expect(new Set(ours)).toEqual(new Set([0, 1]));
  });
});
