// How many threads of the inference process work on pixels. It starts them, each when it is first needed; the
// engine sends no more images at once than they can take.
import { availableParallelism, totalmem } from 'node:os';

const FEWEST = 2;
const MOST = 16;
/** Pictures, planes and lattices of a thread take a few hundred MB; models and the system want room too. */
const MEMORY_EACH = 2 * 2 ** 30;

/** One processor is left to whoever feeds them. */
export function pixelThreadCount(processors = availableParallelism(), memory = totalmem()): number {
  const most = Math.min(MOST, processors - 1, Math.floor(memory / MEMORY_EACH));
  return Math.max(FEWEST, most);
}
