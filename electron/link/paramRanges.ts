// Parameters of the stages that every engine shares, and the one function that puts values over values:
// validation, controls and the command line read these tables.
import type { ParamRange } from '../api/model.ts';
import { choice, complaint, number, onOff, whole } from './engines/ranges.ts';
import { ENGINES } from './engines/engines.ts';
import type { EngineValues } from './engines/description.ts';
import type { MaskParams, PipelineParams } from './params.ts';
import { PipelineError } from './pipelineError.ts';

const MASK_RANGES: { readonly [K in keyof MaskParams]: ParamRange } = {
  firstPassWeight: number(0, 4),
  passWeights: { kind: 'numbers', min: 0, max: 4, most: 8 },
  synonyms: choice('max', 'mean'),
  lastClass: choice('mean', 'sum'),
  thresholdRule: choice('grey', 'binary', 'constant'),
  threshold: number(0, 0.6),
  // Above 1, stuff is cut higher than things are.
  stuffShare: number(0, 12),
  upsampling: choice('bilinear', 'bicubic'),
  gridRounding: choice('exact', 'single', 'double'),
  scaleSinglePass: onOff,
  workSide: whole(0, 4096),
  blur: number(0, 0.1),
  scaleUnblurred: onOff,
  background: choice('always', 'never', 'auto'),
  contrast: number(1, 200),
  smallestShare: number(0, 0.9),
  backgroundWords: onOff,
  backgroundFactor: number(0.1, 10),
  stuffBackgroundFactor: number(0.1, 10),
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
  growThings: whole(-4, 4),
  growStuff: whole(-4, 4),
  absentBelow: number(0, 1),
  doubtMatch: number(0, 1),
  doubtMargin: number(0, 1),
  doubtCrfChange: number(0, 1),
  doubtUnsteady: number(0, 1),
  renameInPlace: onOff,
};

const MASKS = 'masks';

/** Ranges by dotted name, e.g. 'pnp.layers' or 'masks.threshold', those of every engine. */
export const PARAM_RANGES: ReadonlyMap<string, ParamRange> = new Map([
  ...ENGINES.flatMap(({ id, table }) =>
    Object.entries(table).map(([name, { range }]) => [`${id}.${name}`, range] as const),
  ),
  ...Object.entries(MASK_RANGES).map(([name, range]) => [`${MASKS}.${name}`, range] as const),
]);

/** The present form of a dotted name: projects, packs and scripts of earlier programs say explain.layers. */
export function currentName(name: string): string {
  const [group, key] = name.split('.', 2);
  const engine = ENGINES.find(({ formerly }) => formerly !== undefined && formerly === group);
  return engine && key !== undefined ? `${engine.id}.${key}` : name;
}

/**
 * A copy of `params` with values replaced by dotted name; those of other engines are checked and left out, so
 * that a project keeps them while it tries another engine. Throws PipelineError PARAM_INVALID that names the
 * parameter, its range and the value for unknown names and bad values.
 */
export function withOverrides<Own extends object>(
  params: PipelineParams<Own>,
  overrides: { readonly [dottedName: string]: unknown },
): PipelineParams<Own> {
  const own: Record<string, unknown> = { ...(params.explain as EngineValues) };
  const masks: Record<string, unknown> = { ...params.masks };
  for (const [given, value] of Object.entries(overrides)) {
    if (value === undefined) continue;
    const name = currentName(given);
    // The name of today wins where both are given.
    if (name !== given && overrides[name] !== undefined) continue;
    const range = PARAM_RANGES.get(name);
    if (!range)
      throw new PipelineError(
        'PARAM_INVALID',
        `expected a parameter name such as masks.threshold, found ${JSON.stringify(given.slice(0, 80))}`,
      );
    checkValue(name, range, value);
    const [group, key] = name.split('.') as [string, string];
    if (group === MASKS) masks[key] = value;
    else if (group === params.engine) own[key] = value;
  }
  // Every value was checked against the range of its own field just above.
  return { engine: params.engine, explain: own as Own, masks: masks as unknown as MaskParams };
}

/** Throws PARAM_INVALID unless every value of `params` is inside its range. */
export function checkParams({ engine, explain, masks }: PipelineParams<object>): void {
  for (const [name, range] of PARAM_RANGES) {
    const [group, key] = name.split('.') as [string, string];
    if (group === MASKS) checkValue(name, range, masks[key as keyof MaskParams]);
    else if (group === engine) checkValue(name, range, (explain as EngineValues)[key]);
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
