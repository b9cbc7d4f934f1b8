// The real inference process with the shipped pack: answers, cancel in the middle, kill -9, recovery.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CategoryFields, CategoryId, ImageId } from '../../electron/api/types.ts';
import type { PromptClass } from '../../electron/api/run.ts';
import { modelEngine, type ModelEngine } from '../helpers/drivers/modelEngine.ts';
import { randomFrom } from '../helpers/fixtures/random.ts';

const PARAMS = { preset: 'pack', overrides: {} } as const;

/** `npm run bench -- crash` does forty. */
const KILLS = Number(process.env['SALIENCE_MODEL_KILLS'] ?? 1);
const SEED = Number(process.env['SALIENCE_CRASH_SEED'] ?? Date.now() % 1_000_000);

describe('inference process', () => {
  let model: ModelEngine;
  const pids: number[] = [];
  const notices: string[] = [];
  const call: ModelEngine['call'] = (method, input, options) => model.call(method, input, options);

  beforeEach(async () => {
    pids.length = 0;
    notices.length = 0;
    model = await modelEngine({ onSpawn: (pid) => pids.push(pid) });
    model.engine.onEvent((event, payload) => {
      if (event === 'notice') notices.push((payload as { code: string }).code);
    });
    await call('category.add', { names: ['tree', 'person'] });
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') console.log(model.logs.join('\n'));
    await model.close();
  });

  const classes = async (): Promise<PromptClass[]> =>
    (await call('project.summary', {})).categories.map(({ id, name }) => ({
      categoryId: id,
      name,
      prompt: '',
      synonyms: [],
      threshold: null,
    }));

  it('tells the thresholds that masks are cut at where a class has none of its own', async () => {
    const { params, thresholds } = await call('project.summary', {});
    const { values } = await call('prelabel.settings', { params });
    expect(thresholds.thing).toBe(values['masks.threshold']);
    expect(thresholds.stuff).toBeLessThan(thresholds.thing);
    const overrides = { 'masks.threshold': 0.33, 'masks.stuffShare': 0.5 };
    const changed = await call('project.setParams', { params: { ...params, overrides } });
    expect(changed.thresholds).toEqual({ thing: 0.33, stuff: 0.165 });
    await call('project.setParams', { params });
  });

  it('cuts stuff at its share of the threshold, unless the class or the caller says otherwise', async () => {
    const { categories, params, thresholds } = await call('project.summary', {});
    const [category] = categories;
    const [asked] = await classes();
    const { id, kind, threshold } = category!;
    let known: Partial<CategoryFields> = { kind, threshold };
    const save = async (after: Partial<CategoryFields>) => {
      await call('category.save', { changes: [{ id, before: known, after }] });
      known = { ...known, ...after };
    };
    const { run } = await call('prelabel.run', {
      imageId: 1 as ImageId,
      classes: [asked!],
      params,
      commit: false,
    });
    const kept = async (chosen: { [id: number]: number } = {}) => {
      const settings = { params, thresholds: chosen, draft: true, commit: false };
      const again = await call('prelabel.reapply', { runId: run.runId, ...settings });
      return again.run.classes[0]!.patchesKept;
    };
    const asThing = await kept();
    await save({ kind: 'stuff' });
    expect(await kept()).toBeGreaterThan(asThing);
    expect(await kept({ [category!.id]: thresholds.thing })).toBe(asThing);
    await save({ threshold: thresholds.thing });
    expect(await kept()).toBe(asThing);
    await save({ kind, threshold });
  });

  it('pre-labels a photograph, follows a threshold without the model, and shows its maps', async () => {
    const imageId = 1 as ImageId;
    const stages = new Set<string>();
    const { run, proposals } = await call(
      'prelabel.run',
      { imageId, classes: await classes(), params: PARAMS, commit: true },
      { onProgress: (event) => stages.add((event as { stage: string }).stage) },
    );
    expect([...stages]).toEqual(
      expect.arrayContaining([
        ...['Read image', 'Encode', 'Match', 'Maps', 'Edges'],
        ...run.passes.map((_, index) => `Pass ${index + 1} of ${run.passes.length}`),
      ]),
    );
    const { image } = await call('image.open', { imageId });
    for (const { mask, area } of proposals) {
      expect([mask.width, mask.height]).toEqual([image.width, image.height]);
      expect(area).toBeGreaterThan(0);
    }
    const shown = run.classes.find((one) => !one.absent)!;
    const higher = await call('prelabel.reapply', {
      runId: run.runId,
      params: PARAMS,
      thresholds: { [shown.categoryId]: 0.6 },
      draft: true,
      commit: false,
    });
    const kept = (classes: typeof run.classes) =>
      classes.find((one) => one.categoryId === shown.categoryId)!.patchesKept;
    expect(kept(higher.run.classes)).toBeLessThan(kept(run.classes));
    const { maps } = await call('prelabel.maps', {
      runId: run.runId,
      params: PARAMS,
      requests: [
        { kind: 'pass', categoryId: shown.categoryId, pass: 0, scale: 'pass' },
        { kind: 'blurred', categoryId: shown.categoryId },
        { kind: 'layerHead', categoryId: shown.categoryId, layer: 1, head: 1 },
      ],
      maxSide: 128,
    });
    expect([maps[0]!.rows, maps[0]!.columns]).toEqual([run.gridRows, run.gridColumns]);
    expect(Math.max(maps[1]!.rows, maps[1]!.columns)).toBeLessThanOrEqual(128);
    expect(maps.map((map) => map.values.length)).toEqual(maps.map((map) => map.rows * map.columns));
  });

  it('tries settings with maps of the same work, and commits them for one class alone', async () => {
    const imageId = 1 as ImageId;
    const { run } = await call('prelabel.run', {
      imageId,
      classes: await classes(),
      params: PARAMS,
      commit: true,
    });
    const [one, other] = run.classes.map(({ categoryId }) => categoryId) as [
      CategoryId,
      CategoryId,
    ];
    const settings = { preset: 'default', overrides: { 'masks.crf': false } } as const;
    const { values } = await call('prelabel.settings', { params: settings });
    expect([values['masks.blur'], values['masks.crf']]).toEqual([0.05, false]);
    const params = {
      preset: PARAMS.preset,
      overrides: { 'masks.blur': 0.01, 'masks.absentBelow': 0, 'masks.passWeights': [0, 1] },
    };
    const requests = (['sum', 'cut', 'blurred'] as const).map((kind) =>
      kind === 'sum' ? { kind, categoryId: one, upTo: 7 } : { kind, categoryId: one },
    );
    const thresholds = { [one]: 0.4 };
    const shared = { runId: run.runId, params, thresholds, requests, maxSide: 64 };
    const tried = await call('prelabel.reapply', { ...shared, draft: true, commit: false });
    expect(tried.maps).toEqual((await call('prelabel.maps', shared)).maps);
    expect(tried.run.passes.map((pass) => pass.weight).slice(0, 3)).toEqual([0, 1, 1]);

    const before = (await call('image.open', { imageId })).annotations;
    await call('prelabel.reapply', {
      runId: run.runId,
      params,
      thresholds,
      draft: false,
      commit: true,
      only: [one],
    });
    const opened = await call('image.open', { imageId });
    const of = (id: CategoryId, all: typeof before) => all.filter((a) => a.categoryId === id);
    expect(of(other, opened.annotations)).toEqual(of(other, before));
    expect(of(one, opened.annotations).map(({ id }) => id)).not.toEqual(
      of(one, before).map(({ id }) => id),
    );
    // The run keeps the settings of the other classes.
    expect(opened.run?.params).toEqual(PARAMS);
    expect(opened.run?.classes.find(({ categoryId }) => categoryId === other)).toEqual(
      run.classes.find(({ categoryId }) => categoryId === other),
    );
  });

  it('stops in the middle of a run and serves the next one in the same process', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const running = call(
      'prelabel.run',
      { imageId: 1 as ImageId, classes: await classes(), params: PARAMS, commit: true },
      {
        signal: controller.signal,
        onProgress(event) {
          if ((event as { stage: string }).stage.startsWith('Pass')) controller.abort(reason);
        },
      },
    );
    await expect(running).rejects.toBe(reason);
    expect((await call('image.open', { imageId: 1 as ImageId })).annotations).toEqual([]);
    await call('prelabel.run', {
      imageId: 2 as ImageId,
      classes: await classes(),
      params: PARAMS,
      commit: false,
    });
    expect(pids).toHaveLength(1);
  });

  it('survives kill -9 during a batch: every image is done or named, and then done', async () => {
    const { categories } = await call('project.summary', {});
    const { job } = await call('job.start', {
      request: {
        images: { kind: 'ids', ids: [1, 2, 3, 4, 5] as ImageId[] },
        categoryIds: categories.map(({ id }) => id as CategoryId),
        auto: null,
        params: PARAMS,
        packId: '',
        merge: 'proposals',
        thresholds: {},
      },
    });
    const runner = model.engine.context.open.jobs();
    let kills = 0;
    const stop = model.engine.onEvent((event, payload) => {
      if (event !== 'job.status' || kills >= 2) return;
      const { done, empty } = payload as { done: number; empty: number };
      if (done + empty < 1 + kills) return;
      kills += 1;
      process.kill(pids.at(-1)!, 'SIGKILL');
    });
    const first = await runner.settled(job.id);
    stop();
    expect(kills).toBe(2);
    expect(first.state).toBe('done');
    expect(first.done + first.empty + first.failed).toBe(first.total);
    expect(pids.length).toBe(3);
    expect(notices).toContain('INFERENCE_EXITED');
    if (first.failed > 0) await call('job.retryFailed', { id: job.id });
    const second = await runner.settled(job.id);
    expect(second.failed).toBe(0);
    expect(second.done + second.empty).toBe(second.total);
  });

  it(
    `ends ${KILLS} batches whose model process is killed at a random moment, every image done`,
    { timeout: 180_000 + KILLS * 60_000 },
    async () => {
      console.log(`kill seed ${SEED}`);
      const random = randomFrom(SEED);
      const { categories } = await call('project.summary', {});
      const runner = model.engine.context.open.jobs();
      for (let kill = 0; kill < KILLS; kill += 1) {
        const { job } = await call('job.start', {
          request: {
            images: { kind: 'ids', ids: [1, 2, 3] as ImageId[] },
            categoryIds: categories.map(({ id }) => id as CategoryId),
            auto: null,
            // Other maps each time: nothing may come from the cache.
            params: { preset: 'pack', overrides: { 'pnp.dropFraction': 0.02 + kill * 1e-4 } },
            packId: '',
            merge: 'replaceProposals',
            thresholds: {},
          },
        });
        const timer = setTimeout(() => {
          const pid = pids.at(-1);
          if (pid !== undefined && isAlive(pid)) process.kill(pid, 'SIGKILL');
        }, random() * 2500);
        const first = await runner.settled(job.id);
        clearTimeout(timer);
        expect([first.state, first.done + first.empty + first.failed]).toEqual(['done', 3]);
        if (first.failed > 0) await call('job.retryFailed', { id: job.id });
        const { done, empty } = await runner.settled(job.id);
        expect(done + empty, `kill ${kill} of seed ${SEED}`).toBe(3);
      }
    },
  );
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    // It has ended: there is nothing to kill.
    return false;
  }
}
