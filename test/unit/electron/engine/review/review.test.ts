// Review over the whole project: bulk decisions as one step, thresholds from stored maps.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CategoryId, ImageId, Revision } from '../../../../../electron/api/types.ts';
import type { Bench } from '../../../../helpers/drivers/engineBench.ts';
import {
  batchOf,
  imageFolder,
  openBench,
  rectangle,
  removeBench,
  standInOperations,
  transactionWith,
} from '../../../../helpers/drivers/engineBench.ts';

const CUP = 1 as CategoryId;
const PLATE = 2 as CategoryId;

describe('review', () => {
  let folder: string;
  let bench: Bench;

  beforeEach(async () => {
    folder = await imageFolder(6);
    bench = await openBench(folder, {
      operations: standInOperations({
        // A cup is more salient everywhere.
        'prelabel.maps': ({ requests }) => ({
          maps: requests.map((asked) => ({
            rows: 1,
            columns: 1,
            maximum: 1,
            values: Uint8Array.of('categoryId' in asked && asked.categoryId === CUP ? 200 : 100),
          })),
        }),
      }),
    });
    await bench.call('category.add', { names: ['cup', 'plate'] });
    const { job } = await bench.call('job.start', {
      request: batchOf({ categoryIds: [CUP, PLATE] }),
    });
    await bench.engine.context.open.jobs().settled(job.id);
  });
  afterEach(async () => {
    await bench.close();
    await removeBench(folder);
  });

  const list = (more = {}) =>
    bench.call('review.list', {
      categoryIds: [],
      minMatch: 0,
      maxMatch: 1,
      order: 'doubt',
      jobId: null,
      cursor: 0,
      limit: 100,
      ...more,
    });
  const summary = () => bench.call('project.summary', {});

  it('lists the most doubtful proposals first, by class, match and job', async () => {
    const { total, items } = await list();
    expect(total).toBe(12);
    expect(items.map(({ doubt }) => doubt)).toEqual(
      items.map(({ doubt }) => doubt).sort((a, b) => b - a),
    );
    expect(items[0]!.annotation).toMatchObject({ categoryId: PLATE, doubtful: true });
    expect(items[0]!.annotation).not.toHaveProperty('mask');
    expect(items[0]!.cropUrl).toBe(
      `/media/crop/${bench.engine.context.open.get().id}/${items[0]!.annotation.id}`,
    );
    expect((await list({ minMatch: 0.8 })).total).toBe(6);
    expect((await list({ categoryIds: [PLATE], minMatch: 0.8 })).total).toBe(0);
    const [job] = (await bench.call('job.list', {})).jobs;
    expect((await list({ jobId: job!.id })).total).toBe(12);
    expect((await list({ jobId: 'other' })).total).toBe(0);
    const names = (await list({ order: 'image' })).items.map(({ imageName }) => imageName);
    expect(names).toEqual([...names].sort());
  });

  it('tells of an image that may be opened next its run and the class of its most doubtful proposal', async () => {
    const first = 1 as ImageId;
    const { run, categoryId } = await bench.call('image.run', { imageId: first });
    expect([run?.imageId, categoryId]).toEqual([first, PLATE]);
    const plates = (await list({ categoryIds: [PLATE] })).items.filter(
      ({ imageId }) => imageId === first,
    );
    const ids = plates.map(({ annotation }) => annotation.id);
    await bench.call('review.decide', { ids, decision: 'reject' });
    expect((await bench.call('image.run', { imageId: first })).categoryId).toBe(CUP);
  });

  const arrange = () =>
    bench.call('review.arrange', { categoryIds: [], minMatch: 0, maxMatch: 1, jobId: null });

  it('arranges doubtful ones first, then like ones, and keeps the order while they are decided', async () => {
    const { id, groups } = await arrange();
    // The stand-in model says the same look for every mask; plates are doubtful.
    expect(groups).toEqual([
      { kind: 'doubtful', first: 0, count: 6, categoryId: null, from: 0.9 - 0.3, to: 0.9 - 0.3 },
      { kind: 'alike', first: 6, count: 6, categoryId: CUP, from: 0.9, to: 0.9 },
    ]);
    const page = () => bench.call('review.page', { id: id!, cursor: 5, limit: 3 });
    const { items } = await page();
    expect(items.map((item) => item?.annotation.categoryId)).toEqual([PLATE, CUP, CUP]);
    await bench.call('review.decide', { ids: [items[1]!.annotation.id], decision: 'accept' });
    const again = (await page()).items;
    expect(again.map((item) => item?.annotation.id)).toEqual(
      items.map((item) => item?.annotation.id),
    );
    expect(again[1]?.annotation.status).toBe('accepted');
    expect((await arrange()).groups[1]).toMatchObject({ count: 5 });
  });

  it('finds an edited mask like nothing, and says when an order is not kept any more', async () => {
    const { items } = await list({ categoryIds: [CUP] });
    const { annotations } = await bench.call('image.open', { imageId: items[0]!.imageId });
    const before = annotations.find(({ id }) => id === items[0]!.annotation.id)!;
    await bench.call('doc.commit', {
      transaction: transactionWith('t', items[0]!.imageId, [
        { id: before.id, before, after: { ...before, mask: rectangle(0, 0, 1, 1), edited: true } },
      ]),
      baseRevision: 0 as Revision,
    });
    expect((await arrange()).groups.map(({ kind, count }) => [kind, count])).toEqual([
      ['doubtful', 6],
      ['alike', 5],
      ['sure', 1],
    ]);
    await expect(
      bench.call('review.page', { id: 'other', cursor: 0, limit: 1 }),
    ).rejects.toMatchObject({ code: 'REVIEW_GONE' });
  });

  it('accepts a group over many images as one step that one undo takes back', async () => {
    const { items } = await list({ categoryIds: [CUP] });
    const { changed } = await bench.call('review.decide', {
      ids: items.map(({ annotation }) => annotation.id),
      decision: 'accept',
    });
    expect(changed).toBe(6);
    expect(await summary()).toMatchObject({ proposals: 6, counts: { inProgress: 6 } });
    const { entries } = await bench.call('doc.history', { imageId: null, limit: 10 });
    expect(entries.map(({ label }) => label)).toEqual(['Accept 6 proposals']);
    await bench.call('doc.undo', {});
    expect(await summary()).toMatchObject({ proposals: 12, counts: { proposals: 6 } });
    await bench.call('doc.redo', {});
    expect(await summary()).toMatchObject({ proposals: 6 });
  });

  it('rejects and changes classes in bulk, and decides nothing twice', async () => {
    const ids = (await list({ categoryIds: [PLATE] })).items.map(({ annotation }) => annotation.id);
    await bench.call('review.decide', { ids, decision: 'category', categoryId: CUP });
    expect((await list({ categoryIds: [PLATE] })).total).toBe(0);
    expect((await bench.call('review.decide', { ids, decision: 'reject' })).changed).toBe(6);
    expect((await bench.call('review.decide', { ids, decision: 'reject' })).changed).toBe(0);
    const statistics = await bench.call('project.statistics', { filter: {} });
    expect(statistics.perClass).toMatchObject([
      { categoryId: CUP, rejected: 6, pending: 6, annotations: 0 },
      { categoryId: PLATE, rejected: 0, pending: 0 },
    ]);
  });

  it('accepts above a match after counting how many that would be', async () => {
    const input = { categoryIds: [], match: 0.8 };
    const counts = await bench.call('review.acceptAbove', { ...input, dryRun: true });
    expect(counts).toEqual({ proposals: 6, images: 6 });
    expect((await summary()).proposals).toBe(12);
    await bench.call('review.acceptAbove', { ...input, dryRun: false });
    expect((await summary()).proposals).toBe(6);
    const { perClass } = await bench.call('project.statistics', { filter: {} });
    expect(perClass[0]).toMatchObject({ annotations: 6, acceptedAsIs: 6, images: 6, pixels: 36 });
    expect(perClass[0]!.sizes.reduce((sum, n) => sum + n, 0)).toBe(6);
    expect(perClass[0]!.matches[18]).toBe(6);
  });

  it('previews a threshold from histograms and applies it from stored maps, undoably', async () => {
    // The stand-in's map has two patches near 0.25 and two near 0.75.
    const preview = (threshold: number) =>
      bench.call('review.rethreshold', { thresholds: { [CUP]: threshold }, dryRun: true });
    expect(await preview(0.2)).toMatchObject({
      changed: 0,
      vanished: 0,
      unchanged: 6,
      withoutMaps: 0,
    });
    const half = await preview(0.5);
    expect(half).toMatchObject({ changed: 6, vanished: 0, unchanged: 0, withoutMaps: 0 });
    // Six maps with two patches at a quarter of the height and two at three quarters.
    expect(half.histogram.flatMap((n, bin) => (n > 0 ? [[bin, n]] : []))).toEqual([
      [10, 12],
      [30, 12],
    ]);
    expect(half.patches).toEqual({ before: 24, after: 12 });
    const accepted = (await list({ categoryIds: [CUP] })).items[0]!.annotation.id;
    await bench.call('review.decide', { ids: [accepted], decision: 'accept' });
    const applied = await bench.call('review.rethreshold', {
      thresholds: { [CUP]: 0.5 },
      dryRun: false,
    });
    expect(applied).toMatchObject({ changed: 5, vanished: 0, unchanged: 0, withoutMaps: 0 });
    const areas = (await list({ categoryIds: [CUP] })).items.map(
      ({ annotation }) => annotation.area,
    );
    expect(areas).toEqual([2, 2, 2, 2, 2]);
    const statistics = await bench.call('project.statistics', { filter: {} });
    expect(statistics.perClass[0]).toMatchObject({ annotations: 1, pixels: 6 });
    await bench.call('doc.undo', {});
    expect(
      (await list({ categoryIds: [CUP] })).items.map(({ annotation }) => annotation.area),
    ).toEqual([6, 6, 6, 6, 6]);
  });

  it('applied thresholds are the class’s own, and undo and redo turn masks, runs and slider together', async () => {
    const { store } = bench.engine.context.open.get();
    const now = () => ({
      slider: store.get('SELECT threshold FROM category WHERE id = ?', CUP),
      masks: store.all('SELECT id, area FROM annotation ORDER BY id'),
      runs: store.all('SELECT run_id, category_id, threshold FROM run_class ORDER BY 1, 2'),
      figures: store.all('SELECT id, summary FROM run ORDER BY id'),
    });
    const before = now();
    const revision = store.get('SELECT max(revision) AS n FROM log');
    await bench.call('review.rethreshold', { thresholds: { [CUP]: 0.5 }, dryRun: false });
    const after = now();
    expect(after.slider).toEqual({ threshold: 0.5 });
    expect(after.masks).not.toEqual(before.masks);
    expect(after.runs).not.toEqual(before.runs);
    expect((await bench.call('doc.undo', {})).transaction?.label).toBe('Apply thresholds');
    expect(now()).toEqual(before);
    await bench.call('doc.redo', {});
    expect(now()).toEqual(after);
    // Nothing was written that no step can take back.
    await bench.call('doc.undo', {});
    expect(now()).toEqual(before);
    expect(store.get('SELECT max(revision) AS n FROM log')).not.toEqual(revision);
  });

  it('thresholds that change no mask are a step as well', async () => {
    const { store } = bench.engine.context.open.get();
    const slider = () => store.get('SELECT threshold FROM category WHERE id = ?', CUP);
    await bench.call('review.rethreshold', { thresholds: { [CUP]: 0.2 }, dryRun: false });
    expect(slider()).toEqual({ threshold: 0.2 });
    await bench.call('doc.undo', {});
    expect(slider()).toEqual({ threshold: null });
  });

  it('says which proposals have no maps any more instead of guessing', async () => {
    const { store } = bench.engine.context.open.get();
    store.run(
      'DELETE FROM run_class WHERE run_id IN (SELECT run_id FROM annotation WHERE image_id = 1)',
    );
    expect(
      await bench.call('review.rethreshold', { thresholds: { [CUP]: 0.5 }, dryRun: true }),
    ).toMatchObject({ changed: 5, vanished: 0, unchanged: 0, withoutMaps: 1 });
  });

  it('marks images and walks to the next one that is not reviewed', async () => {
    await bench.call('image.setStatus', {
      imageIds: [1, 2, 3] as ImageId[],
      status: 'reviewed',
    });
    const filter = { status: ['untouched', 'proposals', 'inProgress'] as const };
    const next = await bench.call('image.next', { imageId: 1 as ImageId, step: 1, filter });
    expect(next.imageId).not.toBeNull();
    const { images } = await bench.call('image.list', {
      cursor: 0,
      limit: 10,
      filter: { status: ['reviewed'] },
      order: 'name',
    });
    expect(images.map(({ id }) => id)).not.toContain(next.imageId);
    expect(images).toHaveLength(3);
    await bench.call('image.setStatus', { imageIds: [1] as ImageId[], status: 'untouched' });
    expect((await summary()).counts).toMatchObject({ reviewed: 2, proposals: 4 });
  });

  it('thresholds that are stopped half-way leave runs and masks as they were', async () => {
    const { store } = bench.engine.context.open.get();
    const stored = () =>
      store.all(
        'SELECT run_id, category_id, threshold FROM run_class ORDER BY run_id, category_id',
      );
    const before = stored();
    const areas = () => store.all('SELECT id, area FROM annotation ORDER BY id');
    const areasBefore = areas();
    const controller = new AbortController();
    await expect(
      bench.call(
        'review.rethreshold',
        { thresholds: { [CUP]: 0.5 }, dryRun: false },
        {
          signal: controller.signal,
          onProgress: (event) => {
            if ((event as { done: number }).done === 2) controller.abort();
          },
        },
      ),
    ).rejects.toThrow();
    expect(stored()).toEqual(before);
    expect(areas()).toEqual(areasBefore);
  });

  it('an edit while thresholds are applied stays, and the other images follow', async () => {
    const { items } = await list({ categoryIds: [CUP] });
    const {
      imageId,
      annotation: { id },
    } = items[0]!;
    let decided: Promise<unknown> | null = null;
    await bench.call(
      'review.rethreshold',
      { thresholds: { [CUP]: 0.5 }, dryRun: false },
      {
        onProgress: (event) => {
          if ((event as { done: number }).done === 5)
            decided ??= bench.call('review.decide', { ids: [id], decision: 'accept' });
        },
      },
    );
    await decided;
    const { store } = bench.engine.context.open.get();
    expect(
      store.get('SELECT status, area FROM annotation WHERE id = ? AND image_id = ?', id, imageId),
    ).toEqual({ status: 1, area: 6 });
    expect(
      store.get('SELECT count(*) AS n FROM annotation WHERE category_id = ? AND area = 2', CUP),
    ).toEqual({ n: 5 });
  });

  describe('cleaning all masks of a class', () => {
    const SETTINGS = {
      islandsPx: 0,
      holesPx: 0,
      smoothPx: 0,
      growPx: -1,
      simplifyPx: 0,
      overlap: 'keep' as 'keep' | 'order' | 'salience',
    };
    const clean = (more = {}) =>
      bench.call('review.clean', {
        categoryId: CUP,
        settings: SETTINGS,
        accepted: false,
        vanishing: 'keep',
        leave: [],
        dryRun: true,
        tiles: 3,
        ...more,
      });
    const cups = async () =>
      (await list({ categoryIds: [CUP], order: 'image' })).items.map(
        ({ annotation }) => annotation,
      );

    it('is counted and shown without a change, then written as one step that is undone at once', async () => {
      const before = await cups();
      const { summary, tiles, cleaned } = await clean();
      expect(summary).toMatchObject({ masks: 6, changed: 6, images: 6, locked: 0, vanished: 0 });
      expect(cleaned).toBe(0);
      expect(tiles).toHaveLength(3);
      const [largest] = tiles;
      expect(largest!.removedPx).toBe(Math.max(...tiles.map(({ removedPx }) => removedPx)));
      expect(largest!.url).toMatch(/^\/media\/thumb\//);
      expect(await cups()).toEqual(before);
      const written = await clean({ dryRun: false, leave: [before[0]!.id] });
      expect(written.cleaned).toBe(5);
      const after = await cups();
      expect(after[0]).toEqual(before[0]);
      for (const [at, one] of after.entries())
        if (at > 0) {
          expect(one.area).toBeLessThan(before[at]!.area);
          expect(one).toMatchObject({ status: 'proposal', edited: true });
        }
      await bench.call('doc.undo', {});
      expect(await cups()).toEqual(before);
    });

    it('leaves accepted masks alone unless they are meant, and what would vanish unless it is to go', async () => {
      const [first] = await cups();
      await bench.call('review.decide', { ids: [first!.id], decision: 'accept' });
      expect((await clean()).summary).toMatchObject({ masks: 5, accepted: 0 });
      expect((await clean({ accepted: true })).summary).toMatchObject({ masks: 6, accepted: 1 });
      const gone = { settings: { ...SETTINGS, islandsPx: 1_000_000 } };
      expect((await clean(gone)).summary).toMatchObject({ changed: 5, vanished: 5 });
      expect((await clean({ ...gone, dryRun: false })).cleaned).toBe(0);
      expect((await clean({ ...gone, dryRun: false, vanishing: 'delete' })).cleaned).toBe(5);
      expect(await cups()).toEqual([]);
    });

    it('gives pixels that a plate shares to the upper mask or to the more salient class, in one step', async () => {
      const areas = async () =>
        (await list({ order: 'image' })).items.map(({ annotation }) => [
          annotation.categoryId,
          annotation.area,
        ]);
      const before = await areas();
      const share = (overlap: 'order' | 'salience', more = {}) =>
        clean({ settings: { ...SETTINGS, growPx: 0, overlap }, ...more });
      // Plates lie over cups and share a column of three pixels with them.
      const byOrder = await share('order');
      expect(byOrder.summary).toMatchObject({
        masks: 6,
        changed: 6,
        others: 0,
        removedPx: 18,
        overlaps: { found: 6, held: 0, unsalient: 0 },
      });
      const bySalience = await share('salience');
      expect(bySalience.summary).toMatchObject({ changed: 0, others: 6, removedPx: 18 });
      expect(bySalience.tiles.map(({ categoryId }) => categoryId)).toEqual([PLATE, PLATE, PLATE]);
      expect(await areas()).toEqual(before);
      const leave = [bySalience.tiles[0]!.id];
      expect((await share('salience', { dryRun: false, leave })).cleaned).toBe(5);
      const after = await areas();
      expect(after.filter(([id, pixels]) => id === PLATE && pixels === 3)).toHaveLength(5);
      expect(after.filter(([id]) => id === CUP)).toEqual(before.filter(([id]) => id === CUP));
      await bench.call('doc.undo', {});
      expect(await areas()).toEqual(before);
    });

    it('leaves overlaps whose classes have no stored salience, and accepted plates, and says so', async () => {
      const plates = (await list({ categoryIds: [PLATE], order: 'image' })).items;
      await bench.call('review.decide', { ids: [plates[0]!.annotation.id], decision: 'accept' });
      const salience = { settings: { ...SETTINGS, growPx: 0, overlap: 'salience' } };
      expect((await clean(salience)).summary).toMatchObject({
        others: 5,
        overlaps: { found: 6, held: 1, unsalient: 0 },
      });
      expect((await clean({ ...salience, accepted: true })).summary.others).toBe(6);
      await bench.call('cache.clear', {});
      const { summary } = await clean(salience);
      expect(summary.overlaps).toEqual({ found: 6, held: 0, unsalient: 6 });
      expect(summary).toMatchObject({ changed: 0, others: 0 });
    });
  });
});
