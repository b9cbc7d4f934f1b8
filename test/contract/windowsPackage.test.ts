// A Windows package as far as another system can make it: its files, without changing the program itself.
import { readdirSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildAll, isAnythingStale } from '../../build/build.ts';
import { packageConfig } from '../../build/packaging/config.ts';
import { VC_LIBRARIES } from '../../build/packaging/vcRuntime.ts';
import { CEILING, packApp, sizeOf, type PackedApp } from '../helpers/packedApp.ts';

describe('a package for Windows', () => {
  let work: string;
  let packed: PackedApp;

  beforeAll(async () => {
    work = await mkdtemp(join(tmpdir(), 'salience-package-'));
    if (isAnythingStale()) await buildAll();
    const runtime = join(work, 'redist/x64/Microsoft.VC145.CRT');
    await mkdir(runtime, { recursive: true });
    for (const name of VC_LIBRARIES) await writeFile(join(runtime, name), name);
    const config = packageConfig(
      { platform: 'win32', arch: 'x64' },
      { VCToolsRedistDir: join(work, 'redist') },
    );
    packed = await packApp(work, config, 'win32');
  });
  afterAll(() => rm(work, { recursive: true, force: true }));

  test('holds its own onnxruntime with the C++ runtime beside it, and nothing else of the checkout', () => {
    const top = new Set(packed.names.map((name) => name.split('/')[0]));
    expect([...top].sort()).toEqual(['LICENSE', 'dist', 'node_modules', 'package.json']);
    const own = 'node_modules/onnxruntime-node/bin/napi-v6/win32/x64';
    const beside = readdirSync(join(packed.folder, 'resources/app.asar.unpacked', own));
    for (const name of ['onnxruntime.dll', 'onnxruntime_binding.node', ...VC_LIBRARIES])
      expect(beside).toContain(name);
    const natives = packed.names.filter((name) => /\.(node|so[.\d]*|dylib)$/.test(name));
    const decoder = natives.filter((name) => name.startsWith('node_modules/@img/'));
    expect(natives.filter((name) => !decoder.includes(name)).sort()).toEqual([
      'node_modules/better-sqlite3/prebuilds/win32-x64.node',
      `${own}/onnxruntime_binding.node`,
    ]);
    expect(packed.names.filter((name) => /sharp-wasm32|emnapi/.test(name))).toEqual([]);
    expect(sizeOf(join(packed.folder, 'resources'))).toBeLessThan(CEILING.win32);
  });
});
