// Ranges of every knob and the one check of values against them: validation, controls and the command
// line read this table.
import { PipelineError } from './pipelineError.ts';
import type { ExplainParams, MaskParams, PipelineParams } from './params.ts';

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
  pamr: onOff,
  pamrSteps: whole(1, 50),
  pamrReach: { kind: 'numbers', min: 1, max: 64, most: 6 },
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
