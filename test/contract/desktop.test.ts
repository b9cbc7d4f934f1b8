// The desktop's processes without its binary: the window's process as it is, the real entries of engine and
// model process behind it, and a client where the page would be.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MessagePort } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PROTOCOL } from '../../electron/api/wire/limits.ts';
import { createClient, type Client } from '../../electron/api/wire/client.ts';
import { portTransport } from '../../electron/api/wire/transport.ts';
import { startProcesses, type Processes } from '../../electron/main/processes.ts';
import { ensureWasm } from '../../build/wasm.ts';
import { playedHost } from '../helpers/drivers/utilityProcesses.ts';

const root = join(import.meta.dirname, '../..');

describe('the desktop processes', () => {
  const host = playedHost();
  const lost: string[] = [];
  const log: string[] = [];
  let processes: Processes;
  let client: Client;
  let userData: string;

  beforeAll(async () => {
    await ensureWasm();
    userData = await mkdtemp(join(tmpdir(), 'salience-desktop-'));
    processes = startProcesses({
      host,
      engineEntry: join(root, 'electron/engine/entry.ts'),
      inferenceEntry: join(root, 'electron/inference/entry.ts'),
      start: { userDataFolder: userData, appFolder: root, version: '0.0.0' },
      secret: () => Promise.resolve(null),
      proxyFor: async () => null,
      showFile: () => undefined,
      openPage: () => undefined,
      log: (line) => log.push(line),
      onEngineLost: (reason) => lost.push(reason),
    });
    const port = processes.connectWindow() as unknown as MessagePort;
    const transport = portTransport(port);
    port.on('message', (bytes: unknown) => transport.receive(bytes));
    client = createClient(transport);
  });
  afterAll(async () => {
    await processes.stop(1000);
    await rm(userData, { recursive: true, force: true });
  });

  test('the engine answers a window that asked before it was ready, and says what the desktop can', async () => {
    const hello = await client.request('session.hello', {
      protocol: PROTOCOL,
      clientId: 'test',
      lastRevision: null,
    });
    expect(hello).toMatchObject({ host: 'desktop', nativeDialogs: true, projectOpen: false });
    expect(log).toContain('engine: ready');
  });

  const prelabel = async () => {
    const { images } = await client.request('image.list', {
      cursor: 0,
      limit: 1,
      filter: {},
      order: 'name',
    });
    const { categories } = await client.request('project.summary', {});
    return client.request('prelabel.run', {
      imageId: images[0]!.id,
      classes: categories.map(({ id, name, prompt, synonyms }) => ({
        categoryId: id,
        name,
        prompt,
        synonyms,
        threshold: null,
      })),
      params: { preset: 'pack', overrides: {} },
      commit: true,
    });
  };

  test('the sample is pre-labelled by a model process of its own', async () => {
    await client.request('project.openSample', {});
    await client.request('category.add', { names: ['crab', 'sun'] });
    const { run, proposals } = await prelabel();
    expect(run.provider).toBe('cpu');
    expect(proposals.length).toBeGreaterThan(0);
    expect(host.forked.length).toBe(2);
  });

  test('a killed model process is started again by the next run', async () => {
    host.forked[1]!.kill();
    await expect.poll(() => host.forked[1]!.child.signalCode).toBe('SIGKILL');
    await prelabel();
    expect(host.forked.length).toBe(3);
    expect(lost).toEqual([]);
  });

  test('a chosen path becomes a handle, and media addresses become pictures', async () => {
    const folder = await processes.handleFor(join(root, 'models/demo/samples'));
    const opened = await client.request('project.openFolder', { folder });
    expect(opened.images).toBe(8);
    const thumb = `thumb/${opened.id}/1`;
    await expect
      .poll(async () => (await processes.media(thumb, new AbortController().signal))?.kind)
      .toBeDefined();
    const picture = (await processes.media(thumb, new AbortController().signal))!;
    const bytes =
      picture.kind === 'bytes' ? picture.bytes : new Uint8Array(await readFile(picture.path));
    expect(bytes.length).toBeGreaterThan(200);
    expect(await processes.media('thumb/../../secret', new AbortController().signal)).toBeNull();
  });

  test('closing waits for the engine, and the engine for its model process', async () => {
    await processes.stop(60_000);
    expect(host.forked[2]!.child.exitCode).toBe(0);
    expect(lost).toEqual([]);
  });
});
