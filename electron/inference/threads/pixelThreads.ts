// The threads for pixels: an image goes to the one that knows it, where that costs no more than a short wait.
import { availableParallelism } from 'node:os';
import { LRUCache } from 'lru-cache';
import { sharedBounds } from '../image/sharedBound.ts';
import type { PixelTasks } from '../tasks.ts';
import { createThread, type Thread } from './thread.ts';

export interface PixelThreads {
  /** The thread that last worked on this image when it is free, else the freest. */
  for(path: string): Thread<PixelTasks>;
}

export function createPixelThreads(url: URL, onDeath: (error: Error) => void): PixelThreads {
  const count = Math.max(2, Math.min(4, availableParallelism() - 1));
  const threads = sharedBounds(count).map((data) =>
    createThread<PixelTasks>(url, onDeath, { data }),
  );
  const last = new LRUCache<string, Thread<PixelTasks>>({ max: 64 });
  return {
    for(path) {
      const known = last.get(path);
      const freest = threads.reduce((best, one) => (one.load() < best.load() ? one : best));
      // Its caches are worth a short wait.
      const chosen = known && known.load() <= freest.load() + 1 ? known : freest;
      last.set(path, chosen);
      return chosen;
    },
  };
}
