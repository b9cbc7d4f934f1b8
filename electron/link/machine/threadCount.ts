// Number of pixel threads in the inference process, which starts each when it is first needed. The engine sends
// no more images at once than they can take.
import { availableParallelism, totalmem } from 'node:os';

const FEWEST = 2;
const MOST = 16;
/** Pictures, planes and lattices of one thread take a few hundred MB, beside models and the system. */
const MEMORY_EACH = 2 * 2 ** 30;

/** One processor is left to whoever feeds them. */
export function pixelThreadCount(processors = availableParallelism(), memory = totalmem()): number {
  const most = Math.min(MOST, processors - 1, Math.floor(memory / MEMORY_EACH));
  return Math.max(FEWEST, most);
}
