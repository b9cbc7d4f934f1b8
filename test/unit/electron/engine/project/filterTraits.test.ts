// Words of the filter that ask the run behind an object: which engine it was, what became of its edge.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Box, CategoryId, ImageId, RunId } from '../../../../../electron/api/types.ts';
import { writeAnnotation } from '../../../../../electron/engine/project/annotations.ts';
import { addCategories } from '../../../../../electron/engine/project/classes/categories.ts';
import { migrate } from '../../../../../electron/engine/project/database/migrations.ts';
import { openStore, type Store } from '../../../../../electron/engine/project/database/store.ts';
import { imageIds } from '../../../../../electron/engine/project/images/images.ts';
import { annotationWith, rectangle } from '../../../../helpers/drivers/engineBench.ts';

const CUP = 1 as CategoryId;
const BOX: Box = [1, 1, 2, 3];

describe('words about the run behind an object', () => {
  let store: Store;
  beforeEach(() => {
    store = openStore(':memory:');
    migrate(store);
    addCategories(store, ['cup']);
  });
  afterEach(() => store.close());

  /** An image with one object of a run that was summed up like this. */
  function put(id: number, summary: object): void {
    const imageId = id as ImageId;
    const runId = `run${id}` as RunId;
    store.run('INSERT INTO image(id, name, sort) VALUES (?, ?, ?)', id, `${id}.png`, `${id}.png`);
    store.run(
      `INSERT INTO run(id, image_id, pack_id, pack_hash, at, summary) VALUES (?, ?, 'p', 'h', 't', ?)`,
      runId,
      id,
      JSON.stringify(summary),
    );
    const drawn = annotationWith(`a${id}`, CUP, rectangle(1, 1, 2, 3), { box: BOX, runId });
    writeAnnotation(store, imageId, drawn, null);
  }
  const edges = (parts: readonly object[], box: Box = BOX) => ({
    edges: { masks: [{ categoryId: CUP, box, parts }] },
  });
  const fits = (words: string) => imageIds(store, { words }).map(Number);

  it('find the engine by the beginning of its name; runs that name none are of the first', () => {
    put(1, { engine: 'naclip' });
    put(2, {});
    store.run("INSERT INTO image(id, name, sort) VALUES (3, '3.png', '3.png')");
    writeAnnotation(store, 3 as ImageId, annotationWith('mine', CUP, rectangle(0, 0, 2, 2)), null);
    expect(fits('engine:similarity')).toEqual([1]);
    expect(fits('engine:sal')).toEqual([2]);
    expect(fits('engine:nothere')).toEqual([]);
    expect(fits('-engine:sal')).toEqual([1, 3]);
  });

  it('find edges by the least sure part of the mask that they belong to', () => {
    put(
      1,
      edges([
        { kind: 'refined', edge: 0.9 },
        { kind: 'refined', edge: 0.4 },
      ]),
    );
    put(2, edges([{ kind: 'kept', reason: 'agrees' }]));
    // Of a mask that was drawn anew since.
    put(3, edges([{ kind: 'refined', edge: 0.9 }], [0, 0, 9, 9]));
    expect(fits('edge:<0.5')).toEqual([1]);
    expect(fits('edge:>0.8')).toEqual([]);
    expect(fits('is:refined')).toEqual([1]);
    expect(fits('is:kept')).toEqual([2]);
  });
});
