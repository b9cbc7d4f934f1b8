// Edits of whole objects.
import { describe, expect, it } from 'vitest';
import { apply, documentOf, inDrawingOrder } from '../../../../electron/api/rules/document.ts';
import type { AnnotationId, CategoryId } from '../../../../electron/api/types.ts';
import {
  copies,
  intersectAll,
  joinAgain,
  partsToObjects,
  reshape,
  subtractOthers,
} from '../../../../renderer/src/tools/edits.ts';
import {
  decide,
  relabel,
  removeObjects,
  reorder,
  reorderToEnd,
  toggleLock,
} from '../../../../renderer/src/tools/factEdits.ts';
import { rowsOf } from '../../../helpers/fixtures/maskText.ts';
import { draw } from '../../../helpers/fixtures/masks.ts';
import { objectOf } from '../../../helpers/drivers/toolBench.ts';

const nameOf = () => 'cup';
let next = 1;
const newId = () => `new${next++}` as AnnotationId;

describe('edits', () => {
  it('accepting three is one step with a count in its name', () => {
    const proposals = ['a', 'b', 'c'].map((id) =>
      objectOf(id, 1, draw('#'), { status: 'proposal' }),
    );
    const draft = decide(proposals, 'accepted', nameOf)!;
    expect(draft.label).toBe('Accept 3 proposals');
    expect(draft.changes.map((change) => change.after?.status)).toEqual([
      'accepted',
      'accepted',
      'accepted',
    ]);
  });

  it('deciding what is decided already is no step', () => {
    expect(decide([objectOf('a', 1, draw('#'))], 'accepted', nameOf)).toBeNull();
  });

  it('another class is for those that are not locked and of another one; the model’s are edited by it', () => {
    const objects = [
      objectOf('a', 1, draw('#')),
      objectOf('b', 2, draw('#')),
      objectOf('c', 1, draw('#'), { locked: true }),
      objectOf('d', 1, draw('#'), { origin: 'model', edited: false }),
      objectOf('e', 1, draw('#'), { edited: true }),
    ];
    const draft = relabel(objects, 2 as CategoryId, 'saucer')!;
    expect(draft.changes.map(({ id, after }) => [id, after?.categoryId, after?.edited])).toEqual([
      ['a', 2, false],
      ['d', 2, true],
      ['e', 2, true],
    ]);
    expect(relabel(objects.slice(1, 3), 2 as CategoryId, 'saucer')).toBeNull();
  });

  it('things that were told apart are one proposal again, those that a person decided stay', () => {
    const proposal = { status: 'proposal', doubtful: false } as const;
    const things = [
      objectOf('a', 1, draw('#...'), proposal),
      objectOf('b', 1, draw('..#.'), { ...proposal, doubtful: true }),
      objectOf('c', 1, draw('...#')),
    ];
    const draft = joinAgain(things, nameOf)!;
    expect(draft.label).toBe('Join cup again');
    expect(draft.changes.map(({ id, after }) => [id, after && rowsOf(after.mask)])).toEqual([
      ['a', ['#.#.']],
      ['b', null],
    ]);
    expect(draft.changes[0]!.after).toMatchObject({ status: 'proposal', doubtful: true, area: 2 });
    expect(joinAgain(things.slice(1), nameOf)).toBeNull();
  });

  it('locked objects are not deleted or reshaped', () => {
    const locked = objectOf('a', 1, draw('##'), { locked: true });
    expect(removeObjects([locked], nameOf)).toBeNull();
    expect(
      reshape(
        [locked],
        (mask) => ({ ...mask, counts: Uint32Array.of(2) }),
        (n) => n,
        nameOf,
      ),
    ).toBeNull();
  });

  it('locking a mixed selection locks all, then unlocks all', () => {
    const mixed = [objectOf('a', 1, draw('#'), { locked: true }), objectOf('b', 1, draw('#'))];
    expect(toggleLock(mixed, nameOf)!.changes.map((c) => [c.id, c.after?.locked])).toEqual([
      ['b', true],
    ]);
    const all = mixed.map((object) => ({ ...object, locked: true }));
    expect(toggleLock(all, nameOf)!.changes.map((c) => c.after?.locked)).toEqual([false, false]);
  });

  it('bringing forward changes the drawing order by one place, equal z values included', () => {
    const objects = ['a', 'b', 'c'].map((id) => objectOf(id, 1, draw('#'), { z: 1 }));
    const ordered = inDrawingOrder(documentOf(objects));
    const draft = reorder(ordered, ordered[1]!, 1, nameOf)!;
    const after = inDrawingOrder(apply(documentOf(objects), { changes: draft.changes }));
    expect(after.map((object) => object.id)).toEqual(['a', 'c', 'b']);
  });

  it('bringing to an end passes all others at once, and nothing at the end itself', () => {
    const objects = ['a', 'b', 'c'].map((id) => objectOf(id, 1, draw('#'), { z: 1 }));
    const ordered = inDrawingOrder(documentOf(objects));
    const after = (end: 'front' | 'back', at: number) => {
      const draft = reorderToEnd(ordered, ordered[at]!, end, nameOf);
      if (!draft) return null;
      const { changes } = draft;
      return inDrawingOrder(apply(documentOf(objects), { changes })).map(({ id }) => id);
    };
    expect(after('front', 0)).toEqual(['b', 'c', 'a']);
    expect(after('back', 2)).toEqual(['c', 'a', 'b']);
    expect([after('front', 2), after('back', 0)]).toEqual([null, null]);
  });

  it('nothing goes past the ends of the order, nor an object that is not in it', () => {
    const [first, second, other] = ['a', 'b', 'c'].map((id, z) =>
      objectOf(id, 1, draw('#'), { z }),
    );
    const both = [first!, second!];
    expect(reorder(both, second!, 1, nameOf)).toBeNull();
    expect(reorder(both, first!, -1, nameOf)).toBeNull();
    expect(reorder(both, other!, 1, nameOf)).toBeNull();
    expect(reorder(both, first!, 1, nameOf)!.changes.map(({ after }) => after!.z)).toEqual([1, 0]);
  });

  it('parts become objects; the largest keeps its identity and the model’s score', () => {
    const object = objectOf('a', 1, draw('##.#'), { match: 0.9, origin: 'model' });
    const draft = partsToObjects(object, newId, nameOf)!;
    expect(
      draft.changes.map((c) => [c.before?.id ?? null, rowsOf(c.after!.mask)[0], c.after!.match]),
    ).toEqual([
      ['a', '##..', 0.9],
      [null, '...#', 0.9],
    ]);
  });

  it('cutting others out uses every other object that is not rejected', () => {
    const object = objectOf('a', 1, draw('####'));
    const others = [
      objectOf('b', 2, draw('#...')),
      objectOf('c', 2, draw('...#'), { status: 'rejected' }),
    ];
    const draft = subtractOthers([object], [object, ...others], nameOf)!;
    expect(rowsOf(draft.changes[0]!.after!.mask)).toEqual(['.###']);
  });

  it('the intersection is the first object with what all cover, the others go in the same step', () => {
    const objects = [
      objectOf('a', 2, draw('###..', '###..'), { status: 'proposal' }),
      objectOf('b', 1, draw('.####', '.####')),
      objectOf('c', 1, draw('.....', '#####')),
    ];
    const draft = intersectAll(objects);
    if (typeof draft === 'string') throw new Error(draft);
    expect([draft.label, draft.changes.slice(1)]).toEqual([
      'Intersect 3 objects',
      objects.slice(1).map((before) => ({ id: before.id, before, after: null })),
    ]);
    const { after } = draft.changes[0]!;
    expect(rowsOf(after!.mask)).toEqual(['.....', '.##..']);
    expect(after).toMatchObject({ id: 'a', categoryId: 2, area: 2, status: 'accepted' });
    expect(after!.box).toEqual([1, 1, 2, 1]);
  });

  it('objects without a common pixel, or fewer than two that are free, are not intersected', () => {
    const [left, right] = [objectOf('a', 1, draw('##..')), objectOf('b', 1, draw('..##'))];
    const locked = objectOf('c', 1, draw('####'), { locked: true });
    expect(intersectAll([left, right])).toBe('apart');
    expect([intersectAll([left]), intersectAll([left, locked])]).toEqual(['few', 'few']);
  });

  it('a copy belongs to the person: no score, no lock, in front of all', () => {
    const object = objectOf('a', 1, draw('#'), {
      match: 0.9,
      locked: true,
      origin: 'model',
      z: 4,
      extra: { note: 1 },
      unsteady: 0.2,
      lead: { height: 0.5, rivalId: null, rivalHeight: 0.4 },
    });
    const [copy] = copies([object], [object], newId);
    expect([copy!.unsteady, copy!.lead]).toEqual([undefined, undefined]);
    expect(copy).toMatchObject({
      match: null,
      locked: false,
      origin: 'user',
      z: 5,
      extra: null,
      status: 'accepted',
    });
  });
});
