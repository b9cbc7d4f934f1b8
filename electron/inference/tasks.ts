// The tasks of the inference process's threads, each by name, with what they take and return.
import type { MapRequest, PromptClass } from '../api/run.ts';
import type { ClickMask, SalienceAnswer } from '../api/clicks/clicks.ts';
import type { RleMask } from '../api/types.ts';
import type { PixelBox } from '../masks/runs/rle.ts';
import type { SegmentPrompt } from '../../models/sam/prompts.ts';
import type {
  AskedClass,
  ClassMask,
  DeviceMeasure,
  MaskOptions,
  PackChoice,
  PrecisionMeasure,
} from '../link/facts.ts';
import type { ImageFacts, OperationInput, OperationOutput } from '../link/operations.ts';
import type { ExplainParams } from '../link/params.ts';
import type { TuneScoreOutput } from '../link/tuneScores.ts';
import type { PrecisionInput } from './checks/precisionTest.ts';
import type { AnyRun } from './engines/engines.ts';
import type { HeadMap } from './engines/explainer.ts';
import type { KeptImage } from './image/imageShelf.ts';
import type { SharedImage } from './image/rgbImage.ts';
import type { EdgeJob } from './pamr/edgeSessions.ts';
import type { ClickLook, ReadKey } from './segment/clicks.ts';
import type { ClickImage, Square } from './segment/clickImage.ts';
import type { ClickMaskInput } from './segment/clickMask.ts';
import type { Framed } from './segment/logitMask.ts';
import type { PartEdges } from './segment/refine/refineParts.ts';
import type { RefineScene } from './segment/refine/scene.ts';
import type { Decoded } from './segment/segmentModel.ts';
import type { Task } from './threads/threadTask.ts';

export interface ExplainInput {
  readonly engine: string;
  readonly pack: PackChoice;
  readonly judge?: PackChoice;
  readonly image: SharedImage;
  readonly classes: readonly AskedClass[];
  readonly params: object;
}

export interface SuggestInput {
  readonly pack: PackChoice;
  readonly image: SharedImage;
  readonly classes: readonly PromptClass[];
  readonly params: ExplainParams;
}

/** Tasks of the thread that owns the sessions. */
export interface SessionTasks {
  /** Opens what `explain` needs. */
  ready: Task<Omit<ExplainInput, 'classes'>, Record<string, never>>;
  explain: Task<ExplainInput, AnyRun>;
  suggest: Task<SuggestInput, OperationOutput<'prelabel.suggest'>>;
  /** First-pass maps of the asked layers and heads; one text run per layer. */
  layerHeads: Task<LayerHeadInput, HeadMap[]>;
  patch: Task<PatchTask, OperationOutput<'prelabel.patch'>>;
  /** Scores settings on one image; what it opened stays for the next call. */
  tuneScore: Task<TuneScoreTask, TuneScoreOutput>;
  learnPool: Task<Imaged<'learn.pool'>, OperationOutput<'learn.pool'>>;
  learnScore: Task<Imaged<'learn.score'>, OperationOutput<'learn.score'>>;
  tuneEnd: Task<Record<string, never>, Record<string, never>>;
  /** How a click model wants its images, and whether it has read this one. */
  clickLook: Task<ReadKey, ClickLook>;
  clickRead: Task<
    ReadKey & { readonly image: ClickImage; readonly ahead: boolean },
    Record<string, never>
  >;
  /** Null where the image has not been read. */
  clickDecode: Task<
    ReadKey & { readonly prompts: readonly SegmentPrompt[]; readonly masks: Float32Array | null },
    Decoded | null
  >;
  /** Edges of the parts of a run's masks, redrawn or kept. */
  refineParts: Task<RefineInput, PartEdges[]>;
  /** Quick edges on a device; false where it could not. */
  quickEdges: Task<EdgeJob, boolean>;
  device: Task<OperationInput<'device.measure'>, DeviceMeasure>;
  precision: Task<PrecisionInput, PrecisionMeasure>;
}

