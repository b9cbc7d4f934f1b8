// Downloads against a hub on loopback where everything that can go wrong does.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { Agent, createServer, request as askHttp, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { downloadPack } from '../../../../../models/packs/download/download.ts';
import type {
  DownloadOptions,
  DownloadProgress,
} from '../../../../../models/packs/download/order.ts';
import { useProxyOf } from '../../../../../models/packs/download/hub/network.ts';
import { discardDownload, pendingDownloads } from '../../../../../models/packs/download/partial.ts';
import { listPacks } from '../../../../../models/packs/store.ts';
import { verifyPack } from '../../../../../models/packs/verify.ts';
import { writeBlipFolder } from '../../../../helpers/fixtures/blipCheckpoint.ts';
import { startHub, type HubServer } from '../../../../helpers/standIns/hubServer.ts';
import { temporaryFolder } from '../../../../helpers/drivers/temporaryFolder.ts';

const request = { id: 'tiny', repo: 'test/model', words: { name: 'Tiny', licence: 'MIT' } };

async function scene() {
  const folder = await temporaryFolder();
  const source = join(folder.path, 'source');
  await writeBlipFolder(source);
  const files: Record<string, Buffer> = {
    'README.md': Buffer.from('hello'),
    'tf_model.h5': Buffer.alloc(20_000),
  };
  for (const name of await readdir(source)) files[name] = await readFile(join(source, name));
  const hub = await startHub(files);
  const places = { builtIn: [], installed: join(folder.path, 'packs') };
  const waits: number[] = [];
  const options: DownloadOptions = {
    places,
    endpoint: hub.endpoint,
    patience: { wait: (ms) => Promise.resolve(void waits.push(ms)), random: () => 1 },
  };
  return {
    folder,
    hub,
    places,
    options,
    waits,
    weights: files['model.safetensors'] as Buffer,
    partial: join(places.installed, '.partial', 'tiny'),
    run: (more: Partial<DownloadOptions> = {}) => downloadPack(request, { ...options, ...more }),
    async [Symbol.asyncDispose]() {
      await hub[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** Faults for the first requests of one place, then none. */
function first(
  where: string,
  path: string,
  ...faults: ReturnType<HubServer['fault']>[]
): HubServer['fault'] {
  return (seen) => (seen.where === where && seen.path === path ? faults[seen.count] : undefined);
}

describe('a download', () => {
  it('fetches one form of the weights, config, tokenizer and preprocessing, and installs a pack that verifies', async () => {
    await using s = await scene();
    const seen: DownloadProgress[] = [];
    const { folder, manifest } = await s.run({ onProgress: (progress) => seen.push(progress) });
    expect(manifest).toMatchObject({
      id: 'tiny',
      name: 'Tiny',
      family: 'blip-itm',
      source: { repo: 'test/model', revision: s.hub.commit },
    });
    expect((await readdir(folder)).sort()).toEqual([
      'config.json',
      'model.safetensors',
      'pack.json',
      'vocab.txt',
    ]);
    expect((await verifyPack(folder)).problems).toEqual([]);
    expect(await readdir(s.places.installed)).toEqual(['.partial', 'tiny']);
    expect(await readdir(join(s.places.installed, '.partial'))).toEqual([]);
    expect([...new Set(seen.map(({ stage }) => stage))]).toEqual([
      'listing',
      'fetching',
      'checking',
      'installing',
    ]);
    expect(seen.at(-1)?.received).toBe(seen.at(-1)?.total);
    const asked = s.hub.requests.filter(({ where }) => where === 'resolve').map(({ path }) => path);
    expect(asked).not.toContain('tf_model.h5');
  });

  it('refuses to replace an installed pack', async () => {
    await using s = await scene();
    await s.run();
    await expect(s.run()).rejects.toMatchObject({ code: 'PACK_EXISTS' });
  });

  it('sends the token to the hub and never to the place it redirects to', async () => {
    await using s = await scene();
    await s.run({ token: 'hf_secret' });
    for (const { where, authorization } of s.hub.requests)
      expect([where, authorization]).toEqual([
        where,
        where === 'content' ? null : 'Bearer hf_secret',
      ]);
    expect(s.hub.requests.some(({ where }) => where === 'content')).toBe(true);
    await expect(
      s.run({
        token: 'hf_secret',
        endpoint: 'http://mirror.example',
        places: { builtIn: [], installed: join(s.folder.path, 'p2') },
      }),
    ).rejects.toMatchObject({
      code: 'DOWNLOAD_REFUSED',
      message: expect.stringContaining('https') as string,
    });
  });

  it('goes through a proxy that the environment names', async () => {
    await using s = await scene();
    const proxied: string[] = [];
    const proxy: Server = createServer((incoming, outgoing) => {
      // A plain proxy gets the whole address in the request line.
      proxied.push(incoming.url ?? '');
      // With an agent of its own: this process sends everything else through the proxy itself.
      const { range } = incoming.headers;
      const onward = askHttp(incoming.url ?? '', {
        agent: new Agent(),
        headers: range ? { range } : {},
      });
      onward.on('response', (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      onward.on('error', () => outgoing.destroy());
      onward.end();
    });
    // Before Node 26 fetch tunnels through proxies also for plain http.
    proxy.on('connect', (incoming, socket) => {
      proxied.push(incoming.url ?? '');
      const [host, port] = (incoming.url ?? '').split(':');
      const upstream = connect(Number(port), host, () => {
        socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
        upstream.pipe(socket).pipe(upstream);
      });
      upstream.on('error', () => socket.destroy());
      socket.on('error', () => upstream.destroy());
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const undo = useProxyOf({
      HTTP_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    });
    try {
      await s.run();
      expect(proxied.length).toBeGreaterThan(0);
    } finally {
      undo();
      proxy.closeAllConnections();
      proxy.close();
    }
  });
});

describe('bad lines', () => {
  it('a connection that breaks again and again is continued by ranges, without fetching a byte twice', async () => {
    await using s = await scene();
    s.hub.fault = ({ where, count }) =>
      where === 'content' && count < 5 ? { kind: 'cut', afterBytes: 9_000 } : undefined;
    const { folder } = await s.run();
    expect((await verifyPack(folder)).problems).toEqual([]);
    const ranges = s.hub.requests
      .filter(({ where }) => where === 'content')
      .map(({ range }) => range);
    expect(ranges.length).toBe(6);
    expect(ranges[0]).toBeNull();
    expect(ranges.slice(1).every((range) => /^bytes=[1-9]\d*-$/.test(range ?? ''))).toBe(true);
    expect(new Set(ranges).size).toBe(6);
    // Every try brought something, so patience never grew.
    expect(s.waits).toEqual([1000, 1000, 1000, 1000, 1000]);
  });

  it('a line that goes silent is dropped and continued', async () => {
    await using s = await scene();
    s.hub.fault = first('content', 'model.safetensors', { kind: 'hang', afterBytes: 20_000 });
    const { folder } = await s.run({ stallMs: 150 });
    expect((await verifyPack(folder)).problems).toEqual([]);
  });

  it('a slow line is not a silent one', async () => {
    await using s = await scene();
    s.hub.fault = first('content', 'model.safetensors', {
      kind: 'slow',
      pieceBytes: 12_000,
      pauseMs: 60,
    });
    await s.run({ stallMs: 400 });
    expect(s.waits).toEqual([]);
  });

  it('429 and 503 wait as long as the server asks, else longer each time', async () => {
    await using s = await scene();
    s.hub.fault = first(
      'content',
      'model.safetensors',
      { kind: 'status', status: 429, headers: { 'Retry-After': '7' } },
      { kind: 'status', status: 503 },
      { kind: 'status', status: 500 },
    );
    await s.run();
    expect(s.waits).toEqual([7000, 2000, 4000]);
  });

  it('the list of files is asked again as well', async () => {
    await using s = await scene();
    s.hub.fault = (seen) =>
      seen.where === 'tree' && seen.count === 0 ? { kind: 'status', status: 502 } : undefined;
    await s.run();
    expect(s.waits).toEqual([1000]);
  });

  it('a server without ranges sends everything again and that is noticed', async () => {
    await using s = await scene();
    s.hub.fault = first(
      'content',
      'model.safetensors',
      { kind: 'cut', afterBytes: 30_000 },
      { kind: 'ignoreRange' },
    );
    const { folder } = await s.run();
    expect((await verifyPack(folder)).problems).toEqual([]);
  });

  it.each([
    ['429', 'DOWNLOAD_BUSY'],
    ['500', 'DOWNLOAD_BROKEN'],
  ])('endless %s ends in %s, keeps what came, and can go on', async (status, code) => {
    await using s = await scene();
    s.hub.fault = ({ where, count }) =>
      where === 'content'
        ? count === 0
          ? { kind: 'cut', afterBytes: 25_000 }
          : { kind: 'status', status: Number(status) }
        : undefined;
    await expect(s.run()).rejects.toMatchObject({ code });
    const [pending] = await pendingDownloads(s.places.installed);
    expect(pending?.receivedBytes).toBeGreaterThan(25_000);
    expect(await listPacks(s.places)).toEqual([]);
    const before = s.hub.requests.length;
    s.hub.fault = () => undefined;
    const { folder } = await s.run();
    expect((await verifyPack(folder)).problems).toEqual([]);
    const after = s.hub.requests.slice(before).filter(({ where }) => where === 'content');
    expect(after.map(({ range }) => range)).toEqual([expect.stringMatching(/^bytes=[1-9]/)]);
  });

  it('a server that is not there is told after three tries', async () => {
    await using s = await scene();
    await expect(s.run({ endpoint: 'http://127.0.0.1:4' })).rejects.toMatchObject({
      code: 'DOWNLOAD_UNREACHABLE',
    });
    expect(s.waits).toEqual([1000, 1000]);
    expect(await readdir(join(s.places.installed, '.partial'))).toEqual([]);
  });
});

describe('refusals', () => {
  it.each([
    ['info', 401, 'DOWNLOAD_TOKEN_NEEDED', /token/],
    ['resolve', 403, 'DOWNLOAD_TOKEN_NEEDED', /conditions/],
    ['info', 404, 'DOWNLOAD_NOT_FOUND', /revision/],
    ['resolve', 404, 'DOWNLOAD_NOT_FOUND', /config\.json/],
    ['tree', 418, 'DOWNLOAD_REFUSED', /418/],
  ])('%s answering %i is %s at once', async (where, status, code, message) => {
    await using s = await scene();
    s.hub.fault = (seen) => (seen.where === where ? { kind: 'status', status } : undefined);
    await expect(s.run()).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message) as string,
    });
    expect(s.waits).toEqual([]);
    expect(await listPacks(s.places)).toEqual([]);
  });

  it('a repository that does not exist, and names that are none', async () => {
    await using s = await scene();
    for (const repo of ['test/other', '../../etc', 'a/b/c', 'x y'])
      await expect(downloadPack({ ...request, repo }, s.options)).rejects.toMatchObject({
        code: 'DOWNLOAD_NOT_FOUND',
      });
  });

  it.each([
    ['no JSON', 'tree', '<html>'],
    ['another form', 'tree', '{"error":1}'],
    ['sizes that are none', 'tree', '[{"type":"file","path":"config.json","size":-1}]'],
    ['no commit', 'info', '{"id":"test/model"}'],
    ['an answer without end', 'tree', `["${'x'.repeat(17 * 1024 * 1024)}"]`],
  ])('a mirror that answers with %s', async (_what, where, body) => {
    await using s = await scene();
    s.hub.fault = (seen) => (seen.where === where ? { kind: 'body', body } : undefined);
    await expect(s.run()).rejects.toMatchObject({ code: 'DOWNLOAD_REFUSED' });
  });

  it('a listing without checksums, without weights, or without tokenizer', async () => {
    await using s = await scene();
    const entry = (path: string, oid?: string) => ({
      type: 'file',
      path,
      size: 5,
      ...(oid ? { oid } : {}),
    });
    const trees: [unknown[], string][] = [
      [[entry('model.safetensors'), entry('vocab.txt', 'a'.repeat(40))], 'DOWNLOAD_CHECKSUM'],
      [
        [entry('flax_model.msgpack', 'a'.repeat(40)), entry('vocab.txt', 'a'.repeat(40))],
        'DOWNLOAD_NOT_FOUND',
      ],
      [[entry('model.safetensors', 'a'.repeat(40))], 'DOWNLOAD_NOT_FOUND'],
    ];
    for (const [tree, code] of trees) {
      s.hub.fault = (seen) =>
        seen.where === 'tree' ? { kind: 'body', body: JSON.stringify(tree) } : undefined;
      await expect(s.run()).rejects.toMatchObject({ code });
    }
  });
});

describe('damage', () => {
  it('a wrong checksum installs nothing, and going on fetches only the damaged file again', async () => {
    await using s = await scene();
    s.hub.fault = first('content', 'model.safetensors', { kind: 'flip' });
    await expect(s.run()).rejects.toMatchObject({
      code: 'DOWNLOAD_CHECKSUM',
      file: 'model.safetensors',
    });
    expect(await listPacks(s.places)).toEqual([]);
    const before = s.hub.requests.length;
    const { folder } = await s.run();
    expect((await verifyPack(folder)).problems).toEqual([]);
    expect(s.hub.requests.slice(before).map(({ path }) => path)).toEqual([
      'model.safetensors',
      'model.safetensors',
    ]);
  });

  it('a small file is checked too, by its git name', async () => {
    await using s = await scene();
    s.hub.fault = first('resolve', 'vocab.txt', { kind: 'flip' });
    await expect(s.run()).rejects.toMatchObject({ code: 'DOWNLOAD_CHECKSUM', file: 'vocab.txt' });
  });

  it('a server that sends more than it lists is stopped there', async () => {
    await using s = await scene();
    s.hub.fault = first('content', 'model.safetensors', { kind: 'extra', bytes: 5_000_000 });
    await expect(s.run()).rejects.toMatchObject({ code: 'DOWNLOAD_CHECKSUM', found: 'more' });
  });

  it('a part file that was damaged on this disk is found by the checksum', async () => {
    await using s = await scene();
    s.hub.fault = first(
      'content',
      'model.safetensors',
      { kind: 'cut', afterBytes: 30_000 },
      { kind: 'status', status: 404 },
    );
    await expect(s.run()).rejects.toMatchObject({ code: 'DOWNLOAD_NOT_FOUND' });
    const part = join(s.partial, 'model.safetensors.part');
    const bytes = await readFile(part);
    bytes.fill(0, 1000, 2000);
    await writeFile(part, bytes);
    await expect(s.run()).rejects.toMatchObject({ code: 'DOWNLOAD_CHECKSUM' });
    expect((await verifyPack((await s.run()).folder)).problems).toEqual([]);
  });

  it('a branch that moves while the download is paused does not mix two commits', async () => {
    await using s = await scene();
    s.hub.fault = first(
      'content',
      'model.safetensors',
      { kind: 'cut', afterBytes: 30_000 },
      { kind: 'status', status: 404 },
    );
    await expect(s.run()).rejects.toMatchObject({ code: 'DOWNLOAD_NOT_FOUND' });
    s.hub.commit = 'd'.repeat(40);
    await expect(s.run()).rejects.toMatchObject({ code: 'DOWNLOAD_NOT_FOUND' });
    await discardDownload(s.places.installed, 'tiny');
    expect((await s.run()).manifest.source?.revision).toBe('d'.repeat(40));
  });
});

describe('room on the disk', () => {
  it('is asked for before anything is fetched', async () => {
    await using s = await scene();
    await expect(s.run({ freeBytes: () => Promise.resolve(50_000) })).rejects.toMatchObject({
      code: 'DOWNLOAD_DISK_FULL',
      message: expect.stringContaining('50000 bytes free') as string,
    });
    expect(s.hub.requests.some(({ where }) => where === 'resolve')).toBe(false);
  });

  it('may still end while writing: a clear error, and the rest comes later', async () => {
    await using s = await scene();
    let room = 40_000;
    await expect(
      s.run({
        async write(file, bytes, position) {
          room -= bytes.length;
          if (room < 0) throw Object.assign(new Error('write'), { code: 'ENOSPC' });
          await file.write(bytes, 0, bytes.length, position);
        },
      }),
    ).rejects.toMatchObject({ code: 'DOWNLOAD_DISK_FULL', file: 'model.safetensors' });
    expect(s.waits).toEqual([]);
    expect(await listPacks(s.places)).toEqual([]);
    expect((await verifyPack((await s.run()).folder)).problems).toEqual([]);
  });
});

describe('pause, cancel, two at once', () => {
  it('pausing keeps what has come; going on needs no new list; cancelling leaves nothing', async () => {
    await using s = await scene();
    const pause = new AbortController();
    const reason = new Error('paused');
    const onProgress = ({ file, received }: DownloadProgress) => {
      if (file === 'model.safetensors' && received > 20_000) pause.abort(reason);
    };
    s.hub.fault = first('content', 'model.safetensors', {
      kind: 'slow',
      pieceBytes: 8_000,
      pauseMs: 20,
    });
    await expect(s.run({ signal: pause.signal, onProgress })).rejects.toBe(reason);
    const [pending] = await pendingDownloads(s.places.installed);
    expect(pending).toMatchObject({ plan: { id: 'tiny', name: 'Tiny', repo: 'test/model' } });
    expect(pending?.receivedBytes).toBeGreaterThan(20_000);
    expect(pending?.receivedBytes).toBeLessThan(pending?.totalBytes ?? 0);
    const lists = s.hub.requests.filter(({ where }) => where === 'tree').length;
    await s.run();
    expect(s.hub.requests.filter(({ where }) => where === 'tree').length).toBe(lists);

    await discardDownload(s.places.installed, 'tiny');
    expect(await pendingDownloads(s.places.installed)).toEqual([]);
    await expect(discardDownload(s.places.installed, '../tiny')).rejects.toMatchObject({
      code: 'PACK_NOT_FOUND',
    });
  });

  it('an abort ends a long wait at once', async () => {
    await using s = await scene();
    s.hub.fault = (seen) =>
      seen.where === 'tree'
        ? { kind: 'status', status: 429, headers: { 'Retry-After': '500' } }
        : undefined;
    const stop = new AbortController();
    const reason = new Error('stopped');
    const { patience: _, ...options } = s.options;
    const run = downloadPack(request, {
      ...options,
      signal: stop.signal,
      onProgress: ({ retry }) => retry && stop.abort(reason),
    });
    await expect(run).rejects.toBe(reason);
  });

  it('a second download of the same pack is refused while the first runs', async () => {
    await using s = await scene();
    s.hub.fault = first('content', 'model.safetensors', {
      kind: 'slow',
      pieceBytes: 20_000,
      pauseMs: 20,
    });
    const running = s.run();
    await new Promise<void>((resolve) => {
      const before = s.hub.fault;
      s.hub.fault = (seen) => (resolve(), before(seen));
    });
    await expect(s.run()).rejects.toMatchObject({ code: 'DOWNLOAD_BUSY' });
    await running;
  });
});
