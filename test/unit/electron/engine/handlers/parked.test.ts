// Unfinished work in the project file: kept over crashes and restarts, let go when its window ends, and
// brought back by undo when it was thrown away.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type {
  AnnotationId,
  CategoryId,
  ImageId,
  Parked,
} from '../../../../../electron/api/types.ts';
import {
  imageFolder,
  openBench,
  removeBench,
  type Bench,
} from '../../../../helpers/drivers/engineBench.ts';

const FIRST = 1 as ImageId;
const SECOND = 2 as ImageId;

const polygon = (id: string, imageId = FIRST): Omit<Parked, 'holder'> => ({
  id,
  imageId,
  categoryId: 1 as CategoryId,
  targets: [],
  work: { kind: 'polygon', use: 'new', points: [1, 1, 4.5, 1, 4.5, 3] },
});
const outline = (id: string): Omit<Parked, 'holder'> => ({
  id,
  imageId: FIRST,
  categoryId: null,
  targets: ['a' as AnnotationId],
  work: { kind: 'outline', before: [[0, 0, 4, 0, 4, 4]], rings: [[0, 0, 5, 0, 5, 4]] },
});

describe('unfinished work', () => {
  let folder: string;
  let bench: Bench;
  beforeEach(async () => {
    folder = await imageFolder(3);
    bench = await openBench(folder);
    await bench.call('category.add', { names: ['cup', 'plate'] });
  });
  afterEach(async () => {
    await bench.close();
    await removeBench(folder);
  });
  const parkedOf = async (imageId: ImageId) => (await bench.call('image.open', { imageId })).parked;
  const restart = async () => {
    await bench.close();
    bench = await openBench(folder);
  };

  it('stays with its image over a restart, which lets go of what was in hand', async () => {
    await bench.call('parked.keep', { parked: polygon('p'), held: true });
    expect(await parkedOf(FIRST)).toEqual([{ ...polygon('p'), holder: 'test' }]);
    await restart();
    expect(await parkedOf(FIRST)).toEqual([{ ...polygon('p'), holder: '' }]);
    expect(await parkedOf(SECOND)).toEqual([]);
  });

  it('is replaced by what is kept under the same id, and told to every window', async () => {
    await bench.call('parked.keep', { parked: polygon('p'), held: true });
    const more = { ...polygon('p'), work: { kind: 'line', points: [0, 0, 2, 2] } } as const;
    await bench.call('parked.keep', { parked: more, held: false });
    expect(bench.events.at(-1)).toMatchObject({
      event: 'image.parked',
      payload: { image: { id: 1, unfinished: 1 }, parked: [{ ...more, holder: '' }] },
    });
  });

  it('is let go when the window that has it ends, and only then', async () => {
    await bench.call('parked.keep', { parked: polygon('mine'), held: true });
    await bench.call('parked.keep', { parked: polygon('other'), held: true }, { clientId: 'b' });
    const window = new AbortController();
    const held = bench.call('parked.hold', {}, { signal: window.signal, clientId: 'b' });
    expect((await parkedOf(FIRST)).map((one) => one.holder)).toEqual(['test', 'b']);
    window.abort();
    await held;
    expect((await parkedOf(FIRST)).map((one) => one.holder)).toEqual(['test', '']);
  });

  it('is counted in the image list as long as it waits; moved points are no unfinished shape', async () => {
    await bench.call('parked.keep', { parked: polygon('p', SECOND), held: false });
    await bench.call('parked.keep', { parked: outline('o'), held: false });
    const unfinished = async () =>
      (
        await bench.call('image.list', { cursor: 0, limit: 9, filter: {}, order: 'name' })
      ).images.map((image) => image.unfinished);
    expect(await unfinished()).toEqual([0, 1, 0]);
    await bench.call('parked.remove', { id: 'p' });
    expect(await unfinished()).toEqual([0, 0, 0]);
    expect((await parkedOf(FIRST)).map((one) => one.id)).toEqual(['o']);
  });

  it('that was thrown away comes back by undo, also after a restart, and goes again by redo', async () => {
    await bench.call('parked.keep', { parked: polygon('p'), held: false });
    await bench.call('parked.discard', { id: 'p', label: 'Discard unfinished cup' });
    expect(await parkedOf(FIRST)).toEqual([]);
    expect(await bench.call('doc.history', { imageId: FIRST, limit: 5 })).toMatchObject({
      canUndo: 'Discard unfinished cup',
      entries: [{ label: 'Discard unfinished cup', undone: false }],
    });
    await restart();
    const undone = await bench.call('doc.undo', {});
    expect(undone).toMatchObject({
      transaction: { label: 'Discard unfinished cup', imageId: 1, changes: [] },
      imageName: 'img1.png',
    });
    expect(await parkedOf(FIRST)).toEqual([{ ...polygon('p'), holder: '' }]);
    await bench.call('doc.redo', {});
    expect(await parkedOf(FIRST)).toEqual([]);
  });

  it('and its undo keep the image in the project although its file is gone', async () => {
    await bench.call('parked.keep', { parked: polygon('p'), held: false });
    await bench.call('parked.keep', { parked: polygon('q', SECOND), held: false });
    await bench.call('parked.discard', { id: 'q', label: 'Discard unfinished cup' });
    await bench.close();
    await rm(join(folder, 'img1.png'));
    await rm(join(folder, 'img2.png'));
    bench = await openBench(folder);
    const rows = async () =>
      (
        await bench.call('image.list', { cursor: 0, limit: 9, filter: {}, order: 'name' })
      ).images.map(({ name, unfinished }) => [name, unfinished]);
    await expect.poll(async () => (await bench.call('project.summary', {})).scanning).toBe(false);
    expect(await rows()).toEqual([
      ['img1.png', 1],
      ['img2.png', 0],
      ['img3.png', 0],
    ]);
    await bench.call('doc.undo', {});
    expect((await rows())[1]).toEqual(['img2.png', 1]);
  });

  it.each(['no JSON', '{}', '{"targets":[],"work":{"kind":"polygon","points":["a"]}}'])(
    'that a damaged file holds as %s is told with its place',
    async (work) => {
      await bench.call('parked.keep', { parked: polygon('p'), held: false });
      bench.engine.context.open.get().store.run('UPDATE parked SET work = ?', work);
      await expect(bench.call('image.open', { imageId: FIRST })).rejects.toMatchObject({
        code: 'PROJECT_DAMAGED',
        message: expect.stringContaining('unfinished work p'),
      });
    },
  );

  it('of an image that is not in the project, or no shape, is refused', async () => {
    await expect(
      bench.call('parked.keep', { parked: polygon('p', 99 as ImageId), held: false }),
    ).rejects.toMatchObject({ code: 'IMAGE_UNKNOWN' });
    const odd = { ...polygon('p'), work: { kind: 'polygon', use: 'new', points: [NaN, 1] } };
    await expect(
      bench.call('parked.keep', { parked: odd as unknown as Parked, held: false }),
    ).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });
});
