// Several points of an outline at once: taken with a box or one by one while Shift is held, then moved or deleted
// together.
import { vertexAt } from '../hitTest.ts';
import type { ToolEvent } from '../types.ts';
import type { Corner, Editing, Rings, XY } from './state.ts';

export const isSame = (a: Corner, b: Corner) => a.ring === b.ring && a.index === b.index;

/** A press with Shift: a point is taken or left, elsewhere a box begins. */
export function choose(state: Editing, { point }: ToolEvent, reach: number): Editing {
  const at = vertexAt(state.rings, point, reach);
  if (!at) return { ...state, box: { from: point, to: point } };
  const others = state.chosen.filter((one) => !isSame(one, at));
  const isChosen = others.length < state.chosen.length;
  return { ...state, chosen: isChosen ? others : [...others, at] };
}

/** The box is let go: what is in it is chosen too. */
export function boxed({ box, ...state }: Editing): Editing {
  if (!box) return state;
  const [left, right] = [Math.min(box.from.x, box.to.x), Math.max(box.from.x, box.to.x)];
  const [top, bottom] = [Math.min(box.from.y, box.to.y), Math.max(box.from.y, box.to.y)];
  const inside = cornersOf(state.rings).filter(({ ring, index }) => {
    const [x, y] = placeOf(state.rings, { ring, index });
    return x >= left && x <= right && y >= top && y <= bottom;
  });
  const added = inside.filter((one) => !state.chosen.some((known) => isSame(known, one)));
  return { ...state, chosen: [...state.chosen, ...added] };
}

/** The outline without the chosen points; a ring that holds nothing then is gone. */
export function withoutChosen(state: Editing): Editing {
  const rings = state.rings
    .map((ring, r) =>
      ring.filter((_, at) => !state.chosen.some((one) => isSame(one, { ring: r, index: at >> 1 }))),
    )
    .filter((ring) => ring.length >= 6);
  return { ...state, rings, chosen: [], hover: null, drag: null };
}

/** Rings with all chosen points moved by as much. */
export function chosenMoved(rings: Rings, chosen: readonly Corner[], by: XY): Rings {
  const moved = rings.map((ring) => [...ring]);
  for (const { ring, index } of chosen) {
    moved[ring]![2 * index]! += by.x;
    moved[ring]![2 * index + 1]! += by.y;
  }
  return moved;
}

const cornersOf = (rings: Rings): Corner[] =>
  rings.flatMap((points, ring) =>
    Array.from({ length: points.length / 2 }, (_, index) => ({ ring, index })),
  );

const placeOf = (rings: Rings, { ring, index }: Corner) =>
  [rings[ring]![2 * index]!, rings[ring]![2 * index + 1]!] as const;
