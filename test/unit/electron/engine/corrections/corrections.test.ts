// Learning from corrections in a project: who has a say, what is remembered, what is suggested, and what using it
// changes. Overlaps are made up by a stand-in: settings with a threshold of 0.1 for things fit best.
import { readFile, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Annotation, CategoryId, ImageId } from '../../../../../electron/api/types.ts';
import { watchCorrections } from '../../../../../electron/engine/corrections/watch.ts';
import type { MemoryOperations } from '../../../../../electron/engine/inferenceLink/memory.ts';
import { RUN_EXTENSION } from '../../../../../electron/engine/prelabel/keptMaps.ts';
import { annotationsOf } from '../../../../../electron/engine/project/annotations.ts';
import { latestRun } from '../../../../../electron/engine/project/runs.ts';
import { LOOK_BYTES } from '../../../../../electron/link/lookLayout.ts';
import { paramsOf } from '../../../../../electron/engine/opening/opening.ts';
import {
  imageFolder,
  openBench,
  rectangle,
  removeBench,
  standInOperations,
  transactionWith,
  type Bench,
} from '../../../../helpers/drivers/engineBench.ts';

const SIZE = { width: 40, height: 30 };
const IMAGES = 14;
const THINGS = 1 as CategoryId;
const params = { preset: 'default', overrides: { 'masks.threshold': 0.2 } } as const;

let bench: Bench;
/** Images on which settings were tried, small ones alone. */
let tried: string[] = [];
/** What the better threshold adds on an image. */
let gain = (_image: number): number => 0.06;
/** The same on an image at its full size; null: as much. */
let fullGain: ((image: number) => number) | null = null;

const numberOf = (path: string) => Number(/img(\d+)/.exec(path)?.[1]);
const wide = rectangle(4, 4, 16, 12, SIZE);
const narrow = rectangle(4, 4, 12, 12, SIZE);

const operations = (): MemoryOperations => {
  const plain = standInOperations();
  return {
    ...plain,
    'image.probe': async (input, call) => ({
      ...(await plain['image.probe']!(input, call)),
      ...SIZE,
    }),
    async 'prelabel.run'({ classes, runFile, ...input }, call) {
      const found = await plain['prelabel.run']!({ classes, runFile, ...input }, call);
      // No two images look alike, but for those that are the same file.
      const look = new Uint8Array(LOOK_BYTES).fill((await readFile(input.imagePath)).at(-1)!);
      return { ...found, masks: found.masks.map((one) => ({ ...one, mask: narrow, look })) };
    },
    async 'prelabel.reapply'({ runFile, options, imagePath, ...input }, call) {
      const found = await plain['prelabel.reapply']!(
        { runFile, imagePath, options: { ...options, thresholds: {} }, ...input },
        call,
      );
      const lower = (options.thresholds[THINGS] ?? 1) <= 0.1;
      // Every other image changes.
      const mask = lower && numberOf(imagePath) % 2 === 0 ? wide : narrow;
      return { ...found, masks: found.masks.map((one) => ({ ...one, mask })) };
    },
    'masks.tried'({ imagePath, tries, scope }) {
      if (scope.side !== null && scope.accepted) tried.push(imagePath);
      const image = numberOf(imagePath);
      const scores = tries.map(({ thresholds }) => {
        const better = thresholds[THINGS] === 0.1;
        if (!scope.accepted) return [better && image % 2 === 0 ? 0.7 : 0.99];
        const gained = scope.side === null ? (fullGain ?? gain) : gain;
        return scope.accepted.map(() => (better ? 0.7 + gained(image) : 0.7) + 0.002 * (image % 5));
      });
      const grown = tries.map(() => scope.growths.map(() => (scope.accepted ?? []).map(() => 0.7)));
      return { scores, grown };
    },
  };
};

const project = () => bench.engine.context.open.get();
const ids = () => Array.from({ length: IMAGES }, (_, at) => (at + 1) as ImageId);
const compare = (harder = false) => bench.call('corrections.compare', { harder });

