// The operations that the engine asks of the inference process: name, input, output.
import type { CategoryId, RleMask, SampleSide } from '../api/types.ts';
import type { MapRequest, PatchLook, PromptClass, ScoreMap } from '../api/run.ts';
import type { TileBox } from '../api/rules/tiles.ts';
import type {
  ClickAnswer,
  ClickCut,
  ClickMask,
  ClickPrompt,
  ClickStart,
  SalienceAnswer,
} from '../api/clicks/clicks.ts';
import type { PixelBox } from '../masks/runs/rle.ts';
import type { ReducedCopy } from './reducedCopy.ts';
import type { ExplainParams, MaskParams } from './params.ts';
import type { TuneOperations } from './tuneScores.ts';
import type {
  AskedClass,
  ClassMask,
  DeviceMeasure,
  MaskOptions,
  Operation,
  PackChoice,
  PrecisionMeasure,
  RunFacts,
} from './facts.ts';

export interface ImageFacts {
  /** Oriented. */
  readonly width: number;
  readonly height: number;
  readonly orientation: number;
  readonly bytes: number;
  readonly mtimeMs: number;
  readonly hash: string;
}

/** An image, or a part of it, that a click model is asked about. */
export interface ClickPlace {
  readonly imagePath: string;
  readonly imageHash: string;
  /** Oriented. */
  readonly width: number;
  readonly height: number;
  readonly crop: PixelBox | null;
  readonly pack: PackChoice;
}

export interface Operations extends TuneOperations {
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
    {
      path: string;
      x: number;
      y: number;
      tolerance: number;
      contiguous: boolean;
      sample: SampleSide;
    },
    RleMask
  >;
  'prelabel.run': Operation<
    {
      imagePath: string;
      engine: string;
      pack: PackChoice;
      /** For engines that need a judge. */
      judge?: PackChoice;
      classes: readonly AskedClass[];
      /** The engine's own, checked against its table. */
      params: object;
      options: MaskOptions;
      /** The run is written here, for later use without the model. */
      runFile: string;
    },
    { facts: RunFacts; masks: readonly ClassMask[] }
  >;
  /** Opens the models and encodes the image, so that its next run begins with the first pass. */
  'prelabel.ready': Operation<
    { imagePath: string; engine: string; pack: PackChoice; judge?: PackChoice; params: object },
    Record<string, never>
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
  /** What a place of a run's grid is taken for; null for methods that cannot say. */
  'prelabel.patch': Operation<
    {
      imagePath: string;
      pack: PackChoice;
      runFile: string;
      row: number;
      column: number;
      contrast: number;
    },
    PatchLook | null
  >;
  /** Writes the picture that the judge of a run saw; the image as it is where it saw none. */
  'prelabel.prompt': Operation<
    {
      imagePath: string;
      runFile: string;
      categoryId: CategoryId;
      pass: number;
      target: string;
      maxSide: number;
    },
    Record<string, never>
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
  /** Reads an image for clicks; null where it had been read. `ahead` = it is not shown yet. */
  'segment.read': Operation<ClickPlace & { ahead: boolean }, { milliseconds: number | null }>;
  'segment.decode': Operation<
    ClickPlace & { prompt: ClickPrompt; start: ClickStart; cut: ClickCut },
    ClickAnswer
  >;
  /** Another choice of a decode, or the same one cut in another way; no model is asked. */
  'segment.mask': Operation<
    { imagePath: string; decode: number; candidate: number; cut: ClickCut },
    ClickMask
  >;
  /** The mask of clicks by the stored salience of a class. */
  'segment.salience': Operation<
    {
      imagePath: string;
      runFile: string;
      params: MaskParams;
      categoryId: CategoryId;
      prompt: ClickPrompt;
      usual: number;
      off: number;
    },
    SalienceAnswer
  >;
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
