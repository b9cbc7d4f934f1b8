// Classes change by fields with what they were before: two windows that edit at once lose nothing, and
// a class that one of them removed does not come back with the other's threshold.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CategoryChange, CategoryId } from '../../../../../electron/api/types.ts';
import {
  imageFolder,
  openBench,
  removeBench,
  type Bench,
} from '../../../../helpers/drivers/engineBench.ts';

const CUP = 1 as CategoryId;
const BALL = 2 as CategoryId;

describe('classes', () => {
  let folder: string;
  let bench: Bench;
  beforeEach(async () => {
    folder = await imageFolder(1);
    bench = await openBench(folder);
    await bench.call('category.add', { names: ['cup', 'ball'] });
  });
  afterEach(async () => {
    await bench.close();
    await removeBench(folder);
  });
  const save = (changes: readonly CategoryChange[]) => bench.call('category.save', { changes });
  const names = async () =>
    (await bench.call('project.summary', {})).categories.map(({ name, threshold }) => [
      name,
      threshold,
    ]);

  it('keep what another window changed in other fields', async () => {
    await save([{ id: CUP, before: { name: 'cup' }, after: { name: 'mug' } }]);
    await save([{ id: CUP, before: { threshold: null }, after: { threshold: 0.3 } }]);
    expect(await names()).toEqual([
      ['mug', 0.3],
      ['ball', null],
    ]);
  });

  it('refuse a field that another window changed first, and nothing of that edit is kept', async () => {
    await save([{ id: CUP, before: { threshold: null }, after: { threshold: 0.2 } }]);
    await expect(
      save([
        { id: BALL, before: { threshold: null }, after: { threshold: 0.4 } },
        { id: CUP, before: { threshold: null }, after: { threshold: 0.4 } },
      ]),
    ).rejects.toMatchObject({
      code: 'CATEGORY_CONFLICT',
      data: { id: CUP, name: 'cup', fields: ['threshold'] },
    });
    expect(await names()).toEqual([
      ['cup', 0.2],
      ['ball', null],
    ]);
  });

  it('stay removed when another window saves a threshold of theirs', async () => {
    await bench.call('category.remove', { id: BALL });
    await expect(
      save([{ id: BALL, before: { threshold: null }, after: { threshold: 0.4 } }]),
    ).rejects.toMatchObject({ code: 'CATEGORY_UNKNOWN' });
    expect(await names()).toEqual([['cup', null]]);
  });

  it('take the same change twice, so that it can be sent again', async () => {
    const change: CategoryChange = { id: CUP, before: { kind: 'thing' }, after: { kind: 'stuff' } };
    await save([change]);
    await save([change]);
    await expect(
      save([{ id: CUP, before: { name: 'cup' }, after: { name: 'Ball' } }]),
    ).rejects.toMatchObject({ code: 'NAME_TAKEN' });
    await expect(save([{ id: CUP, before: {}, after: { name: 'x' } }])).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
  });
});
