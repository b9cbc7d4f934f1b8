// One pre-label run: what is asked of the model, what it answered, and the maps behind it.
import type { RunEdges } from './clicks/edges.ts';
import type { Evidence } from './model.ts';
import type { CategoryId, ImageId, Json, RleMask, RunId } from './types.ts';

/** Everything that decides masks after the model ran, and what decides the maps. See method.md 14. */
export interface PrelabelParams {
  readonly preset: 'default' | 'reference' | 'paper' | 'pack';
  /** Id of the engine; left out in projects that are older than the second engine. */
  readonly engine?: string;
  /** Overrides by dotted name as in the pipeline's parameter table; validated by the engine. */
  readonly overrides: { readonly [name: string]: Json };
}

export interface PromptClass {
  readonly categoryId: CategoryId;
  readonly name: string;
  readonly prompt: string;
  readonly synonyms: readonly string[];
  readonly threshold: number | null;
}

/** What the model said of one class on one image. */
export interface ClassResult {
  readonly categoryId: CategoryId;
  /** Probability that the class is in the image, 0-1; null from an engine that does not tell. */
  readonly match: number | null;
  /** Below the class threshold of the run: shown, not painted. */
  readonly absent: boolean;
  readonly margin: number;
  /** Shares of patches kept by the threshold, and 40 bins of the normalised map. */
  readonly patchesKept: number;
  readonly patches: number;
  readonly histogram: readonly number[];
  readonly tokens: readonly string[];
}

export interface PassInfo {
  readonly index: number;
  readonly weight: number;
  /** Match logit per class (one caption per class) or one for the joint caption. */
  readonly z: readonly number[];
  /** Patch numbers hidden before this pass, row-major; per class when captions are separate. */
  readonly dropped: readonly (readonly number[])[];
  /** Of rounds: what the judge said of each class that took part. */
  readonly judged?: readonly JudgedClass[];
  /** The score that a class needed to stay. */
  readonly needed?: number;
  /** A round of classes that are stuff, which come behind those of things. */
  readonly stuff?: boolean;
}

/** What a judge saw in the picture that a class's map makes. */
export interface JudgedClass {
  readonly categoryId: CategoryId;
  /** Its score for the class itself, 0-1. */
  readonly score: number;
  /** False: the class was dropped in this round. */
  readonly kept: boolean;
  /** The name that it saw most, and how surely; null: this class's own. */
  readonly seen: string | null;
  readonly seenScore: number;
  /** What it saw in this picture of every class of the round, in their order; older runs have none. */
  readonly saw?: readonly number[];
}

/** What an engine makes of an image while somebody only looks: nothing is stored of it in the project. */
export interface EngineLook {
  readonly engine: string;
  readonly packName: string;
  readonly masks: readonly LookMask[];
  /** Classes that it left out, with its figure for them. */
  readonly absent: readonly Pick<ClassResult, 'categoryId' | 'match'>[];
  /** Of every class that it was asked for, on its grid. */
  readonly maps: readonly LookMap[];
  /** What the models took, also where they were not asked again. */
  readonly milliseconds: number;
}

export interface LookMask {
  readonly categoryId: CategoryId;
  readonly mask: RleMask;
  readonly doubtful: boolean;
}

export interface LookMap {
  readonly categoryId: CategoryId;
  readonly map: ScoreMap;
}

/** What one place of a run is taken for, and where it listens. */
export interface PatchLook {
  /** The best of all words, background words among them; shares of all are 1 together. */
  readonly words: readonly PatchWord[];
  /** How many words share the place. */
  readonly asked: number;
  /** Number of the window that it was looked at in, from 0. */
  readonly window: number;
  /** Where it listens in the last block: with nearness, and by keys alone. */
  readonly near: ScoreMap;
  readonly alone: ScoreMap;
}

export interface PatchWord {
  readonly words: string;
  /** Null: a background word. */
  readonly categoryId: CategoryId | null;
  readonly share: number;
  readonly cosine: number;
}

/** A picture that the judge of a run was shown. */
export interface PromptPicture {
  readonly categoryId: CategoryId;
  /** Round from 0. */
  readonly pass: number;
  readonly url: string;
}

/** A finished run on one image; its maps are fetched by kind on demand. */
export interface RunSummary {
  readonly runId: RunId;
  readonly imageId: ImageId;
  readonly engine: string;
  /** What it has to show; fields of what it has not are empty. */
  readonly evidence: readonly Evidence[];
  readonly packId: string;
  readonly packName: string;
  readonly provider: string;
  readonly gridRows: number;
  readonly gridColumns: number;
  readonly inputSide: number;
  /** 1-based. */
  readonly layers: readonly number[];
  /** 1-based; empty = mean of all. */
  readonly heads: readonly number[];
  readonly allLayers: number;
  /** Name of each layer in the model's own count, where the run says it. */
  readonly taps?: readonly string[];
  readonly allHeads: number;
  readonly passes: readonly PassInfo[];
  readonly classes: readonly ClassResult[];
  readonly params: PrelabelParams;
  readonly caption: string;
  /** How the file was read where that is not plain: the range of its samples, a mark that is missing. */
  readonly imageNotes?: readonly string[];
  readonly milliseconds: { readonly [stage: string]: number };
  /** What a click model made of the proposals' edges, where it was asked. */
  readonly edges?: RunEdges;
  readonly stale: boolean;
}

/** Which map of a run is asked for. All values are 0-1 after the stated scaling. */
export type MapRequest =
  /** One pass of one class on the patch grid; scaled by the pass maximum or by the run's. */
  | {
      readonly kind: 'pass';
      readonly categoryId: CategoryId;
      readonly pass: number;
      readonly scale: 'pass' | 'run';
    }
  /** Running weighted sum up to a pass. */
  | { readonly kind: 'sum'; readonly categoryId: CategoryId; readonly upTo: number }
  | { readonly kind: 'cut'; readonly categoryId: CategoryId }
  | { readonly kind: 'blurred'; readonly categoryId: CategoryId }
  | { readonly kind: 'probability'; readonly categoryId: CategoryId }
  | { readonly kind: 'token'; readonly categoryId: CategoryId; readonly token: number }
  /** Pass 1 map of one layer and head, 1-based; the model runs once to fill this grid. */
  | {
      readonly kind: 'layerHead';
      readonly categoryId: CategoryId;
      readonly layer: number;
      readonly head: number;
    };

export interface ScoreMap {
  readonly rows: number;
  readonly columns: number;
  /** Row-major, 0-255 for 0-1. */
  readonly values: Uint8Array;
  /** Real value that 255 stands for. */
  readonly maximum: number;
}
