// Which looks are alike: leaders first, each look joining the nearest one within reach, then once more
// around the means of what came together. The same looks in the same order give the same groups.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { LOOK_BYTES, LOOK_PARTS } from '../../link/lookLayout.ts';

/**
 * Squared weighted distance at which two looks are no longer alike. Chosen with the weights on the
 * drawn test scenes: groups hold two fifths of the proposals, and 88 % of a group are right or wrong
 * together, where half of all are right.
 */
const REACH = 0.25;
/** Fewer that are alike are no group: looking at each is as quick. */
const LEAST = 3;
/** Looks that others may join; bounds the work where nothing is alike. */
const MOST_LEADERS = 1500;
/** Distances between two turns of the event loop: a few milliseconds. */
const DISTANCES_PER_TURN = 100_000;

/** What a difference of one step of each byte adds to the square. */
const WEIGHTS = Float32Array.from(
  LOOK_PARTS.flatMap(({ bytes, weight }) => new Array<number>(bytes).fill(weight / 255 ** 2)),
);

/** Groups of indices into `looks`, largest first; what is like nothing is in none. */
export async function alikeGroups(
  looks: readonly Uint8Array[],
  signal?: AbortSignal,
): Promise<number[][]> {
  const rest = restOver(DISTANCES_PER_TURN, signal);
  const leaders: Float32Array[] = [];
  const first: number[][] = [];
  for (const [index, look] of looks.entries()) {
    const at = nearest(look, leaders);
    if (at >= 0) first[at]!.push(index);
    else if (leaders.length < MOST_LEADERS) {
      leaders.push(Float32Array.from(look));
      first.push([index]);
    }
    await rest(leaders.length);
  }
  const means = first
    .filter((members) => members.length >= LEAST)
    .map((members) => meanOf(members.map((index) => looks[index]!)));
  const groups: number[][] = means.map(() => []);
  for (const [index, look] of looks.entries()) {
    const at = nearest(look, means);
    if (at >= 0) groups[at]!.push(index);
    await rest(means.length);
  }
  return groups
    .filter((members) => members.length >= LEAST)
    .sort((a, b) => b.length - a.length || a[0]! - b[0]!);
}

/** How unlike two looks are: 0 = the same, 1 and more = not alike any more. */
export function unlikeness(a: Uint8Array, b: Uint8Array): number {
  let distance = 0;
  for (let i = 0; i < LOOK_BYTES; i += 1) {
    const difference = a[i]! - b[i]!;
    distance += WEIGHTS[i]! * difference * difference;
  }
  return distance / REACH;
}

/** The nearest centre within reach, or -1; the first of equally near ones. */
function nearest(look: Uint8Array, centres: readonly Float32Array[]): number {
  let best = -1;
  let least = REACH;
  for (let c = 0; c < centres.length; c += 1) {
    const centre = centres[c]!;
    let distance = 0;
    for (let i = 0; i < LOOK_BYTES && distance < least; i += 1) {
      const difference = look[i]! - centre[i]!;
      distance += WEIGHTS[i]! * difference * difference;
    }
    if (distance < least) {
      least = distance;
      best = c;
    }
  }
  return best;
}

function meanOf(looks: readonly Uint8Array[]): Float32Array {
  const mean = new Float32Array(LOOK_BYTES);
  for (const look of looks) for (let i = 0; i < LOOK_BYTES; i += 1) mean[i] = mean[i]! + look[i]!;
  return mean.map((sum) => sum / looks.length);
}

/** Lets the event loop turn after `most` units of work. */
function restOver(most: number, signal?: AbortSignal): (work: number) => Promise<void> | void {
  let done = 0;
  return (work) => {
    done += work;
    if (done < most) return;
    done = 0;
    signal?.throwIfAborted();
    return nextTurn();
  };
}
