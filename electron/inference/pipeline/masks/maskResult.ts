// The masks of a run: labels of the image, figures per class, and the planes behind them.
import { type PixelBox } from './figures/confidence.ts';
import type { CrfSolver } from './crfSolver.ts';
import type { MakeChannels } from '../planes/engineChannels.ts';
import type { MaskCache } from '../planes/maskCache.ts';
import type { EdgeOptions } from '../planes/quickEdges.ts';

export interface ClassMask {
  readonly id: number;
  readonly name: string;
  /** Null from an engine that has no match. */
  readonly match: number | null;
  /** Asked for, but not painted: its match is below absentBelow or its map is constant. */
  readonly absent: boolean;
  /** Pixels in the label map. */
  readonly area: number;
  readonly box: PixelBox | null;
  /** Mean margin over the next channel before the CRF, 0-1. */
  readonly margin: number;
  /** Mean height of the class's own channel over its pixels before the CRF, 0-1. */
  readonly height: number;
  /**
   * The class that comes next inside the mask, 0 = background, and its mean height there; null where nothing else is
   * there.
   */
  readonly rival: { readonly id: number; readonly height: number } | null;
  /** Share of the class's region that the CRF moved, 0-1; null without a CRF. */
  readonly crfChange: number | null;
  readonly patchesKept: number;
  readonly patches: number;
  /** 40 bars of the normalised class map. */
  readonly histogram: readonly number[];
  readonly doubtful: boolean;
}

export interface MaskResult {
  readonly width: number;
  readonly height: number;
  /** [height, width] row-major class ids; 0 = background. */
  readonly labels: Uint16Array;
  readonly classes: readonly ClassMask[];
  readonly doubtful: boolean;
  /** Size at which channels were compared. */
  readonly workWidth: number;
  readonly workHeight: number;
  /** Class id per channel; 0 = background. */
  readonly channelIds: readonly number[];
  /** [channels, workHeight * workWidth] before the CRF; empty when the planes were not kept. */
  readonly scores: Float32Array;
  /** The same after the CRF (Q); null when it was off or the planes were not kept. */
  readonly probabilities: Float32Array | null;
}

export type MaskProgress =
  | { readonly stage: 'maps' }
  | { readonly stage: 'edges'; readonly done: number; readonly total: number }
  | { readonly stage: 'crf'; readonly done: number; readonly total: number };

export interface MaskOptions extends EdgeOptions {
  readonly onProgress?: (progress: MaskProgress) => void;
  /** Threshold per class id where it differs from params.threshold. */
  readonly thresholds?: { readonly [classId: number]: number };
  /** Ids of the classes that are stuff; the others are things. */
  readonly stuff?: readonly number[] | undefined;
  readonly cache?: MaskCache;
  /** Of engines whose maps are not cut, blurred and scaled like others. */
  readonly channels?: MakeChannels | undefined;
  /** Needed when params.crf is on. */
  readonly crf?: CrfSolver;
  /** False where only labels are wanted: scores and probabilities are not in the result. Default true. */
  readonly keepPlanes?: boolean;
  /** True where figures of classes are not wanted: after a CRF margin, height and its change are 0. Default false. */
  readonly labelsOnly?: boolean;
  /** True where the class that comes next inside each mask is wanted; without it `rival` is null. Default false. */
  readonly findsRivals?: boolean;
}
