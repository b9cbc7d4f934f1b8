// Engines side by side: one runs at a time, and what was stopped or failed can be asked again.
import { describe, expect, it } from 'vitest';
import type { EngineOffer } from '../../../../../../electron/api/model.ts';
import { CompareEngines } from '../../../../../../renderer/src/screens/models/compare/compareEngines.svelte.ts';
import type { App } from '../../../../../../renderer/src/state/app.svelte.ts';

/** A window with three engines that answer when told to. */
function bench() {
  const asked: { engine: string; answer: () => void; fail: () => void }[] = [];
  const engines = ['a', 'b', 'c'].map((id) => ({ id, needs: [] }) as unknown as EngineOffer);
  const call = (
    method: string,
    { params }: { params: { engine: string } },
    { signal }: { signal?: AbortSignal } = {},
  ) => {
    if (method === 'prelabel.engines') return Promise.resolve({ engines });
    return new Promise((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason as Error));
      asked.push({
        engine: params.engine,
        answer: () => resolve({ masks: [], absent: [] }),
        fail: () => reject(new Error('no memory')),
      });
    });
  };
  const app = {
    session: { packs: [], categories: [], call },
    prelabel: { params: { engine: 'a' }, asked: [] },
    document: { image: { id: 1 } },
  };
  const compare = new CompareEngines(app as unknown as App);
  const states = () => compare.columns.map(({ state }) => state);
  const until = (...wanted: string[]) => expect.poll(() => states()).toEqual(wanted);
  return { compare, asked, until };
}

describe('engines side by side', () => {
  it('run one after the other', async () => {
    const { compare, asked, until } = bench();
    void compare.start();
    await until('running', 'waiting', 'waiting');
    asked[0]!.answer();
    await until('done', 'running', 'waiting');
    expect(asked.map(({ engine }) => engine)).toEqual(['a', 'b']);
  });

  it('that are stopped do not wait any more, and each can be run', async () => {
    const { compare, asked, until } = bench();
    void compare.start();
    await until('running', 'waiting', 'waiting');
    compare.stop();
    await until('stopped', 'stopped', 'stopped');
    void compare.run('b');
    await until('stopped', 'running', 'stopped');
    asked[1]!.answer();
    await until('stopped', 'done', 'stopped');
  });

  it('of which one failed and is asked again wait for the one that runs', async () => {
    const { compare, asked, until } = bench();
    void compare.start();
    await until('running', 'waiting', 'waiting');
    asked[0]!.fail();
    await until('failed', 'running', 'waiting');
    void compare.run('a');
    await until('waiting', 'running', 'waiting');
    asked[1]!.answer();
    await until('waiting', 'done', 'running');
    asked[2]!.answer();
    await until('running', 'done', 'done');
  });

  it('are not begun after the dialog was closed', async () => {
    const { compare, asked } = bench();
    const started = compare.start();
    compare.stop();
    await started;
    expect([compare.columns.length, asked.length]).toEqual([0, 0]);
  });
});
