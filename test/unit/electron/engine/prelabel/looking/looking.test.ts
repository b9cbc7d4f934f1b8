// What a person looks at on one image: a method's answer without a run being kept, a place of a run's maps, and
// stored salience.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CategoryId, ImageId, RunId } from '../../../../../../electron/api/types.ts';
import {
  storedMaps,
  storedSalience,
} from '../../../../../../electron/engine/prelabel/looking/salience.ts';
import { latestRun } from '../../../../../../electron/engine/project/runs.ts';
import type {
  OperationInput,
  OperationOutput,
} from '../../../../../../electron/link/operations.ts';
import {
  imageFolder,
  openBench,
  removeBench,
  standInOperations,
  type Bench,
} from '../../../../../helpers/drivers/engineBench.ts';

const [CUP, PLATE, SAW] = [1, 2, 3] as [CategoryId, CategoryId, CategoryId];
const FIRST = 1 as ImageId;
const params = { preset: 'default', overrides: {} } as const;
const signal = new AbortController().signal;

let bench: Bench;
const maps: OperationInput<'prelabel.maps'>[] = [];
/** The most of the map that each class has. */
let maximum: Record<number, number> = {};
/** What asking for maps fails with. */
let fault: Error | null = null;

/** Three passes; the plate is not there, and words of the background have no class. */
function answered({
  facts,
  masks,
}: OperationOutput<'prelabel.run'>): OperationOutput<'prelabel.run'> {
  const [pass] = facts.passes;
  const [first] = facts.classes;
  const classes = [
    { ...first!, categoryId: 0 as CategoryId },
    ...facts.classes.map((one) => ({ ...one, absent: one.categoryId === PLATE })),
  ];
  const passes = [0, 1, 2].map((index) => ({ ...pass!, index }));
  return {
    facts: { ...facts, classes, passes, milliseconds: { encode: 5, masks: 7 } },
    masks: masks.filter(({ categoryId }) => categoryId !== PLATE),
  };
}

beforeAll(async () => {
  const plain = standInOperations();
  const folder = await imageFolder(1);
  bench = await openBench(folder, {
    operations: {
      ...plain,
      'prelabel.run': async (input, call) => answered(await plain['prelabel.run']!(input, call)),
      async 'prelabel.reapply'(input, call) {
        const again = await plain['prelabel.reapply']!(input, call);
        return { ...again, ...answered(again) };
      },
      'prelabel.maps'(input) {
        maps.push(input);
        if (fault) throw fault;
        return {
          maps: input.requests.map((request) => ({
            rows: 1,
            columns: 2,
            values: Uint8Array.of(0, 255),
            maximum: maximum['categoryId' in request ? request.categoryId : 0] ?? 1,
          })),
        };
      },
      'prelabel.patch': (input) => ({ asked: [input.row, input.column, input.contrast] }) as never,
    },
  });
  await bench.call('category.add', { names: ['cup', 'plate', 'saw'] });
});
beforeEach(() => {
  maps.length = 0;
  maximum = {};
  fault = null;
});
afterAll(async () => {
  await bench.close();
  await removeBench(bench.folder);
});

const classes = [CUP, PLATE].map((categoryId) => ({
  categoryId,
  name: `class ${categoryId}`,
  prompt: '',
  synonyms: [],
  threshold: null,
}));
const store = () => bench.engine.context.open.get().store;

describe('a method that is compared', () => {
  it('shows its masks and maps, and what it left out, and keeps no run', async () => {
    const looked = await bench.call('prelabel.look', { imageId: FIRST, classes, params });
    expect(looked).toMatchObject({
      engine: 'pnp',
      packName: 'Stand-in',
      milliseconds: 12,
      masks: [{ categoryId: CUP, doubtful: false }],
      absent: [{ categoryId: PLATE }],
    });
    // Of all passes, of classes alone.
    expect(maps[0]!.requests).toEqual([
      { kind: 'sum', categoryId: CUP, upTo: 2 },
      { kind: 'sum', categoryId: PLATE, upTo: 2 },
    ]);
    expect(looked.maps.map(({ categoryId }) => categoryId)).toEqual([CUP, PLATE]);
    expect(latestRun(store(), FIRST)).toBeNull();
  });
});

describe('a run that is kept', () => {
  let runId: RunId;
  beforeAll(async () => {
    const done = await bench.call('prelabel.run', {
      imageId: FIRST,
      classes,
      params,
      commit: false,
    });
    ({ runId } = done.run);
  });

  it('shows a place within its grid of 2 x 2, and no other', async () => {
    const at = (row: number, column: number) =>
      bench.call('prelabel.patch', { runId, row, column, contrast: 40 });
    const shown = await at(1, 1);
    expect(shown.patch).toEqual({ asked: [1, 1, 40] });
    expect(shown.milliseconds).toBeGreaterThanOrEqual(0);
    expect(shown.milliseconds).toBeLessThan(60_000);
    await expect(at(2, 0)).rejects.toThrow('2 rows and 2 columns; 2, 0 is outside');
    await expect(at(0, 2)).rejects.toThrow('0, 2 is outside');
  });

  const salience = (categoryId: CategoryId) => {
    const { context } = bench.engine;
    return storedSalience(context, context.open.get(), FIRST, { categoryId, signal });
  };

  it('has the salience of a class over all passes', async () => {
    expect(await salience(CUP)).toMatchObject({ map: { columns: 2 }, absent: false });
    expect(maps[0]!.requests).toEqual([{ kind: 'sum', categoryId: CUP, upTo: 2 }]);
  });

  it('has none of a class that is not there, was not asked for, or that no pixel is like', async () => {
    expect(await salience(PLATE)).toEqual({ map: null, absent: true });
    expect(await salience(SAW)).toEqual({ map: null, absent: false });
    expect(maps).toEqual([]);
    maximum = { [CUP]: 0 };
    expect(await salience(CUP)).toEqual({ map: null, absent: false });
  });

  it('gives maps of those classes alone that it was asked for', async () => {
    const { context } = bench.engine;
    const of = async (categoryIds: readonly CategoryId[]) => [
      ...(await storedMaps(context, context.open.get(), FIRST, { categoryIds, signal })).keys(),
    ];
    expect(await of([SAW, PLATE])).toEqual([PLATE]);
    expect(await of([SAW])).toEqual([]);
    expect(maps).toHaveLength(1);
  });

  it('has none where its maps are gone; other faults are told', async () => {
    const { AppError } = await import('../../../../../../electron/api/errors.ts');
    fault = new AppError('RUN_UNKNOWN', 'gone');
    expect(await salience(CUP)).toEqual({ map: null, absent: false });
    fault = new AppError('IMAGE_MISSING', 'The file is gone.');
    await expect(salience(CUP)).rejects.toThrow('The file is gone.');
    fault = new AppError('RUN_UNKNOWN', 'gone');
    const { context } = bench.engine;
    const stopped = storedSalience(context, context.open.get(), FIRST, {
      categoryId: CUP,
      signal: AbortSignal.abort(new Error('stopped')),
    });
    await expect(stopped).rejects.toThrow();
  });
});
