// The inference link over stand-in processes: what happens when one ends, hangs or will not start.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createInferenceHost } from '../../../../../electron/engine/inferenceLink/host.ts';
import type { HostTimes } from '../../../../../electron/engine/inferenceLink/host.ts';
import type { InferenceLink } from '../../../../../electron/engine/inferenceLink/link.ts';
import type { MemoryOperations } from '../../../../../electron/engine/inferenceLink/memory.ts';
import { memoryProcesses } from '../../../../../electron/engine/inferenceLink/memory.ts';

const FACTS = { width: 1, height: 1, orientation: 1, bytes: 1, mtimeMs: 1, hash: 'h' };
const PROBE = ['image.probe', { path: '/x' }] as const;

describe('inference link', () => {
  let link: InferenceLink;
  afterEach(async () => {
    await link.close();
    vi.useRealTimers();
  });

  const open = (
    operations: MemoryOperations,
    times: Partial<HostTimes> = {},
    nowMs: () => number = () => performance.now(),
  ) => {
    const processes = memoryProcesses(operations);
    link = createInferenceHost({ spawn: processes.spawn, log: () => undefined, times, nowMs });
    return processes;
  };

  /** An operation that waits to be released or cancelled. */
  const gate = () => {
    const releases: (() => void)[] = [];
    let cancelled = 0;
    return {
      releases,
      cancelled: () => cancelled,
      operation: (_: unknown, call: { signal: AbortSignal }) =>
        new Promise<typeof FACTS>((resolve, reject) => {
          releases.push(() => resolve(FACTS));
          call.signal.addEventListener('abort', () => {
            cancelled += 1;
            reject(new Error('stopped'));
          });
        }),
    };
  };
  const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

  it('starts no process before the first request and only one for many', async () => {
    const processes = open({ 'image.probe': () => FACTS });
    expect(processes.started()).toBe(0);
    const all = await Promise.all(Array.from({ length: 5 }, () => link.request(...PROBE)));
    expect(all).toEqual(Array.from({ length: 5 }, () => FACTS));
    expect(processes.started()).toBe(1);
  });

  it('fails what was running when the process ends and serves the next request by a new one', async () => {
    const { operation, releases } = gate();
    let first = true;
    const processes = open({
      'image.probe': (input, call) => {
        if (!first) return FACTS;
        first = false;
        return operation(input, call);
      },
    });
    const running = link.request(...PROBE);
    await expect.poll(() => releases.length).toBe(1);
    processes.crash();
    await expect(running).rejects.toMatchObject({ code: 'INFERENCE_EXITED' });
    expect(await link.request(...PROBE)).toEqual(FACTS);
    expect(link.status()).toMatchObject({ generation: 2, state: 'ready', failures: 0 });
  });

  it('opens the breaker after three crashes in a row and closes it by a restart', async () => {
    let healthy = false;
    const processes = open({
      'image.probe': () => {
        if (healthy) return FACTS;
        processes.crash();
        throw new Error('gone');
      },
    });
    const notices: string[] = [];
    link.onNotice((notice) => notices.push(notice.code));
    for (let i = 0; i < 3; i += 1)
      await expect(link.request(...PROBE)).rejects.toMatchObject({ code: 'INFERENCE_EXITED' });
    await expect(link.request(...PROBE)).rejects.toMatchObject({ code: 'INFERENCE_UNAVAILABLE' });
    expect(processes.started()).toBe(3);
    expect(notices.at(-1)).toBe('INFERENCE_UNAVAILABLE');
    healthy = true;
    await link.restart();
    expect(await link.request(...PROBE)).toEqual(FACTS);
  });

  it('lets one request try again when the breaker has rested', async () => {
    let healthy = false;
    let now = 0;
    const processes = open(
      {
        'image.probe': () => {
          if (healthy) return FACTS;
          processes.crash();
          throw new Error('gone');
        },
      },
      { breakerMs: 30 },
      () => now,
    );
    for (let i = 0; i < 3; i += 1) await link.request(...PROBE).catch(() => undefined);
    expect(link.status().state).toBe('broken');
    now += 31;
    healthy = true;
    expect(await link.request(...PROBE)).toEqual(FACTS);
    expect(link.status().failures).toBe(0);
  });

  it('settles a cancelled request at once, tells the process, and drops its late answer', async () => {
    const { operation, releases, cancelled } = gate();
    open({ 'image.probe': operation });
    const controller = new AbortController();
    const reason = new Error('not wanted');
    const running = link.request(...PROBE, { signal: controller.signal });
    await expect.poll(() => releases.length).toBe(1);
    controller.abort(reason);
    await expect(running).rejects.toBe(reason);
    await expect.poll(() => cancelled()).toBe(1);
    await settle();
    const next = link.request(...PROBE);
    await expect.poll(() => releases.length).toBe(2);
    releases[1]!();
    expect(await next).toEqual(FACTS);
  });

  it('never sends a request that was cancelled before the process was up', async () => {
    let calls = 0;
    open({
      'image.probe': () => {
        calls += 1;
        return FACTS;
      },
    });
    const controller = new AbortController();
    const first = link.request(...PROBE, { signal: controller.signal });
    controller.abort(new Error('early'));
    await expect(first).rejects.toThrow('early');
    await link.request(...PROBE);
    expect(calls).toBe(1);
  });

  it('ends the process as the last resort when a cancelled step never ends', async () => {
    const stuck = () => new Promise<never>(() => undefined);
    let calls = 0;
    const processes = open(
      { 'image.probe': () => (calls++ === 0 ? stuck() : FACTS) },
      { cancelBudgetMs: 10, cancelKillMs: 40 },
    );
    const notices: string[] = [];
    link.onNotice((notice) => notices.push(notice.code));
    const controller = new AbortController();
    const running = link.request(...PROBE, { signal: controller.signal });
    await expect.poll(() => calls).toBe(1);
    controller.abort(new Error('stop'));
    await expect(running).rejects.toThrow('stop');
    await expect.poll(() => link.status().state).toBe('idle');
    expect(notices).toContain('CANCEL_SLOW');
    expect(await link.request(...PROBE)).toEqual(FACTS);
    expect(processes.started()).toBe(2);
  });

  it('ends a process that does not start or stops answering', async () => {
    const processes = open({ 'image.probe': () => FACTS }, { startMs: 20 });
    processes.mute(true);
    await expect(
      Promise.race([
        link.request(...PROBE),
        settle()
          .then(() => settle())
          .then(() => 'open'),
      ]),
    ).resolves.toBe('open');
    await expect.poll(() => processes.started()).toBeGreaterThan(1);
    processes.mute(false);
    expect(await link.request(...PROBE)).toEqual(FACTS);
  });

  it('ends a process whose heart stopped', async () => {
    const { operation } = gate();
    let now = 0;
    const times = { heartbeatMs: 5, silenceMs: 30 };
    const processes = open({ 'image.probe': operation }, times, () => now);
    const running = link.request(...PROBE);
    await expect.poll(() => link.status().state).toBe('ready');
    processes.mute(true);
    now += 31;
    await expect(running).rejects.toMatchObject({ code: 'INFERENCE_EXITED' });
  });

  it('passes progress on, and the failure of an operation with its own code', async () => {
    open({
      'image.probe': (_, call) => {
        call.progress({ stage: 'Read image', done: 0, total: 1 });
        throw Object.assign(new Error('secret path'), {});
      },
    });
    const seen: unknown[] = [];
    await expect(
      link.request(...PROBE, { onProgress: (progress) => seen.push(progress) }),
    ).rejects.toMatchObject({ code: 'INTERNAL', message: expect.not.stringContaining('secret') });
    expect(seen).toEqual([{ stage: 'Read image', done: 0, total: 1 }]);
  });

  it('refuses further requests once closed and leaves no process behind', async () => {
    const { operation, releases } = gate();
    open({ 'image.probe': operation });
    const running = link.request(...PROBE);
    await expect.poll(() => releases.length).toBe(1);
    const closing = link.close();
    await expect(running).rejects.toMatchObject({ code: 'INFERENCE_EXITED' });
    await closing;
    await expect(link.request(...PROBE)).rejects.toMatchObject({ code: 'INFERENCE_UNAVAILABLE' });
    expect(link.status().state).toBe('idle');
  });
});