beforeEach(async () => {
  tried = [];
  gain = () => 0.06;
  fullGain = null;
  const folder = await imageFolder(IMAGES);
  for (const id of ids()) await writeFile(`${folder}/img${id}.png`, Uint8Array.of(id));
  bench = await openBench(folder, { operations: operations() });
  await expect.poll(() => bench.call('project.summary', {}).then((one) => one.images)).toBe(IMAGES);
  await bench.call('category.add', { names: ['saucer'] });
  await bench.call('project.setParams', { params });
  const classes = [
    { categoryId: THINGS, name: 'saucer', prompt: '', synonyms: [], threshold: null },
  ];
  for (const imageId of ids())
    await bench.call('prelabel.run', { imageId, classes, params, commit: true });
});
afterEach(async () => {
  await bench.close();
  await removeBench(bench.folder);
});

/** Finishes images with their proposals as they are, or drawn a little wider. */
async function finish(images: readonly ImageId[], corrected = true): Promise<void> {
  for (const imageId of images) {
    const changes = annotationsOf(project().store, imageId).map((before) => {
      const after: Annotation = corrected
        ? { ...before, status: 'accepted', mask: wide, edited: true, doubtful: false }
        : { ...before, status: 'accepted' };
      return { id: before.id, before, after };
    });
    await bench.call('doc.commit', {
      transaction: transactionWith(`finish-${imageId}`, imageId, changes),
      baseRevision: project().revision(),
    });
  }
  await bench.call('image.setStatus', { imageIds: images, status: 'reviewed' });
}

test('says how many finished images are missing, and of nothing corrected that there is nothing to learn', async () => {
  await finish(ids().slice(0, 3));
  expect((await compare()).report).toMatchObject({ verdict: 'few', images: 3, missing: 5 });
  await bench.call('image.setStatus', { imageIds: ids().slice(0, 3), status: 'inProgress' });
  await finish(ids().slice(3, 12), false);
  expect((await compare()).report).toMatchObject({ verdict: 'untouched', images: 9 });
});

test('suggests what fits clearly better, with how it was judged and what would change', async () => {
  await finish(ids().slice(0, 10));
  const told: string[] = [];
  const { fate, report } = await bench.call(
    'corrections.compare',
    { harder: false },
    {
      onProgress: (event) => {
        const { stage, done, total } = event as { stage: string; done: number; total: number };
        told.push(`${stage} (${done}/${total})`);
      },
    },
  );
  expect(fate).toBe('offered');
  for (const part of ['Look at edges', 'Compare settings', 'Check at full size'])
    expect(new Set(told.filter((one) => one.startsWith(part)))).toEqual(
      new Set(
        ids()
          .slice(0, 10)
          .map((id) => `${part}, image ${id} of 10 (${id - 1}/10)`),
      ),
    );
  expect(told.filter((one) => one.startsWith('Look at open'))).toEqual(
    [1, 2, 3, 4].map((at) => `Look at open images, ${at} of 4 (${at - 1}/4)`),
  );
  expect(report).toMatchObject({ verdict: 'offer', images: 10, up: 10, down: 0, stable: 1 });
  expect(report!.changes).toEqual([{ knob: 'things', now: 0.2, then: 0.1 }]);
  expect(report!.then - report!.now).toBeCloseTo(0.06, 6);
  // Open are 11 to 14, and every other image changes.
  expect(report!.open).toEqual({ images: 4, looked: 4, changed: 2, withoutMaps: 0 });
  expect(paramsOf(project())).toEqual(params);
});

test('does not suggest what helps on small images alone', async () => {
  fullGain = () => -0.01;
  await finish(ids().slice(0, 10));
  const { fate, report } = await compare();
  expect([fate, report!.verdict, report!.up]).toEqual(['none', 'unclear', 10]);
  await expect(bench.call('corrections.use', {})).rejects.toThrow('No settings are suggested');
});

test('says that the settings in use fit as well as any', async () => {
  gain = () => 0;
  await finish(ids().slice(0, 10));
  const { fate, report } = await compare();
  expect([fate, report!.verdict, report!.changes]).toEqual(['none', 'stay', []]);
});

test('says that others fit a little better, but not clearly, where images differ', async () => {
  gain = (image) => (image <= 6 ? 0.1 : -0.09);
  await finish(ids().slice(0, 10));
  const { fate, report } = await compare();
  expect([fate, report!.verdict]).toEqual(['none', 'unclear']);
  // Each of them was judged by the others alone.
  expect([report!.up, report!.down]).toEqual([0, 4]);
});

