// Steps as a window asks for them: what an edit may be based on, what undo tells, and the list of steps.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type {
  AnnotationId,
  CategoryId,
  ImageId,
  Revision,
} from '../../../../../electron/api/types.ts';
import {
  annotationWith,
  imageFolder,
  openBench,
  rectangle,
  removeBench,
  transactionWith,
  type Bench,
} from '../../../../helpers/drivers/engineBench.ts';

const [FIRST, SECOND] = [1, 2] as [ImageId, ImageId];
const CUP = 1 as CategoryId;
let bench: Bench;
beforeAll(async () => {
  bench = await openBench(await imageFolder(2));
  await bench.call('category.add', { names: ['cup'] });
});
afterAll(async () => {
  await bench.close();
  await removeBench(bench.folder);
});

const revision = () => bench.engine.context.open.get().revision();
const draw = (id: string, imageId: ImageId, clientId: string, base: Revision = 0 as Revision) =>
  bench.call(
    'doc.commit',
    {
      transaction: transactionWith(id, imageId, [
        {
          id: id as AnnotationId,
          before: null,
          after: annotationWith(id, CUP, rectangle(0, 0, 2, 2)),
        },
      ]),
      baseRevision: base,
    },
    { clientId },
  );
const turned = () => bench.events.filter(({ event }) => event === 'project.turned').at(-1)!.payload;
const history = (imageId: ImageId | null, clientId = 'me') =>
  bench.call('doc.history', { imageId, limit: 10 }, { clientId });

it('an edit may be based on any revision that there was, and on none that comes', async () => {
  const { revision: first } = await draw('a', FIRST, 'me', revision());
  expect(first).toBe(revision());
  await expect(draw('b', FIRST, 'me', (revision() + 1) as Revision)).rejects.toMatchObject({
    code: 'DOC_CONFLICT',
    data: { revision: first },
  });
  await draw('b', SECOND, 'you', revision());
});

it('undo tells the image, the step, and whose it was', async () => {
  const undone = await bench.call('doc.undo', {}, { clientId: 'you' });
  expect(undone).toMatchObject({ imageName: 'img2.png', transaction: { label: 'Edit b' } });
  expect(turned()).toMatchObject({ kind: 'undo', clientId: 'you', of: 'you', imageId: SECOND });
  await bench.call('doc.undo', {}, { clientId: 'you' });
  expect(turned()).toMatchObject({ clientId: 'you', of: 'me', imageName: 'img1.png' });
  const none = await bench.call('doc.undo', {}, { clientId: 'you' });
  expect(none).toEqual({ transaction: null, revision: revision(), imageName: '' });
});

it('the steps are listed with what is undone of them, of all images or of one', async () => {
  const all = await history(null, 'you');
  expect(all.entries.map(({ label, undone, imageId }) => [label, undone, imageId])).toEqual([
    ['Edit b', true, SECOND],
    ['Edit a', true, FIRST],
  ]);
  expect(all).toMatchObject({ canUndo: null, canRedo: 'Edit a' });
  expect((await history(FIRST)).entries.map(({ label }) => label)).toEqual(['Edit a']);
  await bench.call('doc.redo', {}, { clientId: 'you' });
  expect(turned()).toMatchObject({ kind: 'redo', of: 'me' });
  const after = await history(null, 'you');
  expect(after.entries.map(({ undone }) => undone)).toEqual([true, false]);
  expect(after).toMatchObject({ canUndo: 'Edit a', canRedo: 'Edit b' });
});

it('a step without annotations is told with its image where it has one', async () => {
  const note = { text: 'look', talk: false };
  await bench.call('image.setNotes', { imageIds: [SECOND], add: [], remove: [], note });
  const undone = await bench.call('doc.undo', {}, { clientId: 'test' });
  expect(undone).toMatchObject({
    imageName: 'img2.png',
    transaction: { changes: [], imageId: SECOND, label: 'Note on the image' },
  });
  await bench.call('category.setFields', {
    id: CUP,
    before: [],
    after: [{ kind: 'tick', name: 'Closed', needed: false }],
    renamed: [],
    choices: [],
  });
  const fields = await bench.call('doc.undo', {}, { clientId: 'test' });
  expect(fields).toMatchObject({ imageName: '', transaction: { changes: [], imageId: 0 } });
});
