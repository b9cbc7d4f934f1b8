// Stored salience: each class is fetched once, a run that is gone leaves it empty, eight runs are kept.
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../../electron/api/errors.ts';
import type { CategoryId } from '../../../../../electron/api/types.ts';
import { StoredSalience } from '../../../../../renderer/src/state/document/salience.ts';

const id = (value: number) => value as CategoryId;
const run = (runId = 'r', passes = 3) =>
  ({
    runId,
    params: { gamma: 1 },
    passes: Array.from({ length: passes }),
    classes: [1, 2, 3].map((categoryId) => ({ categoryId })),
  }) as never;

function bench(fault: Error | null = null, without: readonly number[] = []) {
  const asked: { runId: string; ids: number[]; upTo: number[] }[] = [];
  const session = {
    call: (
      _method: string,
      input: { runId: string; requests: { categoryId: number; upTo: number }[] },
    ) => {
      const ids = input.requests.map(({ categoryId }) => categoryId);
      asked.push({ runId: input.runId, ids, upTo: input.requests.map(({ upTo }) => upTo) });
      if (fault) return Promise.reject(fault);
      return Promise.resolve({
        maps: ids.map((one) => (without.includes(one) ? undefined : { of: one })),
      });
    },
  };
  return { salience: new StoredSalience(session as never), asked };
}

describe('stored salience', () => {
  it('is the sum up to the last pass of classes that the run has, each asked for once', async () => {
    const { salience, asked } = bench();
    const first = await salience.of(run(), [id(1), id(1), id(9)]);
    expect([...first]).toEqual([[1, { of: 1 }]]);
    const next = await salience.of(run(), [id(1), id(2)]);
    expect([...next.keys()]).toEqual([1, 2]);
    await salience.of(run(), [id(2), id(9)]);
    expect(asked).toEqual([
      { runId: 'r', ids: [1], upTo: [2] },
      { runId: 'r', ids: [2], upTo: [2] },
    ]);
  });

  it('is nothing without a run, and leaves out a map that did not come', async () => {
    const { salience, asked } = bench(null, [2]);
    expect(await salience.of(null, [id(1)])).toEqual(new Map());
    expect(asked).toEqual([]);
    expect([...(await salience.of(run(), [id(1), id(2)])).keys()]).toEqual([1]);
  });

  it('is empty where the run is gone; any other fault is told', async () => {
    const gone = bench(new AppError('RUN_UNKNOWN', 'gone'));
    expect(await gone.salience.of(run(), [id(1)])).toEqual(new Map());
    const closed = bench(new AppError('CONNECTION_CLOSED', 'closed'));
    await expect(closed.salience.of(run(), [id(1)])).rejects.toThrow('closed');
    const broken = bench(new Error('broken'));
    await expect(broken.salience.of(run(), [id(1)])).rejects.toThrow('broken');
  });

  it('of the eight runs used last is kept', async () => {
    const { salience, asked } = bench();
    const runs = Array.from({ length: 8 }, (_, at) => run(`r${at}`));
    for (const one of runs) await salience.of(one, [id(1)]);
    // The first one is used again, so the second is the one that a ninth pushes out.
    await salience.of(runs[0]!, [id(1)]);
    await salience.of(run('r8'), [id(1)]);
    await salience.of(runs[0]!, [id(1)]);
    expect(asked).toHaveLength(9);
    await salience.of(runs[1]!, [id(1)]);
    expect(asked.map(({ runId }) => runId).slice(-2)).toEqual(['r8', 'r1']);
  });
});