test('asks of an image again only after it was edited', async () => {
  await finish(ids().slice(0, 10));
  const first = (await compare()).report;
  expect(new Set(tried).size).toBe(10);
  tried = [];
  const again = (await compare()).report;
  expect(tried).toEqual([]);
  expect({ ...again, at: '' }).toEqual({ ...first, at: '' });
  const [edited] = annotationsOf(project().store, 4 as ImageId);
  const after = { ...edited!, mask: rectangle(4, 4, 17, 12, SIZE) };
  await bench.call('doc.commit', {
    transaction: transactionWith('edit', 4 as ImageId, [{ id: after.id, before: edited!, after }]),
    baseRevision: project().revision(),
  });
  await compare();
  expect(new Set(tried.map(numberOf))).toEqual(new Set([4]));
});

test('leaves out whoever has no maps, other words or no run, and says so', async () => {
  await finish(ids().slice(0, 10));
  const { cacheKey } = latestRun(project().store, 2 as ImageId)!;
  await bench.engine.context.cache.remove(cacheKey, RUN_EXTENSION);
  project().store.run('DELETE FROM run WHERE image_id = 3');
  const { report } = await compare();
  expect(report).toMatchObject({ images: 8, leftOut: { noMaps: 1, noRun: 1, otherRun: 0 } });
  await bench.call('category.save', {
    changes: [{ id: THINGS, before: { prompt: '' }, after: { prompt: 'plate' } }],
  });
  expect((await compare()).report).toMatchObject({
    verdict: 'few',
    images: 0,
    missing: 8,
    leftOut: { noMaps: 0, otherRun: 9 },
  });
});

test('runs the model again on finished images without maps, and their masks stay', async () => {
  await finish(ids().slice(0, 10));
  for (const id of ids().slice(0, 5))
    await bench.engine.context.cache.remove(
      latestRun(project().store, id)!.cacheKey,
      RUN_EXTENSION,
    );
  const few = (await compare()).report!;
  expect(few).toMatchObject({ verdict: 'few', images: 5, leftOut: { noMaps: 5 } });
  expect(few.again.images).toBe(5);
  const before = ids().map((id) => annotationsOf(project().store, id));
  const { report } = await bench.call('corrections.prepare', {});
  expect(report).toMatchObject({ verdict: 'offer', images: 10, again: { images: 0 } });
  expect(ids().map((id) => annotationsOf(project().store, id))).toEqual(before);
});

test('tells how used settings do on images that were finished since then', async () => {
  await finish(ids().slice(0, 10));
  await compare();
  await bench.call('corrections.use', {});
  await finish(ids().slice(10, 13));
  expect((await compare()).since).toEqual({ images: 3, up: 3, down: 0, back: false });
  // Back to before: settings, and the proposals that are open.
  await bench.call('corrections.back', {});
  expect(paramsOf(project())).toEqual(params);
  expect((await bench.call('corrections.state', {})).fate).toBe('none');
});

test('what another program wrote in its place is nothing', async () => {
  await finish(ids().slice(0, 10));
  await compare();
  for (const fit of ['{}', '{"report":{}}', '{"report":null,"overrides":{"masks.threshold":7}}']) {
    project().store.run('UPDATE correction_fit SET fit = ?', fit);
    expect(await bench.call('corrections.state', {})).toMatchObject({ report: null, fate: 'none' });
    await expect(bench.call('corrections.use', {})).rejects.toThrow('No settings are suggested');
  }
});

test('the maps of finished images are the last to go when there is no room', async () => {
  await bench.close();
  // Room for half of the maps; those of the first images were used longest ago.
  bench = await openBench(bench.folder, { operations: operations(), cacheBytes: 750 });
  await finish(ids().slice(0, 6));
  const { cache } = bench.engine.context;
  await cache.prune();
  const kept = await Promise.all(
    ids().map(async (id) => {
      const { cacheKey } = latestRun(project().store, id)!;
      return (await cache.find(cacheKey, RUN_EXTENSION)) !== null;
    }),
  );
  expect(kept.slice(0, 6)).toEqual([true, true, true, true, true, true]);
  expect(kept.slice(6)).toContain(false);
});

test('counts a picture that is there twice once', async () => {
  const [first, second] = ids();
  const folder = bench.folder;
  await writeFile(`${folder}/img2.png`, await readFile(`${folder}/img1.png`));
  const classes = [
    { categoryId: THINGS, name: 'saucer', prompt: '', synonyms: [], threshold: null },
  ];
  await bench.call('prelabel.run', { imageId: second!, classes, params, commit: true });
  await finish([first!, second!, ...ids().slice(2, 9)]);
  expect((await compare()).report).toMatchObject({ images: 8, leftOut: { copies: 1 } });
});

