// The packaging config of each system against the real dependency tree and electron-builder's own rules: most of
// what it asks for can be carried out on that system only.
import { globSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { writeChecksums } from '../../../build/packaging/checksums.ts';
import { homepage, packageConfig } from '../../../build/packaging/config.ts';
import { NEVER_LOADED, packageFiles, type Target } from '../../../build/packaging/contents.ts';
import { addVcRuntime, VC_LIBRARIES } from '../../../build/packaging/vcRuntime.ts';
import { EXTERNAL } from '../../../build/bundle/vite.node.ts';
import { temporaryFolder } from '../../helpers/drivers/temporaryFolder.ts';

const root = join(import.meta.dirname, '../../..');
const ORT = 'node_modules/onnxruntime-node/bin/napi-v6';
const matches = (pattern: string) => globSync(pattern, { cwd: root });
const TARGETS: readonly Target[] = [
  { platform: 'linux', arch: 'x64' },
  { platform: 'linux', arch: 'arm64' },
  { platform: 'win32', arch: 'x64' },
  { platform: 'win32', arch: 'arm64' },
  { platform: 'darwin', arch: 'arm64' },
];
const [linux, , windows, , mac] = TARGETS as [Target, Target, Target, Target, Target];

describe.each(TARGETS)('a package for $platform $arch', (target) => {
  const config = packageConfig(target, {});

  test('has one list of files: none per system, none that begins with everything', () => {
    for (const system of [config.linux, config.win, config.mac])
      expect(system).not.toHaveProperty('files');
    const files = config.files as string[];
    expect(files.filter((pattern) => !pattern.startsWith('!'))).toEqual([
      'dist/{node,preload,renderer}/**',
      'package.json',
      'LICENSE',
    ]);
  });

  test('keeps the binaries of its own system and processor, and drops every other', () => {
    const dropped = new Set(
      packageFiles(target)
        .filter((pattern) => pattern.startsWith('!node_modules'))
        .flatMap((pattern) => matches(pattern.slice(1))),
    );
    const natives = matches(`${ORT}/**/*.{so.1,dll,dylib,node}`).concat(
      matches('node_modules/better-sqlite3/prebuilds/*.node'),
    );
    const kept = natives.filter((file) => !dropped.has(file));
    const own = `${target.platform}/${target.arch}/`;
    const database = `node_modules/better-sqlite3/prebuilds/${target.platform}-${target.arch}.node`;
    expect(kept.filter((file) => !file.includes(own))).toEqual([database]);
    expect(kept.filter((file) => file.endsWith('onnxruntime_binding.node'))).toHaveLength(1);
    const bytes = kept.reduce((sum, file) => sum + statSync(join(root, file)).size, 0);
    expect(bytes).toBeLessThan(90e6);
  });

  test('what stays outside the archive exists', () => {
    for (const pattern of config.asarUnpack as string[])
      if (!pattern.startsWith('dist/')) expect(matches(pattern).length, pattern).toBeGreaterThan(0);
  });

  test('no door stays open that a shipped app does not need', () => {
    expect(config.electronFuses).toEqual({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      onlyLoadAppFromAsar: true,
      enableEmbeddedAsarIntegrityValidation: true,
      grantFileProtocolExtraPrivileges: false,
      enableCookieEncryption: false,
      resetAdHocDarwinSignature: target.platform === 'darwin',
    });
    expect(packageConfig(target, { SALIENCE_TEST_PACKAGE: '1' }).electronFuses).toHaveProperty(
      'enableNodeCliInspectArguments',
      true,
    );
  });
});

describe('what packages hold', () => {
  test('a system without an onnxruntime makes none', () => {
    expect(() => packageFiles({ platform: 'freebsd', arch: 'x64' })).toThrow(/holds no freebsd/);
    expect(() => packageFiles({ platform: 'darwin', arch: 'x64' })).toThrow(/holds no x64/);
  });

  test('what the bundles leave to run time is what a package installs', () => {
    const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    // Sharp looks for this one by itself.
    const loaded = [...EXTERNAL.filter((name) => name !== 'electron'), '@img/sharp-wasm32'];
    expect(Object.keys(dependencies).sort()).toEqual(loaded.sort());
  });

  test('what is left out as never loaded is there to be left out', () => {
    const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, unknown>;
    };
    for (const name of NEVER_LOADED) expect(packages).toHaveProperty([`node_modules/${name}`]);
  });

  test('the icon is large enough for every system', async () => {
    const folder = packageConfig(linux, {}).directories!.buildResources!;
    expect(folder).not.toBe('build');
    const { width, height, format } = await sharp(join(root, folder, 'icon.png')).metadata();
    expect([format, width, height]).toEqual(['png', 1024, 1024]);
    expect(readdirSync(join(root, folder))).toContain('entitlements.mac.plist');
  });
});

