// Pictures that are made once and kept in the cache: many requests for one make it once, and it is given
// up when nobody waits for it any more. Large ones are made one after the other.
import type { EngineContext } from '../context.ts';
import { createPictureQueue, type PictureQueue } from './pictureQueue.ts';
import type { Priority } from '../../link/protocol.ts';

export interface MediaItem {
  readonly kind: 'file';
  readonly path: string;
  readonly mime: string;
  readonly etag: string;
  /** What a page may do that is served by this address. */
  readonly policy?: string;
}

export interface PictureName {
  /** Everything that decides the pixels; same key, same picture. */
  readonly key: string;
  readonly extension: '.webp' | '.png';
}

export const webp = (key: string): PictureName => ({ key, extension: '.webp' });

/** A picture in the making. */
interface Making {
  readonly done: Promise<unknown>;
  readonly control: AbortController;
  waiting: number;
}

/** What one engine has at work. */
interface Workshop {
  readonly making: Map<string, Making>;
  /** Of lists: thumbnails, covers, crops. */
  readonly lists: PictureQueue;
  turn: Promise<unknown>;
}

const workshops = new WeakMap<EngineContext, Workshop>();

function workshopOf(context: EngineContext): Workshop {
  const known = workshops.get(context);
  if (known) return known;
  const made: Workshop = {
    making: new Map(),
    lists: createPictureQueue({ atOnce: 4, most: 256 }),
    turn: Promise.resolve(),
  };
  workshops.set(context, made);
  return made;
}

/** Runs the making of a picture of a list when it is its turn. */
const inList = <T>(
  context: EngineContext,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> => workshopOf(context).lists.run(work, signal);

/** The picture of a name, made by `make` into the given path when the cache does not have it. */
export async function made(
  context: EngineContext,
  { key, extension }: PictureName,
  signal: AbortSignal,
  make: (target: string, signal: AbortSignal) => Promise<unknown>,
): Promise<MediaItem> {
  const path = context.cache.pathOf(key, extension);
  const item: MediaItem = {
    kind: 'file',
    path,
    mime: extension === '.png' ? 'image/png' : 'image/webp',
    etag: `"${path.slice(-40 - extension.length, -extension.length)}"`,
  };
  if ((await context.cache.find(key, extension)) !== null) return item;
  signal.throwIfAborted();
  const { making } = workshopOf(context);
  let entry = making.get(path);
  if (!entry) {
    const control = new AbortController();
    const started: Making = {
      control,
      waiting: 0,
      done: make(path, control.signal)
        .then(() => context.cache.added(path))
        .finally(() => {
          if (making.get(path) === started) making.delete(path);
        }),
    };
    // Waiting requests get the failure; without any it is dropped.
    started.done.catch(() => undefined);
    making.set(path, (entry = started));
  }
  await waitFor(entry, signal, () => {
    if (making.get(path) === entry) making.delete(path);
  });
  return item;
}

/** Waits for a picture in the making; the last one who gives up ends the making. */
async function waitFor(entry: Making, signal: AbortSignal, drop: () => void): Promise<void> {
  entry.waiting += 1;
  let leave = () => {};
  const left = new Promise<never>((_, reject) => {
    leave = () => {
      entry.waiting -= 1;
      if (entry.waiting === 0) {
        drop();
        entry.control.abort(signal.reason);
      }
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', leave, { once: true });
  });
  try {
    await Promise.race([entry.done, left]);
  } finally {
    signal.removeEventListener('abort', leave);
  }
}

/** Runs one piece of work after the other: a second thread would hold a second copy of a large image. */
export function inTurn<T>(context: EngineContext, work: () => Promise<T>): Promise<T> {
  const workshop = workshopOf(context);
  const result = workshop.turn.then(work);
  // A failed piece is its own caller's matter, not the next one's.
  workshop.turn = result.catch(() => undefined);
  return result;
}

export interface MakeOptions {
  readonly signal: AbortSignal;
  readonly priority?: Priority;
}

/** A picture of a list: it waits its turn, and behind whatever a person waits for. */
export function ofList(
  context: EngineContext,
  name: PictureName,
  signal: AbortSignal,
  make: (target: string, options: MakeOptions) => Promise<unknown>,
): Promise<MediaItem> {
  return made(context, name, signal, (target, wanted) =>
    inList(context, wanted, () => make(target, { signal: wanted, priority: 'batch' })),
  );
}
