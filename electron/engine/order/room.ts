// How many images are worked on at once, by what the latest took: the model has one at a time, edges are made of
// several, and neither should wait for the other.
import { pixelThreadCount } from '../../link/machine/threadCount.ts';

/** The next is decoded while the model has the current one and two before it get their edges. */
const AT_FIRST = 4;
/** One in the model and one ready for it. */
const BEFORE_EDGES = 2;
/** Images take now more, now less: so many times the mean are on their way to edges and in them. */
const EDGES_SHARE = 1.2;
/** For each thread, so that it has its next image when it is done with one. */
const EACH_THREAD = 1.5;
/** The pace of a folder changes with its images. */
const LOOKS_BACK = 8;

/** Stages of threads for pixels; the others are those of the one thread that has the model. */
const OF_PIXELS: ReadonlySet<string> = new Set(['decode', 'maps', 'edges', 'doubt']);

type StageTimes = { readonly [stage: string]: number };

export interface Room {
  /** Images that may be worked on now. */
  size(): number;
  /** Counts what an image took; `again`: its maps were kept, the model had no part in it. */
  ended(milliseconds: StageTimes, again?: boolean): void;
}

/** Room for as many images as `threads` can make edges of, and those before them. */
export function createRoom(threads = pixelThreadCount()): Room {
  const latest: { readonly model: number; readonly pixels: number }[] = [];
  const most = Math.max(AT_FIRST, Math.ceil(EACH_THREAD * threads) + BEFORE_EDGES);
  return {
    size() {
      if (latest.length === 0) return AT_FIRST;
      const model = latest.reduce((sum, one) => sum + one.model, 0);
      const pixels = latest.reduce((sum, one) => sum + one.pixels, 0);
      if (model === 0) return pixels > 0 ? most : AT_FIRST;
      const edges = Math.ceil((EDGES_SHARE * pixels) / model);
      return Math.min(most, Math.max(AT_FIRST, edges + BEFORE_EDGES));
    },
    ended(milliseconds, again = false) {
      let model = 0;
      let pixels = 0;
      for (const [stage, ms] of Object.entries(milliseconds)) {
        if (OF_PIXELS.has(stage)) pixels += ms;
        else if (!again) model += ms;
      }
      latest.push({ model, pixels });
      if (latest.length > LOOKS_BACK) latest.shift();
    },
  };
}
