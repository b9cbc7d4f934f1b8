// Which finished images count as evidence, and under which reason the others are counted.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { LeftOut } from '../../../../../../electron/api/corrections/corrections.ts';
import type { Annotation, CategoryId, ImageId } from '../../../../../../electron/api/types.ts';
import { presentOf } from '../../../../../../electron/engine/corrections/corrections.ts';
import {
  collectEvidence,
  type Present,
} from '../../../../../../electron/engine/corrections/evidence/evidence.ts';
import { annotationsOf } from '../../../../../../electron/engine/project/annotations.ts';
import { LOOK_BYTES } from '../../../../../../electron/link/lookLayout.ts';
import {
  addObjects,
  annotationWith,
  imageFolder,
  openBench,
  rectangle,
  removeBench,
  standInOperations,
  transactionWith,
  type Bench,
} from '../../../../../helpers/drivers/engineBench.ts';

const [CUP, PLATE] = [1, 2] as [CategoryId, CategoryId];
/** Images with a run, and those that were drawn by hand alone. */
const [RUN, HAND] = [7, 18];
const ids = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => (from + at) as ImageId);
const signal = new AbortController().signal;

let bench: Bench;
let present: Present;
const project = () => bench.engine.context.open.get();

let edits = 0;
/** Changes the cup of an image in one edit. */
async function edit(image: number, change: Partial<Annotation>): Promise<void> {
  const imageId = image as ImageId;
  const [before] = annotationsOf(project().store, imageId);
  const after = { ...before!, ...change };
  await bench.call('doc.commit', {
    transaction: transactionWith(`edit-${(edits += 1)}`, imageId, [
      { id: after.id, before: before!, after },
    ]),
    baseRevision: project().revision(),
  });
}
const finish = (images: readonly ImageId[]) =>
  bench.call('image.setStatus', { imageIds: images, status: 'reviewed' });

async function evidence(more: Partial<Present> = {}, most?: number) {
  const found = await collectEvidence(
    bench.engine.context,
    project(),
    { ...present, ...more },
    { signal, ...(most === undefined ? {} : { most }) },
  );
  const counted = Object.entries(found.leftOut).filter(([, count]) => count !== 0);
  return {
    rows: found.rows,
    images: found.rows.map(({ imageId }) => imageId as number),
    again: found.again,
    leftOut: Object.fromEntries(counted) as Partial<LeftOut>,
  };
}

beforeAll(async () => {
  const plain = standInOperations();
  const folder = await imageFolder(RUN + HAND);
  bench = await openBench(folder, {
    operations: {
      ...plain,
      // Each image looks otherwise, but for the last, which looks as the first does.
      async 'prelabel.run'(input, call) {
        const { facts, masks } = await plain['prelabel.run']!(input, call);
        const image = Number(/img(\d+)/.exec(input.imagePath)![1]);
        const look = new Uint8Array(LOOK_BYTES).fill(image === RUN ? 1 : image);
        // Words of the background have no class.
        const background = { ...facts.classes[0]!, categoryId: 0 as CategoryId };
        return {
          facts: { ...facts, classes: [background, ...facts.classes] },
          masks: masks.map((one) => ({ ...one, look, mask: rectangle(0, 0, 5, 5) })),
        };
      },
    },
  });
  await vi.waitUntil(async () => (await bench.call('project.summary', {})).images === RUN + HAND, {
    timeout: 30_000,
  });
  await bench.call('category.add', { names: ['cup', 'plate'] });
  const params = { preset: 'default', overrides: {} } as const;
  const classes = [{ categoryId: CUP, name: 'cup', prompt: '', synonyms: [], threshold: null }];
  for (const imageId of ids(1, RUN)) {
    await bench.call('prelabel.run', { imageId, classes, params, commit: true });
    const proposals = annotationsOf(project().store, imageId).map(({ id }) => id);
    await bench.call('review.decide', { ids: proposals, decision: 'accept' });
  }
  present = await presentOf(bench.engine.context, project());
});
afterAll(async () => {
  await bench.close();
  await removeBench(bench.folder);
});

