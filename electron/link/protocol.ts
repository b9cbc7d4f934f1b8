// What the engine and the inference process say to each other: structured-clone messages whose bytes
// are copied, never transferred. Every message carries its generation, so a late one harms nobody.
import type { ErrorPayload } from '../api/errors.ts';
import type {
  CategoryId,
  ClassResult,
  DeviceReport,
  Precision,
  MapRequest,
  PassInfo,
  PromptClass,
  RleMask,
  ScoreMap,
} from '../api/types.ts';
import type { TileBox } from '../api/tiles.ts';
import type { TuneSetting } from '../api/tuning.ts';
import type { ReducedCopy } from './reducedCopy.ts';
import type { ExplainParams, MaskParams, PipelineParams } from './params.ts';
import type { TuneScoreOutput } from './tuneScores.ts';

export const INFERENCE_PROTOCOL = 1;

/** Where a pack lies and how it should run. */
export interface PackChoice {
  readonly id: string;
  readonly folder: string;
  readonly provider: string;
  /** 0 = let the runtime decide. */
  readonly threads: number;
  readonly precision: Precision;
  readonly lowMemory?: boolean;
  /** Where weights of other precisions are kept; without it there are none. */
  readonly formFolder?: string;
}

/** One device's work on the test image. */
export interface DeviceMeasure {
  /** Token maps, to be compared with another device's. */
  readonly values: Float32Array;
  readonly milliseconds: number;
  readonly steps: DeviceReport['steps'];
  readonly half: DeviceReport['half'];
}

export interface PrecisionMeasure {
  readonly deviation: number;
  readonly agreement: number;
  readonly scenes: number;
}

/** A provider that failed and what runs instead. */
export interface DeviceFallback {
  readonly provider: string;
  /** The same one when only its precision is another. */
  readonly used: string;
  /** For people. */
  readonly reason: string;
  /** The runtime's own words, for the log. */
  readonly raw: string;
}

export interface ClassMask {
  readonly categoryId: CategoryId;
  readonly mask: RleMask;
  /** ITM match probability, 0-1. */
  readonly match: number;
  /** Mean margin over the next class, 0-1. */
  readonly margin: number;
  readonly doubtful: boolean;
  /** Share of the class's region that the CRF moved, 0-1; null without a CRF. */
  readonly crfChange: number | null;
  /** How the mask's crop looks, LOOK_BYTES bytes; see look.ts. */
  readonly look: Uint8Array;
}

export interface RunFacts {
  readonly packHash: string;
  readonly provider: string;
  readonly gridRows: number;
  readonly gridColumns: number;
  readonly inputSide: number;
  /** 1-based. */
  readonly layers: readonly number[];
  readonly heads: readonly number[];
  readonly allLayers: number;
  readonly allHeads: number;
  readonly passes: readonly PassInfo[];
  readonly classes: readonly ClassResult[];
  readonly caption: string;
  /** How the file was read where that is not plain: the range of its samples, a mark that is missing. */
  readonly imageNotes?: readonly string[];
  readonly milliseconds: { readonly [stage: string]: number };
}

export interface MaskOptions {
  readonly params: MaskParams;
  /** Per category id; overrides the parameters' one threshold. */
  readonly thresholds: { readonly [categoryId: number]: number };
  /** Leaves the CRF out. */
  readonly draft: boolean;
  /** Classes whose mask is split into one per connected part. */
  readonly instances: readonly CategoryId[];
}

export interface StageProgress {
  readonly stage: string;
  readonly done: number;
  readonly total: number;
  readonly matches?: readonly { readonly categoryId: CategoryId; readonly match: number }[];
  /** Told once, when a device failed; it becomes a notice. */
  readonly fallback?: DeviceFallback;
}

export interface ImageFacts {
  /** Oriented. */
  readonly width: number;
  readonly height: number;
  readonly orientation: number;
  readonly bytes: number;
  readonly mtimeMs: number;
  readonly hash: string;
}

interface Operation<Input, Output> {
  readonly input: Input;
  readonly output: Output;
}

