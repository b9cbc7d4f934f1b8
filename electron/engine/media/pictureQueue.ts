// Pictures of lists are made a few at a time, in the order in which they were asked for: hundreds may be
// asked for while a person scrolls, and the masks of a run wait for the same threads.
import { AppError } from '../../api/errors.ts';

export interface PictureQueue {
  /** Runs `work` when it is its turn; one whose signal fires before that is never run. */
  run<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T>;
}

interface Waiting {
  start(): void;
  refuse(error: unknown): void;
}

/** At most `atOnce` at work and `most` waiting; beyond, the one that has waited longest is refused. */
export function createPictureQueue({
  atOnce,
  most,
}: {
  atOnce: number;
  most: number;
}): PictureQueue {
  const waiting = new Set<Waiting>();
  let working = 0;

  const next = () => {
    const [first] = waiting;
    if (!first || working >= atOnce) return;
    waiting.delete(first);
    first.start();
  };

  return {
    run: (work, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        const gone = () => {
          waiting.delete(entry);
          reject(signal.reason);
        };
        const entry: Waiting = {
          start: () => {
            signal.removeEventListener('abort', gone);
            working += 1;
            void work()
              .then(resolve, reject)
              .finally(() => {
                working -= 1;
                next();
              });
          },
          refuse: (error) => {
            signal.removeEventListener('abort', gone);
            reject(error);
          },
        };
        signal.addEventListener('abort', gone, { once: true });
        waiting.add(entry);
        const [oldest] = waiting;
        if (waiting.size > most && oldest) {
          waiting.delete(oldest);
          oldest.refuse(new AppError('TOO_MANY_REQUESTS', 'Too many pictures at once.'));
        }
        next();
      }),
  };
}
