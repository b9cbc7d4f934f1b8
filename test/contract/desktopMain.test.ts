// The window's process as it starts, over a stand-in for Electron and the real engine behind it: what the page
// may ask, what the menu and the system tell the page, and how the program ends.
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MessagePort } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { PROTOCOL } from '../../electron/api/wire/limits.ts';
import { createClient, type Client } from '../../electron/api/wire/client.ts';
import { portTransport } from '../../electron/api/wire/transport.ts';
import { APP_START } from '../../electron/main/security.ts';
import { ensureWasm } from '../../build/wasm.ts';
import {
  app,
  BrowserWindow,
  dialogAnswers,
  menus,
  nativeTheme,
  processHost,
  proxies,
  registeredCalls,
  schemes,
  shownFiles,
} from '../helpers/standIns/electronMock.ts';
import { playedHost } from '../helpers/drivers/utilityProcesses.ts';

const root = join(import.meta.dirname, '../..');
const SAMPLES = join(root, 'models/demo/samples');

interface MenuEntry {
  readonly label?: string;
  readonly click?: () => void;
  readonly submenu?: readonly MenuEntry[];
}

describe('the desktop program', () => {
  const host = playedHost();
  let userData: string;
  let client: Client;
  const page = () => BrowserWindow.opened.at(-1)!.webContents;

  /** Calls as the preload does from our own page, or from another address. */
  const invoke = (channel: string, args: readonly unknown[] = [], url = APP_START) => {
    const ports: MessagePort[] = [];
    const frame = { url, top: null as unknown };
    frame.top = frame;
    const sender = {
      id: page().id,
      postMessage: (_channel: string, _value: unknown, sent: MessagePort[]) => ports.push(...sent),
    };
    const call = registeredCalls.get(channel) as unknown as (
      event: unknown,
      ...args: readonly unknown[]
    ) => Promise<{ ok: boolean; data?: unknown }>;
    return call({ senderFrame: frame, sender }, ...args).then((reply) => ({ ...reply, ports }));
  };

  beforeAll(async () => {
    await ensureWasm();
    userData = await mkdtemp(join(tmpdir(), 'salience-main-'));
    app.userData = userData;
    // Built, the entries lie in dist; here their sources run.
    processHost.fork = (entry) =>
      host.fork(
        join(root, entry.includes('engine') ? 'electron/engine' : 'electron/inference', 'entry.ts'),
        '',
        'engine',
      );
    await import('../../electron/main/main.ts');
    await vi.waitUntil(() => BrowserWindow.opened.length === 1, { timeout: 30_000 });
    const { ports } = await invoke('enginePort');
    const transport = portTransport(ports[0]!);
    ports[0]!.on('message', (bytes: unknown) => transport.receive(bytes));
    client = createClient(transport);
    await client.request('session.hello', {
      protocol: PROTOCOL,
      clientId: 'test',
      lastRevision: null,
    });
  });
  afterAll(() => rm(userData, { recursive: true, force: true }));

  test('opens one window on our page, whose every other caller is refused', async () => {
    expect(BrowserWindow.opened[0]!.loaded).toBe(APP_START);
    expect([...schemes.keys()].sort()).toEqual(['app', 'file', 'media']);
    expect((await schemes.get('file')!(new Request('https://a.example/'))).status).toBe(403);
    expect(await invoke('pick', ['folder'], 'https://elsewhere.example/')).toMatchObject({
      ok: false,
    });
  });

  test('a chosen or dropped folder is a handle that opens it', async () => {
    dialogAnswers.open = SAMPLES;
    const chosen = await invoke('pick', ['folder']);
    const dropped = await invoke('dropped', [join(SAMPLES, 'beach.jpg')]);
    expect(dropped.data).toBe(chosen.data);
    const opened = await client.request('project.openFolder', { folder: chosen.data as never });
    expect(opened.images).toBe(8);
    dialogAnswers.open = null;
    expect(await invoke('pick', ['project'])).toMatchObject({ ok: true, data: null });
    expect(await invoke('dropped', ['relative/beach.jpg'])).toMatchObject({ ok: true, data: null });
  });

  test('an image of the open project is shown by the media scheme, its file by the file manager', async () => {
    const { images } = await client.request('image.list', {
      cursor: 0,
      limit: 1,
      filter: {},
      order: 'name',
    });
    await client.request('image.showFile', { imageId: images[0]!.id });
    await expect.poll(() => shownFiles).toEqual([join(SAMPLES, images[0]!.name)]);
    const { url } = await client.request('image.open', { imageId: images[0]!.id });
    const answer = await schemes.get('media')!(new Request(url));
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(1000);
  });

  test('the menu, a theme and a project opened from outside arrive where they belong', async () => {
    const file = (menus.current as MenuEntry[]).find(({ label }) => label === '&File')!;
    file.submenu!.find(({ label }) => label === 'Export…')!.click!();
    expect(page().sent.at(-1)).toEqual({ channel: 'menu', value: 'app.export' });
    await invoke('theme', ['light']);
    expect(nativeTheme.themeSource).toBe('light');
    page().emit('did-finish-load');
    app.emit('second-instance', {}, ['salience', 'a.salience'], '/data');
    await expect.poll(() => page().sent.at(-1)?.channel).toBe('openProject');
  });

  test('downloads go through the proxy of the system', async () => {
    for (const name of ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'])
      vi.stubEnv(name, '');
    const asked: string[] = [];
    const proxy = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.writeHead(404).end();
    }).on('connect', (request, socket) => {
      asked.push(request.url ?? '');
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    });
    await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
    try {
      const { port } = proxy.address() as AddressInfo;
      proxies.set('https://hub.test', `SOCKS 127.0.0.1:1; PROXY 127.0.0.1:${port}; DIRECT`);
      await client.request('settings.set', { hubMirror: 'https://hub.test' });
      expect(await client.request('model.place', {})).toMatchObject({
        hub: 'hub.test',
        proxy: true,
      });
      await expect(
        client.request('model.install', { id: 'blip-itm-base-coco' }),
      ).rejects.toMatchObject({ code: 'HUB_UNREACHABLE' });
      expect(asked).toEqual(['hub.test:443']);
    } finally {
      vi.unstubAllEnvs();
      proxy.close();
    }
  });

  test('quitting waits until the engine has closed', async () => {
    let prevented = 0;
    const event = { preventDefault: () => (prevented += 1) };
    app.emit('before-quit', event);
    await expect.poll(() => app.asked.map(({ verb }) => verb)).toEqual(['quit']);
    app.emit('before-quit', event);
    expect(prevented).toBe(1);
    await expect
      .poll(() => host.forked.every(({ child }) => child.exitCode !== null || child.signalCode))
      .toBeTruthy();
  });
});
