// Masks of an image of this computer: maps that are kept are used again, else the order is done and its maps
// are kept. Nothing here writes into a project.
import { AppError, type ErrorCode } from '../../api/errors.ts';
import type { InferenceLink, RequestOptions } from '../inferenceLink/link.ts';
import type { EngineContext } from '../context.ts';
import { mapsKey, type Order } from '../order/order.ts';
import { workAgain, workOn, type Worked, type WorkPlace } from '../order/work.ts';

export const RUN_EXTENSION = '.run';

/** What a run that is not whole may fail with, besides RUN_UNKNOWN, once its file was read. */
const MAY_BE_MAPS: readonly ErrorCode[] = ['INTERNAL', 'PARAMS_INVALID'];

/** `key` names the maps in the cache. */
export interface KeptWork extends Worked {
  readonly key: string;
  /** The maps were there: the model had no part in it. */
  readonly again: boolean;
}

type Asks = Pick<InferenceLink, 'request'>;

export async function workKept(
  context: Pick<EngineContext, 'cache' | 'log'> & { readonly link: Asks },
  order: Order,
  { path, hash }: { readonly path: string; readonly hash: string },
  send: RequestOptions,
): Promise<KeptWork> {
  const { link, cache } = context;
  const key = mapsKey(hash, order.packs.hash, order.classes, order.params);
  const known = await cache.find(key, RUN_EXTENSION);
  if (known !== null) {
    const place = { imagePath: path, runFile: known };
    try {
      return { ...(await workAgain(link, order, place, send)), key, again: true };
    } catch (error) {
      if (!(await isOfMaps(link, order, place, { error, send }))) throw error;
      await cache.remove(key, RUN_EXTENSION);
      context.log(`cached maps were dropped: ${String(error)}`);
    }
  }
  const runFile = cache.pathOf(key, RUN_EXTENSION);
  try {
    return {
      ...(await workOn(link, order, { imagePath: path, runFile }, send)),
      key,
      again: false,
    };
  } finally {
    // Maps lie there as soon as the model is done, also where masks or edges fail after it.
    await cache.added(runFile);
  }
}

/**
 * Whether masks failed because of the kept maps. Maps cost the model's run, so they only go where they are at
 * fault: not for a lost image, a device or a click model, which would fail in the same way with new maps.
 */
async function isOfMaps(
  link: Asks,
  order: Order,
  place: WorkPlace,
  { error, send }: { readonly error: unknown; readonly send: RequestOptions },
): Promise<boolean> {
  if (send.signal?.aborted || !(error instanceof AppError)) return false;
  if (error.code === 'RUN_UNKNOWN') return true;
  if (!MAY_BE_MAPS.includes(error.code)) return false;
  const { refine, ...plain } = order.mask;
  if (!refine) return true;
  // The same masks without the click model tell which of the two it was.
  const masksFail = await workAgain(link, { ...order, mask: plain }, place, send).then(
    () => false,
    () => true,
  );
  return masksFail && send.signal?.aborted !== true;
}
