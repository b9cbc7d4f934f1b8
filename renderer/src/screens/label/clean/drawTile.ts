// A mask of the grid: its place in the photograph, darkened, with what would be taken away and added.
import type { CleanTile } from '../../../../../electron/api/review.ts';
import { boundingBox } from '../../../../../electron/masks/runs/measure.ts';
import { union } from '../../../../../electron/masks/runs/combine.ts';
import { drawDifference } from '../../../canvas/previews/difference.ts';

/** Around the mask, as a share of it. */
const MARGIN = 0.2;
const DARKER = 'rgba(0,0,0,0.28)';

export function drawTile(
  canvas: HTMLCanvasElement,
  { before, after }: Pick<CleanTile, 'before' | 'after'>,
  photo: HTMLImageElement | null,
  plain: boolean,
): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const ratio = window.devicePixelRatio;
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  context.scale(ratio, ratio);
  const box = boundingBox(union(before, after));
  const scale = Math.min(
    width / (box.width * (1 + 2 * MARGIN)),
    height / (box.height * (1 + 2 * MARGIN)),
  );
  const view = {
    scale,
    x: width / 2 - (box.x + box.width / 2) * scale,
    y: height / 2 - (box.y + box.height / 2) * scale,
  };
  if (photo) context.drawImage(photo, view.x, view.y, before.width * scale, before.height * scale);
  if (plain) return;
  context.fillStyle = DARKER;
  context.fillRect(0, 0, width, height);
  drawDifference(context, view, { before, after });
}
