// The cursor is the brush: its true size in white with a black casing, a cross in the middle.
import type { View } from '../../geometry/viewport.ts';
import type { ToolOptions } from '../../tools/types.ts';

interface Ring {
  readonly view: View;
  readonly pointer: { readonly x: number; readonly y: number } | null;
  readonly options: ToolOptions;
  readonly color: string;
}

export function drawBrushRing(
  context: CanvasRenderingContext2D,
  { view, pointer, options, color }: Ring,
  erase: boolean,
): void {
  if (!pointer) return;
  const x = pointer.x * view.scale + view.x;
  const y = pointer.y * view.scale + view.y;
  const radius = Math.max(0.5, (options.size * view.scale) / 2);
  const outline = () => {
    context.beginPath();
    if (options.tip === 'round') context.arc(x, y, radius, 0, 2 * Math.PI);
    else context.rect(x - radius, y - radius, 2 * radius, 2 * radius);
  };
  if (!erase) {
    outline();
    context.globalAlpha = 0.25;
    context.fillStyle = color;
    context.fill();
    context.globalAlpha = 1;
  }
  for (const [width, stroke] of [
    [3.5, '#000'],
    [1.5, '#fff'],
  ] as const) {
    outline();
    context.lineWidth = width;
    context.strokeStyle = stroke;
    context.stroke();
    cross(context, { x, y }, radius < 3 ? 12 : 4, erase);
    context.lineWidth = width * 0.75;
    context.stroke();
  }
}

/** Plus, or minus when erasing; a tip too small to see joins a larger one with a gap. */
function cross(
  context: CanvasRenderingContext2D,
  { x, y }: { readonly x: number; readonly y: number },
  reach: number,
  erase: boolean,
): void {
  const gap = reach > 6 ? 4 : 0;
  context.beginPath();
  for (const side of [-1, 1]) {
    context.moveTo(x + side * gap, y);
    context.lineTo(x + side * reach, y);
    if (erase) continue;
    context.moveTo(x, y + side * gap);
    context.lineTo(x, y + side * reach);
  }
}
