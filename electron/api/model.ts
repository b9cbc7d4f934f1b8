// Models and devices, and what is written down of an engine: a method that makes class maps of an image. Its
// parameters, the packs it needs and the evidence it leaves; screens, tuning and the command line read this.
import type { DeviceReason } from './said/deviceWords.ts';
import type { Json } from './types.ts';

export interface PackSummary {
  readonly id: string;
  readonly name: string;
  readonly family: string;
  readonly purpose: string;
  readonly licence: string;
  readonly bytes: number;
  readonly builtIn: boolean;
  readonly state:
    | 'ready'
    | 'notInstalled'
    /** Not here, and not downloaded by the program: a person fetches it. */
    | 'byHand'
    | 'downloading'
    | 'paused'
    | 'verifying'
    | 'broken';
  readonly problem: string | null;
  /** Needed while running, in bytes. */
  readonly memoryBytes: number;
  readonly kind: 'itm' | 'clip' | 'segment';
  readonly receivedBytes: number;
  /** One pass over the test image on the device in use; null before its self-test. Milliseconds. */
  readonly speedMs: number | null;
  /** One click on an image that has been read, likewise; null for packs that answer none. */
  readonly clickMs: number | null;
  /** Where a person finds it, while it is not here. */
  readonly byHand?: {
    readonly address: string;
    readonly file: string;
    /** The size is a lower bound. */
    readonly atLeast: boolean;
    readonly notes: string;
  };
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
  /** The same for a window; missing in records of earlier versions. */
  readonly why?: DeviceReason | null;
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
  /** One click on the test image, where the model answers clicks; null when it did not run. */
  readonly clickMs: number | null;
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
  readonly why?: DeviceReason;
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
  readonly why?: DeviceReason | null;
  /** Weights in memory; an estimate from their number. */
  readonly weightBytes: number;
  /** Largest difference of class maps, relative to the largest value; null before it is measured. */
  readonly deviation: number | null;
  /** Share of pixels with the same label. */
  readonly agreement: number | null;
  readonly scenes: number;
}

/** What a run can show of how it came about. A run says which of them it has. */
export type Evidence =
  /** Maps of several passes, each with patches hidden. */
  | 'passes'
  /** Maps of single words. */
  | 'words'
  /** Maps of other layers and heads, made on demand. */
  | 'heads'
  /** Parts of the image that were looked at one by one. */
  | 'windows'
  /** Rounds after each of which classes were dropped. */
  | 'rounds';

/** What a model is for. */
export type Role = 'explain' | 'judge' | 'segment';

export type ParamRange =
  | { readonly kind: 'number'; readonly min: number; readonly max: number; readonly whole?: true }
  | { readonly kind: 'choice'; readonly values: readonly string[] }
  | { readonly kind: 'switch' }
  | { readonly kind: 'text'; readonly maxLength: number }
  /** Whole numbers from 0, each once. */
  | { readonly kind: 'indices'; readonly mayBeEmpty: boolean }
  | { readonly kind: 'numbers'; readonly min: number; readonly max: number; readonly most: number }
  /** Names, each once: background words, say. */
  | { readonly kind: 'words'; readonly most: number; readonly maxLength: number };

export interface EngineParam {
  readonly range: ParamRange;
  /** For people. */
  readonly label: string;
  /** With the tool's own settings; a pack may bring another one. */
  readonly default: Json;
  /** Decides what is found: offered beside the evidence of a run, for another one. */
  readonly again: boolean;
}

/** An engine as the window offers it. */
export interface EngineOffer extends EngineInfo {
  /** Of the latest image that it looked at in this project; null: none yet. */
  readonly measuredMs: number | null;
}

export interface EngineInfo {
  readonly id: string;
  readonly name: string;
  /** One sentence: what it does and what it suits. */
  readonly purpose: string;
  /** The packs that it needs, by role. */
  readonly needs: readonly {
    readonly role: Role;
    readonly kind: 'itm' | 'clip';
    readonly optional: boolean;
  }[];
  /** By dotted name: `engine.name`. */
  readonly params: { readonly [dottedName: string]: EngineParam };
  /** Most that a run of it can have. */
  readonly evidence: readonly Evidence[];
  /** How it tells that a class is there: by image-text match, by a judge, or not at all. */
  readonly presence: 'match' | 'judge' | null;
}
