// The engines that find masks with CLIP, through the real inference process: runs with their evidence,
// masks again without the model, names dropped, and what is said where a model is missing.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../electron/api/types.ts';
import type { ImageId } from '../../electron/api/types.ts';
import type { PrelabelParams, PromptClass } from '../../electron/api/run.ts';
import { markImages } from '../../electron/engine/project/images/images.ts';
import { modelEngine, type ModelEngine } from '../helpers/drivers/modelEngine.ts';
import { tinyClipPack } from '../helpers/fixtures/clipPack.ts';

describe('engines with CLIP', () => {
  let model: ModelEngine;
  const call: ModelEngine['call'] = (method, input) => model.call(method, input);

  beforeAll(async () => {
    model = await modelEngine();
    await mkdir(model.packs, { recursive: true });
    await call('category.add', { names: ['tree', 'person', 'car'] });
  });
  afterAll(() => model.close());

  const classes = async (): Promise<PromptClass[]> =>
    (await call('project.summary', {})).categories.map(({ id, name }) => ({
      categoryId: id,
      name,
      prompt: '',
      synonyms: [],
      threshold: null,
    }));
  const paramsOf = (
    name: string,
    overrides: { readonly [name: string]: Json } = {},
  ): PrelabelParams => ({ preset: 'default', engine: name, overrides });
  const run = async (params: PrelabelParams) =>
    call('prelabel.run', {
      imageId: 1 as ImageId,
      classes: await classes(),
      params,
      commit: false,
    });

  /** One image of a batch whose classes CLIP chooses. */
  const preview = async (params: PrelabelParams, threshold: number) =>
    call('job.preview', {
      request: {
        images: { kind: 'ids', ids: [1 as ImageId] },
        categoryIds: (await classes()).map(({ categoryId }) => categoryId),
        auto: { threshold, by: 'clip' },
        params,
        packId: '',
        merge: 'proposals',
        thresholds: {},
      },
      sample: 1,
    });

  it('say which model to get where no CLIP is installed', async () => {
    await expect(run(paramsOf('naclip'))).rejects.toThrow(/needs a CLIP model.*ViT-B\/16/);
    await expect(run(paramsOf('car'))).rejects.toThrow(/needs a CLIP model/);
    await expect(preview(paramsOf('pnp'), 0.3)).rejects.toThrow(
      /choice of classes by CLIP needs a CLIP model/,
    );
    await tinyClipPack(model.packs);
  });

  it('compare patches with words window by window, and share pixels without the model', async () => {
    const small = { 'naclip.shortSide': 96, 'naclip.backgroundWords': ['sky', 'tree'] };
    const whole = await run(paramsOf('naclip', { ...small, 'naclip.windows': 'off' }));
    expect(whole.run.engine).toBe('naclip');
    expect(whole.run.evidence).toEqual(['windows']);
    expect(whole.run.passes).toHaveLength(1);
    expect(whole.run.classes.map(({ match }) => match)).toEqual([null, null, null]);
    // Random weights: one word takes nearly every patch, which may be one of the background.
    const shared = { 'masks.backgroundWords': false };
    const cut = {
      ...shared,
      'naclip.windows': 'on',
      'naclip.windowSide': 64,
      'naclip.windowStride': 32,
    };
    const params = paramsOf('naclip', { ...small, ...cut });
    const { run: windows } = await run(params);
    expect(windows.passes.length).toBeGreaterThan(3);
    const again = (smallestShare: number) =>
      call('prelabel.reapply', {
        runId: windows.runId,
        params: paramsOf('naclip', { ...params.overrides, 'masks.smallestShare': smallestShare }),
        thresholds: {},
        draft: false,
        commit: false,
      });
    const areas = ({ proposals }: { proposals: readonly { area: number }[] }) =>
      proposals.reduce((sum, { area }) => sum + area, 0);
    const [free, strict] = [await again(0), await again(0.9)];
    expect(areas(free)).toBeGreaterThan(0);
    expect(areas(strict)).toBeLessThan(areas(free));
    const [map] = (
      await call('prelabel.maps', {
        runId: windows.runId,
        params,
        requests: [
          { kind: 'pass', categoryId: windows.classes[0]!.categoryId, pass: 0, scale: 'run' },
        ],
        maxSide: 256,
      })
    ).maps;
    // A place in the image: the words that share it, and where it listens, near and far.
    const { patch } = await call('prelabel.patch', {
      runId: windows.runId,
      row: 3,
      column: 4,
      contrast: 40,
    });
    expect(patch?.asked).toBe(4);
    expect(patch!.words.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 5);
    for (const { rows, columns, maximum } of [patch!.near, patch!.alone]) {
      expect([rows, columns]).toEqual([windows.gridRows, windows.gridColumns]);
      expect(maximum).toBeGreaterThan(0);
    }
    expect(patch!.near.values).not.toEqual(patch!.alone.values);
    await expect(
      call('prelabel.patch', { runId: windows.runId, row: 999, column: 0, contrast: 40 }),
    ).rejects.toThrow(/rows and .* columns; 999, 0 is outside/);
    expect([map?.rows, map?.columns]).toEqual([windows.gridRows, windows.gridColumns]);
    expect(Math.max(...(map?.values ?? []))).toBeGreaterThan(0);
  });

  it('keep vectors of words beside the cache, so that a new class costs one text', async () => {
    const folder = join(model.root, 'user', 'cache', 'words');
    const before = (await readdir(folder)).length;
    await call('category.add', { names: ['bus'] });
    await run(
      paramsOf('naclip', { 'naclip.shortSide': 96, 'naclip.backgroundWords': ['sky', 'tree'] }),
    );
    expect((await readdir(folder)).length).toBe(before + 1);
  });

  it('drop names in rounds that a judge does not see, and keep those that must stay', async () => {
    const settings = {
      'car.longSide': 96,
      'car.backgroundWords': ['sky', 'ground'],
      // Random weights see nothing in particular: above the mean share of four names some go.
      'car.confidence': 0.26,
    };
    const { run: rounds } = await run(paramsOf('car', settings));
    expect(rounds.evidence).toEqual(['rounds']);
    expect(rounds.passes.length).toBeGreaterThanOrEqual(2);
    const matches = rounds.classes.map(({ match }) => match);
    for (const match of matches) expect(match).toBeGreaterThanOrEqual(0);
    const dropped = rounds.classes.filter(({ absent }) => absent);
    expect(dropped.length).toBeGreaterThan(0);
    // Who was dropped when, and by which score, is told round by round.
    for (const { categoryId, match } of dropped) {
      const told = rounds.passes.flatMap(({ judged = [] }) =>
        judged.filter((one) => one.categoryId === categoryId),
      );
      expect(told.map(({ kept }) => kept)).toEqual([...told.slice(1).map(() => true), false]);
      expect(told.at(-1)?.score).toBe(match);
    }
    expect(rounds.passes.at(-1)?.judged?.every(({ kept }) => kept)).toBe(true);
    // A score of every picture for every name, one's own on the diagonal, and the score that was needed.
    for (const { judged = [], needed } of rounds.passes) {
      expect(needed).toBe(0.26);
      judged.forEach(({ saw, score, seenScore }, at) => {
        expect(saw).toHaveLength(judged.length);
        expect(saw![at]).toBe(score);
        expect(Math.max(...saw!)).toBe(seenScore);
      });
    }
    // The pictures of all of them can be looked at, and show more than the image alone.
    const { pictures } = await call('prelabel.prompts', { runId: rounds.runId });
    expect(pictures).toHaveLength(
      rounds.passes.reduce((sum, { judged = [] }) => sum + judged.length, 0),
    );
    const bytes = async (url: string) => {
      const path = url.replace('/media/', '');
      const item = await model.engine.media(path, new AbortController().signal);
      return item?.kind === 'file' ? readFile(item.path) : null;
    };
    const [first, second] = await Promise.all(pictures.slice(0, 2).map(({ url }) => bytes(url)));
    expect(first!.length).toBeGreaterThan(1000);
    expect(first!.equals(second!)).toBe(false);
    expect(await bytes(pictures[0]!.url.replace(/\d+-\d+$/, 'x'))).toBeNull();
    const { categories } = await call('project.summary', {});
    const names = dropped.map(
      ({ categoryId }) => categories.find(({ id }) => id === categoryId)!.name,
    );
    const { run: kept } = await run(paramsOf('car', { ...settings, 'car.always': names }));
    for (const { categoryId } of dropped)
      expect(kept.classes.find((one) => one.categoryId === categoryId)?.absent).toBe(false);
  });

  it('ask for stuff in rounds of its own, behind the things', async () => {
    const { categories } = await call('project.summary', {});
    const tree = categories.find(({ name }) => name === 'tree')!;
    const save = (kind: 'thing' | 'stuff', before: 'thing' | 'stuff') =>
      call('category.save', {
        changes: [{ id: tree.id, before: { kind: before }, after: { kind } }],
      });
    const settings = {
      'car.longSide': 96,
      'car.backgroundWords': ['sky'],
      'car.confidence': 0.05,
      'masks.crf': false,
      'masks.workSide': 64,
    };
    await save('stuff', 'thing');
    const { run: apart, proposals } = await run(paramsOf('car', settings));
    await save('thing', 'stuff');
    expect(apart.passes.map(({ stuff }) => stuff)).toEqual([undefined, undefined, true, true]);
    // Each class is judged among its own kind alone, and the masks know all of them.
    for (const { judged = [], stuff } of apart.passes)
      expect(judged.some(({ categoryId }) => categoryId === tree.id)).toBe(stuff === true);
    expect(apart.passes.at(-1)?.judged?.map(({ score }) => score)).toEqual([1]);
    expect(apart.classes.every(({ absent }) => !absent)).toBe(true);
    expect(new Set(proposals.map(({ categoryId }) => categoryId)).size).toBeGreaterThan(1);
  });

  it('choose classes for another method: what CLIP does not see is not asked for', async () => {
    const kept = async (params: PrelabelParams, threshold: number) =>
      (await preview(params, threshold)).images[0]!.run.classes.filter(({ absent }) => !absent).map(
        ({ categoryId }) => categoryId,
      );
    const small = { 'car.longSide': 96, 'car.backgroundWords': ['sky', 'ground'] };
    const naclip = paramsOf('naclip', { 'naclip.shortSide': 96, ...small });
    expect(await kept(naclip, 0.01)).toEqual((await classes()).map(({ categoryId }) => categoryId));
    const strict = await kept(naclip, 0.26);
    expect(strict.length).toBeLessThan((await classes()).length);
    // Rounds drop for themselves, at the same score.
    expect(await kept({ preset: 'pack', engine: 'car', overrides: small }, 0.26)).toEqual(strict);
  });

  it('are looked at side by side without a trace in the project', async () => {
    const before = await call('image.open', { imageId: 2 as ImageId });
    const params = paramsOf('car', { 'car.longSide': 96, 'car.confidence': 0.26 });
    const look = await call('prelabel.look', {
      imageId: 2 as ImageId,
      classes: await classes(),
      params,
    });
    expect([look.engine, look.packName]).toEqual(['car', 'Tiny CLIP']);
    expect(look.absent.length).toBeGreaterThan(0);
    for (const { mask } of look.masks) expect(mask.counts.length).toBeGreaterThan(1);
    // A map of every class that was asked for, the strongest of them up to the end of the scale.
    expect(look.maps.map(({ categoryId }) => categoryId)).toEqual(
      (await classes()).map(({ categoryId }) => categoryId),
    );
    expect(Math.max(...look.maps.flatMap(({ map }) => [...map.values]))).toBe(255);
    expect(look.milliseconds).toBeGreaterThan(0);
    // One of them is looked into: its run is there for that, and is not the image's.
    const { run: aside } = await call('prelabel.run', {
      imageId: 2 as ImageId,
      classes: await classes(),
      params,
      commit: false,
      aside: true,
    });
    expect(aside.engine).toBe('car');
    const { pictures } = await call('prelabel.prompts', { runId: aside.runId });
    expect(pictures.length).toBeGreaterThan(0);
    const after = await call('image.open', { imageId: 2 as ImageId });
    expect([after.run, after.annotations]).toEqual([before.run, before.annotations]);
  });

  it('are rows of the comparison on accepted masks, and one is offered for each', async () => {
    const { choices } = await call('tune.choices', {});
    const rows = choices.filter(({ packId }) => packId === 'tiny-clip');
    expect(new Set(rows.map(({ params }) => params.engine))).toEqual(new Set(['naclip', 'car']));
    const { engines } = await call('prelabel.engines', {});
    expect(engines.map(({ id }) => id)).toEqual(['pnp', 'naclip', 'car']);
    // Both were run in this project, the first engine was not.
    expect(engines.map(({ measuredMs }) => measuredMs !== null)).toEqual([false, true, true]);
  });

  it('let single classes be taken of a run that was only looked at, as one step', async () => {
    const imageId = 5 as ImageId;
    const params = paramsOf('pnp');
    const asked = { imageId, classes: await classes(), params };
    const { run: made, proposals } = await call('prelabel.run', { ...asked, commit: false });
    const annotations = async () => (await call('image.open', { imageId })).annotations;
    expect(await annotations()).toEqual([]);
    const [{ categoryId }] = proposals as [(typeof proposals)[number]];
    await call('prelabel.reapply', {
      runId: made.runId,
      params,
      thresholds: {},
      draft: false,
      commit: true,
      only: [categoryId],
      step: 'Take what engines agree on',
    });
    const taken = await annotations();
    expect(new Set(taken.map((one) => one.categoryId))).toEqual(new Set([categoryId]));
    await call('doc.undo', {});
    expect(await annotations()).toEqual([]);
  });

  it('learn the look of accepted masks, kept with the project and taken back in one step', async () => {
    const { store } = model.engine.context.open.get();
    const small = {
      'naclip.shortSide': 96,
      'naclip.backgroundWords': ['sky'],
      'masks.backgroundWords': false,
      'masks.pamr': false,
      'masks.smallestShare': 0,
    };
    await call('project.setParams', { params: paramsOf('naclip', small) });
    // Masks of the demo model, which knows these scenes.
    const asked = { classes: await classes(), params: paramsOf('pnp') };
    const ids = [1, 2] as ImageId[];
    for (const imageId of ids) await call('prelabel.run', { ...asked, imageId, commit: true });
    store.run('UPDATE annotation SET status = 1');
    await markImages(store, ids, 'reviewed');
    const state = await call('learn.run', {});
    expect(state.learning).toMatchObject({ images: 2, verdict: 'few', packName: 'Tiny CLIP' });
    expect(state.learning!.classes).toBeGreaterThan(0);
    expect(state.inUse).toBe('none');
    const { params, previous } = await call('learn.use', { use: true });
    expect(params.overrides['naclip.learned']).toBe(state.learning!.id);
    expect((await call('learn.state', {})).inUse).toBe('latest');
    // A project that comes from elsewhere brings the file along.
    const folder = join(model.root, 'user', 'learned');
    const file = join(folder, `${state.learning!.id}.json`);
    const kept = JSON.parse(await readFile(file, 'utf8')) as { mix: number };
    await rm(file);
    await model.engine.context.open.close();
    await call('project.openFolder', { folder: model.engine.handleOf(join(model.root, 'images')) });
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(kept);
    // With more of the looks in them, words find other pixels.
    const strong = 'ab'.repeat(16);
    await writeFile(join(folder, `${strong}.json`), JSON.stringify({ ...kept, mix: 0.9 }));
    const sum = async (learned: string) => {
      const own = paramsOf('naclip', { ...small, 'naclip.learned': learned });
      const { run: made } = await run(own);
      const requests = made.classes.map(({ categoryId }) => ({
        kind: 'sum' as const,
        categoryId,
        upTo: 0,
      }));
      const { maps } = await call('prelabel.maps', {
        runId: made.runId,
        params: own,
        requests,
        maxSide: 64,
      });
      return maps.map(({ values }) => [...values]);
    };
    expect(await sum(strong)).not.toEqual(await sum(''));
    await expect(sum('gone')).rejects.toThrow(/learn again in Tune/);
    await call('project.setParams', { params: previous });
    expect((await call('learn.state', {})).inUse).toBe('none');
  });

  it('do not disturb each other: the same image again comes from the cache', async () => {
    const params = paramsOf('naclip', {
      'naclip.shortSide': 96,
      'naclip.backgroundWords': ['sky'],
    });
    const first = await run(params);
    const again = await run(params);
    expect(again.run.runId).toBe(first.run.runId);
    expect(again.proposals.map(({ mask }) => mask)).toEqual(
      first.proposals.map(({ mask }) => mask),
    );
  });
});
