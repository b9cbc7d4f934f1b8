// Named starting points (method.md 14): the released code with its oddities, the paper's text,
// and the tool's own default. A pack may bring its own values on top.
import { type PipelineParams } from './params.ts';
import { withOverrides } from './paramRanges.ts';

export type PresetName = 'reference' | 'paper' | 'default' | 'pack';

/** The released code, bit for bit where rounding allows; object data sets. */
const reference: PipelineParams = {
  explain: {
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
  },
  masks: {
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
    absentBelow: 0,
    doubtMatch: 0.3,
    doubtMargin: 0,
    doubtCrfChange: 1,
    renameInPlace: true,
  },
};

/** The paper's text: half of the remaining patches per pass, a plain sum, none of the slips. */
const paper: PipelineParams = {
  explain: { ...reference.explain, dropRule: 'half', dropScore: 'classes', excludeDropped: true },
  masks: {
    ...reference.masks,
    firstPassWeight: 1,
    lastClass: 'mean',
    gridRounding: 'exact',
    scaleSinglePass: false,
    renameInPlace: false,
  },
};

/** The tool's choice: real spelling, drops as a share of the grid, working size, small regions out. */
const toolDefault: PipelineParams = {
  explain: {
    ...reference.explain,
    joinWords: false,
    dropRule: 'fraction',
    dropScore: 'classes',
    excludeDropped: true,
  },
  masks: {
    ...reference.masks,
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
    renameInPlace: false,
  },
};

/** Values that belong to a model, not to the method: a pack's word on them holds in every preset. */
const MODEL_OWNED = ['explain.inputSide', 'explain.layers', 'explain.heads', 'explain.prefix'];

/**
 * A preset, then the pack's values (all of them for 'pack', the model's own facts otherwise), then
 * the user's, by dotted name. Throws PipelineError PARAM_INVALID naming the parameter.
 */
export function resolveParams(
  preset: PresetName,
  packDefaults: { readonly [dottedName: string]: unknown } = {},
  overrides: { readonly [dottedName: string]: unknown } = {},
): PipelineParams {
  const base = { reference, paper, default: toolDefault, pack: toolDefault }[preset];
  const fromPack = Object.entries(packDefaults).filter(
    ([name]) => preset === 'pack' || MODEL_OWNED.includes(name),
  );
  return withOverrides(withOverrides(base, Object.fromEntries(fromPack)), overrides);
}
