// A selection proposed on other images: which ones, where, and what stays as it is.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Input } from '../../../../../electron/api/methods.ts';
import type {
  Annotation,
  AnnotationId,
  CategoryId,
  ImageId,
  Revision,
} from '../../../../../electron/api/types.ts';
import { LOOK_BYTES } from '../../../../../electron/link/lookLayout.ts';
import type { Bench } from '../../../../helpers/drivers/engineBench.ts';
import {
  annotationWith,
  imageFolder,
  openBench,
  rectangle,
  removeBench,
  SIDE,
  standInOperations,
  transactionWith,
} from '../../../../helpers/drivers/engineBench.ts';

const CUP = 1 as CategoryId;
const CUP_ID = 'hand' as AnnotationId;
const numberOf = (path: string) => Number(/(\d+)\.png$/.exec(basename(path))![1]);
const at = (image: number) => image as ImageId;

/**
 * In every image the cup's salience lies one pixel further right; image 4 has no cup, image 5 looks otherwise, and its
 * salience lies a pixel further down.
 */
function operations() {
  const usual = standInOperations();
  return standInOperations({
    'prelabel.run': async (input, call) => {
      const answer = await usual['prelabel.run']!(input, call);
      const image = numberOf(input.imagePath);
      const classes = answer.facts.classes.map((one) => ({ ...one, absent: image === 4 }));
      const look = new Uint8Array(LOOK_BYTES).fill(image === 5 ? 250 : 100);
      const masks = image === 4 ? [] : answer.masks.map((one) => ({ ...one, look }));
      return { facts: { ...answer.facts, classes }, masks };
    },
    'prelabel.maps': ({ imagePath, requests }) => {
      const left = numberOf(imagePath);
      const top = left === 5 ? 2 : 1;
      const values = new Uint8Array(SIDE.width * SIDE.height).map((_, pixel) => {
        const [x, y] = [pixel % SIDE.width, Math.floor(pixel / SIDE.width)];
        return x >= left && x < left + 2 && y >= top && y < top + 3 ? 255 : 0;
      });
      return {
        maps: requests.map(() => ({ rows: SIDE.height, columns: SIDE.width, values, maximum: 1 })),
      };
    },
  });
}

