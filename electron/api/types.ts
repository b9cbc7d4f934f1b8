// The words of the contract: what engine and renderer say to each other. Plain data only.

declare const brand: unique symbol;
type Branded<T, Name extends string> = T & { readonly [brand]: Name };

export type ImageId = Branded<number, 'ImageId'>;
export type CategoryId = Branded<number, 'CategoryId'>;
/** Made by whoever creates the annotation (a UUID), so that edits apply before the engine answers. */
export type AnnotationId = Branded<string, 'AnnotationId'>;
export type RunId = Branded<string, 'RunId'>;
export type JobId = Branded<string, 'JobId'>;
/** One project file at one place; the same at every opening. */
export type ProjectId = Branded<string, 'ProjectId'>;
/** Counts commits of one project, from 1. */
export type Revision = Branded<number, 'Revision'>;
/** Stands for a folder or file that the engine knows; paths never reach the page. */
export type Handle = Branded<string, 'Handle'>;

/** Lengths along the oriented image, in its own pixels. */
export type ImagePx = Branded<number, 'ImagePx'>;
/** Lengths on the screen, in CSS pixels. */
export type ScreenPx = Branded<number, 'ScreenPx'>;

export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Column-major run lengths over height x width, background first (COCO's order). Sum = width * height. */
export interface RleMask {
  readonly width: number;
  readonly height: number;
  readonly counts: Uint32Array;
}

/** x, y, width, height in image pixels; whole pixels for boxes of masks. */
export type Box = readonly [x: number, y: number, width: number, height: number];

export interface Category {
  readonly id: CategoryId;
  readonly name: string;
  /** `#rrggbb` */
  readonly color: string;
  /** Words given to the model; the name where empty. */
  readonly prompt: string;
  readonly synonyms: readonly string[];
  readonly kind: 'thing' | 'stuff';
  readonly supercategory: string;
  /** Threshold on the normalised class map, 0-0.6; null = the preset's. */
  readonly threshold: number | null;
  /** Key 1-9 or null. */
  readonly hotkey: number | null;
  readonly order: number;
  /** Unknown COCO fields, kept and written back. */
  readonly extra: Json;
}

/** What a person decides of a class. */
export type CategoryFields = Omit<Category, 'id' | 'extra'>;

/** An edit of one class: `before` names the same fields as `after`, as the sender knew them. */
export interface CategoryChange {
  readonly id: CategoryId;
  readonly before: Partial<CategoryFields>;
  readonly after: Partial<CategoryFields>;
}

export type AnnotationStatus = 'proposal' | 'accepted' | 'rejected';
export type Origin = 'user' | 'model' | 'import';

export interface Annotation {
  readonly id: AnnotationId;
  readonly categoryId: CategoryId;
  readonly status: AnnotationStatus;
  readonly origin: Origin;
  readonly mask: RleMask;
  readonly box: Box;
  /** Pixels set. */
  readonly area: number;
  /** Drawing order; larger is in front. */
  readonly z: number;
  readonly locked: boolean;
  readonly isCrowd: boolean;
  /** A person changed the model's mask. */
  readonly edited: boolean;
  /** ITM match probability, 0-1; null for hand-made. */
  readonly match: number | null;
  /** Mean margin of the winning class map over the next, 0-1; null for hand-made. */
  readonly margin: number | null;
  /** Share of the mask that the CRF moved, 0-1; null for hand-made ones and without a CRF. */
  readonly crfChange: number | null;
  readonly doubtful: boolean;
  readonly runId: RunId | null;
  readonly extra: Json;
}

export type ImageStatus = 'untouched' | 'proposals' | 'inProgress' | 'reviewed';

export interface ImageRecord {
  readonly id: ImageId;
  /** Relative to the project's folder, forward slashes. */
  readonly name: string;
  /** Oriented size; 0 until the file was read. */
  readonly width: number;
  readonly height: number;
  readonly orientation: number;
  readonly status: ImageStatus;
  readonly accepted: number;
  readonly proposals: number;
  readonly doubtful: number;
  /** Shapes left open that wait to be gone on with. */
  readonly unfinished: number;
  /** The model ran here and found no class. */
  readonly foundNothing: boolean;
  /** Why the file cannot be shown, in plain words; null when fine. */
  readonly problem: string | null;
}

/** What was left unfinished, as its tool takes it up again. Coordinates are image pixels. */
export type ParkedWork =
  | {
      readonly kind: 'polygon';
      readonly use: 'new' | 'add' | 'cut';
      /** x and y of each point in turn. */
      readonly points: readonly number[];
    }
  /** A line that splits objects. */
  | { readonly kind: 'line'; readonly points: readonly number[] }
  /** A place whose similar pixels were asked for. */
  | {
      readonly kind: 'seed';
      readonly use: 'new' | 'add' | 'cut';
      readonly x: number;
      readonly y: number;
      readonly tolerance: number;
      readonly contiguous: boolean;
    }
  /** Moved points of the outline of `targets[0]`: valid at any time, so it is finished without asking. */
  | {
      readonly kind: 'outline';
      readonly before: readonly (readonly number[])[];
      readonly rings: readonly (readonly number[])[];
    };

/** Unfinished work, kept with its image in the project until someone goes on, finishes or discards it. */
export interface Parked {
  /** Made by the window, as ids of annotations are. */
  readonly id: string;
  readonly imageId: ImageId;
  /** Class at the first press; null = it needs none. */
  readonly categoryId: CategoryId | null;
  /** Objects that it adds to, cuts or changes. */
  readonly targets: readonly AnnotationId[];
  /** Client that has it in hand just now; empty = nobody. */
  readonly holder: string;
  readonly work: ParkedWork;
}

export interface AnnotationChange {
  readonly id: AnnotationId;
  readonly before: Annotation | null;
  readonly after: Annotation | null;
}

/** One step that can be undone. Changes of one gesture share a gestureId and merge. */
export interface Transaction {
  /** Client-made, so that a commit can be sent again safely. */
  readonly txId: string;
  readonly imageId: ImageId;
  /** For the menu: 'Paint cup', 'Accept 3 proposals'. */
  readonly label: string;
  readonly origin: Origin;
  readonly gestureId: string | null;
  /** 'never' = not undoable (model proposals, imports). */
  readonly record: 'now' | 'merge' | 'never';
  readonly changes: readonly AnnotationChange[];
}

/** Everything that decides masks after the model ran, and what decides the maps. See method.md 14. */
export interface PrelabelParams {
  readonly preset: 'default' | 'reference' | 'paper' | 'pack';
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
  /** ITM match probability, 0-1. */
  readonly match: number;
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
}

/** A finished run on one image; its maps are fetched by kind on demand. */
export interface RunSummary {
  readonly runId: RunId;
  readonly imageId: ImageId;
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
  readonly allHeads: number;
  readonly passes: readonly PassInfo[];
  readonly classes: readonly ClassResult[];
  readonly params: PrelabelParams;
  readonly caption: string;
  /** How the file was read where that is not plain: the range of its samples, a mark that is missing. */
  readonly imageNotes?: readonly string[];
  readonly milliseconds: { readonly [stage: string]: number };
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

/**
 * What a batch does where labels are: adds proposals, replaces untouched ones of the classes that it
 * asks for or of all classes, or leaves the image out. Nothing that a person decided is ever changed.
 */
export type MergePolicy = 'proposals' | 'replaceClasses' | 'replaceProposals' | 'skipLabelled';

export interface BatchRequest {
  readonly images: ImageSelection;
  readonly categoryIds: readonly CategoryId[];
  /** Ask ITM which classes are present; the threshold is a probability. */
  readonly auto: { readonly threshold: number } | null;
  readonly params: PrelabelParams;
  readonly packId: string;
  readonly merge: MergePolicy;
  readonly thresholds: { readonly [categoryId: number]: number };
}

export type ImageSelection =
  | { readonly kind: 'all' }
  | { readonly kind: 'unlabelled' }
  | { readonly kind: 'filter'; readonly filter: ImageFilter }
  | { readonly kind: 'ids'; readonly ids: readonly ImageId[] };

export interface ImageFilter {
  /** Part of the name. */
  readonly text?: string;
  readonly status?: readonly ImageStatus[];
  readonly categoryIds?: readonly CategoryId[];
  readonly minMatch?: number;
  readonly maxMatch?: number;
  readonly foundNothing?: boolean;
  readonly doubtful?: boolean;
  readonly failed?: boolean;
  readonly jobId?: JobId;
  readonly outcome?: ItemOutcome;
}

export type ItemOutcome = 'pending' | 'running' | 'done' | 'empty' | 'failed' | 'skipped';
export type JobState = 'waiting' | 'running' | 'paused' | 'done' | 'cancelled' | 'failed';

export interface JobFailure {
  readonly imageId: ImageId;
  readonly name: string;
  readonly code: string;
  readonly message: string;
}

export interface JobStatus {
  readonly id: JobId;
  readonly title: string;
  readonly state: JobState;
  /** Why it is paused or failed; null otherwise. */
  readonly reason: string | null;
  readonly total: number;
  readonly done: number;
  readonly empty: number;
  readonly failed: number;
  readonly skipped: number;
  readonly doubtful: number;
  readonly proposals: number;
  readonly imagesPerSecond: number;
  readonly secondsLeft: number | null;
  readonly provider: string | null;
  readonly stageMs: { readonly [stage: string]: number };
  readonly startedAt: string;
  readonly finishedAt: string | null;
  /** ISO times at which the program ended while this job ran. */
  readonly interruptions: readonly string[];
  readonly latest: readonly ImageId[];
  readonly classNames: readonly string[];
  readonly owner: 'app' | 'commandLine';
}

export interface ReviewItem {
  readonly annotation: Omit<Annotation, 'mask'>;
  readonly imageId: ImageId;
  readonly imageName: string;
  /** Larger = look here first; from match, margin and CRF change. */
  readonly doubt: number;
  /** Crop with the mask drawn, by URL from the host. */
  readonly cropUrl: string;
}

/** Consecutive rows of the review list that belong together. */
export interface ReviewGroup {
  readonly kind: 'doubtful' | 'alike' | 'less' | 'sure';
  readonly first: number;
  readonly count: number;
  /** Of like ones. */
  readonly categoryId: CategoryId | null;
  /** Least and largest match, 0-1. */
  readonly from: number;
  readonly to: number;
}

export interface PackSummary {
  readonly id: string;
  readonly name: string;
  readonly family: string;
  readonly purpose: string;
  readonly licence: string;
  readonly bytes: number;
  readonly builtIn: boolean;
  readonly state: 'ready' | 'notInstalled' | 'downloading' | 'paused' | 'verifying' | 'broken';
  readonly problem: string | null;
  /** Needed while running, in bytes. */
  readonly memoryBytes: number;
  readonly kind: 'itm' | 'clip';
  readonly receivedBytes: number;
  /** One pass over the test image on the device in use; null before its self-test. Milliseconds. */
  readonly speedMs: number | null;
}

export interface DeviceReport {
  readonly provider: string;
  /** This build has it on this system. */
  readonly offered: boolean;
  /** Passed the self-test: the graphs ran and agreed with the CPU. */
  readonly works: boolean;
  readonly state: 'passed' | 'differs' | 'failed' | 'crashed' | 'notHere' | 'untested';
  /** A sentence for people; null where there is nothing to say. */
  readonly reason: string | null;
  /** Wall time of the test image; null when it did not run. */
  readonly milliseconds: number | null;
  /** Speed relative to the CPU in the same test; null when it did not run. */
  readonly speedup: number | null;
  /** Largest difference of the maps to the CPU's, relative to the largest value. */
  readonly largestError: number | null;
  /** Steps of the graphs that the device itself ran, of all; null when not known. */
  readonly steps: { readonly own: number; readonly all: number } | null;
  /** Calculates in half precision; null when it was not asked. */
  readonly half: boolean | null;
}

/** Where the access token for the hub comes from; the token itself never reaches the page. */
export interface TokenState {
  /**
   * 'store' = the system's secret store, 'memory' = until the program ends, 'environment' = HF_TOKEN,
   * 'hubTools' = the file of the hub's own tools; null = there is none.
   */
  readonly source: 'store' | 'memory' | 'environment' | 'hubTools' | null;
  /** Whether one that is entered now stays after a restart. */
  readonly lasts: boolean;
}

/** CUDA on this computer: libraries of the runtime, and those of NVIDIA that they ask for. */
export interface CudaLibraries {
  /** The runtime's own are there. */
  readonly installed: boolean;
  /** What would be fetched; null once it is there. */
  readonly offer: { readonly name: string; readonly bytes: number; readonly host: string } | null;
  /** NVIDIA's products with their versions, e.g. "CUDA 13 and cuDNN 9"; '' while nothing is installed. */
  readonly products: string;
  /** File names of NVIDIA's libraries that are asked for. */
  readonly needs: readonly string[];
  /** Those of them that this computer does not have. */
  readonly missing: readonly string[];
}

/** What is known of the devices for one pack. */
export interface DeviceSummary {
  readonly devices: readonly DeviceReport[];
  /** The one that runs, and why. */
  readonly chosen: string;
  readonly reason: string;
  readonly packId: string;
  /** ISO time of the self-test; null before the first. */
  readonly testedAt: string | null;
}

export type Precision = 'f32' | 'f16' | 'int8';

/** What a precision costs and changes, measured on the sample scenes against F32 on the CPU. */
export interface PrecisionReport {
  readonly precision: Precision;
  /** It can be used on the chosen device. */
  readonly offered: boolean;
  /** Why it is not offered; null otherwise. */
  readonly reason: string | null;
  /** Weights in memory; an estimate from their number. */
  readonly weightBytes: number;
  /** Largest difference of class maps, relative to the largest value; null before it is measured. */
  readonly deviation: number | null;
  /** Share of pixels with the same label. */
  readonly agreement: number | null;
  readonly scenes: number;
}

export interface Settings {
  readonly theme: 'dark' | 'light' | 'contrast' | 'system';
  readonly keyPreset: 'salience' | 'labelme' | 'cvat';
  readonly keys: { readonly [command: string]: string };
  readonly packId: string;
  readonly provider: 'auto' | string;
  readonly threads: number;
  readonly precision: Precision;
  /** Weights stay where the file system keeps them: slower, needs about half the memory. */
  readonly lowMemory: boolean;
  readonly maskOpacity: number;
  /** Fills of classes after the twelfth are hatched: their colours alone are too near each other. */
  readonly classHatch: boolean;
  readonly scalePercent: number;
  readonly singleLetterKeys: boolean;
  readonly hubMirror: string;
  readonly wheel: 'zoom' | 'scroll';
  readonly surround: 'theme' | 'black' | 'grey' | 'white';
  readonly hintsSeen: readonly string[];
}
