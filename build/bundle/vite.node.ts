// Bundles what the desktop runs in Node: main, engine, inference with its workers. The command line runs from its sources.
// Modules stay apart in the tree that the sources have, so that workers, wasm and pages are found
// beside their module in the built tree by the same relative address as in the sources.
import { cpSync, readdirSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, relative } from 'node:path';
import type { InlineConfig, Plugin } from 'vite';

const root = join(import.meta.dirname, '../..');

/** The ending says that a file is a module, wherever the nearest package.json is looked for. */
const BUILT = '.mjs';

/** Licences of what each build contains, beside its output; the notices are made of them. */
export const LICENCES = 'licences.json';

/**
 * Loaded from node_modules at run time: provided by the host, native, or CommonJS whose modules need each
 * other in a circle (protobufjs) or find each other as they run (electron-log), which a bundler cannot put in order; or
 * loaded when somebody first needs it, in the midst of a call that cannot wait (re2js).
 */
export const EXTERNAL = [
  'electron',
  'onnxruntime-node',
  'better-sqlite3',
  'sharp',
  'protobufjs',
  'electron-log',
  're2js',
];

/** Entry files by the process that runs them; the bundle guards walk from these. */
export const NODE_ENTRIES = {
  main: 'electron/main/main.ts',
  engine: 'electron/engine/entry.ts',
  inference: 'electron/inference/entry.ts',
  session: 'electron/inference/session.worker.ts',
  pixel: 'electron/inference/pixel.worker.ts',
  crew: 'electron/inference/crf/crew/crew.worker.ts',
} as const;

/** Files that modules read beside themselves. */
const ASSETS = [/\.wasm$/, /models\/demo\/(pack|samples)\//, /models\/vocabularies\/.*\.txt$/];

const isExternal = (id: string) =>
  isBuiltin(id) || EXTERNAL.some((name) => id === name || id.startsWith(`${name}/`));

/** `new URL('./x.worker.ts', import.meta.url)` names a source file; the built one ends in .mjs. */
function builtNeighbours(): Plugin {
  return {
    name: 'built-neighbours',
    renderChunk: (code) => ({
      code: code.replace(
        /(new URL\(\s*["'`][^"'`]+)\.ts(["'`]\s*,\s*import\.meta\.url)/g,
        `$1${BUILT}$2`,
      ),
      map: null,
    }),
  };
}

function copyAssets(out: string): Plugin {
  return {
    name: 'copy-assets',
    closeBundle: () => {
      for (const top of ['electron', 'models']) {
        for (const entry of readdirSync(join(root, top), {
          recursive: true,
          withFileTypes: true,
        })) {
          const path = relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/');
          if (entry.isFile() && ASSETS.some((pattern) => pattern.test(path)))
            cpSync(join(root, path), join(out, path));
        }
      }
    },
  };
}

/** Config of the one Node build; `out` receives the tree. */
export function nodeConfig(out: string): InlineConfig {
  return {
    configFile: false,
    root,
    logLevel: 'warn',
    plugins: [builtNeighbours(), copyAssets(out)],
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir: out,
      emptyOutDir: true,
      target: 'node24',
      minify: false,
      license: { fileName: LICENCES },
      rolldownOptions: {
        input: Object.values(NODE_ENTRIES).map((path) => join(root, path)),
        external: isExternal,
        checks: { bundlerTimings: false },
        output: {
          format: 'es',
          preserveModules: true,
          preserveModulesRoot: root,
          entryFileNames: (chunk) => `${chunk.name.replace(/^_virtual\//, 'virtual/')}${BUILT}`,
          sanitizeFileName: (name) => name.replaceAll('\0', ''),
        },
      },
    },
  };
}

/** The preload script: one CommonJS file, since a sandboxed preload cannot be a module. */
export function preloadConfig(out: string): InlineConfig {
  return {
    configFile: false,
    root,
    logLevel: 'warn',
    build: {
      outDir: out,
      emptyOutDir: true,
      target: 'node24',
      minify: false,
      lib: {
        entry: join(root, 'electron/preload/preload.ts'),
        formats: ['cjs'],
        fileName: () => 'preload.cjs',
      },
      rolldownOptions: { external: ['electron'] },
    },
  };
}

export const builtPath = (out: string, source: string) =>
  join(out, dirname(source), source.split('/').at(-1)?.replace(/\.ts$/, BUILT) ?? '');
