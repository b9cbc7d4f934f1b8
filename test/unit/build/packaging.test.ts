// The packaging config against the real dependency tree: a pattern that matches nothing ships a broken app.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import config, { withoutOtherSystems } from '../../../build/electron-builder.mjs';
import { EXTERNAL } from '../../../build/vite.node.ts';

const root = join(import.meta.dirname, '../../..');
const matches = (pattern: string) => globSync(pattern, { cwd: root });

describe('the packaging config', () => {
  test.each([
    'node_modules/onnxruntime-node/bin/**',
    'node_modules/better-sqlite3/prebuilds/**',
    'node_modules/@img/**',
  ])('%s stays outside the archive and exists', (pattern) => {
    expect(config.asarUnpack).toContain(pattern);
    expect(matches(pattern).length).toBeGreaterThan(0);
  });

  test('the library that the onnxruntime binding loads lies in the folder that is unpacked', () => {
    const libraries = matches(
      `node_modules/onnxruntime-node/bin/napi-v6/linux/x64/libonnxruntime.so*`,
    );
    expect(libraries.length).toBeGreaterThan(0);
    expect(matches('node_modules/onnxruntime-node/bin/napi-v6/linux/x64/*.node').length).toBe(1);
  });

  test.each(['linux', 'darwin', 'win32'] as const)(
    'a package for %s drops the other systems and keeps its own',
    (own) => {
      const patterns = withoutOtherSystems(own).map((pattern) => pattern.slice(1));
      for (const pattern of patterns) expect(matches(pattern).length, pattern).toBeGreaterThan(0);
      const dropped = new Set(patterns.flatMap(matches));
      const kept = matches(`node_modules/onnxruntime-node/bin/napi-v6/${own}/**`);
      expect(kept.length).toBeGreaterThan(0);
      expect(kept.filter((file) => dropped.has(file))).toEqual([]);
    },
  );

  test('what the bundles leave to run time is what a package installs', () => {
    const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    expect(Object.keys(dependencies).sort()).toEqual(
      EXTERNAL.filter((name) => name !== 'electron').sort(),
    );
  });

  test('no pattern uses a macro that electron-builder does not know', () => {
    expect(JSON.stringify(config)).not.toContain('${platform}');
  });

  test('fuses close every door that a shipped app does not need', () => {
    expect(config.electronFuses).toEqual({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      onlyLoadAppFromAsar: true,
      enableEmbeddedAsarIntegrityValidation: true,
      grantFileProtocolExtraPrivileges: false,
      enableCookieEncryption: false,
    });
  });

  test('build resources are not looked for among the code of build/', () => {
    const folder = config.directories?.buildResources ?? 'build';
    expect(folder).not.toBe('build');
    expect(existsSync(join(root, folder, 'entitlements.mac.plist'))).toBe(true);
    expect(existsSync(join(root, folder, 'icon.png'))).toBe(true);
  });
});