export interface Operations {
  'image.probe': Operation<{ path: string }, ImageFacts>;
  /** Writes a WebP of the oriented image, its long side at most `maxSide`, to `target`. */
  'image.scaled': Operation<
    { path: string; target: string; maxSide: number },
    { width: number; height: number; bytes: number }
  >;
  /** Writes a part of the oriented image as PNG, reduced by 2 per octave, to `target`. */
  'image.tile': Operation<
    { path: string; target: string; box: TileBox; octave: number },
    { width: number; height: number; bytes: number }
  >;
  /** Writes a copy that is within the limits to `target`, which must not exist. */
  'image.reduce': Operation<{ path: string; target: string }, ReducedCopy>;
  /** Around a mask, its long side about `longSide`: the mask outlined, or a class's salience over it. */
  'image.crop': Operation<
    {
      path: string;
      target: string;
      longSide: number;
      mask: RleMask;
      color: string;
      doubtful: boolean;
      /** Of a stored run; its sum over passes is drawn in place of the mask. */
      salience?: { runFile: string; categoryId: CategoryId; params: MaskParams };
    },
    { width: number; height: number; bytes: number }
  >;
  'image.wand': Operation<
    { path: string; x: number; y: number; tolerance: number; contiguous: boolean },
    RleMask
  >;
  'pack.load': Operation<{ pack: PackChoice }, { packHash: string; provider: string }>;
  'prelabel.run': Operation<
    {
      imagePath: string;
      pack: PackChoice;
      classes: readonly PromptClass[];
      params: ExplainParams;
      options: MaskOptions;
      /** The run is written here, for later use without the model. */
      runFile: string;
    },
    { facts: RunFacts; masks: readonly ClassMask[] }
  >;
  'prelabel.reapply': Operation<
    {
      imagePath: string;
      runFile: string;
      options: MaskOptions;
      /** Classes whose masks are wanted; all when left out. */
      only?: readonly CategoryId[];
      requests?: readonly MapRequest[];
      maxSide?: number;
    },
    { facts: RunFacts; masks: readonly ClassMask[]; maps: readonly ScoreMap[] }
  >;
  'prelabel.maps': Operation<
    {
      imagePath: string;
      runFile: string;
      pack: PackChoice | null;
      options: MaskOptions;
      requests: readonly MapRequest[];
      maxSide: number;
    },
    { maps: readonly ScoreMap[] }
  >;
  'prelabel.suggest': Operation<
    {
      imagePath: string;
      pack: PackChoice;
      classes: readonly PromptClass[];
      params: ExplainParams;
    },
    { matches: readonly { categoryId: CategoryId; match: number }[] }
  >;
  /** Tries settings on one image (method.md 7); see tune/. */
  'tune.score': Operation<
    {
      imagePath: string;
      pack: PackChoice;
      /** null: the pack's own match judges. */
      clip: PackChoice | null;
      classes: readonly PromptClass[];
      others: readonly string[];
      params: PipelineParams;
      settings: readonly TuneSetting[];
      gridSide: number | null;
    },
    TuneScoreOutput
  >;
  /** Frees what tuning keeps. */
  'tune.end': Operation<Record<string, never>, Record<string, never>>;
  'device.measure': Operation<{ pack: PackChoice; provider: string }, DeviceMeasure>;
  'precision.measure': Operation<
    {
      pack: PackChoice;
      provider: string;
      parameters: { readonly [dottedName: string]: unknown };
      scenes: readonly { readonly imagePath: string; readonly names: readonly string[] }[];
    },
    PrecisionMeasure
  >;
}

export type OperationName = keyof Operations;
export type OperationInput<O extends OperationName> = Operations[O]['input'];
export type OperationOutput<O extends OperationName> = Operations[O]['output'];

/** Interactive requests overtake batch ones wherever they wait for the same thread. */
export type Priority = 'interactive' | 'batch';

export type ToInference =
  | {
      readonly kind: 'request';
      readonly generation: number;
      readonly id: number;
      readonly operation: OperationName;
      readonly input: unknown;
      readonly priority: Priority;
    }
  | { readonly kind: 'cancel'; readonly generation: number; readonly id: number }
  | { readonly kind: 'ping'; readonly generation: number; readonly id: number }
  | { readonly kind: 'start'; readonly generation: number; readonly protocol: number }
  | { readonly kind: 'bye'; readonly generation: number };

export type FromInference =
  | { readonly kind: 'hello'; readonly generation: number; readonly protocol: number }
  | {
      readonly kind: 'result';
      readonly generation: number;
      readonly id: number;
      readonly output: unknown;
    }
  | {
      readonly kind: 'error';
      readonly generation: number;
      readonly id: number;
      readonly error: ErrorPayload;
      /** For the log; never shown. */
      readonly stack: string;
    }
  | {
      readonly kind: 'progress';
      readonly generation: number;
      readonly id: number;
      readonly progress: StageProgress;
    }
  | { readonly kind: 'pong'; readonly generation: number; readonly id: number }
  /** A device failed and another one runs: shown to people. */
  | { readonly kind: 'fallback'; readonly generation: number; readonly fallback: DeviceFallback }
  | { readonly kind: 'log'; readonly generation: number; readonly line: string };
