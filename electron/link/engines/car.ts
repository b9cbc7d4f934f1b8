// CLIP as RNN: maps by CLIP, a judge that says what it sees in a picture of each, names dropped that it does
// not see, and again until nobody is dropped. Its presets: the published settings of VOC, and the tool's own.
import type { MaskParams } from '../params.ts';
import type { EngineDescription } from './description.ts';
import { pnp } from './pnp.ts';
import { choice, number, onOff, whole } from './ranges.ts';

export interface CarParams {
  /** A name stays while the judge's score of its own picture is above. */
  readonly confidence: number;
  /** Share of a map's highest level that boxes are drawn around. */
  readonly mapThreshold: number;
  /** Where a map is above, the judge sees the image as it is. */
  readonly maskThreshold: number;
  /** What the rest of the picture becomes, and a ring around the mask. */
  readonly blur: boolean;
  readonly gray: boolean;
  readonly black: boolean;
  readonly circle: boolean;
  /** The same for classes that are stuff, which have rounds of their own behind those of things. */
  readonly stuffBlur: boolean;
  readonly stuffGray: boolean;
  readonly stuffBlack: boolean;
  readonly stuffCircle: boolean;
  /** 'published': the judge stops before its last block. */
  readonly judgeBlocks: 'published' | 'all';
  /** Longest side that maps are made at; 0: the image's own. */
  readonly longSide: number;
  readonly backgroundWords: readonly string[];
  /** Names that are never dropped. */
  readonly always: readonly string[];
}

/** The published list; a word that a class asks for is left out. */
const STUFF =
  'ground land grass tree building wall sky lake water river sea railway railroad helmet cloud house mountain ocean road rock street valley bridge';

const own: CarParams = {
  confidence: 0.6,
  mapThreshold: 0.4,
  maskThreshold: 0.4,
  blur: true,
  gray: false,
  black: false,
  circle: true,
  stuffBlur: true,
  stuffGray: true,
  stuffBlack: false,
  stuffCircle: false,
  judgeBlocks: 'published',
  longSide: 0,
  backgroundWords: STUFF.split(' '),
  always: [],
};

const masks: MaskParams = {
  ...pnp.presets.default.masks,
  threshold: 0,
  blur: 0,
  crf: true,
  crfIterations: 10,
  crfGaussianPx: 1,
  crfGaussianWeight: 3,
  crfBilateralPx: 67,
  crfBilateralRgb: 3,
  crfBilateralWeight: 4,
  absentBelow: 0,
  doubtMatch: 0.5,
};

export const car: EngineDescription<CarParams> = {
  id: 'car',
  name: 'Rounds (CLIP as RNN)',
  purpose: 'Shows each find to a judge and drops the names that it does not see.',
  needs: [
    { role: 'explain', kind: 'clip', optional: false },
    { role: 'judge', kind: 'clip', optional: true },
  ],
  evidence: ['rounds'],
  presence: 'judge',
  kindsApart: true,
  table: {
    confidence: {
      label: 'Drop below',
      range: number(0, 1),
      tries: [0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6],
      again: true,
    },
    mapThreshold: {
      label: 'Map threshold',
      range: number(0, 0.95),
      tries: [0.3, 0.4, 0.5, 0.6, 0.7],
      again: true,
    },
    maskThreshold: {
      label: 'Prompt mask threshold',
      range: number(0, 0.95),
      tries: [0.3, 0.4, 0.5, 0.6],
      again: true,
    },
    blur: { label: 'Prompt picture: blur', range: onOff, tries: [false, true], again: true },
    gray: { label: 'Prompt picture: grey', range: onOff, tries: [false, true], again: true },
    black: { label: 'Prompt picture: black', range: onOff, tries: [false, true], again: true },
    circle: { label: 'Prompt picture: circle', range: onOff, tries: [false, true], again: true },
    stuffBlur: { label: 'Prompt picture of stuff: blur', range: onOff },
    stuffGray: { label: 'Prompt picture of stuff: grey', range: onOff },
    stuffBlack: { label: 'Prompt picture of stuff: black', range: onOff },
    stuffCircle: { label: 'Prompt picture of stuff: circle', range: onOff },
    judgeBlocks: { label: 'Blocks of the judge', range: choice('published', 'all') },
    longSide: { label: 'Long side, pixels', range: whole(0, 2048) },
    backgroundWords: {
      label: 'Background words',
      range: { kind: 'words', most: 100, maxLength: 60 },
    },
    always: { label: 'Never drop', range: { kind: 'words', most: 100, maxLength: 200 } },
  },
  presets: {
    reference: {
      own,
      masks: { ...masks, workSide: 0, minRegion: 0, crfPrecision: 'exact' },
    },
    paper: { own, masks: { ...masks, workSide: 0, minRegion: 0, crfPrecision: 'exact' } },
    // People tick classes that they expect: the threshold of a blind list would drop too many.
    default: {
      own: {
        ...own,
        confidence: 0.3,
        maskThreshold: 0.5,
        mapThreshold: 0.5,
        circle: false,
        gray: true,
        longSide: 512,
      },
      masks,
    },
  },
  sharedTries: {
    backgroundFactor: { label: 'Weight of the background', tries: [0.5, 0.7, 1, 1.5, 2, 3] },
  },
  modelOwned: [],
};