/** Tasks of the threads without the model. */
export interface PixelTasks {
  probe: Task<OperationInput<'image.probe'>, ImageFacts>;
  decode: Task<{ path: string }, KeptImage>;
  scaled: Task<OperationInput<'image.scaled'>, OperationOutput<'image.scaled'>>;
  reduce: Task<OperationInput<'image.reduce'>, OperationOutput<'image.reduce'>>;
  /** The whole image is kept: the neighbours are asked for next. */
  tile: Task<OperationInput<'image.tile'>, OperationOutput<'image.tile'>>;
  crop: Task<OperationInput<'image.crop'>, OperationOutput<'image.crop'>>;
  /** The image, or a part of it, scaled for a click model. */
  clickImage: Task<
    { readonly path: string; readonly crop: PixelBox | null; readonly square: Square },
    ClickImage
  >;
  clickStart: Task<ClickStartInput, Float32Array>;
  clickMask: Task<ClickMaskInput, ClickMask>;
  clickSalience: Task<OperationInput<'segment.salience'>, SalienceAnswer>;
  wand: Task<OperationInput<'image.wand'>, RleMask>;
  /** Masks of a run that has just been made; the run is stored first. */
  finish: Task<FinishInput, OperationOutput<'prelabel.run'> & Refinable>;
  reapply: Task<
    OperationInput<'prelabel.reapply'> & Looking,
    OperationOutput<'prelabel.reapply'> & Refinable
  >;
  tried: Task<OperationInput<'masks.tried'>, OperationOutput<'masks.tried'>>;
  /** Masks with the edges that a click model drew. */
  compose: Task<ComposeInput, readonly ClassMask[]>;
  prompt: Task<OperationInput<'prelabel.prompt'>, Record<string, never>>;
  run: Task<{ runFile: string }, AnyRun>;
  maps: Task<MapsInput, OperationOutput<'prelabel.maps'>>;
}

export interface LayerHeadInput {
  readonly pack: PackChoice;
  readonly image: SharedImage;
  readonly run: AnyRun;
  readonly requests: readonly Extract<MapRequest, { kind: 'layerHead' }>[];
}

export type PatchTask = Omit<OperationInput<'prelabel.patch'>, 'imagePath' | 'runFile'> & {
  readonly image: SharedImage;
  readonly run: AnyRun;
};

/** The input of an operation with the image in place of its path. */
type Imaged<K extends 'learn.pool' | 'learn.score'> = Omit<OperationInput<K>, 'imagePath'> & {
  readonly image: SharedImage;
};

export type TuneScoreTask = Omit<OperationInput<'tune.score'>, 'imagePath'> & {
  readonly image: SharedImage;
};

export interface ClickStartInput {
  readonly mask: RleMask;
  readonly crop: PixelBox | null;
  readonly framed: Framed;
  readonly low: number;
}

/** How a click model wants images, where it is to draw the masks' edges. */
export interface Looking {
  readonly look?: ClickLook | undefined;
}

/** What it needs to know for that. */
export interface Refinable {
  readonly scene?: RefineScene;
}

export interface RefineInput {
  readonly key: ReadKey;
  readonly image: ClickImage;
  readonly scene: RefineScene;
  /** Parts are split into things. */
  readonly split: boolean;
}

export interface ComposeInput {
  readonly path: string;
  readonly masks: readonly ClassMask[];
  readonly scene: RefineScene;
  readonly edges: readonly PartEdges[];
  readonly split: boolean;
}

export interface FinishInput extends Looking {
  readonly path: string;
  /** As another thread read it. */
  readonly image: KeptImage;
  readonly run: AnyRun;
  readonly runFile: string;
  readonly options: MaskOptions;
}

export type MapsInput = OperationInput<'prelabel.maps'> & {
  readonly layerHeads: readonly HeadMap[];
};
