// Masks of an image of this computer: maps that are kept are used again, else the order is done and its maps
// are kept. Nothing here writes into a project.
import type { RequestOptions } from '../inferenceLink/link.ts';
import type { EngineContext } from '../context.ts';
import { mapsKey, type Order } from '../order/order.ts';
import { workAgain, workOn, type Worked } from '../order/work.ts';

export const RUN_EXTENSION = '.run';

/** `key` names the maps in the cache. */
export interface KeptWork extends Worked {
  readonly key: string;
}

export async function workKept(
  context: Pick<EngineContext, 'link' | 'cache' | 'log'>,
  order: Order,
  { path, hash }: { readonly path: string; readonly hash: string },
  send: RequestOptions,
): Promise<KeptWork> {
  const { link, cache } = context;
  const key = mapsKey(hash, order.packs.hash, order.classes, order.params);
  const known = await cache.find(key, RUN_EXTENSION);
  if (known !== null) {
    try {
      const place = { imagePath: path, runFile: known };
      return { ...(await workAgain(link, order, place, send)), key };
    } catch (error) {
      if (send.signal?.aborted) throw error;
      // A cache entry that cannot be used is made again; a real failure shows up again below.
      await cache.remove(key, RUN_EXTENSION);
      context.log(`cached maps were dropped: ${String(error)}`);
    }
  }
  const runFile = cache.pathOf(key, RUN_EXTENSION);
  const found = await workOn(link, order, { imagePath: path, runFile }, send);
  await cache.added(runFile);
  return { ...found, key };
}
