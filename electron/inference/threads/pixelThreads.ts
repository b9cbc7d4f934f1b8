// The threads for pixels: an image goes to the one that knows it, where that costs no more than a short wait.
// A batch's images go to whichever thread is free first: none of them waits while another thread has nothing to do.
import { LRUCache } from 'lru-cache';
import { sharedBounds } from '../image/sharedBound.ts';
import type { PixelTasks } from '../tasks.ts';
import { createThread, type Thread } from './thread.ts';
import { createQueue } from './waiting.ts';

export interface PixelThreads {
  /** The thread that last worked on an image when it is about as free as the others, else the freest. */
  for(path: string): Pick<Thread<PixelTasks>, 'run'>;
  /** Whichever is free first; then it knows the image. */
  any(path: string): Pick<Thread<PixelTasks>, 'run'>;
  /** Threads at work. */
  atWork(): number;
}

/** How long a task waits there; among equals one that must start first comes last. */
const busy = (thread: Thread<PixelTasks>) => thread.load() + (thread.isStarted() ? 0 : 0.5);

/** So many tasks more than elsewhere are worth the caches of the thread that knows the image. */
const WORTH = 1;

export function createPixelThreads(
  url: URL,
  count: number,
  onDeath: (error: Error) => void,
): PixelThreads {
  const last = new LRUCache<string, Thread<PixelTasks>>({ max: 64 });
  const paths = new WeakMap<object, string>();
  const common = createQueue(() => {
    for (const thread of threads.toSorted((a, b) => busy(a) - busy(b))) thread.look();
  });
  const threads = sharedBounds(count).map((data): Thread<PixelTasks> => {
    const thread: Thread<PixelTasks> = createThread<PixelTasks>(url, onDeath, {
      data,
      common: {
        queue: common,
        taken({ input }) {
          const path = paths.get(input as object);
          if (path !== undefined) last.set(path, thread);
        },
      },
    });
    return thread;
  });
  return {
    atWork: () => threads.filter((thread) => thread.load() > 0).length,
    for(path) {
      const known = last.get(path);
      const freest = threads.reduce((best, one) => (busy(one) < busy(best) ? one : best));
      const chosen =
        known && Math.floor(busy(known)) <= Math.floor(busy(freest)) + WORTH ? known : freest;
      last.set(path, chosen);
      return chosen;
    },
    any: (path) => ({
      run(task, input, options = {}) {
        paths.set(input, path);
        return common.enter(task, input, options) as never;
      },
    }),
  };
}
