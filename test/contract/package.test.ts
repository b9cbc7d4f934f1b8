// What people get: a package made by the real electron-builder around a stand-in for Electron's folder, looked
// into, and its engine and model process run from a copy that no source tree surrounds.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MessagePort } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { buildAll, isAnythingStale } from '../../build/build.ts';
import { packageConfig } from '../../build/packaging/config.ts';
import { fuseFaults } from '../../build/packaging/fuses.ts';
import { ICON_SIZES } from '../../build/packaging/icons.ts';
import { PROTOCOL } from '../../electron/api/wire/limits.ts';
import { createClient, type Client } from '../../electron/api/wire/client.ts';
import { portTransport } from '../../electron/api/wire/transport.ts';
import { startProcesses, type Processes } from '../../electron/main/processes.ts';
import { BERT_UNCASED } from '../../models/vocabularies/bertUncased.ts';
import {
  CEILING,
  linuxInstallers,
  packApp,
  sizeOf,
  type PackedApp,
} from '../helpers/drivers/packedApp.ts';
import { systemGobject } from '../helpers/drivers/systemGobject.ts';
import { playedHost } from '../helpers/drivers/utilityProcesses.ts';

const root = join(import.meta.dirname, '../..');

/** Every package that the program loads by name on Linux, and nothing that brings it there. */
const MODULES_ON_LINUX = [
  '@emnapi/runtime',
  '@img/colour',
  '@img/sharp-wasm32',
  'better-sqlite3',
  'detect-libc',
  'electron-log',
  'long',
  'onnxruntime-common',
  'onnxruntime-node',
  'protobufjs',
  're2js',
  'semver',
  'sharp',
  'tslib',
];

const unlessLinux = 'the stand-in for Electron has the shape of its Linux folder';
if (process.platform !== 'linux') console.warn(`SKIPPED: the package; ${unlessLinux}.`);

