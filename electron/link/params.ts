// Every knob of a run with its range (method.md 14), in two groups: `explain` needs the model,
// `masks` re-runs without it. One table serves validation, controls and the command line.
import { PipelineError } from './pipelineError.ts';

/** How sample positions are rounded: exactly, or as a 32-bit or 64-bit run of the released code. */
export type GridRounding = 'exact' | 'single' | 'double';

export type DropFill = 'mean' | 'black' | 'blur';

export type MapKind = 'gradcam' | 'attention' | 'gradient';

export type DropScore =
  /** Sum over all pieces of all names: long names weigh more (released code). */
  | 'pieces'
  /** Mean over the pieces of a word and the words of a class, then the sum over classes. */
  | 'classes';

/** What decides the maps. Layers and heads are 0-based here, 1-based for people. */
export interface ExplainParams {
  /** Side of the model input in pixels; 0 = the pack's native side. */
  readonly inputSide: number;
  /** 'letterbox' keeps the aspect: the grid is cut to the image, nothing is padded. */
  readonly aspect: 'squeeze' | 'letterbox';
  readonly layers: readonly number[];
  /** Empty = mean over all heads. */
  readonly heads: readonly number[];
  readonly mapKind: MapKind;
  /** Divide each word's map of each layer by its maximum; always done for several layers. */
  readonly scaleMaps: boolean;
  readonly captions: 'joint' | 'perClass';
  readonly prefix: string;
  /** Delete spaces and hyphens inside names, as the released code does. */
  readonly joinWords: boolean;
  readonly maxClassesPerCaption: number;
  readonly passes: number;
  readonly dropRule: 'count' | 'fraction' | 'half';
  /** Patches per pass for 'count'. */
  readonly dropCount: number;
  /** Share of all patches per pass for 'fraction'. */
  readonly dropFraction: number;
  readonly dropFill: DropFill;
  readonly dropScore: DropScore;
  /** Never choose a hidden patch again; the released code may. */
  readonly excludeDropped: boolean;
  /** 'match' asks ITM first and leaves classes under matchThreshold out of the captions. */
  readonly selection: 'all' | 'match';
  readonly matchThreshold: number;
}

/** What decides masks once the maps are there. */
export interface MaskParams {
  readonly firstPassWeight: number;
  /** Weight per pass, 0 = the pass is left out; empty = `firstPassWeight`, then 1 each. */
  readonly passWeights: readonly number[];
  readonly synonyms: 'max' | 'mean';
  /** 'sum' = the released code's last class (method.md 13, row 6). */
  readonly lastClass: 'mean' | 'sum';
  /**
   * 'grey': values under the threshold become 0, others keep their height; 'binary': the others
   * become 1; 'constant': nothing is cut, the background is a constant channel of that height.
   */
  readonly thresholdRule: 'grey' | 'binary' | 'constant';
  /** On the normalised class map, 0-0.6. */
  readonly threshold: number;
  /** Stuff classes are cut at this share of the threshold; the engine knows which they are. */
  readonly stuffShare: number;
  readonly upsampling: 'bilinear' | 'bicubic';
  /** Sample positions of the upsampling; the released code rounds its scale to 32 bits. */
  readonly gridRounding: GridRounding;
  /** Min-max each class after upsampling when the run has one pass (released code). */
  readonly scaleSinglePass: boolean;
  /** Long side of the working image in pixels; 0 = the image's own size. */
  readonly workSide: number;
  /** Gaussian deviation as a share of the working image's long side. */
  readonly blur: number;
  /** Min-max every channel even where blur is 0; the released code compares raw values then. */
  readonly scaleUnblurred: boolean;
  /** 'auto': only with fewer than three classes (context data sets). */
  readonly background: 'always' | 'never' | 'auto';
  readonly temperature: number;
  readonly crf: boolean;
  /** 'fast' is labelled as 'exact' is on all but one in ten thousand pixels, but not to the last bit on every machine. */
  readonly crfPrecision: 'exact' | 'fast';
  readonly crfIterations: number;
  readonly crfGaussianPx: number;
  readonly crfGaussianWeight: number;
  readonly crfBilateralPx: number;
  readonly crfBilateralRgb: number;
  readonly crfBilateralWeight: number;
  /** Smallest region that stays, as a share of the image; 0 = all stay. */
  readonly minRegion: number;
  /** Largest hole that is filled, as a share of the image; 0 = none. */
  readonly fillHoles: number;
  /** Classes whose match probability is lower are shown but not painted. */
  readonly absentBelow: number;
  /** A class or image is doubtful below these. */
  readonly doubtMatch: number;
  readonly doubtMargin: number;
  /** A class of which the CRF moved a larger share is doubtful; 1 = never. */
  readonly doubtCrfChange: number;
  /** Rename labels one after the other, collisions included (method.md 13, row 12). */
  readonly renameInPlace: boolean;
}

