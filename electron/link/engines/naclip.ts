// NACLIP: each patch of an image compared with each word by CLIP, whose last block listens to near patches.
// Its presets: the published settings of object data sets, and the tool's own.
import type { MaskParams } from '../params.ts';
import type { EngineDescription } from './description.ts';
import { pnp } from './pnp.ts';
import { choice, number, whole } from './ranges.ts';

/** How the last block of the image tower is read; see models/family.ts. */
export type LastBlockStrategy = 'naclip' | 'nonly' | 'kk' | 'csa' | 'vanilla';

export interface NaclipParams {
  readonly strategy: LastBlockStrategy;
  /** 'reduced': without what stood there before the last block and without its MLP. */
  readonly arch: 'reduced' | 'vanilla';
  /** Deviation of nearness in patches. */
  readonly nearness: number;
  /** Of the network's input, in pixels. */
  readonly shortSide: number;
  /** 'auto': for images whose long side is more than one and a half times the short one. */
  readonly windows: 'auto' | 'off' | 'on';
  readonly windowSide: number;
  readonly windowStride: number;
  /** Words that share the background; one that a class asks for is left out. */
  readonly backgroundWords: readonly string[];
  /** Names what a project learned from its accepted masks; '' = words alone. */
  readonly learned: string;
}

/** What is in photographs besides the objects that people mark (the published list of object sets). */
const STUFF =
  'sky wall tree wood grass road sea river mountain sands desk bed building cloud lamp door window wardrobe ceiling shelf curtain stair floor hill rail fence';

const own: NaclipParams = {
  strategy: 'naclip',
  arch: 'reduced',
  nearness: 5,
  shortSide: 336,
  windows: 'off',
  windowSide: 224,
  windowStride: 112,
  backgroundWords: STUFF.split(' '),
  learned: '',
};

/** Shares compete as they are: nothing is cut, blurred or drawn to edges by the CRF. */
const masks: MaskParams = {
  ...pnp.presets.default.masks,
  threshold: 0,
  blur: 0,
  crf: false,
  pamr: true,
  absentBelow: 0,
  doubtMatch: 0,
};

export const naclip: EngineDescription<NaclipParams> = {
  id: 'naclip',
  name: 'Similarity (NACLIP)',
  purpose: 'Compares each patch of the image with each class. One look, no passes.',
  needs: [{ role: 'explain', kind: 'clip', optional: false }],
  evidence: ['windows'],
  presence: null,
  table: {
    strategy: {
      label: 'Last block reads',
      range: choice('naclip', 'nonly', 'kk', 'csa', 'vanilla'),
      tries: ['naclip', 'nonly', 'kk', 'vanilla'],
      again: true,
    },
    arch: { label: 'Last block gives', range: choice('reduced', 'vanilla') },
    nearness: {
      label: 'Nearness, patches',
      range: number(0.5, 50),
      tries: [1, 2, 3, 5, 8, 12, 20],
      again: true,
    },
    shortSide: {
      label: 'Short side, pixels',
      range: whole(64, 1536),
      tries: [224, 336, 448, 560],
    },
    windows: {
      label: 'Windows',
      range: choice('auto', 'off', 'on'),
      tries: ['off', 'on'],
      again: true,
    },
    windowSide: { label: 'Window, pixels', range: whole(32, 1024) },
    windowStride: { label: 'A window every, pixels', range: whole(16, 1024) },
    backgroundWords: {
      label: 'Background words',
      range: { kind: 'words', most: 100, maxLength: 60 },
    },
    learned: { label: 'Learned from accepted masks', range: { kind: 'text', maxLength: 64 } },
  },
  presets: {
    reference: {
      own,
      masks: { ...masks, workSide: 0, minRegion: 0, crfPrecision: 'exact' },
    },
    paper: { own, masks: { ...masks, workSide: 0, minRegion: 0, crfPrecision: 'exact' } },
    default: { own: { ...own, windows: 'auto' }, masks },
  },
  sharedTries: {
    contrast: { label: 'Contrast of shares', tries: [15, 25, 40, 60, 90] },
    smallestShare: { label: 'Smallest share', tries: [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6] },
  },
  modelOwned: [],
};
