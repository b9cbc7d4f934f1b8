// A mask's outline as an SVG path in image pixels, with only the detail that a small picture can show.
import type { RleMask } from '../../../electron/api/types.ts';
import { ringsOf } from '../../../electron/masks/outlines/rings.ts';
import { simplifyRing } from '../../../electron/masks/outlines/simplify.ts';

/** `tolerance` in image pixels; rings smaller than it are left out. Fill with the even-odd rule. */
export function maskPath(mask: RleMask, tolerance: number): string {
  return ringsOf(mask)
    .filter(({ bounds: [left, top, right, bottom] }) =>
      tolerance > 0 ? right - left >= tolerance || bottom - top >= tolerance : true,
    )
    .map((ring) => {
      const { ring: points } = simplifyRing(ring.points, tolerance, 'keepWhole');
      let path = '';
      for (let i = 0; i < points.length; i += 2)
        path += `${i === 0 ? 'M' : 'L'}${round(points[i]!)} ${round(points[i + 1]!)}`;
      return `${path}Z`;
    })
    .join('');
}

const round = (value: number) => Math.round(value * 10) / 10;
