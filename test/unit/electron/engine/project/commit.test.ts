// What a commit takes on trust: nothing. Sizes must be the image's, and areas are counted anew.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Annotation, CategoryId, ImageId } from '../../../../../electron/api/types.ts';
import { annotationsOf } from '../../../../../electron/engine/project/annotations.ts';
import { addCategories } from '../../../../../electron/engine/project/classes/categories.ts';
import { commit } from '../../../../../electron/engine/project/log/commit.ts';
import { openProject, type Project } from '../../../../../electron/engine/project/project.ts';
import { annotationWith, rectangle, additionOf } from '../../../../helpers/drivers/engineBench.ts';

const SIZED = 1 as ImageId;
const UNKNOWN_SIZE = 2 as ImageId;

describe('a commit', () => {
  let root: string;
  let project: Project;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'salience-commit-'));
    project = await openProject({ file: join(root, 'p.salience'), folder: root });
    addCategories(project.store, ['cup']);
    const add = 'INSERT INTO image(id, name, sort, width, height) VALUES (?, ?, ?, ?, ?)';
    project.store.run(add, SIZED, 'a.png', 'a', 8, 6);
    project.store.run(add, UNKNOWN_SIZE, 'b.png', 'b', 0, 0);
  });
  afterEach(async () => {
    project.close();
    await rm(root, { recursive: true, force: true });
  });

  const put = (imageId: ImageId, after: Annotation) =>
    commit(project.store, additionOf(after.id, imageId, after), {
      clientId: 'test',
      at: '2026-01-01T00:00:00Z',
      lastStep: null,
    });

  it.each([
    ['wider', { width: 9, height: 6 }],
    ['narrower', { width: 7, height: 6 }],
    ['higher', { width: 8, height: 7 }],
    ['turned', { width: 6, height: 8 }],
  ])('a mask that is %s than its image is refused with both sizes', (_what, size) => {
    const wrong = annotationWith('x', 1, rectangle(0, 0, 2, 2, size));
    expect(() => put(SIZED, wrong)).toThrow(
      `The mask of x is ${size.width} x ${size.height}, but a.png is 8 x 6.`,
    );
    expect(project.store.get<{ n: number }>('SELECT count(*) AS n FROM log')!.n).toBe(0);
  });

  it('any size fits an image whose size is not known yet', () => {
    const mask = rectangle(0, 0, 2, 2, { width: 30, height: 20 });
    expect(put(UNKNOWN_SIZE, annotationWith('y', 1, mask)).image.accepted).toBe(1);
  });

  it('area and box follow from the mask, whatever the caller says', () => {
    const lying = annotationWith('z', 1, rectangle(2, 1, 3, 4), { area: 999, box: [0, 0, 8, 6] });
    const { after } = put(SIZED, lying).transaction.changes[0]!;
    expect([after!.area, after!.box]).toEqual([12, [2, 1, 3, 4]]);
  });

  it('a mask without pixels is refused', () => {
    expect(() => put(SIZED, annotationWith('e', 1, rectangle(0, 0, 0, 0)))).toThrow(/no pixels/);
  });

  it.each([
    ['lock', { locked: true }],
    ['crowd', { isCrowd: true }],
    ['edit', { edited: true }],
    ['doubt', { doubtful: true }],
    ['place', { z: 7 }],
    ['figures', { match: 0.25, margin: 0.5, crfChange: 0.125 }],
    ['steadiness', { unsteady: 0.375 }],
    ['next class', { lead: { height: 0.5, rivalId: 2 as CategoryId, rivalHeight: 0.25 } }],
    ['background behind it', { lead: { height: 1, rivalId: null, rivalHeight: 0 } }],
    ['proposal', { status: 'proposal' as const, origin: 'model' as const }],
    ['rejection', { status: 'rejected' as const, origin: 'import' as const }],
    ['other fields', { extra: { score: 3 } }],
  ])('what is stored of an annotation comes back: its %s', (_what, more) => {
    const mask = rectangle(2, 1, 3, 4);
    const one = annotationWith('k', 1, mask, { area: 12, box: [2, 1, 3, 4], ...more });
    put(SIZED, one);
    expect(annotationsOf(project.store, SIZED)).toEqual([one]);
  });

  it.each([
    'no JSON',
    '[]',
    '{"height":0.5,"rivalId":1}',
    '{"height":1.5,"rivalId":1,"rivalHeight":0}',
    '{"height":0.5,"rivalId":"1; DROP","rivalHeight":0}',
    '{"height":0.5,"rivalId":-1,"rivalHeight":0}',
  ])('a next class of a file from elsewhere that is none is refused by name: %s', (lead) => {
    put(SIZED, annotationWith('k', 1, rectangle(2, 1, 3, 4)));
    project.store.run('UPDATE annotation SET lead = ?', lead);
    expect(() => annotationsOf(project.store, SIZED)).toThrow(/the next class of annotation k is/);
  });
});
