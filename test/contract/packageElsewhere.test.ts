// Packages for Windows and macOS as far as another system can make them: their files and what they say of
// themselves. Changing a Windows program and signing a Mac's are left out.
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildAll, isAnythingStale } from '../../build/build.ts';
import { packageConfig } from '../../build/packaging/config.ts';
import { fuseFaults } from '../../build/packaging/fuses.ts';
import { VC_LIBRARIES } from '../../build/packaging/vcRuntime.ts';
import { CEILING, packApp, sizeOf, type PackedApp } from '../helpers/drivers/packedApp.ts';

const ORT = 'node_modules/onnxruntime-node/bin/napi-v6';
const TOP = ['LICENSE', 'dist', 'node_modules', 'package.json'];

const topOf = ({ names }: PackedApp) =>
  [...new Set(names.map((name) => name.split('/')[0]))].sort();
/** Native libraries but sharp's, which are installed on their own system only. */
const nativesOf = ({ names }: PackedApp) =>
  names
    .filter((name) => /\.(node|so[.\d]*|dll|dylib)$/.test(name))
    .filter((name) => !name.startsWith('node_modules/@img/'))
    .sort();

describe('a package for Windows', () => {
  let work: string;
  let packed: PackedApp;

  beforeAll(async () => {
    work = await mkdtemp(join(tmpdir(), 'salience-package-'));
    if (isAnythingStale()) await buildAll();
    const runtime = join(work, 'redist/x64/Microsoft.VC145.CRT');
    await mkdir(runtime, { recursive: true });
    for (const name of VC_LIBRARIES) await writeFile(join(runtime, name), name);
    const env = { VCToolsRedistDir: join(work, 'redist') };
    packed = await packApp(work, packageConfig({ platform: 'win32', arch: 'x64' }, env), 'win32');
  });
  afterAll(() => rm(work, { recursive: true, force: true }));

  test('holds its own onnxruntime with the C++ runtime beside it, and nothing else of the checkout', () => {
    expect(topOf(packed)).toEqual(TOP);
    const beside = readdirSync(join(packed.resources, 'app.asar.unpacked', ORT, 'win32/x64'));
    for (const name of ['onnxruntime.dll', 'onnxruntime_binding.node', ...VC_LIBRARIES])
      expect(beside).toContain(name);
    expect(nativesOf(packed).filter((name) => name.endsWith('.node'))).toEqual([
      'node_modules/better-sqlite3/prebuilds/win32-x64.node',
      `${ORT}/win32/x64/onnxruntime_binding.node`,
    ]);
    expect(packed.names.filter((name) => /sharp-wasm32|emnapi/.test(name))).toEqual([]);
    expect(sizeOf(packed.resources)).toBeLessThan(CEILING.win32);
  });
});

describe.skipIf(process.platform !== 'linux')('a package for macOS', () => {
  const config = () => packageConfig({ platform: 'darwin', arch: 'arm64' }, {});
  let work: string;
  let packed: PackedApp;

  beforeAll(async () => {
    work = await mkdtemp(join(tmpdir(), 'salience-package-'));
    if (isAnythingStale()) await buildAll();
    const { electronFuses, mac, ...rest } = config();
    // Signing is macOS' own tool, and the one that makes its icons would have to be fetched.
    const fuses = { ...electronFuses, resetAdHocDarwinSignature: false };
    const icon = join(work, 'icon.icns');
    await writeFile(icon, 'icns');
    packed = await packApp(
      work,
      { ...rest, mac: { ...mac, icon }, electronFuses: fuses },
      'darwin',
    );
  });
  afterAll(() => rm(work, { recursive: true, force: true }));

  test('holds its own onnxruntime once, and nothing else of the checkout', () => {
    expect(topOf(packed)).toEqual(TOP);
    expect(nativesOf(packed)).toEqual([
      'node_modules/better-sqlite3/prebuilds/darwin-arm64.node',
      `${ORT}/darwin/arm64/libonnxruntime.1.dylib`,
      `${ORT}/darwin/arm64/onnxruntime_binding.node`,
    ]);
    expect(sizeOf(packed.resources)).toBeLessThan(CEILING.darwin);
  });

  test('says which system it needs and that it opens projects', () => {
    const list = readFileSync(join(packed.folder, 'Salience.app/Contents/Info.plist'), 'utf8');
    expect(list).toMatch(/<key>LSMinimumSystemVersion<\/key>\s*<string>14\.0<\/string>/);
    expect(list).toMatch(/<key>CFBundleTypeExtensions<\/key>\s*<array>\s*<string>salience</);
    expect(list).toMatch(/<key>CFBundleIdentifier<\/key>\s*<string>org\.salience\.app</);
  });

  test('its fuses are as they were asked for', async () => {
    const program = join(packed.folder, 'Salience.app');
    expect(await fuseFaults(program, config().electronFuses!)).toEqual([]);
  });
});
