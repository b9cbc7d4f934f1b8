// What is under a point of the image, in image space and without a canvas.
import type { Annotation, Box } from '../../../electron/api/types.ts';
import { columnContains, columnsOf } from '../../../electron/masks/runs/columns.ts';
import { holdsPixel, type Point } from '../geometry/boxes.ts';

/** Objects that hold the point, front to back. Locked ones are not hit. */
export function objectsAt(objects: readonly Annotation[], point: Point): Annotation[] {
  const pixel = pixelAt(point);
  return objects.filter((object) => !object.locked && holds(object, pixel)).reverse();
}

/** The topmost object at a point, locked ones too; for reading out. */
export function topmostAt(objects: readonly Annotation[], point: Point): Annotation | null {
  const pixel = pixelAt(point);
  return objects.findLast((object) => holds(object, pixel)) ?? null;
}

/** What lights up under the pointer: what a click takes, and a locked object only where nothing else lies. */
export function litAt(objects: readonly Annotation[], point: Point): Annotation | null {
  const pixel = pixelAt(point);
  const free = objects.findLast((object) => !object.locked && holds(object, pixel));
  return free ?? topmostAt(objects, pixel);
}

const pixelAt = ({ x, y }: Point): Point => ({ x: Math.floor(x), y: Math.floor(y) });

/** The box comes first: most masks are never taken apart into columns. */
const holds = ({ box, mask }: Annotation, pixel: Point): boolean =>
  holdsPixel(box, pixel) && columnContains(columnsOf(mask), pixel.x, pixel.y);

/** What a click selects: the topmost, or the next below when that one is selected already. */
export function pickAt(
  objects: readonly Annotation[],
  point: { readonly x: number; readonly y: number },
  selected: ReadonlySet<Annotation['id']>,
): Annotation | null {
  const stack = objectsAt(objects, point);
  const at = stack.findIndex((object) => selected.has(object.id));
  return stack[(at + 1) % Math.max(1, stack.length)] ?? null;
}

export type HandleId = 'nw' | 'n' | 'ne' | 'e' | 'se' | 's' | 'sw' | 'w';

/** Places of the eight handles of a box. */
export function handlesOf([x, y, w, h]: Box): readonly { id: HandleId; x: number; y: number }[] {
  return [
    { id: 'nw', x, y },
    { id: 'n', x: x + w / 2, y },
    { id: 'ne', x: x + w, y },
    { id: 'e', x: x + w, y: y + h / 2 },
    { id: 'se', x: x + w, y: y + h },
    { id: 's', x: x + w / 2, y: y + h },
    { id: 'sw', x, y: y + h },
    { id: 'w', x, y: y + h / 2 },
  ];
}

/** The handle within `reach` image pixels, nearest first. */
export function handleAt(
  box: Box,
  point: { readonly x: number; readonly y: number },
  reach: number,
): HandleId | null {
  let best: HandleId | null = null;
  let nearest = reach;
  for (const handle of handlesOf(box)) {
    const distance = Math.max(Math.abs(handle.x - point.x), Math.abs(handle.y - point.y));
    if (distance <= nearest) {
      nearest = distance;
      best = handle.id;
    }
  }
  return best;
}

/** The box with one handle dragged by (dx, dy); sides never cross. */
export function dragHandle([x, y, w, h]: Box, handle: HandleId, dx: number, dy: number): Box {
  const left = handle.includes('w') ? Math.min(x + dx, x + w - 1) : x;
  const right = handle.includes('e') ? Math.max(x + w + dx, x + 1) : x + w;
  const top = handle.startsWith('n') ? Math.min(y + dy, y + h - 1) : y;
  const bottom = handle.startsWith('s') ? Math.max(y + h + dy, y + 1) : y + h;
  return [left, top, right - left, bottom - top];
}

/** Nearest point of rings within `reach`: which ring, which index (of the pair). */
export function vertexAt(
  rings: readonly (readonly number[])[],
  point: { readonly x: number; readonly y: number },
  reach: number,
): { ring: number; index: number } | null {
  let best: { ring: number; index: number } | null = null;
  let nearest = reach;
  rings.forEach((ring, r) => {
    for (let i = 0; i < ring.length / 2; i += 1) {
      const distance = Math.hypot(ring[2 * i]! - point.x, ring[2 * i + 1]! - point.y);
      if (distance <= nearest) {
        nearest = distance;
        best = { ring: r, index: i };
      }
    }
  });
  return best;
}

/** Nearest edge within `reach`: the edge from `index` to the next point, and where on it. */
export function edgeAt(
  rings: readonly (readonly number[])[],
  point: { readonly x: number; readonly y: number },
  reach: number,
): { ring: number; index: number; x: number; y: number } | null {
  let best: { ring: number; index: number; x: number; y: number } | null = null;
  let nearest = reach;
  rings.forEach((ring, r) => {
    const count = ring.length / 2;
    for (let i = 0; i < count; i += 1) {
      const j = (i + 1) % count;
      const ax = ring[2 * i]!;
      const ay = ring[2 * i + 1]!;
      const dx = ring[2 * j]! - ax;
      const dy = ring[2 * j + 1]! - ay;
      const length = dx * dx + dy * dy;
      const t =
        length === 0
          ? 0
          : Math.max(0, Math.min(1, ((point.x - ax) * dx + (point.y - ay) * dy) / length));
      const x = ax + t * dx;
      const y = ay + t * dy;
      const distance = Math.hypot(x - point.x, y - point.y);
      if (distance <= nearest) {
        nearest = distance;
        best = { ring: r, index: i, x, y };
      }
    }
  });
  return best;
}
