// One image of a run set through the model. All it needs is the link: no project, no database.
import type { CategoryId } from '../../api/types.ts';
import type { InferenceLink } from '../../engine/inferenceLink/link.ts';
import { orderOf, type Order } from '../../engine/order/order.ts';
import { workOn, type WorkPlace } from '../../engine/order/work.ts';
import type { RequestClass } from './request.ts';
import type { FoundMasks } from './record.ts';

/** The order of a run set, made ready for one worker. */
export function requestOrder(
  classes: readonly RequestClass[],
  how: Pick<Order, 'packs' | 'params'>,
): Order {
  const asked = classes.map(({ id, name, prompt, synonyms }) => ({
    categoryId: id as CategoryId,
    name,
    prompt,
    synonyms,
    threshold: null,
  }));
  const kinds = classes.map(({ id, kind }) => ({ id: id as CategoryId, kind }));
  return orderOf(kinds, { classes: asked, thresholds: {}, draft: false }, how);
}

/** The model's masks of one file. The run is the caller's to delete. */
export async function maskImage(
  link: Pick<InferenceLink, 'request'>,
  order: Order,
  place: WorkPlace,
): Promise<FoundMasks> {
  const how = { priority: 'batch' } as const;
  const { width, height, hash } = await link.request('image.probe', { path: place.imagePath }, how);
  return { width, height, hash, ...(await workOn(link, order, place, how)) };
}
