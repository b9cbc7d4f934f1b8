// Pictures that are made once and kept in the cache: many requests for one make it once, and large
// ones are made one after the other.
import type { EngineContext } from '../context.ts';

export interface MediaItem {
  readonly kind: 'file';
  readonly path: string;
  readonly mime: string;
  readonly etag: string;
}

export interface PictureName {
  /** Everything that decides the pixels; same key, same picture. */
  readonly key: string;
  readonly extension: '.webp' | '.png';
}

export const webp = (key: string): PictureName => ({ key, extension: '.webp' });

/** Files being made; none of those who wait for one can cancel it for the others. */
const making = new WeakMap<EngineContext, Map<string, Promise<unknown>>>();

/** The picture of a name, made by `make` into the given path when the cache does not have it. */
export async function made(
  context: EngineContext,
  { key, extension }: PictureName,
  make: (target: string) => Promise<unknown>,
): Promise<MediaItem> {
  const path = context.cache.pathOf(key, extension);
  const item: MediaItem = {
    kind: 'file',
    path,
    mime: extension === '.png' ? 'image/png' : 'image/webp',
    etag: `"${path.slice(-40 - extension.length, -extension.length)}"`,
  };
  if ((await context.cache.find(key, extension)) !== null) return item;
  const open = making.get(context) ?? new Map<string, Promise<unknown>>();
  making.set(context, open);
  let promise = open.get(path);
  if (!promise) {
    promise = make(path)
      .then(() => context.cache.added(path))
      .finally(() => open.delete(path));
    open.set(path, promise);
  }
  await promise;
  return item;
}

const turns = new WeakMap<EngineContext, Promise<unknown>>();

/** Runs one piece of work after the other: a second thread would hold a second copy of a large image. */
export function inTurn<T>(context: EngineContext, work: () => Promise<T>): Promise<T> {
  const result = (turns.get(context) ?? Promise.resolve()).then(work);
  // A failed piece is its own caller's matter, not the next one's.
  turns.set(
    context,
    result.catch(() => undefined),
  );
  return result;
}
