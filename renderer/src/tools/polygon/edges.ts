// What a polygon asks about edges; the ways along them are found beside the page's thread.
import type { XY } from './state.ts';
import type { WireLine } from './wire.ts';

export interface Way {
  /** Null = there is no edge on the way. While it waits: the latest answer from the same start, if there is one. */
  readonly line: WireLine | null | undefined;
  /** This place is still asked about. */
  readonly waits: boolean;
}

export interface Edges {
  /** The edge that a press at a place means; the place itself where there is none. */
  near(point: XY): XY;
  /** The way along an edge between two places. */
  way(from: XY, to: XY): Way;
}
