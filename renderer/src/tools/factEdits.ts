// Edits that leave masks as they are: decided, deleted, of another class, locked, nearer or farther.
import type { Annotation, CategoryId } from '../../../electron/api/types.ts';
import type { TransactionDraft } from './types.ts';
import { text } from '../text/text.ts';
import { changed, removed, type NameOf } from './edits.ts';

const words = text.label.history;

export function decide(
  proposals: readonly Annotation[],
  status: 'accepted' | 'rejected',
  nameOf: NameOf,
): TransactionDraft | null {
  const open = proposals.filter((object) => object.status !== status);
  const first = open[0];
  if (!first) return null;
  const accept = status === 'accepted';
  return {
    label:
      open.length === 1
        ? (accept ? words.accept : words.reject)(nameOf(first))
        : (accept ? words.acceptMany : words.rejectMany)(open.length),
    changes: open.map((object) => changed(object, { ...object, status })),
  };
}

export function removeObjects(
  objects: readonly Annotation[],
  nameOf: NameOf,
): TransactionDraft | null {
  const usable = objects.filter((object) => !object.locked);
  const first = usable[0];
  if (!first) return null;
  return { label: words.remove(usable.length, nameOf(first)), changes: usable.map(removed) };
}

export function relabel(
  objects: readonly Annotation[],
  categoryId: CategoryId,
  name: string,
): TransactionDraft | null {
  const changes = objects
    .filter((object) => !object.locked && object.categoryId !== categoryId)
    .map((object) =>
      changed(object, {
        ...object,
        categoryId,
        edited: object.edited || object.origin === 'model',
      }),
    );
  return changes.length === 0 ? null : { label: words.relabel(name), changes };
}

/** Locks all, or unlocks all when all are locked. */
export function toggleLock(
  objects: readonly Annotation[],
  nameOf: NameOf,
): TransactionDraft | null {
  const first = objects[0];
  if (!first) return null;
  const locked = !objects.every((object) => object.locked);
  const affected = objects.filter((object) => object.locked !== locked);
  return {
    label: (locked ? words.lock : words.unlock)(affected.length, nameOf(affected[0] ?? first)),
    changes: affected.map((object) => changed(object, { ...object, locked })),
  };
}

/** One step to the front or the back, past the next neighbour. */
export function reorder(
  objects: readonly Annotation[],
  target: Annotation,
  by: 1 | -1,
  nameOf: NameOf,
): TransactionDraft | null {
  const at = objects.findIndex((object) => object.id === target.id);
  const other = objects[at + by];
  if (at < 0 || !other) return null;
  // Makes equal z values differ first, else a swap would change nothing.
  const z = target.z === other.z ? target.z + by : other.z;
  const changes = [changed(target, { ...target, z })];
  if (target.z !== other.z) changes.push(changed(other, { ...other, z: target.z }));
  return { label: words.order(nameOf(target)), changes };
}

/** Past all others. */
export function reorderToEnd(
  objects: readonly Annotation[],
  target: Annotation,
  end: 'front' | 'back',
  nameOf: NameOf,
): TransactionDraft | null {
  const [last, z] =
    end === 'front'
      ? [objects.at(-1), Math.max(...objects.map((one) => one.z)) + 1]
      : [objects[0], Math.min(...objects.map((one) => one.z)) - 1];
  if (!last || last.id === target.id) return null;
  return { label: words.order(nameOf(target)), changes: [changed(target, { ...target, z })] };
}
