// Search strategies that are asked for the next point and told how it did (method.md 7.4).
// None tries a point twice.
import type { TuneStrategy } from '../../api/tuning.ts';
import type { Random } from './random.ts';
import { dimensions, pointAt, pointCount, type Point, type SearchSpace } from './space.ts';

export interface Search {
  /** The next point to try; null when there is none left or the number of tries is reached. */
  next(): Point | null;
  /** Only for the point that was asked for last. */
  tell(reward: number): void;
  /** True when next() does not depend on rewards, so that several settings can be tried together. */
  readonly blind: boolean;
}

/** A search of at most `tries` points. */
export function startSearch(
  strategy: TuneStrategy,
  space: SearchSpace,
  tries: number,
  random: Random,
): Search {
  if (strategy === 'exhaustive') return listed(inOrder(pointCount(space)), space);
  if (strategy === 'random') return listed(shuffled(pointCount(space), tries, random), space);
  return annealing(space, tries, random);
}

/** Tries that a strategy will make in a space. */
export function plannedTries(strategy: TuneStrategy, space: SearchSpace, tries: number): number {
  return strategy === 'exhaustive' ? pointCount(space) : Math.min(tries, pointCount(space));
}

function listed(indices: readonly number[], space: SearchSpace): Search {
  let at = 0;
  return {
    blind: true,
    next: () => (at < indices.length ? pointAt(space, indices[at++] as number) : null),
    tell: () => undefined,
  };
}

const inOrder = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** The first `tries` of a random order of all points, without making the whole order. */
function shuffled(count: number, tries: number, random: Random): number[] {
  const moved = new Map<number, number>();
  return Array.from({ length: Math.min(tries, count) }, (_, place) => {
    const other = place + random.below(count - place);
    const chosen = moved.get(other) ?? other;
    moved.set(other, moved.get(place) ?? place);
    return chosen;
  });
}

const START_TEMPERATURE = 10;
const COOLING = 0.98;
const STEP = 0.03;
/** The walk goes on from the best of so many last points. */
const REMEMBERED = 3;
/** Draws of a step before any untried point is taken instead. */
const PATIENCE = 40;

function annealing(space: SearchSpace, tries: number, random: Random): Search {
  const sizes = dimensions(space);
  const tried = new Set<string>();
  const starts = startPoints(sizes, random);
  const order = shuffled(pointCount(space), Math.min(pointCount(space), 100_000), random);
  const recent: { point: Point; reward: number }[] = [];
  let temperature = START_TEMPERATURE;
  let asked: Point | null = null;

  const untried = (): Point | null => {
    while (order.length > 0) {
      const point = pointAt(space, order.pop() as number);
      if (!tried.has(point.join())) return point;
    }
    return null;
  };
  const step = (): Point | null => {
    const from = recent.reduce((best, one) => (one.reward > best.reward ? one : best)).point;
    for (let draw = 0; draw < PATIENCE; draw++) {
      const point = from.map((value, axis) => {
        const last = (sizes[axis] as number) - 1;
        const moved = value + random.normal() * last * STEP * temperature;
        return Math.min(last, Math.max(0, Math.round(moved)));
      });
      if (!tried.has(point.join())) return point;
    }
    return untried();
  };
  return {
    blind: false,
    next() {
      if (tried.size >= tries) return null;
      let point = starts.shift() ?? null;
      while (point && tried.has(point.join())) point = starts.shift() ?? null;
      if (!point) {
        point = recent.length > 0 ? step() : untried();
        temperature *= COOLING;
      }
      asked = point;
      if (point) tried.add(point.join());
      return point;
    },
    tell(reward) {
      if (!asked) return;
      recent.push({ point: asked, reward });
      if (recent.length > REMEMBERED) recent.shift();
    },
  };
}

/** Four points of a coarse grid, two random ones, four corners. */
function startPoints(sizes: Point, random: Random): Point[] {
  const corner = () => sizes.map((size) => random.below(2) * (size - 1));
  const anywhere = () => sizes.map((size) => random.below(size));
  const coarse = [0.2, 0.4, 0.6, 0.8].map((share, index) =>
    sizes.map((size, axis) => {
      // Alternate axes run backwards, so that the four do not lie on one diagonal.
      const place = axis % 2 === index % 2 ? share : 1 - share;
      return Math.round(place * (size - 1));
    }),
  );
  return [...coarse, anywhere(), anywhere(), corner(), corner(), corner(), corner()];
}
