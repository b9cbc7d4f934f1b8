// The settings that a person starts with.
import type { PrelabelParams, Settings } from './types.ts';

/** Settings of runs in a project where nobody chose any: those that the model pack asks for. */
export const DEFAULT_PARAMS: PrelabelParams = { preset: 'pack', overrides: {} };

export const DEFAULT_SETTINGS: Settings = {
  theme: 'system',
  keyPreset: 'salience',
  keys: {},
  packId: '',
  provider: 'auto',
  threads: 0,
  precision: 'f32',
  lowMemory: false,
  maskOpacity: 0.34,
  classHatch: false,
  scalePercent: 100,
  singleLetterKeys: true,
  hubMirror: '',
  wheel: 'zoom',
  surround: 'theme',
  hintsSeen: [],
};
