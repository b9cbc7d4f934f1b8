// A brush stroke under way: bits in tiles that exist only where the brush has been, so that a stroke
// on a 12,000 px image costs what it covers. The buffers are the stroke's own and change in place.
import type { RleMask } from '../../api/types.ts';
import { columnsOf, unpackInto } from '../runs/columns.ts';
import { emptyMask, RunWriter } from '../runs/rle.ts';

export const TILE = 256;
/** Bits of a tile's byte. */
export const PAINTED = 1;
export const BLOCKED = 2;
export const COVERED = 4;

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Brush {
  /** Diameter in image pixels. */
  readonly size: number;
  readonly tip: 'round' | 'square';
}

export class Stroke {
  readonly width: number;
  readonly height: number;
  readonly #blocked: readonly RleMask[];
  readonly #target: RleMask | null;
  readonly #tiles = new Map<number, Uint8Array>();
  readonly #columns: number;
  readonly #erase: boolean;
  /** Pixels that the stroke adds to the target, or takes from it. */
  changed = 0;
  /** Set when the stroke met a protected pixel. */
  metProtection = false;

  constructor(options: {
    width: number;
    height: number;
    erase: boolean;
    target: RleMask | null;
    blocked: readonly RleMask[];
  }) {
    this.width = options.width;
    this.height = options.height;
    this.#erase = options.erase;
    this.#target = options.target;
    this.#blocked = options.blocked;
    this.#columns = Math.ceil(options.width / TILE);
  }

  /** Stamps the tip along a segment; returns the part of the image that may have changed. */
  line(from: Point, to: Point, { size, tip }: Brush): Rect {
    const length = Math.hypot(to.x - from.x, to.y - from.y);
    // A quarter of the tip between stamps leaves no visible corners.
    const steps = Math.max(1, Math.ceil(length / Math.max(0.5, size / 4)));
    for (let i = 0; i <= steps; i += 1)
      this.#stamp(
        from.x + ((to.x - from.x) * i) / steps,
        from.y + ((to.y - from.y) * i) / steps,
        size,
        tip,
      );
    const half = size / 2 + 1;
    const x = Math.max(0, Math.floor(Math.min(from.x, to.x) - half));
    const y = Math.max(0, Math.floor(Math.min(from.y, to.y) - half));
    return {
      x,
      y,
      width: Math.min(this.width, Math.ceil(Math.max(from.x, to.x) + half)) - x,
      height: Math.min(this.height, Math.ceil(Math.max(from.y, to.y) + half)) - y,
    };
  }

  /** The tile's bytes at tile coordinates, or null where the brush has not been. */
  tileAt(tx: number, ty: number): Uint8Array | null {
    return this.#tiles.get(ty * this.#columns + tx) ?? null;
  }

  /** What was painted and allowed, as a mask. */
  toMask(): RleMask {
    return this.#pack((byte) => (byte & (PAINTED | BLOCKED)) === PAINTED);
  }

  /** Protected pixels that the stroke went over and left alone. */
  toBlockedMask(): RleMask {
    return this.#pack((byte) => (byte & (PAINTED | BLOCKED)) === (PAINTED | BLOCKED));
  }

  #pack(isOn: (byte: number) => boolean): RleMask {
    if (this.#tiles.size === 0) return emptyMask(this.width, this.height);
    const columns = new Map<number, number[]>();
    for (const key of this.#tiles.keys()) {
      const tx = key % this.#columns;
      columns.set(
        tx,
        [...(columns.get(tx) ?? []), Math.floor(key / this.#columns)].sort((a, b) => a - b),
      );
    }
    const runs = new RunWriter();
    for (const tx of [...columns.keys()].sort((a, b) => a - b))
      for (let dx = 0; dx < TILE && tx * TILE + dx < this.width; dx += 1)
        for (const ty of columns.get(tx)!) {
          const tile = this.tileAt(tx, ty)!;
          const start = (tx * TILE + dx) * this.height + ty * TILE;
          const rows = Math.min(TILE, this.height - ty * TILE);
          let dy = 0;
          while (dy < rows) {
            const from = dy;
            const on = isOn(tile[dy * TILE + dx]!);
            while (dy < rows && isOn(tile[dy * TILE + dx]!) === on) dy += 1;
            if (on) runs.add(start + from, start + dy);
          }
        }
    return runs.mask(this.width, this.height);
  }

  #stamp(cx: number, cy: number, size: number, tip: Brush['tip']): void {
    const radius = size / 2;
    const top = Math.max(0, Math.ceil(cy - radius - 0.5));
    const bottom = Math.min(this.height - 1, Math.floor(cy + radius - 0.5));
    let any = false;
    for (let y = top; y <= bottom; y += 1) {
      const dy = y + 0.5 - cy;
      const half = tip === 'square' ? radius : Math.sqrt(Math.max(0, radius * radius - dy * dy));
      const from = Math.max(0, Math.ceil(cx - half - 0.5));
      const to = Math.min(this.width - 1, Math.floor(cx + half - 0.5));
      if (from <= to) any = true;
      this.#span(y, from, to);
    }
    // A tip smaller than a pixel still paints the pixel that it is on.
    if (!any) this.#span(Math.floor(cy), Math.floor(cx), Math.floor(cx));
  }

  #span(y: number, from: number, to: number): void {
    if (y < 0 || y >= this.height || to < 0 || from >= this.width) return;
    const ty = Math.floor(y / TILE);
    const row = (y - ty * TILE) * TILE;
    for (let x = Math.max(0, from); x <= to;) {
      const tx = Math.floor(x / TILE);
      const tile = this.#tile(tx, ty);
      const end = Math.min(to + 1, (tx + 1) * TILE, this.width);
      for (; x < end; x += 1) {
        const at = row + x - tx * TILE;
        const before = tile[at]!;
        if (before & PAINTED) continue;
        tile[at] = before | PAINTED;
        if (before & BLOCKED) this.metProtection = true;
        else if (((before & COVERED) !== 0) === this.#erase) this.changed += 1;
      }
      if (end >= this.width) break;
    }
  }

  #tile(tx: number, ty: number): Uint8Array {
    const key = ty * this.#columns + tx;
    const known = this.#tiles.get(key);
    if (known) return known;
    const tile = new Uint8Array(TILE * TILE);
    const box = { x: tx * TILE, y: ty * TILE, width: TILE, height: TILE };
    for (const mask of this.#blocked) unpackInto(columnsOf(mask), box, tile, BLOCKED);
    if (this.#target) unpackInto(columnsOf(this.#target), box, tile, COVERED);
    this.#tiles.set(key, tile);
    return tile;
  }
}
