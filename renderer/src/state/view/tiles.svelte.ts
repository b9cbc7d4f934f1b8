// Tiles of a large image: those in view are fetched, the middle first, and a bounded number is kept.
// Which tiles there are is arithmetic that page and engine share.
import {
  isCoarse,
  octaveAt,
  tileBox,
  tileName,
  tilesOver,
  type Tile,
  type TileBox,
} from '../../../../electron/api/rules/tiles.ts';
import { visiblePart, type Size, type View } from '../../geometry/viewport.ts';

/** Fetched at once; the engine makes one after the other. */
const IN_FLIGHT = 4;
/** Kept besides those in view: 4 MiB each. */
const SPARE = 24;

export interface PlacedTile extends Tile {
  readonly bitmap: ImageBitmap;
  readonly box: TileBox;
}

export type FetchBitmap = (url: string, signal: AbortSignal) => Promise<ImageBitmap>;

export class Tiles {
  /** By name. */
  ready = $state.raw<ReadonlyMap<string, PlacedTile>>(new Map());
  readonly #fetch: FetchBitmap;
  #source = $state.raw<{ readonly url: string; readonly image: Size } | null>(null);
  /** What `ready` shows, for work that must not follow it. */
  readonly #tiles = new Map<string, PlacedTile>();
  #wanted: readonly Tile[] = [];
  /** When a tile was wanted last, in calls of `want`. */
  readonly #used = new Map<string, number>();
  #calls = 0;
  readonly #flights = new Map<string, AbortController>();
  /** Not asked for again; the coarser picture stays in their place. */
  readonly #failed = new Set<string>();

  constructor(fetchBitmap: FetchBitmap) {
    this.#fetch = fetchBitmap;
  }

  open(url: string, image: Size): void {
    this.close();
    this.#source = { url, image };
  }

  /** Asks for what a view shows, in place of what was asked before. `ratio`: device pixels per screen pixel. */
  want(view: View, stage: Size, ratio: number): void {
    if (!this.#source) return;
    const { image } = this.#source;
    const scale = view.scale * ratio;
    this.#wanted = isCoarse(scale, image)
      ? tilesOver(octaveAt(scale), visiblePart(view, image, stage))
      : [];
    const names = new Set(this.#wanted.map(tileName));
    this.#calls += 1;
    for (const name of names) this.#used.set(name, this.#calls);
    for (const [name, controller] of this.#flights) if (!names.has(name)) controller.abort();
    this.#pump();
  }

  close(): void {
    for (const controller of this.#flights.values()) controller.abort();
    this.#flights.clear();
    // Bitmaps hold memory outside the heap, so they are closed at once.
    for (const { bitmap } of this.#tiles.values()) bitmap.close();
    this.#tiles.clear();
    this.ready = new Map();
    this.#wanted = [];
    this.#used.clear();
    this.#failed.clear();
    this.#source = null;
  }

  #pump(): void {
    for (const tile of this.#wanted) {
      if (this.#flights.size >= IN_FLIGHT) return;
      const name = tileName(tile);
      const known = this.#tiles.has(name) || this.#flights.has(name) || this.#failed.has(name);
      if (!known) void this.#load(tile, name);
    }
  }

  async #load(tile: Tile, name: string): Promise<void> {
    const source = this.#source;
    const box = source && tileBox(tile, source.image);
    if (!source || !box) return;
    const controller = new AbortController();
    this.#flights.set(name, controller);
    try {
      const bitmap = await this.#fetch(`${source.url}/${name}`, controller.signal);
      if (controller.signal.aborted) return bitmap.close();
      this.#tiles.set(name, { ...tile, bitmap, box });
      this.#trim();
      this.ready = new Map(this.#tiles);
    } catch {
      // The host's log has the reason.
      if (!controller.signal.aborted) this.#failed.add(name);
    } finally {
      if (this.#flights.get(name) === controller) this.#flights.delete(name);
    }
    this.#pump();
  }

  /** Closes tiles out of view, those wanted longest ago first. */
  #trim(): void {
    const wantedAt = (name: string) => this.#used.get(name) ?? 0;
    const aside = [...this.#tiles]
      .filter(([name]) => wantedAt(name) < this.#calls)
      .sort(([a], [b]) => wantedAt(b) - wantedAt(a));
    for (const [name, { bitmap }] of aside.slice(SPARE)) {
      bitmap.close();
      this.#tiles.delete(name);
    }
  }
}
