// Settings while they are being tried: what was changed on top of the project's, by dotted name.
import type { CategoryId, Json } from '../../../../../electron/api/types.ts';
import type { PrelabelParams } from '../../../../../electron/api/run.ts';

export type Values = { readonly [dottedName: string]: Json };

export interface Live {
  readonly thresholds: { readonly [categoryId: number]: number };
  readonly overrides: Values;
}

export const UNCHANGED: Live = { thresholds: {}, overrides: {} };

export function isChanged(live: Live): boolean {
  return Object.keys(live.thresholds).length > 0 || Object.keys(live.overrides).length > 0;
}

/** With one parameter set; a value that equals the project's is no change. */
export function withValue(live: Live, base: Values, name: string, value: Json): Live {
  const { [name]: _, ...others } = live.overrides;
  const same = JSON.stringify(base[name]) === JSON.stringify(value);
  return { ...live, overrides: same ? others : { ...others, [name]: value } };
}

/** With the threshold of one class set; `saved` is no change. */
export function withThreshold(live: Live, id: CategoryId, value: number, saved: number): Live {
  const { [id]: _, ...others } = live.thresholds;
  return { ...live, thresholds: value === saved ? others : { ...others, [id]: value } };
}

/** The project's parameters with the changes on top, as the engine takes them. */
export function paramsWith(params: PrelabelParams, overrides: Values): PrelabelParams {
  return { ...params, overrides: { ...params.overrides, ...overrides } };
}

/** Weights that the settings mean for a run of so many passes. */
export function weightsOf(values: Values, passes: number): number[] {
  const list = values['masks.passWeights'];
  const given = Array.isArray(list) ? list : [];
  const first = Number(values['masks.firstPassWeight'] ?? 1);
  return Array.from({ length: passes }, (_, pass) =>
    given.length > 0 ? Number(given[pass] ?? 1) : pass === 0 && passes > 1 ? first : 1,
  );
}

/** Passes up to the last one that counts. */
export function passesUsed(weights: readonly number[]): number {
  return weights.findLastIndex((weight) => weight > 0) + 1;
}

/** Uses the first `count` passes: later ones weigh nothing, earlier ones get their weight back. */
export function usePasses(
  weights: readonly number[],
  reference: readonly number[],
  count: number,
): number[] {
  const before = passesUsed(weights);
  return weights.map((weight, pass) => {
    if (pass >= count) return 0;
    return pass >= before ? reference[pass] || 1 : weight;
  });
}

/** One weight changed; a run in which nothing counts is refused (null). */
export function withWeight(
  weights: readonly number[],
  pass: number,
  weight: number,
): number[] | null {
  const next = weights.map((old, index) => (index === pass ? weight : old));
  return passesUsed(next) === 0 ? null : next;
}