describe('what systems are told', () => {
  test('Linux gets a maintainer, a type for projects, a launcher name and a runtime without libfuse2', () => {
    const config = packageConfig(linux, {});
    expect(config.linux).toMatchObject({
      target: ['AppImage', 'deb', 'rpm'],
      maintainer: expect.stringMatching(/^.+ <[^@>]+@[^>]+>$/),
      syncDesktopName: true,
    });
    expect(config.fileAssociations).toMatchObject([
      { ext: 'salience', mimeType: 'application/x-salience' },
    ]);
    expect(config.extraMetadata).toMatchObject({ desktopName: 'salience.desktop' });
    expect(config.toolsets).toEqual({ appimage: '1.0.3' });
  });

  test('a deb asks for all that electron-builder would, and for sound under both of its names', () => {
    const source = readFileSync(
      join(root, 'node_modules/app-builder-lib/out/targets/FpmTarget.js'),
      'utf8',
    );
    const listed = /case "deb":\s*return \[([^\]]+)\]/.exec(source)![1]!;
    const defaults = [...listed.matchAll(/"([^"]+)"/g)].map((match) => match[1]!);
    expect(defaults.length).toBeGreaterThan(5);
    const depends = packageConfig(linux, {}).deb!.depends as string[];
    const names = depends.flatMap((entry) => entry.split(' | '));
    for (const name of [...defaults, 'libasound2', 'libasound2t64']) expect(names).toContain(name);
  });

  test('the homepage is where it is built, or a name that leads nowhere', () => {
    const forge = { GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'a/b' };
    expect(homepage(forge)).toBe('https://github.com/a/b');
    expect(homepage({ ...forge, SALIENCE_HOMEPAGE: 'https://a.example' })).toBe(
      'https://a.example',
    );
    expect(homepage({})).toBeNull();
    expect(packageConfig(linux, {}).extraMetadata).toMatchObject({
      homepage: expect.stringMatching(/^https:\/\/[a-z]+\.invalid$/),
    });
  });

  test.each([
    ['without a certificate signs for itself, which the hardened runtime would refuse', {}, true],
    ['takes a missing secret for none', { CSC_LINK: '' }, true],
    ['signs with a certificate', { CSC_LINK: 'certificate.p12' }, false],
    ['signs with an identity of the keychain', { CSC_NAME: 'Somebody' }, false],
  ])('a Mac %s', (_what, env, adHoc) => {
    const { mac: options, electronFuses } = packageConfig(mac, env);
    expect(options).toMatchObject({ minimumSystemVersion: '14.0', hardenedRuntime: !adHoc });
    expect(options!.identity).toBe(adHoc ? '-' : undefined);
    expect(options!.notarize).toBe(adHoc ? false : undefined);
    expect(electronFuses!.resetAdHocDarwinSignature).toBe(adHoc);
  });
});

describe("Microsoft's runtime in a Windows package", () => {
  const prepare = (folder: string, libraries: readonly string[]) => {
    const runtime = join(folder, 'redist/x64/Microsoft.VC145.CRT');
    mkdirSync(runtime, { recursive: true });
    for (const name of libraries) writeFileSync(join(runtime, name.toUpperCase()), name);
    const app = join(folder, 'app');
    const beside = join(app, 'resources/app.asar.unpacked', ORT, 'win32/x64');
    mkdirSync(beside, { recursive: true });
    return { app, beside, env: { VCToolsRedistDir: join(folder, 'redist') } };
  };

  test('lies beside the libraries that import it', async () => {
    await using folder = await temporaryFolder();
    const { app, beside, env } = prepare(folder.path, VC_LIBRARIES);
    addVcRuntime(app, windows, env);
    expect(readdirSync(beside).sort()).toEqual([...VC_LIBRARIES].sort());
  });

  test('is what onnxruntime and its binding import', () => {
    for (const name of ['onnxruntime.dll', 'onnxruntime_binding.node']) {
      const bytes = readFileSync(join(root, ORT, 'win32/x64', name)).toString('latin1');
      const imported = new Set(bytes.match(/\b(?:MSVCP|VCRUNTIME)140[A-Za-z0-9_]*\.dll/gi) ?? []);
      expect(imported.size, name).toBeGreaterThan(1);
      for (const library of imported) expect(VC_LIBRARIES).toContain(library.toLowerCase());
    }
  });

  test('that is not there stops the package, in words', async () => {
    await using folder = await temporaryFolder();
    const { app, env } = prepare(folder.path, VC_LIBRARIES.slice(1));
    expect(() => addVcRuntime(app, windows, env)).toThrow(/holds no msvcp140\.dll/);
    expect(() => addVcRuntime(app, { ...windows, arch: 'arm64' }, env)).toThrow(/holds no folder/);
    const none = { 'ProgramFiles(x86)': folder.path };
    expect(() => addVcRuntime(app, windows, none)).toThrow(/no Visual Studio.*VCToolsRedistDir/);
  });
});

describe('the release workflow', () => {
  const text = readFileSync(join(root, '.github/workflows/release.yml'), 'utf8');
  const steps = text.split(/\n {6}- /);

  test('uploads what every system makes, with its checksums', () => {
    const { linux: made, win, mac: apple } = packageConfig(mac, {});
    const targets = [made, win, apple].flatMap((system) =>
      (system!.target as (string | { target: string })[]).map((target) =>
        typeof target === 'string' ? target : target.target,
      ),
    );
    expect(targets).toEqual(['AppImage', 'deb', 'rpm', 'nsis', 'dmg', 'zip']);
    for (const target of targets)
      expect(text).toContain(`release/*.${target === 'nsis' ? 'exe' : target}\n`);
    expect(text).toContain('release/SHA256SUMS-*.txt');
    expect(text).toMatch(/os: \[ubuntu-24\.04, ubuntu-24\.04-arm, windows-2025, macos-15\]/);
  });

  test.each([
    ['CSC_LINK', 'macOS'],
    ['APPLE_TEAM_ID', 'macOS'],
    ['WIN_CSC_LINK', 'Windows'],
  ])('gives %s to %s alone', (secret, system) => {
    const given = steps.filter((step) => step.includes(`secrets.${secret} `));
    expect(given).toHaveLength(1);
    expect(given[0]).toContain(`if: runner.os == '${system}'`);
  });
});

test('checksums are read by sha256sum', async () => {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'a.deb');
  writeFileSync(file, 'abc');
  const sums = await writeChecksums(folder.path, [file], 'linux-x64');
  expect(readFileSync(sums, 'utf8')).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a.deb\n',
  );
});
