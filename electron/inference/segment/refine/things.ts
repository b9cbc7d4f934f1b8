// The things of one part: seeds where salience is high, a mask for each, those that mean one thing put
// together, what is left over asked about again.
import type { ClickPrompt } from '../../../api/clicks/clicks.ts';
import { maskFromBitmap, bitmapFromMask } from '../../../masks/runs/bitmap.ts';
import { components } from '../../../masks/regions/components.ts';
import { area } from '../../../masks/runs/rle.ts';
import { logitsOf, overlapOf, type DecodedMasks } from '../choices.ts';
import type { Ask } from './ask.ts';
import { distance, highest, insideOf, inwardSalience, placeOf, seedsOf } from './prompts.ts';
import { findingOf, shareInside, type EdgePiece } from './rate.ts';
import type { RefineScene } from './scene.ts';

/** Least share of a thing's mask on pixels of its class. */
const LEAST_OWN = 0.7;
/** Masks of two seeds that overlap so much mean one thing. */
const SAME = 0.6;
/** Clicks on other things that are kept out. */
const MOST_AGAINST = 5;
/** A thing that overlaps another so much, or lies inside of it by so much, is that other one. */
const DOUBLE = 0.7;
const INSIDE = 0.85;
/** Least that is asked about again, as a share of the usual thing. */
const LEFT_SHARE = 0.1;
const MOST_ROUNDS = 8;
/** A mask that covers so much of a part is of all of it. */
const WHOLE = 0.9;
const MOST_DECODES = 64;

interface Thing extends EdgePiece {
  readonly seeds: readonly number[];
}

interface Question {
  readonly seeds: readonly number[];
  readonly asked: ClickPrompt;
  /** The first of the masks that may be meant. */
  readonly from: number;
}

/** The things of a part, the surest first; fewer than two: it is one. */
export async function thingsOf(scene: RefineScene, number: number, ask: Ask): Promise<Thing[]> {
  const { frame } = scene;
  const seeds = seedsOf(scene, number);
  if (seeds.length < 2) return [];
  const one = async (seeds: readonly number[]) => {
    const prompts = seeds.map((seed) => ({ points: [placeOf(seed, true, frame)], box: null }));
    const answers = await ask(prompts.map((prompt) => ({ prompt, start: null })));
    return answers.flatMap((masks, at) =>
      thingIn(scene, number, masks, { seeds: [seeds[at]!], asked: prompts[at]!, from: 1 }),
    );
  };
  const surest = await one(seeds.slice(0, 1));
  // The click that is surest of all means the whole part: no other needs to be asked.
  if (surest.some(({ logits }) => shareInside(insideOf(scene, number), logits) >= WHOLE)) return [];
  const groups = groupsOf([...surest, ...(await one(seeds.slice(1)))]);
  let decodes = seeds.length;
  const prompts = groups.map(({ seeds: own }) => groupPrompt(own, groups, scene));
  const grouped = await ask(prompts.map((prompt) => ({ prompt, start: null })));
  decodes += groups.length;
  let things = withoutDoubles(
    groups.map(
      (group, at) =>
        thingIn(scene, number, grouped[at]!, { ...group, asked: prompts[at]!, from: 0 })[0] ??
        group,
    ),
  );
  const value = inwardSalience(scene, number);
  const tried = new Set<number>();
  for (let round = 0; round < MOST_ROUNDS && decodes < MOST_DECODES; round++) {
    const left = leftOver(scene, number, things)
      .map((part) => highest(value.map((one, cell) => (part[cell] === 1 ? one + 1 : 0))))
      .filter((seed) => !tried.has(seed))
      .slice(0, MOST_DECODES - decodes);
    if (left.length === 0) break;
    left.forEach((seed) => tried.add(seed));
    decodes += left.length;
    things = withoutDoubles([...things, ...(await one(left))]);
  }
  return things;
}

/** The best of the masks that may be meant, where enough of it is of the class. */
function thingIn(
  { classes, parts }: RefineScene,
  number: number,
  masks: DecodedMasks,
  { seeds, asked, from }: Question,
): Thing[] {
  const { part } = classes[parts[number]!.of]!;
  const rated = Array.from(masks.iou, (iou, at): Thing => {
    const logits = logitsOf(masks, at);
    const finding = findingOf(logits, iou, shareInside(logits, part));
    return { seeds, logits, finding: { ...finding, asked } };
  })
    .slice(from)
    .filter(({ finding }) => finding.agrees >= LEAST_OWN);
  const best = rated.toSorted((a, b) => b.finding.edge - a.finding.edge)[0];
  // The decode's other masks need not be kept.
  return best ? [{ ...best, logits: best.logits.slice() }] : [];
}

/** Seeds that mean one thing, each group with the surest of its masks. */
function groupsOf(seeds: readonly Thing[]): Thing[] {
  const isSame = (a: Thing, b: Thing) =>
    a.logits[b.seeds[0]!]! > 0 &&
    b.logits[a.seeds[0]!]! > 0 &&
    overlapOf(a.logits, b.logits) >= SAME;
  const groups: Thing[][] = [];
  for (const seed of seeds) {
    const joined = groups.filter((group) => group.some((other) => isSame(seed, other)));
    for (const group of joined) groups.splice(groups.indexOf(group), 1);
    groups.push([...joined.flat(), seed]);
  }
  return groups.map((group) => {
    const best = group.toSorted((a, b) => b.finding.edge - a.finding.edge)[0]!;
    return { ...best, seeds: group.flatMap((one) => one.seeds) };
  });
}

/** All seeds of a group, and the nearest of the others to keep out. */
function groupPrompt(own: readonly number[], groups: readonly Thing[], { frame }: RefineScene) {
  const near = (seed: number) => Math.min(...own.map((one) => distance(one, seed, frame.low)));
  const others = groups
    .flatMap(({ seeds }) => seeds)
    .filter((seed) => !own.includes(seed))
    .toSorted((a, b) => near(a) - near(b))
    .slice(0, MOST_AGAINST);
  return {
    points: [
      ...own.map((seed) => placeOf(seed, true, frame)),
      ...others.map((seed) => placeOf(seed, false, frame)),
    ],
    box: null,
  };
}

function withoutDoubles(things: readonly Thing[]): Thing[] {
  const taken: Thing[] = [];
  for (const thing of things.toSorted((a, b) => b.finding.edge - a.finding.edge)) {
    const isKnown = taken.some(
      (other) =>
        overlapOf(thing.logits, other.logits) >= DOUBLE ||
        shareInside(thing.logits, other.logits) >= INSIDE,
    );
    if (!isKnown) taken.push(thing);
  }
  return taken;
}

/** Connected cells of the part that no thing covers, large ones. */
function leftOver(scene: RefineScene, number: number, things: readonly Thing[]): Uint8Array[] {
  const { low, across, down } = scene.frame;
  const rest = insideOf(scene, number).map((value, cell) =>
    value === 1 && things.every(({ logits }) => logits[cell]! <= 0) ? 1 : 0,
  );
  const sizes = things
    .map(({ logits }) => logits.reduce((sum, logit) => sum + Number(logit > 0), 0))
    .toSorted((a, b) => a - b);
  const usual = sizes[Math.floor(sizes.length / 2)] ?? 0;
  const least = Math.max(scene.leastPx / (across * down), LEFT_SHARE * usual);
  return components(maskFromBitmap(rest, low, low), 4)
    .filter((part) => area(part) >= least)
    .map(bitmapFromMask);
}
