// Orders of questions: which are asked, which answers count, what a failure does to those behind it.
import { describe, expect, it } from 'vitest';
import { newest, newestWaits, serial } from '../../../../renderer/src/host/newest.ts';

/** Work whose questions wait until a test answers them. */
function held<T>() {
  const open = new Map<T, { done: () => void; failed: (error: Error) => void }>();
  const asked: T[] = [];
  const work = (input: T) => {
    asked.push(input);
    return new Promise<void>((done, failed) => open.set(input, { done, failed }));
  };
  return { asked, work, open: (input: T) => open.get(input)! };
}
const turn = () => new Promise((done) => setTimeout(done));

describe('newest', () => {
  it('gives null to the older question and aborts its signal', async () => {
    const { work, open } = held<string>();
    const signals: AbortSignal[] = [];
    const { ask } = newest(async (signal, name: string) => {
      signals.push(signal);
      await work(name);
      return name;
    });
    const first = ask('a');
    const second = ask('b');
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
    open('b').done();
    open('a').done();
    expect([await first, await second]).toEqual([null, 'b']);
  });

  it('keeps a failure of the older question quiet, and tells that of the newest', async () => {
    const { work, open } = held<string>();
    const { ask } = newest((_, name: string) => work(name));
    const first = ask('a');
    const second = ask('b');
    open('a').failed(new Error('a failed'));
    open('b').failed(new Error('b failed'));
    expect(await first).toBeNull();
    await expect(second).rejects.toThrow('b failed');
  });

  it('gives null to what was stopped', async () => {
    const { work, open } = held<string>();
    const { ask, stop } = newest((_, name: string) => work(name));
    const first = ask('a');
    stop();
    open('a').done();
    expect(await first).toBeNull();
  });
});

describe('newestWaits', () => {
  it('asks one at a time and leaves out what a newer one replaced', async () => {
    const { asked, work, open } = held<number>();
    const line = newestWaits(work);
    const all = [1, 2, 3].map((n) => line.ask(n));
    expect(asked).toEqual([1]);
    open(1).done();
    await turn();
    expect(asked).toEqual([1, 3]);
    expect(line.running).not.toBeNull();
    open(3).done();
    await Promise.all(all);
    expect(line.running).toBeNull();
  });

  it('forgets what waits', async () => {
    const { asked, work, open } = held<number>();
    const line = newestWaits(work);
    const first = line.ask(1);
    void line.ask(2);
    line.forget();
    open(1).done();
    await first;
    expect(asked).toEqual([1]);
  });

  it('rejects with a failure and takes questions again', async () => {
    const { asked, work, open } = held<number>();
    const line = newestWaits(work);
    const first = line.ask(1);
    open(1).failed(new Error('no'));
    await expect(first).rejects.toThrow('no');
    const second = line.ask(2);
    open(2).done();
    await second;
    expect(asked).toEqual([1, 2]);
  });
});

describe('serial', () => {
  it('begins each when the one before has ended, a failed one too', async () => {
    const { asked, work, open } = held<number>();
    const inTurn = serial();
    const first = inTurn(() => work(1));
    const second = inTurn(async () => {
      await work(2);
      return 'two';
    });
    await turn();
    expect(asked).toEqual([1]);
    open(1).failed(new Error('no'));
    await expect(first).rejects.toThrow('no');
    await turn();
    expect(asked).toEqual([1, 2]);
    open(2).done();
    expect(await second).toBe('two');
  });
});
