// The words of tuning: what a try sets, how it did, and what a search hands back. Plain data only.
import type { Annotation, ImageId, Json } from './types.ts';
import type { PrelabelParams } from './run.ts';

/** Which numbers a search may change; the others stay as the project has them. */
export interface TuneAxes {
  readonly layer: boolean;
  readonly head: boolean;
  readonly threshold: boolean;
  readonly blur: boolean;
  /** Tried on the best settings at the end, because every pass runs the image encoder again. */
  readonly passes: boolean;
  /** Share of patches dropped after each pass; tried like the passes. */
  readonly drop: boolean;
}

/** A parameter of a method without layers and heads, with the values that a search may try. */
export interface TuneParameter {
  /** As in overrides: 'naclip.nearness'. */
  readonly name: string;
  readonly label: string;
  readonly tries: readonly Json[];
  readonly inUse: Json;
}

/** One setting that can be tried. */
export interface TuneSetting {
  /** 0-based, as in the parameters; several are added up. */
  readonly layers: readonly number[];
  /** 0-based; empty = mean over all. */
  readonly heads: readonly number[];
  readonly threshold: number;
  /** Share of the long side. */
  readonly blur: number;
  readonly passes: number;
  /** Share of all patches dropped after each pass; null = as the project has it. */
  readonly drop: number | null;
  /** Parameters by name, of a method without layers and heads: these alone make its settings differ. */
  readonly values?: { readonly [parameter: string]: Json };
}

export interface TuneEvaluation {
  /** From 1, in the order of trying. */
  readonly number: number;
  /** Layer group from 0; null for the project's own setting and for tries after the groups. */
  readonly group: number | null;
  readonly stage: 'inUse' | 'group' | 'passes';
  readonly setting: TuneSetting;
  /** Mean over all pairs of image and class, see method.md 7.1. */
  readonly reward: number;
  /** Share of pairs that count in the published reward (eqs. 6, 7). */
  readonly published: number;
  /** Mean token contrast, 0-1 (method.md 7.3): high = every place looks alike. */
  readonly tokenContrast: number;
  /** Against accepted masks, 0-1; null where there are none. */
  readonly meanIou: number | null;
}

export type TuneStrategy = 'random' | 'annealing' | 'exhaustive';
export type TuneJudge = 'clip' | 'pack';

export interface TuneRequest {
  readonly imageIds: readonly ImageId[];
  readonly strategy: TuneStrategy;
  /** Tries in each of the three groups of layers; 'exhaustive' takes all there are. */
  readonly evaluations: number;
  readonly judge: TuneJudge;
  readonly seed: number;
  readonly axes: TuneAxes;
  /** Names of parameters that may change, of a method that has no layers and heads. */
  readonly parameters: readonly string[];
}

/** What there is to tune with. */
export interface TuneSupply {
  /** Images whose classes are known: something is accepted or proposed there. */
  readonly imageIds: readonly ImageId[];
  /** Of these, reviewed ones with accepted masks: their mIoU can be shown. */
  readonly withTruth: number;
  readonly needed: number;
  /** Names of the judges that can be had; null = not installed. */
  readonly clip: string | null;
  readonly pack: string;
  /** The method in use. */
  readonly engine: string;
  /** 0 where the method has none. */
  readonly layers: number;
  readonly heads: number;
  /** What its search may try instead of layers and heads. */
  readonly parameters: readonly TuneParameter[];
  readonly inUse: TuneSetting;
}

export interface TuneProgress {
  readonly stage: string;
  readonly done: number;
  readonly total: number;
  /** A try that has just been finished. */
  readonly evaluation: TuneEvaluation | null;
}

export interface TuneResult {
  readonly best: TuneEvaluation;
  readonly inUse: TuneEvaluation;
  readonly worst: TuneEvaluation;
  readonly evaluations: readonly TuneEvaluation[];
  /** Last tries of each layer group, 0-based layers. */
  readonly groups: readonly (readonly number[])[];
  /** Mean reward by layer and head, the mean over heads last; null where nothing was tried. */
  readonly grid: readonly (readonly (number | null)[])[];
  /** Mean token contrast of every layer and head, over all images. */
  readonly tokenContrast: readonly (readonly number[])[];
  /** Spearman's rank correlation of reward and mIoU over the tries; null without masks. */
  readonly rankCorrelation: number | null;
  readonly judge: TuneJudge;
  readonly judgeName: string;
  readonly images: number;
  readonly withTruth: number;
  /** Runs of the pack's image encoder, and how many running the pipeline once a try would take. */
  readonly encodes: { readonly done: number; readonly oneByOne: number };
  readonly seed: number;
  readonly strategy: TuneStrategy;
}

/** Masks of one image under one setting. */
export interface TuneExample {
  readonly imageId: ImageId;
  readonly name: string;
  readonly url: string;
  readonly width: number;
  readonly height: number;
  readonly masks: readonly Pick<Annotation, 'categoryId' | 'mask'>[];
}

export interface TuneApplied {
  readonly params: PrelabelParams;
  /** What the project had before, for taking it back. */
  readonly previous: PrelabelParams;
}

/** What finished images say of something that was chosen without the image that judges it. */
export interface HeldOutFigures {
  /** Finished images that have a say. */
  readonly images: number;
  /** Images that fit better, worse, alike. */
  readonly up: number;
  readonly down: number;
  readonly alike: number;
  /** Mean overlap with what is in use, and with what was chosen, 0-1. */
  readonly now: number;
  readonly then: number;
  /** Of the mean gain. */
  readonly error: number;
}

export interface LearnFigures extends HeldOutFigures {
  /** Share of looks in the vectors, 0-1; the best over all images. */
  readonly mix: number;
  /** Only 'offer' is worth taking. */
  readonly verdict: 'offer' | 'few' | 'wrongMaps' | 'stay' | 'unclear';
}

/** What a project learned, without the vectors themselves. */
export interface Learning extends LearnFigures {
  readonly id: string;
  readonly packName: string;
  readonly classes: number;
  /** ISO time. */
  readonly at: string;
}

export interface LearnState {
  /** Finished images with accepted masks, and how many are needed. */
  readonly images: number;
  readonly needed: number;
  /** The latest; null: none yet. */
  readonly learning: Learning | null;
  /** What the project's Similarity uses: words alone, the latest, or one that was learned before it. */
  readonly inUse: 'none' | 'latest' | 'older';
}
