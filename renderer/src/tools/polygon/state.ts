// State of the polygon tool: idle, points of a new shape, or the outline of an object.
import type { AnnotationId, RleMask } from '../../../../electron/api/types.ts';

export interface XY {
  readonly x: number;
  readonly y: number;
}

/** A place on the outline of an object. */
export interface Snap {
  readonly id: AnnotationId;
  readonly ring: number;
  /** Corner before the place, and how far to the next one, 0-1. */
  readonly corner: number;
  readonly share: number;
  readonly x: number;
  readonly y: number;
}

/** The next side along the outline of a neighbour. */
export interface Shared {
  readonly id: AnnotationId;
  /** Corners of the outline from the last point to the cursor; empty where only the cursor lies on it. */
  readonly between: readonly number[];
  /** Length of that part of the outline in image pixels; 0 = nothing is shared yet. */
  readonly px: number;
}

/** A point of an outline. */
export interface Corner {
  readonly ring: number;
  readonly index: number;
}

export type Rings = readonly (readonly number[])[];

export type PolygonState =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'drawing';
      readonly points: readonly number[];
      readonly cursor: XY;
      /** Coordinates there were when the line that is drawn by hand just now began. */
      readonly stroke?: number;
      /** The last point lies on a neighbour's outline. */
      readonly snap?: Snap;
      /** The cursor lies on a neighbour's outline. */
      readonly shared?: Shared;
      /** Points between the last one and the cursor along an edge; null = there is no edge on the way. */
      readonly wire?: readonly number[] | null;
    }
  | {
      readonly kind: 'editing';
      readonly id: AnnotationId;
      /** That the outline was taken from. */
      readonly mask: RleMask;
      readonly rings: Rings;
      /** Rings before any point moved, for the difference. */
      readonly before: Rings;
      readonly detail: number;
      /** Largest error of the simplified outline, in pixels. */
      readonly error: number;
      readonly hover: Corner | null;
      /** Points that are moved and deleted together. */
      readonly chosen: readonly Corner[];
      /** Drawn with Shift: the points in it become chosen. */
      readonly box?: { readonly from: XY; readonly to: XY };
      /** Point being dragged, with where it was. */
      readonly drag: {
        readonly ring: number;
        readonly index: number;
        readonly from: XY;
        readonly at: XY;
        /** Drags an edge: two neighbours move alike. */
        readonly edge: boolean;
        /** Rings when the drag began. */
        readonly start: Rings;
      } | null;
    };

export type Drawing = PolygonState & { kind: 'drawing' };
export type Editing = PolygonState & { kind: 'editing' };

/** Screen pixels within which a point or an edge is taken. */
export const REACH = 12;
export const IDLE: PolygonState = { kind: 'idle' };