describe('finished images', () => {
  it('count once they are finished, the earlier ones first', async () => {
    expect((await evidence()).images).toEqual([]);
    await finish([3 as ImageId]);
    await finish(ids(1, 2));
    const { rows, images, leftOut, again } = await evidence();
    expect(images.toSorted()).toEqual([1, 2, 3]);
    expect([leftOut, again]).toEqual([{}, []]);
    // 25 pixels are enough, and the model's mask was taken as it was.
    expect(rows[0]!.classes).toEqual([
      { categoryId: CUP, mask: rectangle(0, 0, 5, 5), corrected: false },
    ]);
  });

  it('are corrected where a person changed or drew a mask', async () => {
    const corrected = async () =>
      (await evidence()).rows.map(({ classes }) => classes[0]!.corrected).filter(Boolean).length;
    await edit(1, { edited: true });
    expect(await corrected()).toBe(1);
    await edit(2, { origin: 'user' });
    expect(await corrected()).toBe(2);
  });

  it('are the latest of those that can be judged; earlier ones are older', async () => {
    const all = (await evidence()).images;
    const { images, leftOut } = await evidence({}, 2);
    expect(images).toEqual(all.slice(1));
    expect(leftOut).toEqual({ older: 1 });
    expect((await evidence({}, 3)).leftOut).toEqual({});
  });

  it('do not count where their run is of another method or model', async () => {
    const { params, packs } = present;
    const otherEngine = await evidence({ params: { ...params, engine: 'naclip' } });
    expect(otherEngine).toMatchObject({ images: [], leftOut: { otherModel: 3 } });
    // A run of today's model would mend that.
    expect(otherEngine.again).toHaveLength(3);
    const explain = { ...packs.explain, packHash: 'another' };
    expect((await evidence({ packs: { ...packs, explain } })).leftOut).toEqual({ otherModel: 3 });
  });

  it('do not count where they would be asked otherwise today', async () => {
    const { categories } = present;
    const words = categories.map((one) => ({ ...one, prompt: 'other words' }));
    expect((await evidence({ categories: words })).leftOut).toEqual({ otherRun: 3 });
    const gone = categories.filter(({ id }) => id !== CUP);
    expect((await evidence({ categories: gone })).leftOut).toEqual({ otherRun: 3 });
  });

  it('do not count without a class that can be judged', async () => {
    await finish(ids(4, 6));
    await edit(4, { isCrowd: true });
    await edit(5, { mask: rectangle(0, 0, 4, 6) });
    expect(await evidence()).toMatchObject({ leftOut: { nothing: 2 }, again: [] });
    // Locked by a person it counts; what came locked from elsewhere covers what no run would.
    await edit(6, { locked: true });
    expect((await evidence()).images).toContain(6);
    await edit(6, { origin: 'import' });
    expect((await evidence()).leftOut).toEqual({ nothing: 3 });
    await edit(6, { locked: false });
    expect((await evidence()).images).toContain(6);
  });

  it('are judged by accepted masks of classes that the run was asked for', async () => {
    const imageId = 6 as ImageId;
    const plate = annotationWith('plate', PLATE, rectangle(0, 0, 8, 6));
    const open = annotationWith('open', CUP, rectangle(0, 0, 8, 6), { status: 'proposal' });
    await addObjects(bench, 'more', imageId, plate, open);
    const row = async () => (await evidence()).rows.find((one) => one.imageId === imageId)!;
    expect((await row()).classes.map(({ categoryId }) => categoryId)).toEqual([CUP]);
    expect((await row()).classes[0]!.mask).toEqual(rectangle(0, 0, 5, 5));
    // Masks of one class are judged together.
    await addObjects(bench, 'second', imageId, annotationWith('b', CUP, rectangle(5, 0, 1, 6)));
    expect((await row()).classes[0]!.mask.counts).not.toEqual(rectangle(0, 0, 5, 5).counts);
    expect((await row()).classes[0]!.corrected).toBe(true);
  });

  it('count once where their masks look the same', async () => {
    await finish([RUN as ImageId]);
    expect((await evidence()).leftOut).toEqual({ nothing: 2, copies: 1 });
  });

  it.each(['width', 'height'])('do not count where masks have another %s', async (side) => {
    const { store } = project();
    store.run(`UPDATE image SET ${side} = ${side} + 1 WHERE id = 3`);
    expect((await evidence()).leftOut).toMatchObject({ otherFile: 1 });
    store.run(`UPDATE image SET ${side} = ${side} - 1 WHERE id = 3`);
    expect((await evidence()).leftOut).not.toHaveProperty('otherFile');
  });

  it('do not count where the file is no image any more; a fault of another kind ends it', async () => {
    await writeFile(join(bench.folder, 'img3.png'), 'broken by now');
    expect((await evidence()).leftOut).toMatchObject({ otherFile: 1 });
    await writeFile(join(bench.folder, 'img2.png'), 'another picture');
    const { link } = bench.engine.context;
    const request = vi.spyOn(link, 'request').mockRejectedValue(new TypeError('a slip'));
    await expect(evidence()).rejects.toThrow('a slip');
    request.mockRestore();
    expect((await evidence()).leftOut).toMatchObject({ otherFile: 1, otherRun: 1 });
  });

  it('without a run may be run again, sixteen at once', async () => {
    const drawn = ids(RUN + 1, RUN + HAND);
    for (const imageId of drawn)
      await addObjects(
        bench,
        `draw-${imageId}`,
        imageId,
        annotationWith(`d${imageId}`, CUP, rectangle(0, 0, 5, 5)),
      );
    await finish(drawn.slice(0, 15));
    // The one whose file is another now would have a say as well.
    expect((await evidence()).again).toHaveLength(16);
    await finish(drawn);
    const { again, leftOut } = await evidence();
    expect(leftOut).toMatchObject({ noRun: HAND });
    expect(again).toHaveLength(16);
  });
});
