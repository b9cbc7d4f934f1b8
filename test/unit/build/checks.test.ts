// The checks themselves: each planted fault must be found, or the check is worth nothing.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bundleBreaches, preloadBreaches } from '../../../build/checks/bundleGuard.ts';
import { layerBreaches } from '../../../build/checks/layers.ts';
import { builtPath, NODE_ENTRIES } from '../../../build/vite.node.ts';

const root = join(import.meta.dirname, '../../..');
let folder: string;
const plant = (path: string, text: string) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'salience-checks-'));
  for (const top of ['electron', 'renderer', 'models', 'build', 'test'])
    mkdirSync(join(folder, top));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the layer check', () => {
  test('this tree has no breach', () => expect(layerBreaches(root)).toEqual([]));

  test.each([
    [
      'renderer/src/a.ts',
      "import { x } from '../../electron/engine/engine.ts';",
      /allowed: renderer, electron\/api/,
    ],
    ['renderer/src/a.ts', "import fs from 'node:fs';", /node:fs, which renderer must not/],
    [
      'renderer/src/a.svelte',
      "<script>import { app } from 'electron';</script>",
      /electron, which renderer must not/,
    ],
    ['electron/engine/a.ts', "import ort from 'onnxruntime-node';", /onnxruntime-node/],
    ['electron/engine/a.ts', "const ort = await import('onnxruntime-node');", /onnxruntime-node/],
    ['electron/main/a.ts', "export * from 'better-sqlite3';", /better-sqlite3/],
    ['electron/api/a.ts', "import {\n  readFileSync,\n} from 'node:fs';", /node:fs/],
    ['renderer/src/tools/a.ts', "import Konva from 'konva';", /pure reducers/],
    ['models/ir/a.ts', "import { add } from '../ops/elementwise.ts';", /ir knows no op/],
    ['electron/elsewhere/a.ts', '', /no known layer/],
  ])('finds a breach in %s: %s', (path, text, message) => {
    plant(path, text);
    expect(layerBreaches(folder).join('\n')).toMatch(message);
  });
});

describe('the bundle guard', () => {
  const plantEntries = () => {
    for (const source of Object.values(NODE_ENTRIES)) plant(builtPath('', source), 'export {};\n');
  };

  test('passes a clean tree and names an entry that is missing', () => {
    plantEntries();
    expect(bundleBreaches(folder)).toEqual([]);
    rmSync(join(folder, builtPath('', NODE_ENTRIES.engine)));
    expect(bundleBreaches(folder)).toEqual([expect.stringMatching(/^engine: .* was not built/)]);
  });

  test('finds what a process reaches through other files', () => {
    plantEntries();
    plant(builtPath('', NODE_ENTRIES.main), 'import { a } from "../shared/a.js";\n');
    plant('electron/shared/a.js', 'const b = import("./b.js");\n');
    plant('electron/shared/b.js', 'import "onnxruntime-node";\n');
    expect(bundleBreaches(folder)).toEqual([
      expect.stringMatching(/^main reaches onnxruntime-node through electron\/shared\/b\.js/),
    ]);
  });

  test('the preload may import electron only, the page no builtin', () => {
    plant('preload.cjs', 'const { x } = require("electron");const fs = require("node:fs");');
    expect(preloadBreaches(join(folder, 'preload.cjs'), 'import("node:path")')).toEqual([
      'preload imports node:fs',
      'the page names a Node builtin',
    ]);
  });
});

describe('the type checkers', () => {
  test.each([
    ['tsc', 'typescript-seven/bin/tsc', ['-p'], 'a.ts', 'export const x: number = "text";\n'],
    [
      'svelte-check',
      'svelte-check/bin/svelte-check',
      ['--tsconfig'],
      'a.svelte',
      '<script lang="ts">const x: number = "text";</script>{x}\n',
    ],
  ])('%s reports a planted error', (_, bin, args, name, text) => {
    // Inside the tree, so that the types that the base config names are found.
    const planted = mkdtempSync(join(root, 'test/planted-'));
    try {
      writeFileSync(join(planted, name), text);
      writeFileSync(
        join(planted, 'tsconfig.json'),
        JSON.stringify({
          extends: '../../tsconfig.base.json',
          compilerOptions: { types: ['svelte'] },
          include: ['*.ts', '*.svelte'],
        }),
      );
      const { status, stdout } = spawnSync(
        process.execPath,
        [join(root, 'node_modules', bin), ...args, join(planted, 'tsconfig.json')],
        { cwd: planted, encoding: 'utf8' },
      );
      expect(status).not.toBe(0);
      expect(stdout).toContain("not assignable to type 'number'");
    } finally {
      rmSync(planted, { recursive: true });
    }
  });
});