export interface PipelineParams {
  readonly explain: ExplainParams;
  readonly masks: MaskParams;
}

export type ParamRange =
  | { readonly kind: 'number'; readonly min: number; readonly max: number; readonly whole?: true }
  | { readonly kind: 'choice'; readonly values: readonly string[] }
  | { readonly kind: 'switch' }
  | { readonly kind: 'text'; readonly maxLength: number }
  /** Whole numbers from 0, each once. */
  | { readonly kind: 'indices'; readonly mayBeEmpty: boolean }
  | { readonly kind: 'numbers'; readonly min: number; readonly max: number; readonly most: number };

type Ranges<T> = { readonly [K in keyof T]: ParamRange };

const number = (min: number, max: number): ParamRange => ({ kind: 'number', min, max });
const whole = (min: number, max: number): ParamRange => ({ kind: 'number', min, max, whole: true });
const choice = (...values: string[]): ParamRange => ({ kind: 'choice', values });
const onOff: ParamRange = { kind: 'switch' };

const EXPLAIN_RANGES: Ranges<ExplainParams> = {
  inputSide: whole(0, 1536),
  aspect: choice('squeeze', 'letterbox'),
  layers: { kind: 'indices', mayBeEmpty: false },
  heads: { kind: 'indices', mayBeEmpty: true },
  mapKind: choice('gradcam', 'attention', 'gradient'),
  scaleMaps: onOff,
  captions: choice('joint', 'perClass'),
  prefix: { kind: 'text', maxLength: 200 },
  joinWords: onOff,
  maxClassesPerCaption: whole(1, 100),
  passes: whole(1, 8),
  dropRule: choice('count', 'fraction', 'half'),
  dropCount: whole(0, 4608),
  dropFraction: number(0, 0.5),
  dropFill: choice('mean', 'black', 'blur'),
  dropScore: choice('pieces', 'classes'),
  excludeDropped: onOff,
  selection: choice('all', 'match'),
  matchThreshold: number(0, 1),
};

const MASK_RANGES: Ranges<MaskParams> = {
  firstPassWeight: number(0, 4),
  passWeights: { kind: 'numbers', min: 0, max: 4, most: 8 },
  synonyms: choice('max', 'mean'),
  lastClass: choice('mean', 'sum'),
  thresholdRule: choice('grey', 'binary', 'constant'),
  threshold: number(0, 0.6),
  stuffShare: number(0, 1),
  upsampling: choice('bilinear', 'bicubic'),
  gridRounding: choice('exact', 'single', 'double'),
  scaleSinglePass: onOff,
  workSide: whole(0, 4096),
  blur: number(0, 0.1),
  scaleUnblurred: onOff,
  background: choice('always', 'never', 'auto'),
  temperature: number(0.05, 2),
  crf: onOff,
  crfPrecision: choice('exact', 'fast'),
  crfIterations: whole(1, 30),
  crfGaussianPx: number(1, 20),
  crfGaussianWeight: number(0, 30),
  crfBilateralPx: number(10, 240),
  crfBilateralRgb: number(1, 30),
  crfBilateralWeight: number(0, 30),
  minRegion: number(0, 0.05),
  fillHoles: number(0, 0.05),
  absentBelow: number(0, 1),
  doubtMatch: number(0, 1),
  doubtMargin: number(0, 1),
  doubtCrfChange: number(0, 1),
  renameInPlace: onOff,
};

