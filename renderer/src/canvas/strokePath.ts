// How an outline is drawn: a dark casing under the class's line, white around what is selected.
import type { ObjectLook } from './look.ts';

const CASING_WIDTH = 0.8;
const SELECTED_WIDTH = 1.5;
const CASING = 'rgba(0,0,0,0.62)';

/** Strokes a path given in image pixels, the context being scaled to them. */
export function strokePath(
  context: CanvasRenderingContext2D,
  path: Path2D,
  scale: number,
  look: Pick<ObjectLook, 'color' | 'line' | 'dash' | 'selected'>,
): void {
  context.lineJoin = 'round';
  context.lineCap = look.dash[0] !== undefined && look.dash[0] < 2 ? 'round' : 'butt';
  const casing = look.line + 2 * CASING_WIDTH;
  if (look.selected) {
    context.lineWidth = (casing + 2 * SELECTED_WIDTH) / scale;
    context.strokeStyle = '#fff';
    context.stroke(path);
  }
  context.lineWidth = casing / scale;
  context.strokeStyle = CASING;
  context.stroke(path);
  context.setLineDash(look.dash.map((length) => length / scale));
  context.lineWidth = look.line / scale;
  context.strokeStyle = look.color;
  context.stroke(path);
  context.setLineDash([]);
}
