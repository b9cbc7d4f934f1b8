// The tiles of a large image: which there are, where they lie and what they are called. The page asks
// by these names and the engine cuts by them, so both count the same way.

/** Longest side of the scaled copy: enough for a screen, small enough for any texture limit. */
export const SCALED_SIDE = 2048;
/** Pixels of a tile's side as it is sent; tiles at the right and lower edge are smaller. */
const TILE_SIDE = 1024;
/** Images with a longer side than this are shown in tiles: as one picture they would fill the memory. */
export const TILED_ABOVE_SIDE = 4096;
/** Coarsest octave: 1024 image pixels become 16; a scaled copy of the whole is finer than that. */
const MOST_OCTAVE = 6;

/** One tile: octave 0 is the image as it is, each further one has half the pixels per side. */
export interface Tile {
  readonly octave: number;
  readonly column: number;
  readonly row: number;
}

/** Place of a tile in image pixels. */
export interface TileBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

export function isTiled({ width, height }: Size): boolean {
  return Math.max(width, height) > TILED_ABOVE_SIDE;
}

/** Whether the scaled copy looks coarse at `scale` device pixels per image pixel. */
export function isCoarse(scale: number, { width, height }: Size): boolean {
  return scale * Math.max(width, height) > SCALED_SIDE;
}

/** The coarsest octave with at least one pixel per device pixel at `scale` device pixels per image pixel. */
export function octaveAt(scale: number): number {
  return Math.min(MOST_OCTAVE, Math.max(0, Math.floor(-Math.log2(scale))));
}

/** Place of a tile, cut at the image's edge; null when it lies outside. */
export function tileBox({ octave, column, row }: Tile, image: Size): TileBox | null {
  const side = TILE_SIDE * 2 ** octave;
  const [x, y] = [column * side, row * side];
  if (x >= image.width || y >= image.height) return null;
  return {
    x,
    y,
    width: Math.min(side, image.width - x),
    height: Math.min(side, image.height - y),
  };
}

/** The tiles of an octave that cover a part of the image, those near its middle first. */
export function tilesOver(
  octave: number,
  [left, top, right, bottom]: readonly [number, number, number, number],
): Tile[] {
  if (right <= left || bottom <= top) return [];
  const side = TILE_SIDE * 2 ** octave;
  const tiles: Tile[] = [];
  for (let row = Math.floor(top / side); row * side < bottom; row++)
    for (let column = Math.floor(left / side); column * side < right; column++)
      tiles.push({ octave, column, row });
  const distance = ({ column, row }: Tile) =>
    Math.hypot((column + 0.5) * side - (left + right) / 2, (row + 0.5) * side - (top + bottom) / 2);
  return tiles.sort((a, b) => distance(a) - distance(b));
}

/** `0-3-11`: octave, column, row. */
export function tileName({ octave, column, row }: Tile): string {
  return `${octave}-${column}-${row}`;
}

/** The tile of a name; null for anything else. */
export function parseTile(name: string): Tile | null {
  const match = /^(\d)-(\d{1,4})-(\d{1,4})$/.exec(name);
  if (!match) return null;
  const [octave, column, row] = match.slice(1).map(Number) as [number, number, number];
  return octave > MOST_OCTAVE ? null : { octave, column, row };
}