/** Ranges by dotted name, e.g. 'masks.threshold': the table that controls and flags are made from. */
export const PARAM_RANGES: ReadonlyMap<string, ParamRange> = new Map([
  ...Object.entries(EXPLAIN_RANGES).map(([name, range]) => [`explain.${name}`, range] as const),
  ...Object.entries(MASK_RANGES).map(([name, range]) => [`masks.${name}`, range] as const),
]);

/**
 * A copy of `params` with values replaced by dotted name. Throws PipelineError PARAM_INVALID that
 * names the parameter, its range and the value for unknown names and bad values.
 */
export function withOverrides(
  params: PipelineParams,
  overrides: { readonly [dottedName: string]: unknown },
): PipelineParams {
  const explain: Record<string, unknown> = { ...params.explain };
  const masks: Record<string, unknown> = { ...params.masks };
  for (const [name, value] of Object.entries(overrides)) {
    if (value === undefined) continue;
    const range = PARAM_RANGES.get(name);
    if (!range)
      throw new PipelineError(
        'PARAM_INVALID',
        `expected a parameter name such as masks.threshold, found ${JSON.stringify(name.slice(0, 80))}`,
      );
    checkValue(name, range, value);
    const [group, key] = name.split('.') as [string, string];
    (group === 'explain' ? explain : masks)[key] = value;
  }
  // Every value was checked against the range of its own field just above.
  return { explain, masks } as unknown as PipelineParams;
}

/** Throws PARAM_INVALID unless every value of `params` is inside its range. */
export function checkParams(params: PipelineParams): void {
  for (const [name, range] of PARAM_RANGES) {
    const [group, key] = name.split('.') as ['explain' | 'masks', string];
    checkValue(name, range, (params[group] as unknown as Record<string, unknown>)[key]);
  }
}

function checkValue(name: string, range: ParamRange, value: unknown): void {
  const expected = complaint(range, value);
  if (expected !== null)
    throw new PipelineError(
      'PARAM_INVALID',
      `expected ${expected} for ${name}, found ${JSON.stringify(value)?.slice(0, 80) ?? String(value)}`,
    );
}

/** What was expected, or null when the value fits. */
function complaint(range: ParamRange, value: unknown): string | null {
  switch (range.kind) {
    case 'number': {
      const fits =
        typeof value === 'number' &&
        value >= range.min &&
        value <= range.max &&
        (range.whole !== true || Number.isInteger(value));
      return fits
        ? null
        : `a ${range.whole ? 'whole ' : ''}number from ${range.min} to ${range.max}`;
    }
    case 'choice':
      return typeof value === 'string' && range.values.includes(value)
        ? null
        : `one of ${range.values.join(', ')}`;
    case 'switch':
      return typeof value === 'boolean' ? null : 'true or false';
    case 'text':
      return typeof value === 'string' && value.length <= range.maxLength
        ? null
        : `text of at most ${range.maxLength} characters`;
    case 'numbers': {
      const fits =
        Array.isArray(value) &&
        value.length <= range.most &&
        value.every((one) => typeof one === 'number' && one >= range.min && one <= range.max);
      return fits
        ? null
        : `a list of at most ${range.most} numbers from ${range.min} to ${range.max}`;
    }
    case 'indices': {
      const fits =
        Array.isArray(value) &&
        (range.mayBeEmpty || value.length > 0) &&
        value.length <= 64 &&
        new Set(value).size === value.length &&
        value.every((one) => Number.isInteger(one) && (one as number) >= 0);
      return fits
        ? null
        : `a list of different whole numbers from 0${range.mayBeEmpty ? '' : ', not empty'}`;
    }
  }
}
