// The checks themselves: each planted fault must be found, or the check is worth nothing.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bundleBreaches, preloadBreaches } from '../../../build/checks/bundleGuard.ts';
import { circleBreaches } from '../../../build/checks/circles.ts';
import { exportBreaches } from '../../../build/checks/exports.ts';
import { layerBreaches } from '../../../build/checks/layers.ts';
import { roomBreaches } from '../../../build/checks/rooms.ts';
import { withLongTwins, withTwinFolders } from '../../../build/checks/translations.ts';
import { folderBreaches, lengthBreaches, purposeBreaches } from '../../../build/checks/sizes.ts';
import { sourceFiles } from '../../../build/checks/sources.ts';
import { structureBreaches } from '../../../build/checks/structure.ts';
import { builtPath, NODE_ENTRIES } from '../../../build/bundle/vite.node.ts';

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
    [
      'models/packs/a.ts',
      "import { albef } from '../albef/family.ts';",
      /families are known by models\/families\.ts alone/,
    ],
    [
      'electron/engine/order/a.ts',
      "import { annotationsOf } from '../project/annotations.ts';",
      /need the link alone/,
    ],
    ['electron/elsewhere/a.ts', '', /no known layer/],
  ])('finds a breach in %s: %s', (path, text, message) => {
    plant(path, text);
    expect(layerBreaches(folder).join('\n')).toMatch(message);
  });
});

describe('the structure check', () => {
  const parsed = (files: Readonly<Record<string, string>>) => {
    for (const [path, text] of Object.entries(files)) plant(path, text);
    return sourceFiles(folder);
  };

  test('this tree has no breach', () => expect(structureBreaches(root)).toEqual([]));

  test('finds a circle of files, type imports and components included', () => {
    const files = parsed({
      'models/a.ts': "import type { B } from './b.ts';\nexport type A = B;",
      'models/b.ts': "export { c } from './c.ts';\nexport type B = 1;",
      'models/c.ts': "export const c = () => import('./a.ts');",
      'renderer/src/D.svelte': '<script lang="ts">import E from \'./E.svelte\';</script>',
      'renderer/src/E.svelte': "<script>import D from './D.svelte';</script>",
    });
    expect(circleBreaches(files)).toEqual([
      'models/a.ts -> models/b.ts -> models/c.ts import each other in a circle',
      'renderer/src/D.svelte -> renderer/src/E.svelte import each other in a circle',
    ]);
  });

  test('finds two folders that import each other, but lets a folder know its own rooms', () => {
    const files = parsed({
      'models/x/a.ts': "import { b } from '../y/b.ts';\nexport const a = b;",
      'models/x/c.ts': 'export const c = 1;',
      'models/y/b.ts': "import { c } from '../x/c.ts';\nexport const b = c;",
      'models/x/inner/d.ts': "import { c } from '../c.ts';\nexport const d = c;",
      'models/x/e.ts': "import { d } from './inner/d.ts';\nexport const e = d;",
    });
    expect(circleBreaches(files)).toEqual([
      expect.stringMatching(/^models\/x and models\/y import each other/),
    ]);
  });

  test('finds long files and exceptions that are no longer needed', () => {
    const files = parsed({ 'models/long.ts': 'a;\n'.repeat(251), 'models/short.ts': 'a;\n' });
    expect(lengthBreaches(files, { 'models/short.ts': 'was long' })).toEqual([
      expect.stringContaining('models/short.ts fits into 250 lines'),
      expect.stringContaining('models/long.ts has 251 lines'),
    ]);
  });

  test('finds full folders and folders without a purpose', () => {
    const files = parsed(
      Object.fromEntries(Array.from({ length: 13 }, (_, n) => [`models/many/f${n}.ts`, ''])),
    );
    expect(folderBreaches(files, {})).toEqual([
      expect.stringContaining('models/many has 13 loose files'),
    ]);
    expect(purposeBreaches(files, { 'models/gone': 'x' })).toEqual([
      expect.stringContaining('models/many has no purpose'),
      expect.stringContaining('models/gone, which is not there'),
    ]);
  });

  test('translations have the folders and the long files of English, as far as they are there', () => {
    const files = parsed({
      'renderer/src/text/de.ts': '',
      'renderer/src/text/de/label.ts': 'a;\n'.repeat(251),
      'renderer/src/text/fr/label.ts': 'a;\n',
      'renderer/src/text/it/label.ts': 'a;\n'.repeat(251),
    });
    expect(withTwinFolders({ 'renderer/src/text/en': 'x' }, files)).toEqual({
      'renderer/src/text/en': 'x',
      'renderer/src/text/de': 'x',
      'renderer/src/text/fr': 'x',
    });
    expect(withLongTwins({ 'renderer/src/text/en/label.ts': 'x' }, files)).toEqual({
      'renderer/src/text/en/label.ts': 'x',
      'renderer/src/text/de/label.ts': 'x',
    });
  });

  test('finds exports without a user and exports for tests alone', () => {
    const files = parsed({
      'models/a.ts':
        'export const used = 1;\nexport const dead = 2;\n// tried by tests\nexport const tried = 3;\nexport type Own = number;\nexport const typed: Own = 4;',
      'models/b.ts': "import { used, typed } from './a.ts';\nconsole.log(used, typed);",
      'test/a.test.ts': "import { tried } from '../models/a.ts';\nconsole.log(tried);",
    });
    expect(exportBreaches(files, sourceFiles(folder, ['test']), [])).toEqual([
      'models/a.ts exports dead, which no other file imports',
      'models/a.ts exports tried for tests alone: the product has no use for it',
    ]);
  });

  test('finds SQL, the runtime and the picture library outside their rooms', () => {
    const files = parsed({
      'electron/hosts/a.ts': 'store.all(`SELECT id FROM image`);',
      'electron/engine/b.ts': "const { default: sharp } = await import('sharp');",
      'electron/inference/c.ts': "import ort from 'onnxruntime-node';",
      'electron/engine/project/d.ts': "store.get('SELECT 1');",
    });
    expect(roomBreaches(files)).toEqual([
      expect.stringMatching(/^electron\/hosts\/a\.ts uses SQL/),
      expect.stringMatching(/^electron\/inference\/c\.ts uses onnxruntime-node/),
      expect.stringMatching(/^electron\/engine\/b\.ts uses sharp/),
    ]);
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
