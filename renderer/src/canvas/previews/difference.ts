// What cleaning would take away and add, over the masks as they are, and the edge afterwards.
import type { RleMask } from '../../../../electron/api/types.ts';
import { subtract } from '../../../../electron/masks/runs/combine.ts';
import type { View } from '../../geometry/viewport.ts';
import { levelOf, pathOf } from '../paths.ts';

export interface Difference {
  readonly before: RleMask;
  readonly after: RleMask;
}

/** Over any photograph, told apart without red and green. */
export const DIFFERENCE_COLORS = { added: '#4f8df5', removed: '#f2994a' } as const;

/** Parts of a difference, made once for each pair. */
const parts = new WeakMap<RleMask, { readonly of: RleMask; readonly pair: [RleMask, RleMask] }>();

function partsOf({ before, after }: Difference): [added: RleMask, removed: RleMask] {
  const known = parts.get(after);
  if (known?.of === before) return known.pair;
  const pair: [RleMask, RleMask] = [subtract(after, before), subtract(before, after)];
  parts.set(after, { of: before, pair });
  return pair;
}

export function drawDifference(
  context: CanvasRenderingContext2D,
  view: View,
  difference: Difference,
): void {
  const [added, removed] = partsOf(difference);
  const level = levelOf(view.scale);
  context.save();
  context.translate(view.x, view.y);
  context.scale(view.scale, view.scale);
  context.globalAlpha = 0.85;
  for (const [mask, color] of [
    [added, DIFFERENCE_COLORS.added],
    [removed, DIFFERENCE_COLORS.removed],
  ] as const) {
    context.fillStyle = color;
    // Specks are the point of it: they are drawn exactly, however far the view is zoomed out.
    context.fill(pathOf(mask, 0), 'evenodd');
  }
  context.globalAlpha = 1;
  const edge = pathOf(difference.after, level);
  for (const [width, color] of [
    [3, 'rgba(0,0,0,0.6)'],
    [1.5, '#fff'],
  ] as const) {
    context.lineWidth = width / view.scale;
    context.strokeStyle = color;
    context.stroke(edge);
  }
  context.restore();
}
