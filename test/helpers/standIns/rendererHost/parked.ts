// Unfinished work and uses of a class in the small engine, as the real one keeps and tells them.
import type { CategoryId, ImageId, Parked, Transaction } from '../../../../electron/api/types.ts';
import { logStep } from './history.ts';
import type { HostState, Store, Typed } from './state.ts';

export function parkedHandlers({ state, publish, record }: Store): Typed {
  const tell = (imageId: ImageId) => {
    const parked = state.parked.filter((one) => one.imageId === imageId);
    const unfinished = parked.filter((one) => one.work.kind !== 'outline').length;
    state.images[imageId - 1] = { ...record(imageId), unfinished };
    publish('image.parked', { image: record(imageId), parked });
  };
  const without = (id: string) => {
    const found = state.parked.find((one) => one.id === id);
    state.parked = state.parked.filter((one) => one.id !== id);
    if (found) tell(found.imageId);
    return found;
  };
  const put = (parked: Parked) => {
    state.parked = [...state.parked.filter((one) => one.id !== parked.id), parked];
    tell(parked.imageId);
  };
  return {
    'parked.keep': ({ parked, held }, call) => {
      put({ ...parked, holder: held ? call.clientId : '' });
      return {};
    },
    'parked.remove': ({ id }) => {
      without(id);
      return {};
    },
    'parked.discard': ({ id, label }, call) => {
      const found = without(id);
      if (!found) return {};
      state.revision += 1;
      const transaction: Transaction = {
        txId: `discard-${state.revision}`,
        imageId: found.imageId,
        label,
        origin: 'user',
        gestureId: null,
        record: 'now',
        changes: [],
      };
      logStep(state, transaction, call.clientId, (kind) =>
        kind === 'undo' ? put(found) : void without(found.id),
      );
      return {};
    },
    'parked.hold': async (_, call) => {
      await new Promise<void>((resolve) => call.signal.addEventListener('abort', () => resolve()));
      for (const parked of state.parked.filter((one) => one.holder === call.clientId))
        put({ ...parked, holder: '' });
      return {};
    },
  };
}

/** What has a class, and where. */
export function usesOf(
  state: HostState,
  id: CategoryId,
): { annotations: number; accepted: number; images: number } {
  const documents = [...state.documents.values()].map((document) =>
    [...document.values()].filter(
      (object) => object.categoryId === id && object.status !== 'rejected',
    ),
  );
  const all = documents.flat();
  return {
    annotations: all.length,
    accepted: all.filter((object) => object.status === 'accepted').length,
    images: documents.filter((objects) => objects.length > 0).length,
  };
}
