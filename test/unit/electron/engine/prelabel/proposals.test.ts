// Which proposals a run replaces, and what a person decided about the same run.
import { describe, expect, it } from 'vitest';
import type { Annotation, CategoryId, RunId } from '../../../../../electron/api/types.ts';
import {
  proposalChanges,
  proposalsOf,
  withoutRepeats,
} from '../../../../../electron/engine/prelabel/proposals.ts';
import { annotationWith, rectangle } from '../../../../helpers/drivers/engineBench.ts';

const RUN = 'run' as RunId;
const at = (id: string, box: Annotation['box'], more: Partial<Annotation> = {}) =>
  annotationWith(id, 1, rectangle(0, 0, 1, 1), {
    status: 'proposal',
    origin: 'model',
    runId: RUN,
    box,
    ...more,
  });
const told = (existing: Annotation[], fresh: Annotation[], kind: 'sameRun' | 'all' = 'sameRun') =>
  proposalChanges(existing, fresh, { kind }).map(({ id, after }) => (after ? `+${id}` : `-${id}`));

describe('what was decided about a run', () => {
  const fresh = at('new', [10, 20, 8, 4]);
  it.each([
    // Of 8 x 4: shared 6 x 4 of a union of 10 x 4 is more than half, 5 x 4 of 11 x 4 is less.
    ['the same place', [10, 20, 8, 4], []],
    ['two pixels to the right', [12, 20, 8, 4], []],
    ['two pixels to the left', [8, 20, 8, 4], []],
    ['three pixels to the right', [13, 20, 8, 4], ['+new']],
    ['one pixel lower', [10, 21, 8, 4], []],
    ['two pixels lower', [10, 22, 8, 4], ['+new']],
    ['two pixels higher', [10, 18, 8, 4], ['+new']],
    ['exactly half', [10, 20, 4, 4], []],
    ['beside it', [18, 20, 8, 4], ['+new']],
    ['below it', [10, 24, 8, 4], ['+new']],
    ['far from it both ways', [30, 40, 8, 4], ['+new']],
  ] as const)('keeps a proposal away at %s', (_where, box, changes) => {
    expect(told([at('old', box, { status: 'accepted' })], [fresh])).toEqual(changes);
  });

  it('counts for its class and its run only', () => {
    const same = [10, 20, 8, 4] as const;
    const accepted = { status: 'accepted' } as const;
    const other = at('old', same, { ...accepted, categoryId: 2 as CategoryId });
    expect(told([other], [fresh])).toEqual(['+new']);
    expect(told([at('old', same, { ...accepted, runId: 'x' as RunId })], [fresh])).toEqual([
      '+new',
    ]);
    expect(told([at('old', same, { ...accepted, runId: null })], [fresh])).toEqual(['+new']);
  });
});

describe('a run', () => {
  const fresh = at('new', [0, 0, 2, 2]);
  it('replaces what it proposed before, or all that nobody touched', () => {
    const mine = at('mine', [0, 0, 2, 2]);
    const theirs = at('theirs', [4, 4, 2, 2], { runId: 'x' as RunId });
    const edited = at('edited', [6, 6, 2, 2], { edited: true });
    expect(told([mine, theirs, edited], [fresh])).toEqual(['-mine', '+new']);
    expect(told([mine, theirs, edited], [fresh], 'all')).toEqual(['-mine', '-theirs', '+new']);
  });

  it('that is recorded a second time changes nothing, whatever a person did with a part of it', () => {
    const masked = (id: string, width: number, more: Partial<Annotation> = {}) =>
      at(id, [0, 0, width, 2], { mask: rectangle(0, 0, width, 2), ...more });
    const again = [masked('new 2', 2), masked('new 9', 9)];
    const there = [masked('2', 2), masked('9', 9)];
    const changed = (existing: Annotation[]) =>
      withoutRepeats(proposalChanges(existing, again, { kind: 'sameRun' })).map(({ id }) => id);
    expect(changed(there)).toEqual([]);
    expect(
      changed([there[0]!, { ...there[1]!, mask: rectangle(0, 0, 8, 2), edited: true }]),
    ).toEqual([]);
    expect(changed([there[0]!, { ...there[1]!, status: 'rejected' }])).toEqual([]);
    // Of another mask the old one goes and the new one comes.
    expect(changed([there[0]!, masked('7', 7)])).toEqual(['7', 'new 9']);
  });

  it('replaces untouched proposals of chosen classes', () => {
    const plate = at('plate', [4, 4, 2, 2], { categoryId: 2 as CategoryId });
    const changes = proposalChanges([at('cup', [0, 0, 2, 2]), plate], [], {
      kind: 'classes',
      categoryIds: new Set([2 as CategoryId]),
    });
    expect(changes.map(({ id }) => id)).toEqual(['plate']);
  });

  it('draws its masks above what is there and leaves empty ones out', () => {
    const mask = (width: number) => ({
      categoryId: 1 as CategoryId,
      mask: rectangle(0, 0, width, 1),
      match: 0.5,
      margin: 0.1,
      crfChange: null,
      doubtful: false,
      look: new Uint8Array(),
    });
    let n = 0;
    const made = proposalsOf([mask(2), mask(0), mask(3)], RUN, {
      newId: () => `n${n++}`,
      above: 7,
    });
    expect(made.map(({ id, z, area }) => [id, z, area])).toEqual([
      ['n0', 8, 2],
      ['n2', 10, 3],
    ]);
  });
});
