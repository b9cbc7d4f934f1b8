// The first pack for photographs: which one is offered, what its end does, and the run that waits for it.
import { beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../../../electron/api/errors.ts';
import { DEFAULT_SETTINGS } from '../../../../../electron/api/settings.ts';
import type {
  DeviceReport,
  DeviceSummary,
  PackSummary,
} from '../../../../../electron/api/model.ts';
import { FirstPack } from '../../../../../renderer/src/screens/models/first/firstPack.svelte.ts';
import { Models } from '../../../../../renderer/src/screens/models/models.svelte.ts';
import {
  isFirstForPhotographs,
  knowsDrawnOnly,
  packToGet,
} from '../../../../../renderer/src/screens/models/first/photographs.ts';
import type { App } from '../../../../../renderer/src/state/app.svelte.ts';

const pack = (id: string, change: Partial<PackSummary> = {}): PackSummary => ({
  id,
  name: id,
  family: 'blip-itm',
  purpose: '',
  licence: '',
  bytes: 1.78e9,
  builtIn: false,
  state: 'notInstalled',
  problem: null,
  memoryBytes: 1,
  kind: 'itm',
  receivedBytes: 0,
  speedMs: null,
  clickMs: null,
  ...change,
});
const DRAWN = pack('drawn', { builtIn: true, state: 'ready', bytes: 9e6 });
const LARGE = pack('large');
const BASE = pack('base', { name: 'BLIP base, COCO', bytes: 0.895e9 });
const OTHER_BASE = pack('base-flickr', { bytes: 0.895e9 });
const CLIP = pack('clip', { kind: 'clip', bytes: 1e6 });
const ALL = [DRAWN, LARGE, BASE, OTHER_BASE, CLIP];

const report = (provider: string, works: boolean): DeviceReport => ({
  provider,
  offered: true,
  works,
  state: works ? 'passed' : 'untested',
  reason: null,
  milliseconds: null,
  speedup: null,
  largestError: null,
  steps: null,
  half: null,
  clickMs: null,
});
const devices = (chosen: string, works = true): DeviceSummary => ({
  devices: [report('cpu', true), report('webgpu', works)],
  chosen,
  reason: '',
  packId: 'drawn',
  testedAt: null,
});

it('knows drawn things alone where the first engine runs on the built-in model', () => {
  const [builtIn, blip] = [pack('scenes', { builtIn: true }), pack('blip')];
  expect([undefined, 'pnp'].map((engine) => knowsDrawnOnly(engine, builtIn))).toEqual([true, true]);
  expect(['naclip', 'car'].map((engine) => knowsDrawnOnly(engine, builtIn))).toEqual([
    false,
    false,
  ]);
  expect([blip, null].map((one) => knowsDrawnOnly('pnp', one))).toEqual([false, false]);
});

describe('the pack that is offered', () => {
  it('is the smallest without a tested GPU, the first of the catalogue with one', () => {
    expect(packToGet(ALL, null)?.id).toBe('base');
    expect(packToGet(ALL, devices('cpu'))?.id).toBe('base');
    expect(packToGet(ALL, devices('webgpu'))?.id).toBe('large');
    expect(packToGet(ALL, devices('webgpu', false))?.id, 'set by hand, not tested').toBe('base');
  });

  it('is the one whose download was begun, and none where one is here', () => {
    const begun = ALL.map((one) =>
      one.id === 'large' ? { ...one, state: 'paused' as const } : one,
    );
    expect(packToGet(begun, null)?.id).toBe('large');
    for (const state of ['ready', 'broken'] as const)
      expect(packToGet([...ALL, pack('own', { state })], null)).toBeNull();
    expect(packToGet([DRAWN], null)).toBeNull();
    expect(packToGet([DRAWN, pack('own', { state: 'byHand' })], null)).toBeNull();
  });

  it('is chosen by itself only as the first, and never over a choice', () => {
    const ready = { ...BASE, state: 'ready' as const };
    const there = [DRAWN, ready, LARGE];
    expect(isFirstForPhotographs(ready, there, '')).toBe(true);
    expect(isFirstForPhotographs(ready, there, 'drawn')).toBe(true);
    expect(isFirstForPhotographs(ready, there, 'gone')).toBe(false);
    expect(isFirstForPhotographs(ready, [...there, pack('own', { state: 'ready' })], '')).toBe(
      false,
    );
    expect(isFirstForPhotographs({ ...CLIP, state: 'ready' }, ALL, '')).toBe(false);
  });
});

/** A window whose engine ends a download when told to. */
function bench({ sample = false, chosen = '' } = {}) {
  const asked: string[] = [];
  const shown: { message: string; action: { label: string; run: () => void } | null }[] = [];
  const ran: string[] = [];
  const said: string[] = [];
  let end: { resolve: () => void; reject: (error: unknown) => void } | null = null;
  let signal: AbortSignal | undefined;
  const session = {
    packs: ALL as readonly PackSummary[],
    devices: [] as readonly DeviceReport[],
    settings: { ...DEFAULT_SETTINGS, packId: chosen },
    screen: 'label',
    project: { sample },
    scope: {},
    notices: { fellBack: null },
    get pack() {
      return session.packs.find(({ id }) => id === session.settings.packId) ?? DRAWN;
    },
    refreshModels: async () => {},
    changeSettings: async (patch: { packId: string }) => {
      session.settings = { ...session.settings, ...patch };
    },
    call: (method: string, input: { id: string }, options?: { signal?: AbortSignal }) => {
      asked.push(method);
      if (method === 'device.list') return Promise.resolve(devices('cpu'));
      if (method === 'model.precision') return Promise.resolve({ reports: [] });
      if (method === 'model.remove') {
        session.packs = ALL;
        return Promise.resolve({});
      }
      if (method !== 'model.install') return Promise.resolve({});
      signal = options?.signal;
      return new Promise((resolve, reject) => {
        end = {
          resolve: () => {
            const ready = {
              ...session.packs.find(({ id }) => id === input.id)!,
              state: 'ready' as const,
            };
            session.packs = session.packs.map((one) => (one.id === ready.id ? ready : one));
            resolve({ pack: ready });
          },
          reject,
        };
        signal?.addEventListener('abort', () => {
          session.packs = session.packs.map((one) =>
            one.id === input.id ? { ...one, state: 'paused' as const, receivedBytes: 9 } : one,
          );
          reject(new AppError('CANCELLED', 'stopped'));
        });
      });
    },
  };
  const app = {
    session,
    prelabel: { params: {} },
    toasts: {
      show: (message: string, { action = null }: { action?: (typeof shown)[0]['action'] } = {}) =>
        shown.push({ message, action }),
      say: (words: string) => said.push(words),
    },
    attempt: async (work: () => Promise<unknown>) => {
      await work();
      return true;
    },
    commands: { run: (id: string) => ran.push(id) > 0 },
  };
  const models = new Models(app as unknown as App);
  const first = new FirstPack(app as unknown as App, models);
  return {
    first,
    models,
    session,
    asked,
    shown,
    said,
    ran,
    leave: () => (session.scope = {}),
    ready: () => end!.resolve(),
    fail: (error: unknown) => end!.reject(error),
  };
}

describe('its download', () => {
  let window: ReturnType<typeof bench>;
  beforeEach(() => void (window = bench()));

  it('ends with the pack chosen, told with the way back', async () => {
    const { first, session, shown } = window;
    expect(first.state).toBe('offered');
    const got = first.get();
    expect(first.state).toBe('arriving');
    window.ready();
    await got;
    expect(first.state).toBe('none');
    expect(session.settings.packId).toBe('base');
    expect(shown.map(({ message }) => message)).toEqual(['BLIP base is ready and in use.']);
    expect(shown[0]!.action!.label).toBe('Use the drawn-scenes model');
    shown[0]!.action!.run();
    await expect.poll(() => session.settings.packId).toBe('drawn');
  });

  it('leaves a choice of another pack as it is', async () => {
    const { first, session, shown, models } = window;
    const got = models.downloads.start(BASE);
    await session.changeSettings({ packId: 'mine' });
    window.ready();
    await got;
    expect(session.settings.packId).toBe('mine');
    expect(shown.map(({ message }) => message)).toEqual(['BLIP base, COCO is ready.']);
    expect(first.waiting).toBe(false);
  });

  it('holds a run, which begins when the pack is ready', async () => {
    const { first, ran, session } = window;
    expect(first.hold(), 'nothing arrives yet').toBe(false);
    const got = first.get();
    expect(first.hold()).toBe(true);
    expect(first.waiting).toBe(true);
    expect(window.said).toEqual(['Runs when BLIP base is ready.']);
    expect(ran).toEqual([]);
    window.ready();
    await got;
    expect(ran).toEqual(['model.run']);
    expect(session.settings.packId).toBe('base');
    expect(first.hold(), 'it is ready').toBe(false);
  });

  it('lets go of the run when Run is pressed again, or the project is left', async () => {
    const { first, ran } = window;
    const got = first.get();
    first.hold();
    first.hold();
    expect(first.waiting).toBe(false);
    first.hold();
    window.leave();
    expect(first.waiting).toBe(false);
    window.ready();
    await got;
    expect(ran).toEqual([]);
  });

  it('lets the built-in model run meanwhile', () => {
    const { first, ran } = window;
    void first.get();
    first.hold();
    first.useMeanwhile();
    expect(ran).toEqual(['model.run']);
    expect(first.hold()).toBe(false);
  });

  it('never holds a run on the sample, which the built-in model knows', () => {
    const { first } = bench({ sample: true });
    void first.get();
    expect(first.state).toBe('arriving');
    expect(first.hold()).toBe(false);
  });

  it('is paused with what arrived, and goes on', async () => {
    const { first, asked } = window;
    const got = first.get();
    await first.pause();
    await got;
    expect(first.state).toBe('paused');
    expect(first.problem).toBeNull();
    void first.get();
    expect(first.state).toBe('arriving');
    expect(asked.filter((method) => method === 'model.install')).toHaveLength(2);
  });

  it('goes on at once, also while the list of packs is still read again', async () => {
    const { first, asked, session } = window;
    const got = first.get();
    let read = () => {};
    session.refreshModels = () => new Promise<void>((resolve) => (read = resolve));
    const paused = first.pause();
    await expect.poll(() => first.state).toBe('paused');
    void first.get();
    expect(first.state).toBe('arriving');
    read();
    await Promise.all([got, paused]);
    expect(first.state).toBe('arriving');
    expect(asked.filter((method) => method === 'model.install')).toHaveLength(2);
  });

  it('is cancelled with what arrived thrown away and nothing waiting', async () => {
    const { first, asked } = window;
    void first.get();
    first.hold();
    await first.cancel();
    expect(asked).toContain('model.remove');
    expect(first.waiting).toBe(false);
    expect(first.state).toBe('offered');
  });

  it('says what stopped it and stays with the waiting run', async () => {
    const { first } = window;
    const got = first.get();
    first.hold();
    window.fail(new AppError('HUB_UNREACHABLE', 'x', { data: { found: 'no network' } }));
    await got;
    expect(first.state).toBe('trouble');
    expect(first.problem!.message).toContain('no network');
    const again = first.get();
    expect(first.waiting).toBe(true);
    window.ready();
    await again;
    expect(window.ran).toEqual(['model.run']);
  });
});
