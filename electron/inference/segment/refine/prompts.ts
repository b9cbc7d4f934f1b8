// What a click model is asked about a part that salience found: points where it is surest, a box, points
// of other classes to keep out, and the salience itself as a mask to start from.
import type { ClickPrompt } from '../../../api/clicks/clicks.ts';
import { boundsOf, depthOf, type CellBox, type CellFrame, type Cells } from './cells.ts';
import type { RefineScene } from './scene.ts';

/** Points that add, and how sure they are as a share of the surest. */
const MOST_POINTS = 3;
const LEAST_SHARE = 0.5;
/** The same where a part may be several things. */
const MOST_SEEDS = 16;
const LEAST_SEED_SHARE = 0.35;
/** Distance between points, as a share of the part's longer side, and between seeds, in patches. */
const APART = 0.08;
const SEEDS_APART = 1.5;
const BOX_GROWTH = 0.1;
const MOST_AGAINST = 3;
/** A point of another class counts where that class is clear and this one is not. */
const AGAINST_OWN = 0.6;
const AGAINST_OTHER = 0.5;
/** Steepness of the lead of a class as logits, and their bound. */
const STEEPNESS = 12;
const BOUND = 6.9;

export interface PartPrompt {
  readonly prompt: ClickPrompt;
  /** Where its clicks lie. */
  readonly cells: { readonly adding: readonly number[]; readonly against: readonly number[] };
  /** Logits to start from. */
  readonly start: Float32Array;
  readonly bounds: CellBox;
}

/** What is asked about a part; null where it covers no cell or has no salience. */
export function partPrompt(scene: RefineScene, number: number): PartPrompt | null {
  const { frame, patch, framed } = scene;
  const inside = insideOf(scene, number);
  const tight = boundsOf(inside, frame.low);
  if (!tight) return null;
  const bounds = grown(tight, frame, patch);
  const apart = Math.max(APART * Math.max(tight[2] - tight[0], tight[3] - tight[1]), patch);
  const adding = surest(scene, number, { most: MOST_POINTS, share: LEAST_SHARE, apart });
  if (adding.length === 0) return null;
  const against = pointsAgainst(scene, number, { inside, bounds });
  const [left, top] = [bounds[0] * frame.across, bounds[1] * frame.down];
  return {
    bounds,
    cells: { adding, against },
    prompt: {
      points: [
        ...adding.map((cell) => placeOf(cell, true, frame)),
        ...against.map((cell) => placeOf(cell, false, frame)),
      ],
      box: [
        left,
        top,
        Math.min(framed.width, bounds[2] * frame.across) - left,
        Math.min(framed.height, bounds[3] * frame.down) - top,
      ],
    },
    start: startOf(scene, number, bounds),
  };
}

/** Cells of a part, far from each other, from which things of it may be found. */
export const seedsOf = (scene: RefineScene, number: number): number[] =>
  surest(scene, number, {
    most: MOST_SEEDS,
    share: LEAST_SEED_SHARE,
    apart: SEEDS_APART * scene.patch,
  });

/** The middle of a cell as a click. */
export const placeOf = (cell: number, adds: boolean, { low, across, down }: CellFrame) => ({
  x: ((cell % low) + 0.5) * across,
  y: (Math.floor(cell / low) + 0.5) * down,
  adds,
});

export function insideOf({ classes, parts }: RefineScene, number: number): Uint8Array {
  const { part } = classes[parts[number]!.of]!;
  const inside = new Uint8Array(part.length);
  for (let cell = 0; cell < part.length; cell++) if (part[cell] === number + 1) inside[cell] = 1;
  return inside;
}

/** Salience of a part where its border is far; little beside the border. */
export function inwardSalience(scene: RefineScene, number: number): Cells {
  const { salience } = scene.classes[scene.parts[number]!.of]!;
  const value = depthOf(insideOf(scene, number), scene.frame.low);
  for (let cell = 0; cell < value.length; cell++)
    if (value[cell]! > 0)
      value[cell] = salience[cell]! * Math.min(1, value[cell]! / (scene.patch / 2));
  return value;
}

