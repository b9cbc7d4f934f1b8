// Average precision of instances as COCO computes it: detections by falling score against true objects, at
// ten overlaps, precision at 101 recalls, small, medium and large objects apart, crowds never counted.
import { area, type PixelBox } from '../../masks/runs/rle.ts';
import { intersect } from '../../masks/runs/combine.ts';
import { boundingBox } from '../../masks/runs/measure.ts';
import type { RleMask } from '../../api/types.ts';

/** A true or a found object of one class on one image. */
export interface Instance {
  readonly label: number;
  readonly mask: RleMask;
  readonly isCrowd: boolean;
  /** Of found objects; 1 where nothing is said. */
  readonly score: number;
}

/** 0 to 1; null where no true object of that kind is there. */
export interface AveragePrecision {
  /** Mean over the ten overlaps 0.50, 0.55 ... 0.95. */
  readonly ap: number | null;
  readonly ap50: number | null;
  readonly ap75: number | null;
}

export interface InstanceScores extends AveragePrecision {
  /** Objects under 32², up to 96², and above. */
  readonly small: number | null;
  readonly medium: number | null;
  readonly large: number | null;
  /** Mean recall with at most 100 objects an image. */
  readonly recall: number | null;
  readonly classes: readonly (AveragePrecision & { readonly label: number })[];
}

// As COCO's own program adds them up: a recall of 0.7 is beneath its 71st, 0.7000000000000001.
const OVERLAPS = Array.from({ length: 10 }, (_, at) => 0.5 + 0.05 * at);
const RECALLS = Array.from({ length: 101 }, (_, at) => at * 0.01);
/** Areas that count, in pixels; both ends belong to the range. */
const RANGES = {
  all: [0, 1e10],
  small: [0, 32 ** 2],
  medium: [32 ** 2, 96 ** 2],
  large: [96 ** 2, 1e10],
} as const;
type Range = keyof typeof RANGES;
const RANGE_NAMES = Object.keys(RANGES) as Range[];
/** Objects of a class that are looked at on one image. */
const MOST = 100;

/** One class on one image at one range of areas: what became of every found object, best first. */
interface Outcome {
  readonly scores: readonly number[];
  /** [overlap][found]: 1 right, 0 wrong, -1 not counted. */
  readonly right: readonly (readonly number[])[];
  readonly objects: number;
}

/** What images have given so far, by class and range. */
export type InstanceSums = Map<number, { readonly [range in Range]: Outcome[] }>;

/** Adds one image. */
export function addInstances(
  sums: InstanceSums,
  truth: readonly Instance[],
  found: readonly Instance[],
): void {
  for (const label of new Set([...truth, ...found].map((one) => one.label))) {
    const real = truth.filter((one) => one.label === label);
    const best = found
      .filter((one) => one.label === label)
      // Equal scores keep their order.
      .toSorted((a, b) => b.score - a.score)
      .slice(0, MOST);
    const overlaps = overlapsOf(best, real);
    const kept = sums.get(label) ?? { all: [], small: [], medium: [], large: [] };
    sums.set(label, kept);
    for (const range of RANGE_NAMES)
      kept[range].push(outcomeOf(best, real, overlaps, RANGES[range]));
  }
}

/** The scores of all images; `label`s without a true object have none. */
export function instanceScores(sums: InstanceSums): InstanceScores {
  const classes = [...sums.entries()].toSorted(([a], [b]) => a - b);
  const curves = classes.map(([label, ranges]) => ({ label, ...curveOf(ranges.all) }));
  const at = (overlap: number) => (one: Curve) =>
    one.precision[Math.round((overlap - 0.5) / 0.05)] ?? null;
  const every = (one: Curve) => mean(one.precision);
  const ofRange = (range: Range) =>
    mean(classes.map(([, ranges]) => every(curveOf(ranges[range]))));
  return {
    ap: mean(curves.map(every)),
    ap50: mean(curves.map(at(0.5))),
    ap75: mean(curves.map(at(0.75))),
    small: ofRange('small'),
    medium: ofRange('medium'),
    large: ofRange('large'),
    recall: mean(curves.map((one) => mean(one.recall))),
    classes: curves.map((one) => ({
      label: one.label,
      ap: every(one),
      ap50: at(0.5)(one),
      ap75: at(0.75)(one),
    })),
  };
}

