// Results on their way into the database: when a job is through, what a refusal leaves, and whose turn it is.
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  endFinished,
  endMeanwhile,
  isEndLate,
  storeFinished,
} from '../../../../../electron/cluster/worker/storing.ts';
import {
  heldJob,
  rowImage,
  standInPool,
  standInQueue,
  workerState,
  type Answer,
} from '../../../../helpers/standIns/workerState.ts';

const failed = (n: number) => ({ n, ms: 1, outcome: { failure: 'missing', detail: 'gone' } });
const isInsert = (text: string) => text.includes('INSERT INTO salience.result');
const refusing =
  (code: string, also: Answer = () => []): Answer =>
  (text, values) => {
    if (isInsert(text)) throw Object.assign(new Error('refused'), { code });
    return also(text, values);
  };

afterEach(() => void vi.restoreAllMocks());

describe('storing', () => {
  it('stores what is finished, once, and asks nothing for a job that has finished nothing', async () => {
    const { pool, asked } = standInPool();
    const state = workerState({ pool });
    const job = heldJob(3, 'a', { records: [failed(4), failed(5)], waiting: [rowImage(6)] });
    for (const one of [heldJob(2, 'idle'), job]) state.jobs.add(one);
    await storeFinished(state);
    await storeFinished(state);
    expect(asked).toHaveLength(1);
    expect(asked[0]!.values.slice(0, 3)).toEqual([3, 7, [4, 5]]);
    expect([job.records, state.jobs.size]).toEqual([[], 2]);
  });

  it('a refusal ends the worker and keeps the results, those that came meanwhile behind them', async () => {
    const job = heldJob(3, 'a', { records: [failed(4)], waiting: [rowImage(6)] });
    const { pool } = standInPool((text, values) => {
      job.records.push(failed(5));
      return refusing('42501')(text, values);
    });
    const state = workerState({ pool });
    state.jobs.add(job);
    await storeFinished(state);
    expect(job.records.map(({ n }) => n)).toEqual([4, 5]);
    expect(state.ending).toEqual({ reason: 'The database refuses results: 42501 refused' });
  });

  it('a worker that has no patience left says nothing of a refusal', async () => {
    const state = workerState({ pool: standInPool(refusing('42501')).pool });
    const job = heldJob(3, 'a', { records: [failed(4)] });
    state.jobs.add(job);
    state.patience.abort();
    await storeFinished(state);
    expect([state.ending, job.records.length]).toEqual([null, 1]);
  });

  it('a run set that was removed takes its jobs along; only its own absence is none of theirs', async () => {
    const outcome = async (code: string, there: number[]) => {
      const { pool } = standInPool(refusing(code, () => there.map((id) => ({ id }))));
      const state = workerState({ pool });
      const job = heldJob(3, 'a', { records: [failed(4)] });
      state.jobs.add(job);
      await storeFinished(state);
      return [state.jobs.has(job), state.ending !== null];
    };
    expect(await outcome('23503', [])).toEqual([false, false]);
    expect(await outcome('23503', [3])).toEqual([true, true]);
    expect(await outcome('23505', [])).toEqual([true, true]);
  });

  it('a job does not end while its results are on their way', async () => {
    let arrive = () => {};
    const onTheWay = new Promise<object[]>((resolve) => (arrive = () => resolve([])));
    const { pool, asked } = standInPool((text) => (isInsert(text) ? onTheWay : []));
    const state = workerState({ pool });
    state.jobs.add(heldJob(3, 'a', { records: [failed(4)] }));
    const both = Promise.all([storeFinished(state), endFinished(state)]);
    await new Promise(setImmediate);
    expect(asked.map(({ text }) => text.split(' ')[0])).toEqual(['WITH']);
    arrive();
    await both;
    expect(asked.map(({ text }) => text.split(' ')[0])).toEqual([
      ...['WITH', 'BEGIN', 'SELECT', 'COMMIT'],
    ]);
    expect(state.jobs.size).toBe(0);
  });
});

describe('the end of a job', () => {
  it('comes when nothing of it waits, flies or is to be tried alone', async () => {
    const completed: string[] = [];
    const queue = standInQueue({
      complete: (_client, _runSet, { id }) => Promise.resolve(void completed.push(id)),
    });
    const state = workerState({ queue });
    const suspected = heldJob(1, 'suspected');
    const jobs = [
      heldJob(1, 'through'),
      heldJob(1, 'waits', { waiting: [rowImage(1)] }),
      heldJob(1, 'flies', { open: 1 }),
      suspected,
    ];
    for (const job of jobs) state.jobs.add(job);
    state.suspects.push({ job: suspected, image: rowImage(2) });
    await endFinished(state);
    expect(completed).toEqual(['through']);
    expect([...state.jobs].map(({ claim }) => claim.id)).toEqual(['waits', 'flies', 'suspected']);
  });

  it('a job whose end was refused is still held with its results', async () => {
    const state = workerState({ pool: standInPool(refusing('42501')).pool });
    const job = heldJob(1, 'a', { records: [failed(4)] });
    state.jobs.add(job);
    await endFinished(state);
    expect([state.jobs.has(job), job.records.length]).toEqual([true, 1]);
  });

  it('comes beside the images, one after the other, and wakes the loop', async () => {
    const { pool, asked } = standInPool();
    const state = workerState({ pool });
    const woken = vi.fn();
    state.wake = woken;
    const job = heldJob(1, 'a', { open: 1 });
    state.jobs.add(job);
    endMeanwhile(state);
    expect([state.endingSinceMs, asked.length]).toEqual([null, 0]);
    job.open = 0;
    endMeanwhile(state);
    const since = state.endingSinceMs;
    expect(since).not.toBeNull();
    // Being ended: a second call begins nothing.
    state.endingSinceMs = 1;
    endMeanwhile(state);
    expect(state.endingSinceMs).toBe(1);
    await expect.poll(() => woken).toHaveBeenCalled();
    expect([state.endingSinceMs, state.jobs.size]).toEqual([null, 0]);
    expect(asked.filter(({ text }) => text === 'BEGIN')).toHaveLength(1);
  });

  it('is late after half a second', () => {
    vi.spyOn(performance, 'now').mockReturnValue(10_000);
    const late = (endingSinceMs: number | null) => isEndLate({ ...workerState(), endingSinceMs });
    expect([null, 9501, 9500, 9499].map(late)).toEqual([false, false, false, true]);
  });
});
