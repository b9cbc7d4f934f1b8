// Masks painted into a label map: over what, and how many pixels had another label.
import { describe, expect, it } from 'vitest';
import { paintInPlace } from '../../../../../electron/masks/runs/bitmap.ts';
import { draw } from '../../../../helpers/fixtures/masks.ts';

const mask = draw('##.', '.##');
const paint = (rows: readonly string[], value: number, options?: object) => {
  const labels = Uint8Array.from(rows.join(''), Number);
  const covered = paintInPlace(labels, mask, value, options);
  return { covered, rows: [labels.subarray(0, 3).join(''), labels.subarray(3).join('')] };
};

describe('a mask in a label map', () => {
  it('takes all its pixels, and tells how many had another label', () => {
    expect(paint(['000', '000'], 7)).toEqual({ covered: 0, rows: ['770', '077'] });
    expect(paint(['120', '034'], 7)).toEqual({ covered: 4, rows: ['770', '077'] });
    // Its own label is no other one.
    expect(paint(['710', '000'], 7)).toEqual({ covered: 1, rows: ['770', '077'] });
  });

  it('may stand for empty another label than 0', () => {
    expect(paint(['990', '000'], 7, { empty: 9 })).toEqual({ covered: 2, rows: ['770', '077'] });
  });

  it('may go over one label alone', () => {
    expect(paint(['120', '010'], 7, { onlyOver: 1 })).toEqual({ covered: 3, rows: ['720', '070'] });
    expect(paint(['120', '010'], 7, { onlyOver: 0 })).toMatchObject({ rows: ['120', '017'] });
  });

  it('must be of its size', () => {
    expect(() => paintInPlace(new Uint8Array(5), mask, 1)).toThrow(
      'label map holds 5 pixels; the mask is 3 x 2 = 6',
    );
  });
});
