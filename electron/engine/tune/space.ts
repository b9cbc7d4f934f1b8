// What a search may try: a grid of values per axis, and the layers split into three groups
// (method.md 7.4). Points of the grid are index vectors; settings are what they stand for.
import type { TuneAxes, TuneParameter, TuneSetting } from '../../api/tuning.ts';
import type { Json } from '../../api/types.ts';

/** Axis values; an axis with one value is fixed. */
export interface SearchSpace {
  /** Sets of layers; single ones unless the axis is fixed. */
  readonly layers: readonly (readonly number[])[];
  readonly heads: readonly (readonly number[])[];
  readonly thresholds: readonly number[];
  readonly blurs: readonly number[];
  /** Further axes, of engines without layers and heads. */
  readonly parameters: readonly ParameterAxis[];
  readonly base: TuneSetting;
}

interface ParameterAxis {
  readonly name: string;
  readonly values: readonly Json[];
}

/** One index per axis: layers, heads, thresholds, blurs, then one per parameter. */
export type Point = readonly number[];

const THRESHOLDS = [0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5];
const BLURS = [0, 0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1];
export const PASS_CHOICES: readonly number[] = [1, 2, 3, 4, 6];
export const DROP_CHOICES: readonly number[] = [0.01, 0.02, 0.04, 0.08];

/** The last layer is left out: its words have no gradient (method.md 13, row 17). */
export function usefulLayers(layers: number): number[] {
  return Array.from({ length: Math.max(1, layers - 1) }, (_, layer) => layer);
}

/** Every single head, then the mean over all. */
function headChoices(heads: number): number[][] {
  return [...Array.from({ length: heads }, (_, head) => [head]), []];
}

/** The space around the setting in use. Passes stay 1: more of them are tried on the finalists. */
export function searchSpace(
  model: { readonly layers: number; readonly heads: number },
  inUse: TuneSetting,
  axes: TuneAxes,
): SearchSpace {
  return {
    layers: axes.layer ? usefulLayers(model.layers).map((layer) => [layer]) : [inUse.layers],
    heads: axes.head ? headChoices(model.heads) : [inUse.heads],
    thresholds: axes.threshold ? withValue(THRESHOLDS, inUse.threshold) : [inUse.threshold],
    blurs: axes.blur ? withValue(BLURS, inUse.blur) : [inUse.blur],
    parameters: [],
    base: { ...inUse, passes: 1 },
  };
}

/** The space of an engine without layers and heads, around the setting in use. */
export function parameterSpace(
  parameters: readonly Pick<TuneParameter, 'name' | 'tries' | 'inUse'>[],
  inUse: TuneSetting,
): SearchSpace {
  const { layers, heads, threshold, blur } = inUse;
  return {
    layers: [layers],
    heads: [heads],
    thresholds: [threshold],
    blurs: [blur],
    parameters: parameters.map(({ name, tries, inUse: own }) => ({
      name,
      values: withValue(tries, own),
    })),
    base: inUse,
  };
}

/** Consecutive layers in up to three groups of nearly equal size, the earlier ones larger. */
export function layerGroups(space: SearchSpace): SearchSpace[] {
  const groups = Math.min(3, space.layers.length);
  let from = 0;
  return Array.from({ length: groups }, (_, group) => {
    const size = Math.ceil((space.layers.length - from) / (groups - group));
    const layers = space.layers.slice(from, from + size);
    from += size;
    return { ...space, layers };
  });
}

/** Number of values per axis. */
export function dimensions({ layers, heads, thresholds, blurs, parameters }: SearchSpace): Point {
  const axes = [layers, heads, thresholds, blurs, ...parameters.map(({ values }) => values)];
  return axes.map(({ length }) => length);
}

export function pointCount(space: SearchSpace): number {
  return dimensions(space).reduce((product, size) => product * size, 1);
}

/** The point with this number when all are counted through, the last axis fastest. */
export function pointAt(space: SearchSpace, index: number): Point {
  const point: number[] = [];
  let rest = index;
  for (const size of dimensions(space).toReversed()) {
    point.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  return point;
}

export function settingAt(space: SearchSpace, point: Point): TuneSetting {
  const [layers, heads, threshold, blur, ...others] = point as [
    number,
    number,
    number,
    number,
    ...number[],
  ];
  const values = space.parameters.map(
    (axis, at) => [axis.name, axis.values[others[at] as number] as Json] as const,
  );
  return {
    ...space.base,
    layers: space.layers[layers] as readonly number[],
    heads: space.heads[heads] as readonly number[],
    threshold: space.thresholds[threshold] as number,
    blur: space.blurs[blur] as number,
    ...(space.base.values
      ? { values: { ...space.base.values, ...Object.fromEntries(values) } }
      : {}),
  };
}

/** Same key, same masks. */
export function settingKey(setting: TuneSetting): string {
  const { layers, heads, threshold, blur, passes, drop, values } = setting;
  const own = values ? [Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1))] : [];
  return JSON.stringify([layers, heads, threshold, blur, passes, passes > 1 ? drop : null, ...own]);
}

/** The values with the one in use, numbers in their order. */
function withValue<T extends Json>(values: readonly T[], value: T): T[] {
  const all = values.includes(value) ? [...values] : [...values, value];
  return all.every((one) => typeof one === 'number') ? all.sort((a, b) => +a! - +b!) : all;
}