describe.skipIf(process.platform !== 'linux')('the package', () => {
  const config = packageConfig(process, {});
  let work: string;
  let packed: PackedApp;

  beforeAll(async () => {
    work = await mkdtemp(join(tmpdir(), 'salience-package-'));
    if (isAnythingStale()) await buildAll();
    packed = await packApp(work, packageConfig(process, {}));
  });
  afterAll(() => rm(work, { recursive: true, force: true }));

  test('holds the built program and what it loads, nothing else of the checkout', () => {
    const top = new Set(packed.names.map((name) => name.split('/')[0]));
    expect([...top].sort()).toEqual(['LICENSE', 'dist', 'node_modules', 'package.json']);
    const modules = new Set(
      packed.names.flatMap(
        (name) => /^node_modules\/((?:@[^/]+\/)?[^@/]+)\//.exec(name)?.[1] ?? [],
      ),
    );
    expect([...modules].sort()).toEqual(MODULES_ON_LINUX);
    const parts = new Set(packed.names.flatMap((name) => /^dist\/([^/]+)/.exec(name)?.[1] ?? []));
    expect([...parts].sort()).toEqual(['node', 'preload', 'renderer']);
  });

  test.each([
    ['sources', /^(?!node_modules).*\.(ts|svelte)$/],
    ['tests', /(^|\/)(test|tests|__tests__|fixtures)\/|\.test\.[cm]?[jt]s$/],
    ['projects of people who built it', /\.salience$|(^|\/)out\//],
    ['C sources and headers', /\.(c|cc|cpp|h|gyp)$/],
    ['source maps', /\.map$/],
    ['command line, which cannot run there', /hosts\/cli\.[cm]?js$|opentype/],
  ])('holds no %s', (_what, pattern) => {
    expect(packed.names.filter((name) => pattern.test(name))).toEqual([]);
  });

  test('holds one onnxruntime, one database and one image decoder', () => {
    const natives = packed.names.filter((name) => /\.(node|so[.\d]*|dll|dylib)$/.test(name));
    const arch = process.arch;
    expect(natives.sort()).toEqual([
      `node_modules/better-sqlite3/prebuilds/linux-${arch}.node`,
      `node_modules/onnxruntime-node/bin/napi-v6/linux/${arch}/libonnxruntime.so.1`,
      `node_modules/onnxruntime-node/bin/napi-v6/linux/${arch}/onnxruntime_binding.node`,
    ]);
    expect(packed.names.filter((name) => /sharp.*\.wasm$/.test(name))).toHaveLength(1);
  });

  test('holds the vocabulary of models that come without one, where it can be copied from', () => {
    const unpacked = join(packed.resources, 'app.asar.unpacked/dist/node/models/vocabularies');
    const file = readFileSync(join(unpacked, 'bert-base-uncased/vocab.txt'));
    expect(file.equals(readFileSync(BERT_UNCASED.shipped!.file))).toBe(true);
  });

  test('is as small as it can be', () => {
    const bytes = sizeOf(packed.resources);
    expect(bytes).toBeLessThan(CEILING.linux);
    expect(bytes).toBeGreaterThan(40e6);
  });

  test('every file that runs says that it is a module, or belongs to a package that says what it is', () => {
    const ours = packed.names.filter((name) => /^dist\/(node|preload)\/.*\.[cm]?js$/.test(name));
    expect(ours.length).toBeGreaterThan(200);
    expect(ours.filter((name) => !/\.(mjs|cjs)$/.test(name))).toEqual([]);
  });

  test('its fuses are read back as they were asked for', async () => {
    const program = join(packed.folder, 'salience');
    expect(await fuseFaults(program, config.electronFuses!)).toEqual([]);
    expect(await fuseFaults(program, { ...config.electronFuses, runAsNode: true })).toEqual([
      expect.stringContaining('runAsNode'),
    ]);
  });

  test('says whose work is in it', () => {
    const folder = join(packed.resources, 'licences');
    const notices = readFileSync(join(folder, 'THIRD-PARTY-NOTICES.md'), 'utf8');
    const shipped = MODULES_ON_LINUX.filter((name) => !/^@img\/sharp/.test(name));
    for (const name of [
      ...shipped,
      'svelte',
      'konva',
      'valibot',
      '@lucide/svelte',
      '@huggingface/hub',
      '@fontsource-variable/inter',
      '@fontsource-variable/jetbrains-mono',
    ])
      expect(notices, name).toContain(`\n## ${name} `);
    expect(notices).toMatch(/\| libvips +\| LGPLv3/);
    expect(notices).toContain('Twemoji © Twitter');
    expect(notices).toContain('is the vocabulary of bert-base-uncased, Copyright 2018');
    expect(notices).toContain('SIL OPEN FONT LICENSE');
    expect(readFileSync(join(folder, 'LGPL-3.0.txt'), 'utf8')).toContain(
      'GNU LESSER GENERAL PUBLIC',
    );
    expect(readFileSync(join(folder, 'GPL-3.0.txt'), 'utf8')).toContain(
      'GNU GENERAL PUBLIC LICENSE',
    );
  });

  test('what it says of itself lets deb and rpm be made', () => {
    const told = JSON.parse(readFileSync(join(packed.app, 'package.json'), 'utf8')) as {
      main: string;
      homepage: string;
      desktopName: string;
    };
    expect(packed.names).toContain(told.main);
    expect(told.homepage).toMatch(/^https:\/\//);
    expect(told.desktopName).toBe('salience.desktop');
  });

  test('deb, rpm and AppImage can be made of it, and open projects', async () => {
    const installers = await linuxInstallers(work, packageConfig(process, {}));
    expect(installers).toHaveLength(3);
    for (const { desktopEntry } of installers) {
      expect(desktopEntry).toMatch(/^StartupWMClass=salience$/m);
      expect(desktopEntry).toMatch(/^MimeType=application\/x-salience;$/m);
      expect(desktopEntry).not.toContain('--no-sandbox');
    }
    for (const { args, mimeTypes } of installers.filter((made) => made.args.length > 0)) {
      expect(args[args.indexOf('--maintainer') + 1]).toMatch(/^.+ <.+@.+>$/);
      expect(args[args.indexOf('--url') + 1]).toMatch(/^https:\/\//);
      const icons = args.filter((argument) => argument.endsWith('/apps/salience.png'));
      expect(icons.map((icon) => /hicolor\/(\d+)x/.exec(icon)?.[1])).toEqual(
        ICON_SIZES.map(String),
      );
      expect(mimeTypes).toContain('<glob pattern="*.salience"/>');
    }
  });

  test('its window’s process starts the engine, opens the page and writes its log', () => {
    const child = spawnSync(
      process.execPath,
      [join(root, 'test/helpers/children/packedMainChild.ts'), packed.app, join(work, 'main')],
      { encoding: 'utf8' },
    );
    expect(child.status, child.stderr).toBe(0);
    const { log, ...seen } = JSON.parse(child.stdout) as { log: string };
    expect(seen).toEqual({
      loaded: 'app://bundle/index.html',
      page: [200, true],
      preload: true,
    });
    expect(log).not.toContain('not caught');
  });

  describe('run', () => {
    const host = playedHost();
    const log: string[] = [];
    let processes: Processes;
    let client: Client;

    beforeAll(async () => {
      // As in Electron: children inherit it.
      if (systemGobject) vi.stubEnv('LD_PRELOAD', systemGobject);
      const dist = join(packed.app, 'dist/node');
      processes = startProcesses({
        host,
        engineEntry: join(dist, 'electron/engine/entry.mjs'),
        inferenceEntry: join(dist, 'electron/inference/entry.mjs'),
        start: { userDataFolder: join(work, 'data'), appFolder: dist, version: '0.0.0' },
        secret: () => Promise.resolve(null),
        proxyFor: () => Promise.resolve(null),
        showFile: () => undefined,
        openPage: () => undefined,
        log: (line) => log.push(line),
        onEngineLost: (reason) => log.push(`lost: ${reason}`),
      });
      const port = processes.connectWindow() as unknown as MessagePort;
      const transport = portTransport(port);
      port.on('message', (bytes: unknown) => transport.receive(bytes));
      client = createClient(transport);
      await client.request('session.hello', {
        protocol: PROTOCOL,
        clientId: 'test',
        lastRevision: null,
      });
    });
    afterAll(async () => {
      vi.unstubAllEnvs();
      await processes.stop(10_000);
    });

    test('opens the sample, pre-labels an image and shows it', async () => {
      const { id } = await client.request('project.openSample', {});
      await client.request('category.add', { names: ['crab', 'sun'] });
      const { images } = await client.request('image.list', {
        cursor: 0,
        limit: 1,
        filter: {},
        order: 'name',
      });
      const { categories } = await client.request('project.summary', {});
      const { run, proposals } = await client.request('prelabel.run', {
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
      expect(run.provider).toBe('cpu');
      expect(proposals.length).toBeGreaterThan(0);
      await expect
        .poll(
          async () => (await processes.media(`thumb/${id}/1`, new AbortController().signal))?.kind,
        )
        .toBeDefined();
      expect(log.filter((line) => /lost|CRITICAL|error/i.test(line))).toEqual([]);
    });
  });
});