describe('propagating a selection', () => {
  let folder: string;
  let bench: Bench;

  beforeEach(async () => {
    folder = await imageFolder(7);
    bench = await openBench(folder, { operations: operations() });
    await bench.call('category.add', { names: ['cup'] });
    // The model looked at all but the sixth and the seventh; its own proposals are out of the way.
    for (const image of [1, 2, 3, 4, 5]) {
      await bench.call('prelabel.run', {
        imageId: at(image),
        classes: [{ categoryId: CUP, name: 'cup', prompt: '', synonyms: [], threshold: null }],
        params: { preset: 'default', overrides: {} },
        commit: false,
      });
    }
    const cup = annotationWith('hand', CUP, rectangle(1, 1, 2, 3), { area: 6, box: [1, 1, 2, 3] });
    await bench.call('doc.commit', {
      transaction: transactionWith('draw', at(1), [{ id: CUP_ID, before: null, after: cup }]),
      baseRevision: 0 as Revision,
    });
  });
  afterEach(async () => {
    await bench.close();
    await removeBench(folder);
  });

  const propagate = (more: Partial<Input<'doc.propagate'>> = {}, options = {}) =>
    bench.call(
      'doc.propagate',
      { ids: [CUP_ID], to: 'next', count: 3, dryRun: false, ...more },
      options,
    );
  const objects = async (image: number): Promise<readonly Annotation[]> =>
    (await bench.call('image.open', { imageId: at(image) })).annotations;

  it('goes on picked images alone, without the one it is from and those that are reviewed', async () => {
    await bench.call('image.setStatus', { imageIds: [at(3)], status: 'reviewed' });
    const picked = { to: 'picked', images: [5, 1, 3].map(at) } as const;
    expect(await propagate({ ...picked, dryRun: true })).toMatchObject({ images: 1, known: true });
    expect((await propagate(picked)).images).toBe(1);
    expect((await objects(5)).map(({ box }) => box)).toEqual([[5, 2, 2, 3]]);
    for (const other of [2, 3, 4]) expect(await objects(other)).toHaveLength(0);
    expect(await propagate({ to: 'picked' })).toMatchObject({ images: 0 });
  });

  it('is counted without a change, then proposed where salience matches, undone in one step', async () => {
    const revision = bench.engine.context.open.get().revision();
    expect(await propagate({ dryRun: true })).toMatchObject({ images: 3, bySalience: 0 });
    expect(bench.engine.context.open.get().revision()).toBe(revision);

    const done = await propagate();
    expect(done).toMatchObject({ images: 3, bySalience: 2, asDrawn: 0 });
    expect(done.leftOut).toEqual({ there: 0, absent: 1, unread: 0 });
    const [second] = await objects(2);
    expect(second).toMatchObject({
      categoryId: CUP,
      status: 'proposal',
      origin: 'user',
      doubtful: false,
      area: 6,
      box: [2, 1, 2, 3],
      runId: null,
      match: null,
    });
    expect(second!.z).toBe(1);
    expect((await objects(3))[0]!.box).toEqual([3, 1, 2, 3]);
    expect(await objects(4)).toEqual([]);
    expect((await bench.call('doc.history', { imageId: null, limit: 1 })).canUndo).toBe(
      'Propagate cup',
    );
    await bench.call('doc.undo', {});
    expect([...(await objects(2)), ...(await objects(3))]).toEqual([]);
    expect((await objects(1))[0]!.id).toBe(CUP_ID);
  });

  it('stays at its place and is doubtful where no salience is stored', async () => {
    await bench.call('image.setStatus', {
      imageIds: [2, 3, 4, 5].map(at),
      status: 'reviewed',
    });
    expect(await propagate()).toMatchObject({ images: 2, bySalience: 0, asDrawn: 2 });
    expect((await objects(6))[0]).toMatchObject({ box: [1, 1, 2, 3], doubtful: true });
    // Images that are done were not touched.
    expect(await objects(2)).toEqual([]);
  });

  it('adds nothing where the object is already, and changes nothing that was accepted', async () => {
    await propagate({ count: 1 });
    const [proposal] = await objects(2);
    await bench.call('review.decide', { ids: [proposal!.id], decision: 'accept' });
    const accepted = await objects(2);
    expect(await propagate({ count: 1 })).toMatchObject({ bySalience: 0, leftOut: { there: 1 } });
    expect(await objects(2)).toEqual(accepted);
  });

  it('is no step where nothing is proposed', async () => {
    const revision = bench.engine.context.open.get().revision();
    expect(await propagate({ to: 'picked', images: [at(4)] })).toMatchObject({
      images: 1,
      leftOut: { absent: 1 },
    });
    expect(bench.engine.context.open.get().revision()).toBe(revision);
  });

  it('is stopped by a mask of the class that shares half of it, and by no other', async () => {
    const put = (id: string, image: number, category: CategoryId, rows: readonly number[]) =>
      bench.call('doc.commit', {
        transaction: transactionWith(id, at(image), [
          {
            id: id as AnnotationId,
            before: null,
            after: annotationWith(id, category, rectangle(image, rows[0]!, 2, rows[1]!), { z: 4 }),
          },
        ]),
        baseRevision: 0 as Revision,
      });
    await bench.call('category.add', { names: ['plate'] });
    // The cup would lie in rows 1 to 3: four of eight pixels, then two of eight, then a plate in its place.
    await put('half', 2, CUP, [0, 3]);
    await put('less', 3, CUP, [0, 2]);
    await put('other', 5, 2 as CategoryId, [2, 3]);
    const picked = { to: 'picked', images: [2, 3, 5].map(at) } as const;
    expect(await propagate(picked)).toMatchObject({ bySalience: 2, leftOut: { there: 1 } });
    expect((await objects(3)).map(({ z }) => z)).toEqual([4, 5]);
    expect(await objects(2)).toHaveLength(1);
  });

  it('goes to look-alikes, the most like first, and says when it knows none', async () => {
    for (const dryRun of [true, false])
      expect(await propagate({ to: 'alike', dryRun })).toMatchObject({ images: 0, known: false });
    const drawn = (await objects(1))[0]!;
    const found = { ...drawn, mask: rectangle(0, 1, 2, 3), box: [0, 1, 2, 3] as const };
    await bench.call('doc.commit', {
      transaction: transactionWith('onto', at(1), [{ id: CUP_ID, before: drawn, after: found }]),
      baseRevision: 0 as Revision,
    });
    expect(await propagate({ to: 'alike', count: 9 })).toMatchObject({ images: 2, known: true });
    expect((await objects(3)).length).toBe(1);
    expect(await objects(5)).toEqual([]);
  });

  it('asks for salience of all passes of a run', async () => {
    const request = vi.spyOn(bench.engine.context.link, 'request');
    await propagate({ count: 1 });
    const asked = request.mock.calls.flatMap(([operation, input]) =>
      operation === 'prelabel.maps' ? [(input as { requests: unknown }).requests] : [],
    );
    // A run of the stand-in has one pass.
    const whole = [{ kind: 'sum', categoryId: CUP, upTo: 0 }];
    expect(asked).toEqual([whole, whole]);
  });

  it('counts an image that cannot be read, and goes on; a fault of another kind ends it', async () => {
    await writeFile(join(folder, 'img2.png'), 'broken by now');
    expect(await propagate({ count: 2 })).toMatchObject({ bySalience: 1, leftOut: { unread: 1 } });
    const { link } = bench.engine.context;
    const request = link.request.bind(link) as (...given: unknown[]) => Promise<never>;
    vi.spyOn(link, 'request').mockImplementation((operation, ...rest) =>
      operation === 'image.probe'
        ? Promise.reject(new TypeError('a slip'))
        : request(operation, ...rest),
    );
    const again = propagate({ to: 'picked', images: [at(2), at(5)] });
    await expect(again).rejects.toThrow('a slip');
    expect(await objects(5)).toEqual([]);
  });

  it('leaves nothing behind when it is stopped', async () => {
    const stop = new AbortController();
    const onProgress = (event: unknown) => {
      if ((event as { done: number }).done === 1) stop.abort(new Error('stopped'));
    };
    const revision = bench.engine.context.open.get().revision();
    await expect(propagate({}, { signal: stop.signal, onProgress })).rejects.toThrow('stopped');
    expect(bench.engine.context.open.get().revision()).toBe(revision);
    expect(await objects(2)).toEqual([]);
  });
});
