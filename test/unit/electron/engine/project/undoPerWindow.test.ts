// Two windows on one project: each takes back its own steps first, and the other one is told when it
// was one of its steps that went.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CategoryId, ImageId, Revision } from '../../../../../electron/api/types.ts';
import {
  annotationWith,
  imageFolder,
  openBench,
  rectangle,
  removeBench,
  transactionWith,
  type Bench,
} from '../../../../helpers/drivers/engineBench.ts';

const ONE = 1 as ImageId;

describe('undo in two windows', () => {
  let folder: string;
  let bench: Bench;
  let cup: CategoryId;
  beforeEach(async () => {
    folder = await imageFolder(1);
    bench = await openBench(folder);
    cup = (await bench.call('category.add', { names: ['cup'] })).added[0]!;
    await bench.call('image.open', { imageId: ONE });
  });
  afterEach(async () => {
    await bench.close();
    await removeBench(folder);
  });
  const draw = (id: string, clientId: string) =>
    bench.call(
      'doc.commit',
      {
        transaction: transactionWith(`tx-${id}`, ONE, [
          { id: id as never, before: null, after: annotationWith(id, cup, rectangle(0, 0, 2, 2)) },
        ]),
        baseRevision: 0 as Revision,
      },
      { clientId },
    );
  const there = async () =>
    (await bench.call('image.open', { imageId: ONE })).annotations.map(({ id }) => id).sort();
  const undo = (clientId: string) => bench.call('doc.undo', {}, { clientId });

  it("takes back the window's own step, not the other's later one", async () => {
    await draw('b1', 'b');
    await draw('a1', 'a');
    await undo('b');
    expect(await there()).toEqual(['a1']);
    expect(
      await bench.call('doc.history', { imageId: ONE, limit: 9 }, { clientId: 'b' }),
    ).toMatchObject({
      canRedo: 'Edit tx-b1',
    });
    await draw('a2', 'a');
    await bench.call('doc.redo', {}, { clientId: 'b' });
    expect(await there()).toEqual(['a1', 'a2', 'b1']);
  });

  it("tells whose step it was when there is none of one's own", async () => {
    await draw('a1', 'a');
    await undo('b');
    expect(await there()).toEqual([]);
    expect(bench.events.findLast(({ event }) => event === 'project.turned')?.payload).toEqual({
      kind: 'undo',
      clientId: 'b',
      of: 'a',
      label: 'Edit tx-a1',
      imageId: ONE,
      imageName: 'img1.png',
    });
  });

  it('undoes steps of an earlier session after a restart', async () => {
    await draw('a1', 'a');
    await bench.close();
    bench = await openBench(folder);
    await undo('new window');
    expect(await there()).toEqual([]);
  });
});
