import { describe, expect, it } from 'vitest';
import { maskPath } from '../../../../renderer/src/panels/maskPath.ts';

// 6 x 4: a block of 2 x 2 at (1, 1) and a single pixel at (5, 0); counts run down the columns.
const mask = { width: 6, height: 4, counts: Uint32Array.of(5, 2, 2, 2, 9, 1, 3) };

describe('outline as an SVG path', () => {
  it('closes one ring for each part', () => {
    const path = maskPath(mask, 0);
    expect(path.match(/M/g)).toHaveLength(2);
    expect(path.match(/Z/g)).toHaveLength(2);
    for (const corner of ['1 1', '3 1', '3 3', '1 3']) expect(path).toContain(corner);
  });

  it('leaves out parts that are too small to be seen', () => {
    expect(maskPath(mask, 1.5).match(/M/g)).toHaveLength(1);
    // As wide as the tolerance is enough, in one direction.
    expect(maskPath(mask, 1).match(/M/g)).toHaveLength(2);
    const bars = { width: 6, height: 4, counts: Uint32Array.of(1, 2, 1, 0, 4, 1, 3, 1, 3, 1, 7) };
    expect(maskPath(bars, 2).match(/M/g)).toHaveLength(2);
    expect(maskPath(bars, 2.5).match(/M/g)).toHaveLength(1);
  });

  it('is empty for an empty mask', () => {
    expect(maskPath({ width: 6, height: 4, counts: Uint32Array.of(24) }, 0)).toBe('');
  });
});
