// The judge of tuning: says how well an image seen through a mask fits class names. CLIP is the
// published one; the pack's own match stands in where no CLIP is installed, and is weaker, because it
// comes from the model that drew the masks.
import type { LabelGrid } from '../../../link/tuneScores.ts';

/** Fits of one masked image to the names that were asked for. */
export interface Verdict {
  /** f(M x I, j) for every class of the image, in order: what the published reward compares. */
  readonly fits: readonly number[];
  /** The same as a number from 0 to 1 that stands by itself. */
  readonly shares: readonly number[];
}

/** Which cells of a label grid are shown: those of one class, all others, or its shape elsewhere. */
export interface View {
  readonly kind: 'inside' | 'outside' | 'elsewhere';
  /** Number of the class in the grid, from 1. */
  readonly place: number;
}

/** One image before the judge, with the names of its classes. */
export interface JudgedImage {
  /** Of the image with nothing shown. */
  blank(): Promise<Verdict>;
  /** One verdict per view of a grid. Masks that were judged before cost nothing. */
  judge(grid: LabelGrid, views: readonly View[]): Promise<Verdict[]>;
}

/** Remembers verdicts by the cells that are shown. */
export function remembered(
  ask: (masks: readonly Uint8Array[]) => Promise<Verdict[]>,
): (masks: readonly Uint8Array[]) => Promise<Verdict[]> {
  const known = new Map<string, Verdict>();
  return async (masks) => {
    const keys = masks.map((mask) => Buffer.from(packed(mask)).toString('latin1'));
    const fresh = new Map<string, Uint8Array>();
    keys.forEach((key, index) => {
      if (!known.has(key)) fresh.set(key, masks[index] as Uint8Array);
    });
    if (fresh.size > 0) {
      const verdicts = await ask([...fresh.values()]);
      [...fresh.keys()].forEach((key, index) => known.set(key, verdicts[index] as Verdict));
    }
    return keys.map((key) => known.get(key) as Verdict);
  };
}

/** Eight cells a byte. */
function packed(mask: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(mask.length / 8));
  mask.forEach((cell, at) => {
    if (cell !== 0) bytes[at >> 3] = (bytes[at >> 3] as number) | (1 << (at & 7));
  });
  return bytes;
}
