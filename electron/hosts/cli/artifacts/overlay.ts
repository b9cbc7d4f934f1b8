// A picture per image for people: masks tinted over the photograph, cased contours, a legend below.
import sharp from 'sharp';
import type { RleMask } from '../../../api/types.ts';
import { bitmapFromMask } from '../../../masks/runs/bitmap.ts';
import { boundingBox } from '../../../masks/runs/measure.ts';
import { outlineText } from './glyphs.ts';

export interface OverlayItem {
  readonly mask: RleMask;
  /** `#rrggbb` */
  readonly color: string;
  readonly name: string;
  /** ITM match probability 0-1, or null. */
  readonly score: number | null;
}

/** RGB, row by row, three bytes a pixel. */
interface Picture {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
}

const FILL = 0.42;
const CASING = 0.62;

const channels = (color: string): [number, number, number] => {
  const value = Number.parseInt(color.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
};

/** PNG bytes of the image (rgb, HWC u8) with its masks; later items lie in front. */
export async function renderOverlay(
  rgb: Uint8Array,
  width: number,
  height: number,
  items: readonly OverlayItem[],
): Promise<Uint8Array> {
  const picture = { pixels: rgb.slice(), width, height };
  const line = Math.max(1, Math.round(Math.max(width, height) / 640));
  for (const { mask, color } of items) tintInPlace(picture, mask, channels(color), line);
  const legend = legendSvg(items, width);
  const drawn = sharp(picture.pixels, { raw: { width, height, channels: 3 } });
  if (!legend) return drawn.png().toBuffer();
  return drawn
    .extend({ bottom: legend.height, background: '#1a1a1c' })
    .composite([{ input: Buffer.from(legend.svg), left: 0, top: height }])
    .png()
    .toBuffer();
}

/** Blends one mask into the pixels and draws its edge: colour inside, dark casing around. */
function tintInPlace(
  { pixels, width, height }: Picture,
  mask: RleMask,
  color: readonly number[],
  line: number,
): void {
  const bitmap = bitmapFromMask(mask);
  const box = boundingBox(mask);
  const right = Math.min(width, box.x + box.width + line);
  const bottom = Math.min(height, box.y + box.height + line);
  for (let y = Math.max(0, box.y - line); y < bottom; y++) {
    for (let x = Math.max(0, box.x - line); x < right; x++) {
      const at = y * width + x;
      const own = bitmap[at] !== 0;
      // An edge pixel has a neighbour of the other kind within the line's width; outside the picture is none's.
      let edge = false;
      for (let d = 1; d <= line && !edge; d++)
        edge =
          (x >= d && bitmap[at - d] !== 0) !== own ||
          (x + d < width && bitmap[at + d] !== 0) !== own ||
          (y >= d && bitmap[at - d * width] !== 0) !== own ||
          (y + d < height && bitmap[at + d * width] !== 0) !== own;
      if (!own && !edge) continue;
      const weight = own ? (edge ? 1 : FILL) : CASING;
      for (let c = 0; c < 3; c++) {
        const target = own ? (color[c] ?? 0) : 0;
        const value = pixels[at * 3 + c] ?? 0;
        pixels[at * 3 + c] = Math.round(value * (1 - weight) + target * weight);
      }
    }
  }
}

/** Swatch, name and match per class, wrapped to the width; null without items. */
function legendSvg(
  items: readonly OverlayItem[],
  width: number,
): { svg: string; height: number } | null {
  if (items.length === 0) return null;
  const size = Math.max(13, Math.round(width / 45));
  const gap = Math.round(size * 0.7);
  const rowHeight = size + gap;
  let x = gap;
  let y = gap;
  let shapes = '';
  const byName = new Map(items.map((item) => [item.name, item]));
  for (const item of byName.values()) {
    const label = item.score === null ? item.name : `${item.name}  ${item.score.toFixed(2)}`;
    const { widthPx } = outlineText(label, 0, 0, size);
    const needed = size + gap / 2 + widthPx + gap * 1.5;
    if (x > gap && x + needed > width) {
      x = gap;
      y += rowHeight;
    }
    const { path } = outlineText(label, x + size + gap / 2, y + size * 0.86, size);
    shapes += `<rect x="${x}" y="${y}" width="${size}" height="${size}" rx="3" fill="${item.color}"/><path d="${path}" fill="#eeeef1"/>`;
    x += needed;
  }
  const height = y + size + gap;
  return {
    svg: `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${shapes}</svg>`,
    height,
  };
}
