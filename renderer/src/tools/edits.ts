// Edits of masks as transactions: pure functions from annotations to changes and their label.
import type {
  Annotation,
  AnnotationChange,
  AnnotationId,
  CategoryId,
  RleMask,
} from '../../../electron/api/types.ts';
import type { TransactionDraft } from './types.ts';
import { text } from '../text/text.ts';
import { intersect, subtract, unionAll } from '../../../electron/masks/runs/combine.ts';
import { partsOf } from '../../../electron/masks/regions/components.ts';
import { measureMask } from '../../../electron/masks/runs/measure.ts';
import { area } from '../../../electron/masks/runs/rle.ts';

const words = text.label.history;

/** A mask that a person changed is no longer a proposal of the model. */
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
export const removed = (before: Annotation): AnnotationChange => ({
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

export type NameOf = (annotation: Annotation) => string;

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
  return asOne(usable, mask, words.merge(usable.length));
}

/** The first of them as what all of them cover; 'few' when there are not two, 'apart' when nothing is left. */
export function intersectAll(objects: readonly Annotation[]): TransactionDraft | 'few' | 'apart' {
  const usable = objects.filter((object) => !object.locked);
  if (usable.length < 2) return 'few';
  const mask = usable.map((object) => object.mask).reduce(intersect);
  return area(mask) === 0 ? 'apart' : asOne(usable, mask, words.intersect(usable.length));
}

/** The first object with a mask that was made of all of them; the others are gone. */
function asOne(objects: readonly Annotation[], mask: RleMask, label: string): TransactionDraft {
  const [first, ...others] = objects as readonly [Annotation, ...Annotation[]];
  return { label, changes: [changed(first, withMask(first, mask)), ...others.map(removed)] };
}

/** Joins objects that the model separated; the result stays a proposal. */
export function joinAgain(objects: readonly Annotation[], nameOf: NameOf): TransactionDraft | null {
  const usable = objects.filter((object) => object.status === 'proposal' && !object.locked);
  const first = usable[0];
  if (!first || usable.length < 2) return null;
  const { width, height } = first.mask;
  const masks = usable.map((object) => object.mask);
  const mask = unionAll(masks, width, height);
  const joined: Annotation = {
    ...first,
    mask,
    area: area(mask),
    box: measureMask(mask).box,
    doubtful: usable.some(({ doubtful }) => doubtful),
  };
  return {
    label: words.joinAgain(nameOf(first)),
    changes: [changed(first, joined), ...usable.slice(1).map(removed)],
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
  return objects.map(({ unsteady: _unsteady, lead: _lead, ...object }, i) => {
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

export function namesOf(objects: readonly Annotation[], nameOf: NameOf): string {
  const first = objects[0];
  return first && objects.length === 1 ? nameOf(first) : text.objects(objects.length);
}
