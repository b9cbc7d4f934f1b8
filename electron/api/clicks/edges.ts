// Edges of a run's masks after a click model: redrawn or kept, and why.
import type { Box, CategoryId, ImageId } from '../types.ts';
import type { ClickPrompt } from './clicks.ts';

/** Which rule a click model's best mask of a part did not pass. */
export type EdgeReason =
  /** The mask overlaps too little with the salience of the part. */
  | 'disagrees'
  /** The model's own estimate of the mask is low. */
  | 'unsure'
  /** The mask changes with another cut. */
  | 'unstable'
  /** Most of the mask lies where the class was not found. */
  | 'elsewhere'
  /** Much larger or smaller than the part. */
  | 'size';

/** What the click model was given, in pixels of the image; older runs do not say. */
interface AskedEdge {
  readonly asked?: ClickPrompt;
}

export interface RefinedEdge extends AskedEdge {
  readonly kind: 'refined';
  /** What the mask shares with the salience, 0-1. */
  readonly agrees: number;
  /** The model's own estimate, 0-1. */
  readonly fit: number;
  /** Stability, 0-1: 1 = another cut gives the same mask. */
  readonly steady: number;
  /** All three as one, 0-1. */
  readonly edge: number;
}

export interface KeptEdge extends AskedEdge {
  readonly kind: 'kept';
  readonly reason: EdgeReason;
  /** What was measured, and the limit that it did not reach or exceeded. */
  readonly value: number;
  readonly limit: number;
}

/** The edge of one connected part of a mask: redrawn or kept. */
export type EdgeFinding = RefinedEdge | KeptEdge;

/** The edges of one proposal, its largest part first; parts too small to be asked about are left out. */
export interface MaskEdges {
  readonly categoryId: CategoryId;
  /** Of the proposal: with its class what tells it from the others of the run. */
  readonly box: Box;
  readonly parts: readonly EdgeFinding[];
  /** Things split out of one part share this number. */
  readonly apart?: number;
}

/** The edges of a run's proposals, and the model that was asked. */
export interface RunEdges {
  readonly packId: string;
  readonly packName: string;
  readonly masks: readonly MaskEdges[];
}

/** The edges of a job's images as they stand now. */
export interface EdgeSummary {
  readonly refined: number;
  readonly kept: number;
  /** Of the edges that were drawn; null: none was. */
  readonly median: number | null;
  /** The first that stayed, in the order of the images. */
  readonly examples: readonly {
    readonly imageId: ImageId;
    readonly image: string;
    readonly categoryId: CategoryId;
    readonly finding: KeptEdge;
  }[];
}