/** Cells where `inwardSalience` is high, best first, apart from each other. */
function surest(
  scene: RefineScene,
  number: number,
  { most, share, apart }: { readonly most: number; readonly share: number; readonly apart: number },
): number[] {
  const { low } = scene.frame;
  const value = inwardSalience(scene, number);
  const taken: number[] = [];
  const left = value.slice();
  while (taken.length < most) {
    const best = highest(left);
    if (left[best]! <= 0 || left[best]! < share * value[taken[0] ?? best]!) break;
    taken.push(best);
    for (let cell = 0; cell < left.length; cell++)
      if (left[cell]! > 0 && distance(cell, best, low) < apart) left[cell] = 0;
  }
  return taken;
}

/** The first of the cells with the highest value. */
export function highest(value: Float32Array): number {
  let best = 0;
  for (let cell = 1; cell < value.length; cell++) if (value[cell]! > value[best]!) best = cell;
  return best;
}

export const distance = (a: number, b: number, low: number): number =>
  Math.hypot((a % low) - (b % low), Math.floor(a / low) - Math.floor(b / low));

/** The peak of every other class inside of the box, where it is clearly another thing. */
function pointsAgainst(
  { classes, parts, frame: { low }, patch }: RefineScene,
  number: number,
  { inside, bounds }: { readonly inside: Uint8Array; readonly bounds: CellBox },
): number[] {
  const own = classes[parts[number]!.of]!;
  const found: { readonly cell: number; readonly lead: number }[] = [];
  for (const other of classes) {
    if (other === own) continue;
    let cell = -1;
    eachIn(bounds, low, (at) => {
      if (other.part[at]! > 0 && (cell < 0 || other.salience[at]! > other.salience[cell]!))
        cell = at;
    });
    if (cell < 0 || other.salience[cell]! < AGAINST_OWN || own.salience[cell]! > AGAINST_OTHER)
      continue;
    if (isNear(inside, cell, low, patch / 2)) continue;
    found.push({ cell, lead: other.salience[cell]! - own.salience[cell]! });
  }
  return found
    .toSorted((a, b) => b.lead - a.lead)
    .slice(0, MOST_AGAINST)
    .map(({ cell }) => cell);
}

function isNear(inside: Uint8Array, cell: number, low: number, reach: number): boolean {
  const wide = Math.ceil(reach);
  const [column, row] = [cell % low, Math.floor(cell / low)];
  const around: CellBox = [
    Math.max(0, column - wide),
    Math.max(0, row - wide),
    Math.min(low, column + wide + 1),
    Math.min(low, row + wide + 1),
  ];
  let near = false;
  eachIn(around, low, (at) => {
    if (inside[at] === 1 && distance(at, cell, low) < reach) near = true;
  });
  return near;
}

function startOf({ classes, parts, frame }: RefineScene, number: number, bounds: CellBox) {
  const { low, columns, rows } = frame;
  const { lead } = classes[parts[number]!.of]!;
  const logits = new Float32Array(low * low);
  for (let row = 0; row < rows; row++) logits.fill(-BOUND, row * low, row * low + columns);
  eachIn(bounds, low, (at) => {
    logits[at] = Math.min(BOUND, Math.max(-BOUND, STEEPNESS * lead[at]!));
  });
  return logits;
}

function grown([left, top, right, bottom]: CellBox, frame: CellFrame, patch: number): CellBox {
  const by = (side: number) => side * BOX_GROWTH + patch / 2;
  const [across, down] = [by(right - left), by(bottom - top)];
  return [
    Math.max(0, Math.floor(left - across)),
    Math.max(0, Math.floor(top - down)),
    Math.min(frame.columns, Math.ceil(right + across)),
    Math.min(frame.rows, Math.ceil(bottom + down)),
  ];
}

function eachIn(
  [left, top, right, bottom]: CellBox,
  low: number,
  visit: (cell: number) => void,
): void {
  for (let row = top; row < bottom; row++)
    for (let column = left; column < right; column++) visit(row * low + column);
}
