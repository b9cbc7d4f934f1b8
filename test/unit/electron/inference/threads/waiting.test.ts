// Tasks that wait: who goes first, who may visit, and what becomes of one that is cancelled.
import { describe, expect, it } from 'vitest';
import {
  createQueue,
  earlier,
  type TaskOptions,
  type Waiting,
} from '../../../../../electron/inference/threads/waiting.ts';

const tasks = (all: readonly Waiting[]) => all.map(({ task }) => task);

function bench() {
  let entered = 0;
  const queue = createQueue(() => (entered += 1));
  const enter = (task: string, options: TaskOptions = {}) => {
    const done = queue.enter(task, null, options);
    done.catch(() => undefined);
    return done;
  };
  return { queue, enter, entered: () => entered };
}

describe('a queue', () => {
  it('has what a person waits for first, then what feeds others, then the rest, in their order', () => {
    const { queue, enter, entered } = bench();
    for (const [task, options] of [
      ['batch', { priority: 'batch' }],
      ['feeds', { priority: 'batch', feeds: true }],
      ['also batch', { priority: 'batch' }],
      ['person', {}],
      ['other person', { feeds: true }],
    ] as const)
      void enter(task, options);
    expect(entered()).toBe(5);
    const order: string[] = [];
    for (let one = queue.first(); one; one = queue.first()) {
      order.push(one.task);
      expect(queue.take(one)).toBe(true);
      expect(queue.take(one)).toBe(false);
    }
    expect(order).toEqual(['person', 'other person', 'feeds', 'batch', 'also batch']);
    expect(queue.size()).toBe(0);
  });

  it('has visitors that go before the resident and need not be alone', () => {
    const { queue, enter } = bench();
    void enter('person');
    void enter('alone', { alone: true });
    void enter('feeds', { priority: 'batch', feeds: true });
    expect(tasks(queue.visitors(2))).toEqual(['person', 'feeds']);
    expect(tasks(queue.visitors(1))).toEqual(['person']);
    expect(queue.visitors(0)).toEqual([]);
  });

  it('drops a waiting task that is cancelled; a taken one sees its flag', async () => {
    const { queue, enter } = bench();
    const [one, two] = [new AbortController(), new AbortController()];
    const waiting = enter('waiting', { signal: one.signal });
    const running = enter('running', { signal: two.signal });
    const job = queue.visitors(9)[1]!;
    queue.take(job);
    one.abort(new Error('away'));
    two.abort(new Error('gone'));
    await expect(waiting).rejects.toThrow('away');
    expect(queue.size()).toBe(0);
    expect(new Int32Array(job.stop)[0]).toBe(1);
    job.resolve(7);
    expect(await running).toBe(7);
    const late = bench();
    await expect(late.enter('late', { signal: one.signal })).rejects.toThrow('away');
    expect(late.entered()).toBe(0);
  });

  it('of two the first goes where both rank alike', () => {
    const job = (task: string, rank: number) => ({ task, rank }) as Waiting;
    const [a, b, c] = [job('a', 1), job('b', 1), job('c', 0)];
    expect([earlier(a, b), earlier(a, c), earlier(c, a)]).toEqual([a, c, c]);
    expect([earlier(undefined, b), earlier(a, undefined)]).toEqual([b, a]);
  });
});