/** [found][true] intersection over union; of a crowd the share of what was found that lies in it. */
function overlapsOf(found: readonly Instance[], truth: readonly Instance[]): number[][] {
  const real = truth.map((one) => ({ ...one, box: boundingBox(one.mask), pixels: area(one.mask) }));
  return found.map(({ mask }) => {
    const box = boundingBox(mask);
    const pixels = area(mask);
    return real.map((one) => {
      if (!meet(box, one.box)) return 0;
      const both = area(intersect(mask, one.mask));
      const joined = one.isCrowd ? pixels : pixels + one.pixels - both;
      return joined === 0 ? 0 : both / joined;
    });
  });
}

function outcomeOf(
  found: readonly Instance[],
  truth: readonly Instance[],
  overlaps: readonly (readonly number[])[],
  [least, most]: readonly [number, number],
): Outcome {
  const outside = (pixels: number) => pixels < least || pixels > most;
  const aside = truth.map(({ mask, isCrowd }) => isCrowd || outside(area(mask)));
  // Objects that count are matched before those that do not.
  const order = truth.map((_, at) => at).toSorted((a, b) => Number(aside[a]) - Number(aside[b]));
  const right = OVERLAPS.map((overlap) => {
    const taken = new Set<number>();
    return found.map(({ mask }, at) => {
      const match = matchOf(overlaps[at] ?? [], { truth, order, aside, taken }, overlap);
      if (match === null) return outside(area(mask)) ? -1 : 0;
      taken.add(match);
      return aside[match] ? -1 : 1;
    });
  });
  return {
    right,
    scores: found.map(({ score }) => score),
    objects: aside.filter((one) => !one).length,
  };
}

function matchOf(
  overlaps: readonly number[],
  objects: {
    readonly truth: readonly Instance[];
    readonly order: readonly number[];
    readonly aside: readonly boolean[];
    readonly taken: ReadonlySet<number>;
  },
  overlap: number,
): number | null {
  const { truth, order, aside, taken } = objects;
  let best = overlap;
  let match: number | null = null;
  for (const at of order) {
    if (taken.has(at) && !truth[at]!.isCrowd) continue;
    if (match !== null && !aside[match] && aside[at]) break;
    if (overlaps[at]! < best) continue;
    best = overlaps[at]!;
    match = at;
  }
  return match;
}

/** By overlap; null where the class has no true object in the range. */
interface Curve {
  readonly precision: readonly (number | null)[];
  readonly recall: readonly (number | null)[];
}

function curveOf(outcomes: readonly Outcome[]): Curve {
  const objects = outcomes.reduce((sum, one) => sum + one.objects, 0);
  if (objects === 0)
    return { precision: OVERLAPS.map(() => null), recall: OVERLAPS.map(() => null) };
  const ranked = outcomes
    .flatMap(({ scores, right }) => scores.map((score, at) => ({ score, at, right })))
    .toSorted((a, b) => b.score - a.score);
  const both = OVERLAPS.map((_, overlap) =>
    precisionOf(
      ranked.map(({ right, at }) => right[overlap]![at]!),
      objects,
    ),
  );
  return { precision: both.map(([ap]) => ap), recall: both.map(([, recall]) => recall) };
}

/** Mean precision at the 101 recalls, and the recall that is reached. */
function precisionOf(right: readonly number[], objects: number): [number, number] {
  const recall: number[] = [];
  const precision: number[] = [];
  let [hits, misses] = [0, 0];
  for (const one of right) {
    if (one === 1) hits++;
    if (one === 0) misses++;
    recall.push(hits / objects);
    precision.push(hits === 0 ? 0 : hits / (hits + misses));
  }
  // A curve that only falls: what a higher recall reaches, a lower one reaches as well.
  let best = 0;
  for (let at = precision.length - 1; at >= 0; at--)
    precision[at] = best = Math.max(best, precision[at]!);
  let [sum, at] = [0, 0];
  for (const wanted of RECALLS) {
    while (recall[at]! < wanted) at++;
    sum += precision[at] ?? 0;
  }
  return [sum / RECALLS.length, recall.at(-1) ?? 0];
}

function mean(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}

const meet = (a: PixelBox, b: PixelBox) =>
  meetAlong([a.x, a.width], [b.x, b.width]) && meetAlong([a.y, a.height], [b.y, b.height]);

type Side = readonly [from: number, length: number];
const meetAlong = ([a, long]: Side, [b, wide]: Side) =>
  Math.min(a + long, b + wide) > Math.max(a, b);
