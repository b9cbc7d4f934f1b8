// Edits of objects as transactions: pure functions from annotations to changes and their label.
import type {
  Annotation,
  AnnotationChange,
  AnnotationId,
  CategoryId,
  RleMask,
} from '../../../electron/api/types.ts';
import type { TransactionDraft } from './types.ts';
import { text } from '../text/text.ts';
import { subtract, unionAll } from '../../../electron/masks/combine.ts';
import { partsOf } from '../../../electron/masks/components.ts';
import { measureMask } from '../../../electron/masks/measure.ts';
import { area } from '../../../electron/masks/rle.ts';

const words = text.label.history;

/** A person changed the mask: what the model proposed is theirs from now on. */
export function withMask(annotation: Annotation, mask: RleMask): Annotation {
  return {
    ...annotation,
    mask,
    area: area(mask),
    box: measureMask(mask).box,
    status: 'accepted',
    doubtful: false,
    edited: annotation.edited || annotation.origin === 'model',
  };
}

/** A new object drawn by hand, in front of all others. */
export function drawn(options: {
  id: AnnotationId;
  categoryId: CategoryId;
  mask: RleMask;
  objects: readonly Annotation[];
}): Annotation {
  const { id, categoryId, mask, objects } = options;
  return {
    id,
    categoryId,
    status: 'accepted',
    origin: 'user',
    mask,
    box: measureMask(mask).box,
    area: area(mask),
    z: frontOf(objects) + 1,
    locked: false,
    isCrowd: false,
    edited: false,
    match: null,
    margin: null,
    crfChange: null,
    doubtful: false,
    runId: null,
    extra: null,
  };
}

function frontOf(objects: readonly Annotation[]): number {
  return objects.reduce((front, object) => Math.max(front, object.z), 0);
}

export const added = (after: Annotation): AnnotationChange => ({
  id: after.id,
  before: null,
  after,
});
const removed = (before: Annotation): AnnotationChange => ({
  id: before.id,
  before,
  after: null,
});
export const changed = (before: Annotation, after: Annotation): AnnotationChange => ({
  id: before.id,
  before,
  after,
});

/** The object with another mask; without a pixel it is gone. Null when nothing changes. */
export function remask(annotation: Annotation, mask: RleMask): AnnotationChange | null {
  if (area(mask) === 0) return removed(annotation);
  const same =
    mask.counts.length === annotation.mask.counts.length &&
    mask.counts.every((run, i) => run === annotation.mask.counts[i]);
  return same ? null : changed(annotation, withMask(annotation, mask));
}

type NameOf = (annotation: Annotation) => string;

/** Applies one mask operation to each unlocked object. */
export function reshape(
  objects: readonly Annotation[],
  operation: (mask: RleMask) => RleMask,
  label: (name: string) => string,
  nameOf: NameOf,
): TransactionDraft | null {
  const usable = objects.filter((object) => !object.locked);
  const changes = usable
    .map((object) => remask(object, operation(object.mask)))
    .filter((change) => change !== null);
  return changes.length === 0 ? null : { label: label(namesOf(usable, nameOf)), changes };
}

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

export function toggleCrowd(object: Annotation, nameOf: NameOf): TransactionDraft {
  return {
    label: words.crowd(nameOf(object)),
    changes: [changed(object, { ...object, isCrowd: !object.isCrowd })],
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
  // Equal z values are told apart first, else a swap would change nothing.
  const z = target.z === other.z ? target.z + by : other.z;
  const changes = [changed(target, { ...target, z })];
  if (target.z !== other.z) changes.push(changed(other, { ...other, z: target.z }));
  return { label: words.order(nameOf(target)), changes };
}

export function merge(objects: readonly Annotation[]): TransactionDraft | null {
  const usable = objects.filter((object) => !object.locked);
  const first = usable[0];
  if (!first || usable.length < 2) return null;
  const { width, height } = first.mask;
  const mask = unionAll(
    usable.map((object) => object.mask),
    width,
    height,
  );
  return {
    label: words.merge(usable.length),
    changes: [changed(first, withMask(first, mask)), ...usable.slice(1).map(removed)],
  };
}

/** Takes every other visible object of other classes out of these. */
export function subtractOthers(
  objects: readonly Annotation[],
  all: readonly Annotation[],
  nameOf: NameOf,
): TransactionDraft | null {
  const ids = new Set(objects.map((object) => object.id));
  const others = all.filter((object) => !ids.has(object.id) && object.status !== 'rejected');
  return reshape(
    objects,
    (mask) =>
      subtract(
        mask,
        unionAll(
          others.map((o) => o.mask),
          mask.width,
          mask.height,
        ),
      ),
    words.cut,
    nameOf,
  );
}

/** One object per connected part; the largest keeps the identity. */
export function partsToObjects(
  object: Annotation,
  newId: () => AnnotationId,
  nameOf: NameOf,
): TransactionDraft | null {
  const parts = partsOf(object.mask);
  if (object.locked || parts.length < 2) return null;
  return {
    label: words.parts(nameOf(object), parts.length),
    changes: [
      changed(object, withMask(object, parts[0]!)),
      ...parts.slice(1).map((mask) => added({ ...withMask(object, mask), id: newId() })),
    ],
  };
}

/** Copies in front of everything; extra COCO fields belong to the original only. */
export function copies(
  objects: readonly Annotation[],
  all: readonly Annotation[],
  newId: () => AnnotationId,
  place: (mask: RleMask) => RleMask = (mask) => mask,
): Annotation[] {
  const front = frontOf(all);
  return objects.map((object, i) => {
    const mask = place(object.mask);
    return {
      ...object,
      id: newId(),
      mask,
      box: measureMask(mask).box,
      area: area(mask),
      status: 'accepted',
      origin: 'user',
      edited: false,
      locked: false,
      doubtful: false,
      match: null,
      margin: null,
      crfChange: null,
      runId: null,
      extra: null,
      z: front + 1 + i,
    };
  });
}

function namesOf(objects: readonly Annotation[], nameOf: NameOf): string {
  const first = objects[0];
  return first && objects.length === 1 ? nameOf(first) : text.objects(objects.length);
}