test('used, it changes settings and untouched proposals alone, in one step that undo takes back', async () => {
  await finish(ids().slice(0, 10));
  const [locked] = annotationsOf(project().store, 14 as ImageId);
  await bench.call('doc.commit', {
    transaction: transactionWith('lock', 14 as ImageId, [
      { id: locked!.id, before: locked!, after: { ...locked!, locked: true } },
    ]),
    baseRevision: project().revision(),
  });
  await compare();
  const before = ids().map((id) => annotationsOf(project().store, id));
  const used = await bench.call('corrections.use', {});
  expect(used).toMatchObject({ changed: 1, vanished: 0, unchanged: 2, withoutMaps: 0 });
  expect(paramsOf(project()).overrides).toEqual({ 'masks.threshold': 0.1, 'masks.stuffShare': 2 });
  const after = ids().map((id) => annotationsOf(project().store, id));
  // Of 11 to 13 image 12 changes, and keeps its name; 14 is locked.
  expect(after.map(([one]) => one!.id)).toEqual(before.map(([one]) => one!.id));
  expect(after[11]![0]!.mask).toEqual(wide);
  expect(after.toSpliced(11, 1)).toEqual(before.toSpliced(11, 1));
  expect(await bench.call('corrections.state', {})).toMatchObject({ fate: 'used', changed: 1 });
  // Review may begin with what changed.
  expect((await listed('doubt'))[0]).not.toBe(12);
  expect((await listed('change'))[0]).toBe(12);
  await bench.call('doc.undo', {});
  expect(ids().map((id) => annotationsOf(project().store, id))).toEqual(before);
  expect(paramsOf(project())).toEqual(params);
  expect(await bench.call('corrections.state', {})).toMatchObject({ fate: 'none', changed: 0 });
  expect(await listed('change')).toEqual(await listed('doubt'));
});

/** Images of the proposals to review, in this order. */
async function listed(order: 'change' | 'doubt'): Promise<number[]> {
  const all = { categoryIds: [], minMatch: 0, maxMatch: 1, jobId: null, cursor: 0, limit: 50 };
  const { items } = await bench.call('review.list', { ...all, order });
  return items.map(({ imageId }) => imageId);
}

test('shows the images that change most, before and after', async () => {
  await finish(ids().slice(0, 10));
  await compare();
  const { total, pairs } = await bench.call('corrections.pairs', { cursor: 0, limit: 6 });
  expect(total).toBe(2);
  expect(pairs.map(({ imageId }) => imageId)).toEqual([12, 14]);
  expect(pairs[0]!.before[0]!.mask).toEqual(narrow);
  expect(pairs[0]!.after[0]!.mask).toEqual(wide);
});

test('put away, it is silent until there are half as many finished images more', async () => {
  await finish(ids().slice(0, 8));
  await compare();
  expect((await bench.call('corrections.decline', {})).fate).toBe('declined');
  await finish(ids().slice(8, 11));
  expect(await compare()).toMatchObject({ fate: 'none', report: { verdict: 'offer' } });
  await finish(ids().slice(11, 12));
  expect((await compare()).fate).toBe('offered');
});

test('an edit of the settings takes a suggestion off', async () => {
  await finish(ids().slice(0, 10));
  await compare();
  await bench.call('project.setParams', { params: { preset: 'default', overrides: {} } });
  expect((await bench.call('corrections.state', {})).fate).toBe('none');
  await expect(bench.call('corrections.use', {})).rejects.toThrow('No settings are suggested');
});

test('compares by itself once enough images are finished, and not again before there are more', async () => {
  watchCorrections(
    bench.engine.context,
    (listener) => bench.engine.onEvent((event) => listener(event)),
    0,
  );
  const state = () => bench.call('corrections.state', {});
  await finish(ids().slice(0, 9));
  await expect.poll(async () => (await state()).report?.images).toBe(9);
  const { at } = (await state()).report!;
  vi.setSystemTime(Date.now() + 1000);
  await finish(ids().slice(9, 11));
  await finish(ids().slice(11, 12));
  await expect.poll(async () => (await state()).report?.images).toBe(12);
  expect((await state()).report!.at).not.toBe(at);
  vi.useRealTimers();
});
