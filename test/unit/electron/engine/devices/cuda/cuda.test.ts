// The CUDA libraries of the runtime by one command: what it would fetch, and a fetch against a feed on
// loopback that answers as NuGet does. The real feed is never asked.
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ZipFile } from 'yazl';
import { installLibraries } from '../../../../../../electron/engine/devices/cuda/install.ts';
import { askFeed } from '../../../../../../electron/engine/devices/cuda/offer.ts';
import { wantedLibraries } from '../../../../../../electron/engine/devices/cuda/wanted.ts';
import { temporaryFolder } from '../../../../../helpers/drivers/temporaryFolder.ts';
import { cudaCommand } from '../../../../../../electron/hosts/cli/devices/cuda.ts';
import type { CudaParts } from '../../../../../../electron/hosts/cli/devices/cuda.ts';

const RUNTIME = join(import.meta.dirname, '../../../../../../node_modules/onnxruntime-node');
const NAME = 'Test.Gpu.Linux';
const LIBRARIES = ['libonnxruntime_providers_cuda.so', 'libonnxruntime_providers_shared.so'];

/** A package with the libraries, something large that is not wanted, and a listing in a feed. */
async function startFeed() {
  const zip = new ZipFile();
  for (const name of LIBRARIES)
    zip.addBuffer(Buffer.from(`code of ${name}`), `runtimes/linux-x64/native/${name}`);
  zip.addBuffer(Buffer.alloc(50_000), 'runtimes/linux-x64/native/other.so');
  zip.end();
  const bytes = await buffer(zip.outputStream as NodeJS.ReadableStream);
  const state = {
    sha512: createHash('sha512').update(bytes).digest('base64'),
    asked: [] as string[],
  };
  const server = createServer((request, response) => {
    const { port } = server.address() as AddressInfo;
    const at = (path: string) => `http://127.0.0.1:${port}${path}`;
    const path = request.url ?? '';
    state.asked.push(path);
    const json = (value: unknown) => response.end(JSON.stringify(value));
    switch (path) {
      case '/index.json':
        return json({
          resources: [{ '@id': at('/registration/'), '@type': 'RegistrationsBaseUrl/3.6.0' }],
        });
      case `/registration/${NAME.toLowerCase()}/1.30.0.json`:
        return json({ catalogEntry: at('/catalog.json'), packageContent: at('/package.nupkg') });
      case '/catalog.json':
        return json({
          packageHash: state.sha512,
          packageHashAlgorithm: 'SHA512',
          packageSize: bytes.length,
        });
      case '/package.nupkg':
        return response.writeHead(200, { 'Content-Length': bytes.length }).end(bytes);
      default:
        return response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(state, {
    index: `http://127.0.0.1:${(server.address() as AddressInfo).port}/index.json`,
    bytes: bytes.length,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

/** A runtime package as npm installs it, whose list of libraries points to `feed`. */
async function runtimeIn(folder: string, feed: string): Promise<string> {
  const runtime = join(folder, 'onnxruntime-node');
  await mkdir(join(runtime, 'script'), { recursive: true });
  await mkdir(join(runtime, 'bin/napi-v6/linux/x64'), { recursive: true });
  await writeFile(join(runtime, 'package.json'), '{"version":"1.30.0"}');
  const files = [...LIBRARIES, 'libonnxruntime_providers_tensorrt.so'].map((name) => [
    `./${name}`,
    { package: 'gpu', path: `runtimes/linux-x64/native/${name}` },
  ]);
  const list = {
    manifests: { 'linux/x64:cuda12': Object.fromEntries(files) },
    packages: { gpu: { name: NAME, versions: [{ feed: 'nuget', version: '1.30.0' }] } },
    feeds: { nuget: { type: 'nuget', index: feed } },
  };
  await writeFile(
    join(runtime, 'script/install-metadata.js'),
    `module.exports = ${JSON.stringify(list)};`,
  );
  return runtime;
}

const patience = { wait: () => Promise.resolve(), random: () => 1 };

describe('salience devices cuda', () => {
  const said: string[] = [];
  beforeEach(() => {
    for (const stream of [process.stdout, process.stderr])
      vi.spyOn(stream, 'write').mockImplementation((line) => {
        said.push(String(line).trimEnd());
        return true;
      });
  });
  afterEach(() => {
    vi.restoreAllMocks();
    said.length = 0;
  });

  const parts = (folder: string, runtime: string, works = true): CudaParts => ({
    platform: 'linux',
    arch: 'x64',
    wanted: () => wantedLibraries(join(folder, 'own'), runtime),
    scratch: join(folder, 'scratch'),
    verify: async () => works,
    patience,
  });
  const libraries = (runtime: string) => readdir(join(runtime, 'bin/napi-v6/linux/x64'));

  it('says what, from where, how large and for what, and fetches nothing by itself', async () => {
    await using folder = await temporaryFolder();
    await using feed = await startFeed();
    const runtime = await runtimeIn(folder.path, feed.index);
    expect(await cudaCommand({}, parts(folder.path, runtime))).toBe(0);
    const text = said.join('\n');
    for (const part of [NAME, '1.30.0', '127.0.0.1', ...LIBRARIES, 'Add --yes', 'cuDNN'])
      expect(text).toContain(part);
    expect(text).not.toContain('tensorrt');
    expect(text).not.toContain('u{');
    expect(feed.asked).not.toContain('/package.nupkg');
    expect(await libraries(runtime)).toEqual([]);
  });

  it('with --yes puts the libraries beside the runtime and tries them', async () => {
    await using folder = await temporaryFolder();
    await using feed = await startFeed();
    const runtime = await runtimeIn(folder.path, feed.index);
    expect(await cudaCommand({ yes: true }, parts(folder.path, runtime))).toBe(0);
    expect((await libraries(runtime)).sort()).toEqual([...LIBRARIES].sort());
    const [first = ''] = LIBRARIES;
    const file = join(runtime, 'bin/napi-v6/linux/x64', first);
    expect(await readFile(file, 'utf8')).toBe(`code of ${first}`);
    expect(await readdir(join(folder.path, 'scratch'))).toEqual([]);
    // Now it has only to be tried; a card that does not work is told by the exit code.
    feed.asked.length = 0;
    expect(await cudaCommand({}, parts(folder.path, runtime, false))).toBe(1);
    expect(feed.asked).toEqual([]);
  });

  it('a package that is not the published one is not unpacked', async () => {
    await using folder = await temporaryFolder();
    await using feed = await startFeed();
    feed.sha512 = createHash('sha512').update('another').digest('base64');
    const runtime = await runtimeIn(folder.path, feed.index);
    await expect(cudaCommand({ yes: true }, parts(folder.path, runtime))).rejects.toMatchObject({
      code: 'DOWNLOAD_CHECKSUM',
    });
    expect(await libraries(runtime)).toEqual([]);
  });

  it('without a network it says that the feed could not be reached', async () => {
    await using folder = await temporaryFolder();
    const runtime = await runtimeIn(folder.path, 'http://127.0.0.1:9/index.json');
    await expect(cudaCommand({ yes: true }, parts(folder.path, runtime))).rejects.toMatchObject({
      code: 'DOWNLOAD_UNREACHABLE',
      message: expect.stringContaining('a way to 127.0.0.1:9') as string,
    });
  });

  it('a full disk and a runtime that cannot be written to are told before anything is fetched', async () => {
    await using folder = await temporaryFolder();
    await using feed = await startFeed();
    const runtime = await runtimeIn(folder.path, feed.index);
    const wanted = await wantedLibraries(join(folder.path, 'own'), runtime);
    const tools = { fetch: globalThis.fetch, patience };
    const offer = await askFeed(wanted, tools);
    expect(offer.bytes).toBe(feed.bytes);
    const options = {
      ...tools,
      scratch: join(folder.path, 'scratch'),
      onProgress: () => {},
      freeBytes: async () => feed.bytes,
    };
    await expect(installLibraries(wanted, offer, options)).rejects.toMatchObject({
      code: 'DOWNLOAD_DISK_FULL',
    });
    const gone = { ...wanted, folder: join(folder.path, 'nowhere') };
    await expect(installLibraries(gone, offer, options)).rejects.toThrow(/cannot be written to/);
    expect(feed.asked).not.toContain('/package.nupkg');
  });

  it.runIf(process.platform === 'linux')(
    'says what of NVIDIA’s the provider asks for, and what of it is not here',
    async () => {
      await using folder = await temporaryFolder();
      const runtime = await runtimeIn(folder.path, 'http://127.0.0.1:9/index.json');
      // A real library with another name in its list of needs.
      const real = await readFile(
        join(RUNTIME, 'bin/napi-v6/linux/x64/onnxruntime_binding.node'),
        'latin1',
      );
      const provider = real.replace('libonnxruntime.so.1\0', 'libcublasLt.so.97\0\0\0');
      for (const name of LIBRARIES)
        await writeFile(join(runtime, 'bin/napi-v6/linux/x64', name), provider, 'latin1');
      expect(await cudaCommand({}, parts(folder.path, runtime))).toBe(0);
      expect(said.join('\n')).toContain('It needs CUDA 97 from NVIDIA: libcublasLt.so.97.');
      expect(said.join('\n')).toContain('Not found here: libcublasLt.so.97.');
    },
  );

  it('goes beside a copy of the runtime where its own folder may not be changed', async () => {
    await using folder = await temporaryFolder();
    await using feed = await startFeed();
    const runtime = await runtimeIn(folder.path, feed.index);
    const wanted = await wantedLibraries(join(folder.path, 'own'), runtime);
    for (const name of ['libonnxruntime.so.1', 'onnxruntime_binding.node'])
      await writeFile(join(wanted.folder, name), name);
    const own = { ...wanted, folder: join(folder.path, 'own', '1.30.0'), copyFrom: wanted.folder };
    const tools = { fetch: globalThis.fetch, patience };
    await installLibraries(own, await askFeed(own, tools), {
      ...tools,
      scratch: join(folder.path, 'scratch'),
      onProgress: () => {},
    });
    expect((await readdir(own.folder)).sort()).toEqual(
      [...LIBRARIES, 'libonnxruntime.so.1', 'onnxruntime_binding.node'].sort(),
    );
    expect((await libraries(runtime)).sort()).toEqual([
      'libonnxruntime.so.1',
      'onnxruntime_binding.node',
    ]);
  });

  it('is for Linux on x64 only', async () => {
    await using folder = await temporaryFolder();
    const other = { ...parts(folder.path, ''), platform: 'darwin' as const, arch: 'arm64' };
    expect(await cudaCommand({}, other)).toBe(3);
    expect(said.join()).toContain('Needs Linux');
  });
});

it('the installed runtime names its own libraries, feed and version', async () => {
  const { name, version, feed, files } = await wantedLibraries('/nowhere');
  const manifest = JSON.parse(await readFile(join(RUNTIME, 'package.json'), 'utf8')) as {
    version: string;
  };
  expect({ name, version }).toEqual({
    name: 'Microsoft.ML.OnnxRuntime.Gpu.Linux',
    version: manifest.version,
  });
  expect(new URL(feed).protocol).toBe('https:');
  expect(files.map((file) => file.name).sort()).toEqual([...LIBRARIES].sort());
});
