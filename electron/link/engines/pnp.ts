// PnP-OVSS: GradCAM on the cross-attention of an image-text-matching model, pass by pass with salient patches
// hidden (method.md 4, 14). Its presets: the released code with its oddities, the paper's text, the tool's own.
import { UNSTEADY_ABOVE } from '../../api/rules/doubt.ts';
import { FIRST_ENGINE } from '../../api/rules/firstEngine.ts';
import type { ExplainParams, MaskParams } from '../params.ts';
import type { EngineDescription } from './description.ts';
import { choice, number, onOff, whole } from './ranges.ts';

const table: EngineDescription<ExplainParams>['table'] = {
  inputSide: { label: 'Input size, pixels', range: whole(0, 1536) },
  aspect: { label: 'Input shape', range: choice('squeeze', 'letterbox') },
  layers: { label: 'Layers', range: { kind: 'indices', mayBeEmpty: false } },
  heads: { label: 'Heads', range: { kind: 'indices', mayBeEmpty: true } },
  mapKind: { label: 'Kind of map', range: choice('gradcam', 'attention', 'gradient') },
  scaleMaps: { label: 'Scale maps of words', range: onOff },
  captions: { label: 'Captions', range: choice('joint', 'perClass') },
  prefix: { label: 'Words before the names', range: { kind: 'text', maxLength: 200 } },
  joinWords: { label: 'Join words of a name', range: onOff },
  maxClassesPerCaption: { label: 'Most classes per caption', range: whole(1, 100) },
  passes: { label: 'Passes', range: whole(1, 8) },
  dropRule: { label: 'Hide per pass', range: choice('count', 'fraction', 'half') },
  dropCount: { label: 'Patches hidden per pass', range: whole(0, 4608) },
  dropFraction: { label: 'Share hidden per pass', range: number(0, 0.5) },
  dropFill: { label: 'Hidden patches become', range: choice('mean', 'black', 'blur') },
  dropScore: { label: 'Hide by', range: choice('pieces', 'classes') },
  excludeDropped: { label: 'Hide no patch twice', range: onOff },
  selection: { label: 'Classes asked for', range: choice('all', 'match') },
  matchThreshold: { label: 'Least match', range: number(0, 1) },
};

/** The released code, bit for bit where rounding allows; object data sets. */
const releasedOwn: ExplainParams = {
  inputSide: 336,
  aspect: 'squeeze',
  layers: [7],
  heads: [9],
  mapKind: 'gradcam',
  scaleMaps: false,
  captions: 'joint',
  prefix: 'A picture of',
  joinWords: true,
  maxClassesPerCaption: 25,
  passes: 4,
  dropRule: 'count',
  dropCount: 10,
  dropFraction: 10 / 441,
  dropFill: 'mean',
  dropScore: 'pieces',
  excludeDropped: false,
  selection: 'all',
  matchThreshold: 0.5,
};

const releasedMasks: MaskParams = {
  firstPassWeight: 2,
  passWeights: [],
  synonyms: 'max',
  lastClass: 'sum',
  thresholdRule: 'grey',
  threshold: 0.15,
  stuffShare: 1,
  upsampling: 'bilinear',
  gridRounding: 'single',
  scaleSinglePass: true,
  workSide: 0,
  blur: 0.05,
  scaleUnblurred: false,
  background: 'always',
  contrast: 40,
  smallestShare: 0.1,
  backgroundWords: true,
  backgroundFactor: 1,
  stuffBackgroundFactor: 1,
  pamr: false,
  pamrSteps: 10,
  pamrReach: [8, 16],
  temperature: 1,
  crf: true,
  crfPrecision: 'exact',
  crfIterations: 10,
  crfGaussianPx: 3,
  crfGaussianWeight: 7,
  crfBilateralPx: 50,
  crfBilateralRgb: 5,
  crfBilateralWeight: 10,
  minRegion: 0,
  fillHoles: 0,
  growThings: 0,
  growStuff: 0,
  absentBelow: 0,
  doubtMatch: 0.3,
  doubtMargin: 0,
  doubtCrfChange: 1,
  doubtUnsteady: 1,
  renameInPlace: true,
};

/** The engine that the program began with. */
export const pnp: EngineDescription<ExplainParams> = {
  id: FIRST_ENGINE,
  name: 'PnP-OVSS',
  purpose:
    'Shows where an image-text model looks for each class. Works with any number of classes, tells absent ones.',
  needs: [{ role: 'explain', kind: 'itm', optional: false }],
  evidence: ['passes', 'words', 'heads'],
  presence: 'match',
  table,
  presets: {
    reference: { own: releasedOwn, masks: releasedMasks },
    // The paper's text: half of the remaining patches per pass, a plain sum, none of the slips.
    paper: {
      own: { ...releasedOwn, dropRule: 'half', dropScore: 'classes', excludeDropped: true },
      masks: {
        ...releasedMasks,
        firstPassWeight: 1,
        lastClass: 'mean',
        gridRounding: 'exact',
        scaleSinglePass: false,
        renameInPlace: false,
      },
    },
    // The tool's choice: real spelling, drops as a share of the grid, working size, small regions out.
    default: {
      own: {
        ...releasedOwn,
        joinWords: false,
        dropRule: 'fraction',
        dropScore: 'classes',
        excludeDropped: true,
      },
      masks: {
        ...releasedMasks,
        lastClass: 'mean',
        gridRounding: 'exact',
        scaleSinglePass: false,
        workSide: 640,
        scaleUnblurred: true,
        crfPrecision: 'fast',
        minRegion: 0.0005,
        absentBelow: 0.1,
        doubtMargin: 0.05,
        doubtCrfChange: 0.6,
        doubtUnsteady: UNSTEADY_ABOVE,
        renameInPlace: false,
      },
    },
  },
  modelOwned: ['inputSide', 'layers', 'heads', 'prefix'],
  formerly: 'explain',
};
