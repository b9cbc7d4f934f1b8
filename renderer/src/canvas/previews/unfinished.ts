// A shape left open: a dotted line through its points, drawn smaller than those of the shape being drawn.
import type { View } from '../../geometry/viewport.ts';

export interface OpenShape {
  readonly color: string;
  /** x and y of each point in turn, in image pixels. */
  readonly points: readonly number[];
}

const LINE = 1.6;
const POINT = 6;

export function drawUnfinished(
  context: CanvasRenderingContext2D,
  view: View,
  { color, points }: OpenShape,
): void {
  const path = new Path2D();
  for (let i = 0; i < points.length; i += 2) {
    const [x, y] = [points[i]! * view.scale + view.x, points[i + 1]! * view.scale + view.y];
    if (i === 0) path.moveTo(x, y);
    else path.lineTo(x, y);
  }
  context.save();
  context.lineJoin = 'round';
  context.lineCap = 'round';
  // The casing runs through, so that the dots hold on any photograph.
  context.lineWidth = LINE + 2.4;
  context.strokeStyle = 'rgba(0,0,0,0.62)';
  context.stroke(path);
  context.setLineDash([2, 4]);
  context.lineWidth = LINE;
  context.strokeStyle = color;
  context.stroke(path);
  context.setLineDash([]);
  for (let i = 0; i < points.length; i += 2) {
    const left = Math.round(points[i]! * view.scale + view.x - POINT / 2);
    const top = Math.round(points[i + 1]! * view.scale + view.y - POINT / 2);
    context.fillStyle = color;
    context.fillRect(left, top, POINT, POINT);
    context.lineWidth = 1;
    context.strokeStyle = '#000';
    context.strokeRect(left + 0.5, top + 0.5, POINT - 1, POINT - 1);
  }
  context.restore();
}
