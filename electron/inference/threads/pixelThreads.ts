// The threads for pixels: an image goes to the one that knows it, where that costs no more than a short wait.
import { LRUCache } from 'lru-cache';
import { sharedBounds } from '../image/sharedBound.ts';
import type { PixelTasks } from '../tasks.ts';
import { createThread, type Thread } from './thread.ts';

export interface PixelThreads {
  /** The thread that an image is held by, else the one that last worked on it when it is free, else the freest. */
  for(path: string): Thread<PixelTasks>;
  /** Keeps a thread for an image that comes back to it: others go elsewhere meanwhile, where there is one. */
  hold(path: string): Disposable;
}

interface Place {
  readonly thread: Thread<PixelTasks>;
  /** Images that come back to it. */
  held: number;
}

/** How long a task waits there; among equals whether it must start first, then where images will come back sooner. */
const nowBusy = ({ thread, held }: Place) =>
  thread.load() + (thread.isStarted() ? 0 : 0.5) + held / 1024;
/** The same once the images that it holds have come back. */
const soonBusy = (place: Place) =>
  Math.max(place.thread.load(), place.held) + nowBusy(place) / 1024;

export function createPixelThreads(
  url: URL,
  count: number,
  onDeath: (error: Error) => void,
): PixelThreads {
  const places = sharedBounds(count).map((data): Place => ({
    thread: createThread<PixelTasks>(url, onDeath, { data }),
    held: 0,
  }));
  const last = new LRUCache<string, Place>({ max: 64 });
  const holding = new Map<string, { readonly place: Place; holders: number }>();
  /** `wait`: so many tasks more than elsewhere are worth the caches of the thread that knows the image. */
  const choose = (path: string, busy: (place: Place) => number, wait: number): Place => {
    const known = last.get(path);
    const freest = places.reduce((best, one) => (busy(one) < busy(best) ? one : best));
    const chosen =
      known && Math.floor(busy(known)) <= Math.floor(busy(freest)) + wait ? known : freest;
    last.set(path, chosen);
    return chosen;
  };
  return {
    for: (path) => (holding.get(path)?.place ?? choose(path, nowBusy, 1)).thread,
    hold(path) {
      const hold = holding.get(path) ?? { place: choose(path, soonBusy, 0), holders: 0 };
      holding.set(path, hold);
      hold.holders += 1;
      hold.place.held += 1;
      return {
        [Symbol.dispose]() {
          hold.place.held -= 1;
          hold.holders -= 1;
          if (hold.holders === 0) holding.delete(path);
        },
      };
    },
  };
}
