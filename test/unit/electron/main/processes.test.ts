import type { MessageChannelMain, UtilityProcess } from 'electron';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Processes } from '../../../../electron/main/processes.ts';
import { startProcesses } from '../../../../electron/main/processes.ts';
import { FakeUtilityProcess } from '../../../helpers/standIns/electronMock.ts';

describe('engine and inference processes', () => {
  let forked: { entry: string; process: FakeUtilityProcess }[];
  let processes: Processes;
  let lost: string[];
  let logged: string[];
  const engine = () => forked[0]?.process as FakeUtilityProcess;
  const toEngine = () => engine().sent.map(({ message }) => message as { kind: string });

  beforeEach(() => {
    forked = [];
    lost = [];
    logged = [];
    processes = startProcesses({
      host: {
        fork: (entry) => {
          const process = new FakeUtilityProcess();
          forked.push({ entry, process });
          return process as unknown as UtilityProcess;
        },
        channel: () => ({ port1: { end: 1 }, port2: { end: 2 } }) as unknown as MessageChannelMain,
      },
      engineEntry: 'engine.js',
      inferenceEntry: 'inference.js',
      start: { userDataFolder: '/u', appFolder: '/a', version: '0' },
      secret: async (request) => {
        if (request.verb === 'get') return `secret of ${request.name}`;
        throw new Error('the keyring is locked');
      },
      proxyFor: async (url) => `http://proxy.of.${new URL(url).host}:3128`,
      showFile: () => undefined,
      openPage: () => undefined,
      log: (line) => logged.push(line),
      onEngineLost: (reason) => lost.push(reason),
    });
  });

  test('an inference generation is forked when the engine asks, with one port end each', () => {
    engine().emit('message', { kind: 'spawnInference', generation: 3 });
    expect(forked.map(({ entry }) => entry)).toEqual(['engine.js', 'inference.js']);
    expect(forked[1]?.process.sent).toEqual([
      { message: { kind: 'serve', generation: 3 }, ports: [{ end: 1 }] },
    ]);
    expect(engine().sent.at(-1)).toEqual({
      message: { kind: 'inference', generation: 3 },
      ports: [{ end: 2 }],
    });
  });

  test('the end of inference is told to the engine and nothing else ends', () => {
    engine().emit('message', { kind: 'spawnInference', generation: 1 });
    forked[1]?.process.emit('exit', 134);
    expect(toEngine().at(-1)).toEqual({
      kind: 'inferenceExited',
      generation: 1,
      reason: 'exit code 134',
    });
    expect(lost).toEqual([]);
  });

  test('a kill meant for an older generation spares the present one', () => {
    engine().emit('message', { kind: 'spawnInference', generation: 2 });
    engine().emit('message', { kind: 'killInference', generation: 1 });
    expect(forked[1]?.process.killed).toBe(false);
    engine().emit('message', { kind: 'killInference', generation: 2 });
    expect(forked[1]?.process.killed).toBe(true);
  });

  test('a process without a pid is killed as soon as it has one', () => {
    engine().emit('message', { kind: 'spawnInference', generation: 1 });
    const child = forked[1]?.process as FakeUtilityProcess;
    child.pid = undefined;
    engine().emit('message', { kind: 'killInference', generation: 1 });
    expect(child.killed).toBe(false);
    child.emit('spawn');
    expect(child.killed).toBe(true);
  });

  test('a chosen path becomes a handle; answers find their questions', async () => {
    const first = processes.handleFor('/a');
    const second = processes.handleFor('/b');
    const [one, two] = toEngine().slice(-2) as unknown as { id: number }[];
    engine().emit('message', { kind: 'path', id: two?.id, handle: 'hb' });
    engine().emit('message', { kind: 'path', id: one?.id, handle: 'ha' });
    expect(await Promise.all([first, second])).toEqual(['ha', 'hb']);
  });

  test('the engine is told which proxy leads to an address', async () => {
    engine().emit('message', { kind: 'proxy', id: 7, url: 'https://hub.example/api' });
    await expect
      .poll(() => toEngine().at(-1))
      .toEqual({ kind: 'proxy', id: 7, answer: 'http://proxy.of.hub.example:3128' });
  });

  test('a picture that the page gave up is given up by the engine too', async () => {
    const page = new AbortController();
    const asked = processes.media('thumb/1', page.signal);
    const [{ id }] = toEngine().slice(-1) as unknown as [{ id: number }];
    page.abort();
    expect(await asked).toBeNull();
    expect(toEngine().at(-1)).toEqual({ kind: 'mediaGone', id });
    expect(await processes.media('thumb/2', page.signal)).toBeNull();
    const whole = { kind: 'file', path: '/t.webp', mime: 'image/webp', etag: '"1"' };
    const other = processes.media('thumb/3', new AbortController().signal);
    const [{ id: second }] = toEngine().slice(-1) as unknown as [{ id: number }];
    engine().emit('message', { kind: 'media', id: second, media: whole });
    expect(await other).toEqual(whole);
  });

  test('the engine gets its secrets, and a store that fails is told without them', async () => {
    engine().emit('message', { kind: 'secret', id: 1, request: { verb: 'get', name: 'hub' } });
    engine().emit('message', {
      kind: 'secret',
      id: 2,
      request: { verb: 'set', name: 'hub', secret: 'hf_x' },
    });
    await expect
      .poll(() => toEngine().filter(({ kind }) => kind === 'secret'))
      .toEqual([
        { kind: 'secret', id: 1, answer: 'secret of hub' },
        { kind: 'secret', id: 2, answer: null },
      ]);
    expect(logged.join()).toContain('the keyring is locked');
    expect(logged.join()).not.toMatch(/hf_x|secret of/);
  });

  test('an engine that ends by itself is reported; one that was stopped is not', async () => {
    engine().emit('exit', 1);
    expect(lost).toEqual(['exit code 1']);
  });

  test('stopping waits for the engine, but not longer than the budget', async () => {
    vi.useFakeTimers();
    const stopping = processes.stop(4000);
    expect(toEngine().at(-1)).toEqual({ kind: 'stop' });
    await vi.advanceTimersByTimeAsync(4000);
    await stopping;
    expect(engine().killed).toBe(true);
    engine().emit('exit', 0);
    expect(lost).toEqual([]);
    vi.useRealTimers();
  });
});
