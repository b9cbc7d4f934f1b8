// A cross hair through the whole view: a box starts where both lines touch the thing.
import type { View } from '../../geometry/viewport.ts';
import type { ToolId } from '../../tools/types.ts';

/** Tools that place corners; others have a mark of their own under the pointer. */
const TOOLS: ReadonlySet<ToolId> = new Set(['box', 'polygon', 'segment', 'split']);
/** Screen pixels around the pointer that stay free. */
const GAP = 10;

interface Guides {
  readonly view: View;
  readonly stage: { readonly width: number; readonly height: number };
  readonly pointer: { readonly x: number; readonly y: number } | null;
  readonly tool: { readonly tool: ToolId };
}

export function drawGuides(
  context: CanvasRenderingContext2D,
  { view, stage, pointer, tool }: Guides,
): void {
  if (!pointer || !TOOLS.has(tool.tool)) return;
  const x = Math.round(pointer.x * view.scale + view.x) + 0.5;
  const y = Math.round(pointer.y * view.scale + view.y) + 0.5;
  const lines = new Path2D();
  for (const [fromX, fromY, toX, toY] of [
    [0, y, x - GAP, y],
    [x + GAP, y, stage.width, y],
    [x, 0, x, y - GAP],
    [x, y + GAP, x, stage.height],
  ] as const) {
    lines.moveTo(fromX, fromY);
    lines.lineTo(toX, toY);
  }
  // A dark line under a dashed light one is seen on any picture.
  context.lineWidth = 1;
  context.strokeStyle = 'rgba(0,0,0,0.55)';
  context.stroke(lines);
  context.setLineDash([4, 4]);
  context.strokeStyle = 'rgba(255,255,255,0.85)';
  context.stroke(lines);
  context.setLineDash([]);
}
