// The settings that a person starts with.
import type { PrelabelParams } from './run.ts';
import type { Precision } from './model.ts';

/** Run settings of a project that chose none: the model pack's own. */
export const DEFAULT_PARAMS: PrelabelParams = { preset: 'pack', overrides: {} };

/** Languages that the window can speak; the command line speaks English. */
export const LANGUAGES = ['en', 'de', 'fr', 'es', 'pt', 'ja', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

export const DEFAULT_SETTINGS: Settings = {
  theme: 'system',
  language: 'system',
  keyPreset: 'salience',
  keys: {},
  packId: '',
  clickPackId: '',
  provider: 'auto',
  threads: 0,
  precision: 'f32',
  lowMemory: false,
  modelsMib: 0,
  vectorsMib: 0,
  maskOpacity: 0.34,
  classHatch: false,
  crossHair: false,
  asksUndecided: true,
  scalePercent: 100,
  singleLetterKeys: true,
  hubMirror: '',
  wheel: 'zoom',
  surround: 'theme',
  hintsSeen: [],
};

export interface Settings {
  readonly theme: 'dark' | 'light' | 'contrast' | 'system';
  readonly language: 'system' | Language;
  readonly keyPreset: 'salience' | 'labelme' | 'cvat';
  readonly keys: { readonly [command: string]: string };
  readonly packId: string;
  /** The model that makes masks of clicks; '' = the first that is here. */
  readonly clickPackId: string;
  readonly provider: 'auto' | string;
  readonly threads: number;
  readonly precision: Precision;
  /** Weights stay where the file system keeps them: slower, needs about half the memory. */
  readonly lowMemory: boolean;
  /** Most MiB that opened models take between runs, and vectors of images; 0 = automatic. */
  readonly modelsMib: number;
  readonly vectorsMib: number;
  readonly maskOpacity: number;
  /** Fills of classes after the twelfth are hatched: their colours alone are too near each other. */
  readonly classHatch: boolean;
  /** Lines through the pointer for tools that place corners. */
  readonly crossHair: boolean;
  /** Before an image is marked as reviewed whose proposals are not all decided. */
  readonly asksUndecided: boolean;
  readonly scalePercent: number;
  readonly singleLetterKeys: boolean;
  readonly hubMirror: string;
  readonly wheel: 'zoom' | 'scroll';
  readonly surround: 'theme' | 'black' | 'grey' | 'white';
  readonly hintsSeen: readonly string[];
}
