// The pool of pixel threads. Interactive work goes to the thread that holds its image, if the wait there is
// short. Images of a batch go to the first free thread, so that no thread idles while another has a queue.
import { LRUCache } from 'lru-cache';
import { sharedBounds } from '../image/sharedBound.ts';
import type { PixelTasks } from '../tasks.ts';
import { createThread, type Thread } from './thread.ts';
import { createQueue } from './waiting.ts';

export interface PixelThreads {
  /** The thread that last worked on the image when it is about as free as the others, else the freest. */
  for(path: string): Pick<Thread<PixelTasks>, 'run'>;
  /** Whichever is free first; then it knows the image. */
  any(path: string): Pick<Thread<PixelTasks>, 'run'>;
  /** Threads at work. */
  atWork(): number;
}

/** Length of the queue there; among equals a thread that must start first comes last. */
const busy = (thread: Thread<PixelTasks>) => thread.load() + (thread.isStarted() ? 0 : 0.5);

/** Prefers the thread that holds the image even if its queue is this much longer. */
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
