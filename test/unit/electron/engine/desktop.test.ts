// The engine behind a window: ports, handles, media and a clean stop, with the window's process played here.
import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import type { FromEngine, ToEngine } from '../../../../electron/api/wire/brokering.ts';
import { createClient } from '../../../../electron/api/wire/peer.ts';
import { portTransport } from '../../../../electron/api/wire/transport.ts';
import type { ParentPort, WindowPort } from '../../../../electron/engine/desktop.ts';
import { desktopWiring } from '../../../../electron/engine/desktop.ts';
import type { Engine } from '../../../../electron/engine/engine.ts';

/** Two joined ports with Electron's event shape. */
function portPair(): [WindowPort & EventEmitter, WindowPort & EventEmitter] {
  const make = () =>
    Object.assign(new EventEmitter(), {
      postMessage: (_message: unknown) => {},
      start: () => {},
      close: () => {},
    });
  const [a, b] = [make(), make()];
  a.postMessage = (data) => void queueMicrotask(() => b.emit('message', { data }));
  b.postMessage = (data) => void queueMicrotask(() => a.emit('message', { data }));
  return [a, b] as never;
}

function parentPort() {
  const events = new EventEmitter();
  const sent: FromEngine[] = [];
  const parent = {
    postMessage: (message: FromEngine) => void sent.push(message),
    on: (name: string, listener: (event: unknown) => void) => events.on(name, listener),
  };
  return {
    parent: parent as unknown as ParentPort,
    sent,
    tell: (data: ToEngine, ports: unknown[] = []) => events.emit('message', { data, ports }),
  };
}

const fakeEngine = (closed: () => void): Engine =>
  ({
    handlers: new Map([['project.close', async () => ({ ok: true })]]),
    onEvent: () => () => {},
    media: async (path: string) =>
      path === 'thumb/1'
        ? { kind: 'file', path: '/t.webp', mime: 'image/webp', etag: '"1"' }
        : null,
    handleOf: (path: string) => `handle of ${path}`,
    close: async () => closed(),
  }) as unknown as Engine;

describe('the engine on the desktop', () => {
  test('what comes before the engine exists waits for it', async () => {
    const { parent, sent, tell } = parentPort();
    const desktop = desktopWiring(parent, { start: () => {}, stopped: () => {} });
    tell({ kind: 'path', id: 4, path: '/photos' });
    expect(sent).toEqual([]);
    desktop.attach(fakeEngine(() => {}));
    await Promise.resolve();
    expect(sent).toEqual([{ kind: 'path', id: 4, handle: 'handle of /photos' }, { kind: 'ready' }]);
  });

  test('a window speaks frames over its port', async () => {
    const { parent, tell } = parentPort();
    desktopWiring(parent, { start: () => {}, stopped: () => {} }).attach(fakeEngine(() => {}));
    const [page, engineEnd] = portPair();
    tell({ kind: 'client' }, [engineEnd]);
    const transport = portTransport(page);
    page.on('message', ({ data }: { data: unknown }) => transport.receive(data));
    expect(await createClient(transport).request('project.close', {})).toEqual({ ok: true });
  });

  test('media is answered, also when there is none', async () => {
    const { parent, sent, tell } = parentPort();
    desktopWiring(parent, { start: () => {}, stopped: () => {} }).attach(fakeEngine(() => {}));
    tell({ kind: 'media', id: 1, path: 'thumb/1' });
    tell({ kind: 'media', id: 2, path: 'thumb/2' });
    await expect
      .poll(() => sent.filter(({ kind }) => kind === 'media'))
      .toMatchObject([
        { id: 1, media: { path: '/t.webp' } },
        { id: 2, media: null },
      ]);
  });

  test('a picture that nobody waits for any more is given up, without an answer', async () => {
    const { parent, sent, tell } = parentPort();
    let given: AbortSignal | null = null;
    const engine = {
      ...fakeEngine(() => {}),
      media: (_: string, signal: AbortSignal) => {
        given = signal;
        return new Promise((_, reject) =>
          signal.addEventListener('abort', () => reject(signal.reason as Error)),
        );
      },
    } as unknown as Engine;
    desktopWiring(parent, { start: () => {}, stopped: () => {} }).attach(engine);
    tell({ kind: 'media', id: 7, path: 'thumb/1' });
    tell({ kind: 'mediaGone', id: 7 });
    await expect.poll(() => given?.aborted).toBe(true);
    await new Promise(setImmediate);
    expect(sent.filter(({ kind }) => kind !== 'ready')).toEqual([]);
  });

  test('an inference port finds the generation that waits for it, and its exit is passed on', async () => {
    const { parent, sent, tell } = parentPort();
    const { broker } = desktopWiring(parent, { start: () => {}, stopped: () => {} });
    const exits: unknown[] = [];
    broker.onExit((generation, reason) => exits.push([generation, reason]));
    const port = broker.start(3);
    expect(sent).toEqual([{ kind: 'spawnInference', generation: 3 }]);
    const given = { mark: 'port' };
    tell({ kind: 'inference', generation: 3 }, [given]);
    expect(await port).toBe(given);
    tell({ kind: 'inferenceExited', generation: 3, reason: 'exit code 134' });
    expect(exits).toEqual([[3, 'exit code 134']]);
  });

  test('the proxy to an address is asked of the window’s process', async () => {
    const { parent, sent, tell } = parentPort();
    const { proxyFor } = desktopWiring(parent, { start: () => {}, stopped: () => {} });
    const [one, none] = [proxyFor('https://a.example'), proxyFor('https://b.example')];
    expect(sent).toEqual([
      { kind: 'proxy', id: 1, url: 'https://a.example' },
      { kind: 'proxy', id: 2, url: 'https://b.example' },
    ]);
    tell({ kind: 'proxy', id: 2, answer: null });
    tell({ kind: 'proxy', id: 1, answer: 'http://proxy.example:8080' });
    expect(await Promise.all([one, none])).toEqual(['http://proxy.example:8080', null]);
  });

  test('secrets are asked of the window’s process, each answer finding its question', async () => {
    const { parent, sent, tell } = parentPort();
    const { secrets } = desktopWiring(parent, { start: () => {}, stopped: () => {} });
    const [kept, lasts] = [secrets.get('hub.example'), secrets.lasts()];
    expect(sent).toEqual([
      { kind: 'secret', id: 1, request: { verb: 'get', name: 'hub.example' } },
      { kind: 'secret', id: 2, request: { verb: 'lasts' } },
    ]);
    tell({ kind: 'secret', id: 2, answer: true });
    tell({ kind: 'secret', id: 1, answer: 'hf_x' });
    expect(await Promise.all([kept, lasts])).toEqual(['hf_x', true]);
  });

  test('a stop closes the engine before it is reported', async () => {
    const order: string[] = [];
    const { parent, sent, tell } = parentPort();
    desktopWiring(parent, {
      start: () => {},
      stopped: () => order.push(`stopped after ${sent.at(-1)?.kind}`),
    }).attach(fakeEngine(() => order.push('closed')));
    tell({ kind: 'stop' });
    await expect.poll(() => order).toEqual(['closed', 'stopped after stopped']);
  });
});
