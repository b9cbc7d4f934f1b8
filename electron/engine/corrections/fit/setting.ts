// What a fit may change of the masks: a setting, the values each of its knobs may take, and what a move costs.
import { usualThreshold } from '../../../api/rules/thresholds.ts';
import type { MaskParams } from '../../../link/params.ts';

export interface MaskSetting {
  /** Thresholds of things and of stuff, each by itself. */
  readonly things: number;
  readonly stuff: number;
  readonly rule: MaskParams['thresholdRule'];
  /** Widths of the CRF: in colours, and in pixels of the working image. */
  readonly colour: number;
  readonly reach: number;
  readonly blur: number;
  readonly temperature: number;
  readonly passes: 'now' | 'all' | 'first';
}

export type Knob = keyof MaskSetting;

/** What of a project decides which moves there are. */
export interface Room {
  /** Stuff moves only where it is judged in enough images. */
  readonly stuff: boolean;
  /** The runs have several passes. */
  readonly passes: boolean;
}

/** In how many images stuff must be judged before its threshold moves. */
export const LEAST_STUFF = 3;

/** Values, and how many octaves a doubling counts. */
interface Numbers {
  readonly values: readonly number[];
  /** Of the value in use. */
  readonly ratios: readonly number[];
  readonly weight: number;
  readonly most: number;
}

type NumberKnob = Exclude<Knob, 'rule' | 'passes'>;

const numbers: Readonly<Record<NumberKnob, Numbers>> = {
  things: {
    values: [0.05, 0.075, 0.1, 0.15, 0.2, 0.3],
    ratios: [0.5, 0.75, 1.5],
    weight: 1,
    most: 0.6,
  },
  stuff: { values: [0.025, 0.05, 0.1, 0.15, 0.2], ratios: [], weight: 1, most: 0.6 },
  colour: { values: [5, 8, 11, 14], ratios: [], weight: 1, most: 30 },
  reach: { values: [], ratios: [0.3, 0.45, 0.67, 1.5], weight: 1, most: 240 },
  blur: { values: [0.025, 0.035, 0.05, 0.07], ratios: [], weight: 1, most: 0.1 },
  temperature: { values: [0.3, 0.6, 1], ratios: [], weight: 0.5, most: 2 },
};
const LEAST_REACH = 10;
const KNOBS = Object.keys(numbers) as NumberKnob[];

export const settingOf = (masks: MaskParams): MaskSetting => ({
  things: masks.threshold,
  stuff: usualThreshold('stuff', masks),
  rule: masks.thresholdRule,
  colour: masks.crfBilateralRgb,
  reach: masks.crfBilateralPx,
  blur: masks.blur,
  temperature: masks.temperature,
  passes: 'now',
});

/** Parameters with a setting in their place. */
export function withSetting(masks: MaskParams, setting: MaskSetting): MaskParams {
  return { ...masks, ...(changesOf(masks, setting) as Partial<MaskParams>) };
}

/** Only what a setting changes, by the names of the parameters. */
export function changesOf(masks: MaskParams, setting: MaskSetting): Partial<MaskParams> {
  const now = settingOf(masks);
  const moved = (knob: Knob) => setting[knob] !== now[knob];
  return {
    ...(moved('things') ? { threshold: setting.things } : {}),
    // A share of the threshold of things: it moves with that, too.
    ...(moved('things') || moved('stuff') ? { stuffShare: shareOf(setting) } : {}),
    ...(moved('rule') ? { thresholdRule: setting.rule } : {}),
    ...(moved('colour') ? { crfBilateralRgb: setting.colour } : {}),
    ...(moved('reach') ? { crfBilateralPx: setting.reach } : {}),
    ...(moved('blur') ? { blur: setting.blur } : {}),
    ...(moved('temperature') ? { temperature: setting.temperature } : {}),
    ...(moved('passes') ? weightsOf(setting) : {}),
  };
}

const shareOf = ({ things, stuff }: MaskSetting): number => (things === 0 ? 1 : stuff / things);

/** Weights of the passes; those that follow the last in the list weigh as it says. */
function weightsOf({ passes }: MaskSetting): Pick<MaskParams, 'firstPassWeight' | 'passWeights'> {
  const first = [1, 0, 0, 0, 0, 0, 0, 0];
  return { firstPassWeight: 1, passWeights: passes === 'first' ? first : [] };
}

/** How far a setting lies from the one in use: each knob's doublings, one for a change of a choice. */
export function octaves(setting: MaskSetting, now: MaskSetting): number {
  const moved = KNOBS.reduce(
    (sum, knob) => sum + numbers[knob].weight * doublings(setting[knob], now[knob]),
    0,
  );
  return moved + Number(setting.rule !== now.rule) + Number(setting.passes !== now.passes);
}

const doublings = (value: number, now: number): number =>
  value === now ? 0 : Math.abs(Math.log2(value / now));

/** All settings that are one move from `from`; ratios are those of the setting in use. */
export function moves(from: MaskSetting, now: MaskSetting, room: Room): MaskSetting[] {
  const found: MaskSetting[] = [];
  for (const knob of KNOBS) {
    // What a person has switched off is not searched.
    if (now[knob] <= 0 || (knob === 'stuff' && !room.stuff)) continue;
    for (const value of valuesOf(knob, now[knob]))
      if (value !== from[knob]) found.push({ ...from, [knob]: value });
  }
  if (room.passes)
    for (const passes of ['now', 'all', 'first'] as const)
      if (passes !== from.passes) found.push({ ...from, passes });
  if (now.rule !== 'binary')
    for (const rule of ['constant', 'grey'] as const)
      if (rule !== from.rule) found.push({ ...from, rule });
  return found;
}

function valuesOf(knob: NumberKnob, now: number): number[] {
  const { values, ratios, most } = numbers[knob];
  const rounded = ratios.map((ratio) => Math.round(now * ratio * 1e4) / 1e4);
  const least = knob === 'reach' ? LEAST_REACH : 0;
  return [...new Set([...values, ...rounded, now])].filter(
    (value) => value >= least && value <= most,
  );
}

/** The same text for the same setting. */
export const keyOf = (setting: MaskSetting): string =>
  [...KNOBS.map((knob) => setting[knob]), setting.rule, setting.passes].join(' ');
