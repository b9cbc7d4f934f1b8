// Geometry of the reward chart: scales, the line of the best so far, the bands of layer groups.
import type { TuneEvaluation } from '../../../../electron/api/tuning.ts';

export interface Scale {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
}

/** Round ticks that hold all values, about six. */
export function niceScale(values: readonly number[]): Scale {
  const low = Math.min(...values);
  const high = Math.max(...values);
  if (values.length === 0) return { low: 0, high: 1, ticks: [0, 0.5, 1] };
  const span = Math.max(high - low, 0.02);
  const rough = span / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((one) => one * power >= rough) ?? 10) * power;
  const first = Math.floor(low / step);
  const last = Math.max(first + 1, Math.ceil(high / step));
  return {
    low: first * step,
    high: last * step,
    ticks: Array.from({ length: last - first + 1 }, (_, at) => (first + at) * step),
  };
}

/** A run of tries of one group of layers; `from` and `to` are positions in the list. */
export interface Band {
  readonly group: number | null;
  readonly stage: TuneEvaluation['stage'];
  readonly from: number;
  readonly to: number;
  /** 0-based layers tried in it, lowest and highest. */
  readonly layers: readonly [number, number];
}

export function bandsOf(tries: readonly TuneEvaluation[]): Band[] {
  const bands: Band[] = [];
  tries.forEach(({ group, stage, setting }, at) => {
    const last = bands.at(-1);
    const [low, high] = [Math.min(...setting.layers), Math.max(...setting.layers)];
    if (last && last.group === group && last.stage === stage)
      bands[bands.length - 1] = {
        ...last,
        to: at,
        layers: [Math.min(last.layers[0], low), Math.max(last.layers[1], high)],
      };
    else bands.push({ group, stage, from: at, to: at, layers: [low, high] });
  });
  return bands;
}

/** Highest reward up to each try. */
export function bestSoFar(rewards: readonly number[]): number[] {
  let best = -Infinity;
  return rewards.map((reward) => (best = Math.max(best, reward)));
}

/** A mark of about 8 px around a point: circle, square, triangle or diamond. */
export function markPath(shape: number, x: number, y: number): string {
  switch (shape) {
    case 0:
      return `M${x - 3.2} ${y}a3.2 3.2 0 1 0 6.4 0a3.2 3.2 0 1 0 -6.4 0Z`;
    case 1:
      return `M${x - 3} ${y - 3}h6v6h-6Z`;
    case 2:
      return `M${x} ${y - 4}l4 7h-8Z`;
    default:
      return `M${x} ${y - 4.4}l4.4 4.4l-4.4 4.4l-4.4 -4.4Z`;
  }
}

/** Shape and colour number of a try: its group, or the diamond for what belongs to none. */
export const shapeOf = ({ group }: Pick<TuneEvaluation, 'group'>): number => group ?? 3;
