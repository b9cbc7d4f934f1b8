// What a worker asks of the database, and what it makes of the answers.
import { describe, expect, it } from 'vitest';
import {
  acquit,
  addEvent,
  cancelledOf,
  endJob,
  hasOpenJobs,
  registerWorker,
} from '../../../../../electron/cluster/worker/rows.ts';
import { heldJob, standInPool, standInQueue } from '../../../../helpers/standIns/workerState.ts';

const verbs = ({ asked }: ReturnType<typeof standInPool>) =>
  asked.map(({ text }) => text.split(' ')[0]);

it("what somebody else's computer is called fits its columns", async () => {
  const database = standInPool(() => [{ id: 12 }]);
  const names = { host: 'h'.repeat(300), device: 'd'.repeat(300), version: '1' };
  expect(await registerWorker(database.pool, names)).toBe(12);
  const [host, pid, device] = database.asked[0]!.values as [string, number, string];
  expect([host.length, pid, device.length]).toEqual([255, process.pid, 200]);
});

it('an event holds no NUL, is cut, and need not belong to anybody', async () => {
  const { pool, asked } = standInPool();
  await addEvent(pool, { kind: 'start', detail: `a\0b${'c'.repeat(3000)}` });
  const [runSet, worker, kind, detail] = asked[0]!.values;
  expect([runSet, worker, kind]).toEqual([null, null, 'start']);
  expect(detail).toBe(`ab${'c'.repeat(1998)}`);
});

it('those that are not going any more are cancelled', async () => {
  const { pool } = standInPool(() => [{ id: 2 }]);
  expect([...(await cancelledOf(pool, [1, 2, 3]))]).toEqual([1, 3]);
});

it('an answer without rows is no open job', async () => {
  expect(await hasOpenJobs(standInPool().pool, [1])).toBe(false);
});

it('an image that was given back loses one count, and its row with the last', async () => {
  const one = standInPool((text) => (text.startsWith('UPDATE') ? [{}] : []));
  await acquit(one.pool, 3, 9);
  expect(verbs(one)).toEqual(['UPDATE']);
  const last = standInPool();
  await acquit(last.pool, 3, 9);
  expect(verbs(last)).toEqual(['UPDATE', 'DELETE']);
});

describe('the end of a job', () => {
  const ended = async (open: boolean, isCareful: boolean) => {
    const calls: string[] = [];
    const database = standInPool((text) => (text.includes('AS open') ? [{ open }] : []));
    const queue = standInQueue({
      complete: () => Promise.resolve(void calls.push('complete')),
      handBack: () => Promise.resolve(void calls.push('hand back')),
    });
    const { claim } = heldJob(3, 'a');
    const delivery = { runSet: 3, worker: 7, records: [] };
    await endJob(database.pool, queue, delivery, { ...claim, isCareful });
    return [...verbs(database), ...calls];
  };

  it('with an image that has no result it waits again, else it is over', async () => {
    expect(await ended(true, false)).toEqual(['BEGIN', 'SELECT', 'COMMIT', 'hand back']);
    expect(await ended(false, false)).toEqual(['BEGIN', 'SELECT', 'COMMIT', 'complete']);
  });

  it('clears those that it suspected', async () => {
    expect(await ended(false, true)).toEqual(['BEGIN', 'DELETE', 'SELECT', 'COMMIT', 'complete']);
  });
});
