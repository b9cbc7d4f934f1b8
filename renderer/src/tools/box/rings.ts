// What the rectangle tool draws, in corners: a rectangle or an ellipse between two corners, or a box turned
// along its first side.
import type { ToolOptions } from '../types.ts';

export interface XY {
  readonly x: number;
  readonly y: number;
}

/** A box that is set point by point: its first side, then how far the other one lies. */
export interface Turned {
  readonly kind: 'turned';
  /** x, y of the first corner, and of the second once it is set. */
  readonly points: readonly number[];
  readonly cursor: XY;
  /** The button is down. */
  readonly held: boolean;
  /** Where the press that set the last corner was; null = it is over, or set none. */
  readonly setAt: XY | null;
}

export type BoxState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'drag'; readonly from: XY; readonly to: XY }
  | Turned;

/** Corners x, y, x, y, ... in image pixels; two of them are a line, none is nothing yet. */
export function ringOf(state: BoxState, shape: ToolOptions['boxShape']): readonly number[] {
  if (state.kind === 'idle') return [];
  if (state.kind === 'drag') {
    const [x0, y0, x1, y1] = cornersOf(state.from, state.to);
    return shape === 'ellipse' ? ellipseIn(x0, y0, x1, y1) : [x0, y0, x1, y0, x1, y1, x0, y1];
  }
  const { points, cursor } = state;
  const [ax, ay, bx, by] = points as [number, number, number?, number?];
  if (bx === undefined || by === undefined) return [ax, ay, cursor.x, cursor.y];
  const far = depthOf(state);
  const length = Math.hypot(bx - ax, by - ay);
  const [nx, ny] = [(-(by - ay) / length) * far, ((bx - ax) / length) * far];
  return [ax, ay, bx, by, bx + nx, by + ny, ax + nx, ay + ny];
}

export interface BoxFigures {
  readonly width: number;
  /** Distance of the other side; null: only the first side is there. */
  readonly height: number | null;
  /** Degrees that the first side rises, from 0 to under 180; null = it lies level. */
  readonly angle: number | null;
}

/** Sides in image pixels; null while nothing is drawn. */
export function figuresOf(state: BoxState): BoxFigures | null {
  if (state.kind === 'idle') return null;
  if (state.kind === 'drag') {
    const [x0, y0, x1, y1] = cornersOf(state.from, state.to);
    return { width: x1 - x0, height: y1 - y0, angle: null };
  }
  const { points, cursor } = state;
  const [ax, ay, bx = cursor.x, by = cursor.y] = points as [number, number, number?, number?];
  const turn = (Math.atan2(ay - by, bx - ax) * 180) / Math.PI;
  return {
    width: Math.hypot(bx - ax, by - ay),
    height: points.length > 2 ? Math.abs(depthOf(state)) : null,
    angle: (turn + 180) % 180,
  };
}

/** How far the pointer is from the first side, to its right hand above 0. */
export function depthOf({ points, cursor }: Turned): number {
  const [ax, ay, bx, by] = points as [number, number, number, number];
  const [dx, dy] = [bx - ax, by - ay];
  return (dx * (cursor.y - ay) - dy * (cursor.x - ax)) / Math.hypot(dx, dy);
}

/** Left, top, right, bottom in whole pixels. */
function cornersOf(from: XY, to: XY): [x0: number, y0: number, x1: number, y1: number] {
  const [x0, x1] = [from.x, to.x].map(Math.round).sort((a, b) => a - b) as [number, number];
  const [y0, y1] = [from.y, to.y].map(Math.round).sort((a, b) => a - b) as [number, number];
  return [x0, y0, x1, y1];
}

/** The ellipse inside a box, in corners whose sides stay within a tenth of a pixel of it. */
function ellipseIn(x0: number, y0: number, x1: number, y1: number): number[] {
  const [rx, ry] = [(x1 - x0) / 2, (y1 - y0) / 2];
  // A chord of angle a leaves the arc by r (1 - cos(a / 2)).
  const angle = 2 * Math.acos(1 - Math.min(1, 0.1 / Math.max(rx, ry)));
  const corners = Math.max(12, Math.ceil((2 * Math.PI) / angle));
  return Array.from({ length: corners }, (_, i) => (2 * Math.PI * i) / corners).flatMap((at) => [
    x0 + rx + rx * Math.cos(at),
    y0 + ry + ry * Math.sin(at),
  ]);
}
