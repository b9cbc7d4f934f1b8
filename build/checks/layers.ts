// Who may import whom. The table is the design; a breach fails with both names and what is allowed.
// Type environments (one tsconfig per folder) catch wrong globals; this catches wrong neighbours.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, resolve, sep } from 'node:path';

interface Layer {
  readonly folder: string;
  /** Folders it may import besides itself. */
  readonly may: readonly string[];
  /** Packages and builtins it must not import; 'node' stands for every node: builtin. */
  readonly never?: readonly string[];
  readonly only?: readonly string[];
}

/** Model families, each a folder with a family.ts; none is known below the table that lists them. */
const MODELS = join(import.meta.dirname, '../../models');
const FAMILIES = readdirSync(MODELS)
  .filter((name) => existsSync(join(MODELS, name, 'family.ts')))
  .map((name) => `models/${name}`);
/** Those that match images with texts: a further one is its folder and a line of the table. */
const MATCHING = FAMILIES.filter((folder) =>
  readFileSync(join(MODELS, '..', folder, 'family.ts'), 'utf8').includes(': ItmFamily ='),
);
/** What may look into everything. */
const OUTSIDE = ['build', 'test'];
const FAMILY_TABLE = 'models/families.ts';
const NATIVE = ['onnxruntime-node', 'better-sqlite3', 'sharp'];

/** First match wins, so the narrower folder stands first. */
export const LAYERS: readonly Layer[] = [
  { folder: 'electron/api', may: [], never: ['node', 'electron', ...NATIVE] },
  { folder: 'electron/masks', may: ['electron/api'], never: ['node', 'electron', ...NATIVE] },
  { folder: 'electron/files', may: ['electron/api'], never: ['electron', ...NATIVE] },
  {
    folder: 'electron/link',
    may: ['electron/api', 'electron/masks'],
    never: ['electron', ...NATIVE],
  },
  {
    folder: 'electron/engine',
    may: ['electron/api', 'electron/masks', 'electron/files', 'electron/link', 'models'],
    never: ['electron', 'onnxruntime-node'],
  },
  {
    folder: 'electron/inference',
    may: ['electron/api', 'electron/masks', 'electron/files', 'electron/link', 'models'],
    never: ['electron', 'better-sqlite3'],
  },
  { folder: 'electron/main', may: ['electron/api', 'electron/hosts'], never: NATIVE },
  { folder: 'electron/preload', may: ['electron/api'], never: ['node', ...NATIVE] },
  {
    // Many machines: it drives the engine's parts and the link, and nothing but the command line knows it.
    folder: 'electron/cluster',
    may: [
      'electron/api',
      'electron/masks',
      'electron/files',
      'electron/link',
      'electron/engine',
      'models',
    ],
    never: ['electron', ...NATIVE],
  },
  {
    folder: 'electron/hosts',
    may: [
      'electron/cluster',
      'electron/api',
      'electron/masks',
      'electron/files',
      'electron/link',
      'electron/engine',
      'electron/inference',
      'models',
    ],
    never: ['electron', 'onnxruntime-node'],
  },
  {
    folder: 'renderer',
    may: ['electron/api', 'electron/masks'],
    never: ['node', 'electron', ...NATIVE],
  },
  { folder: 'models', may: [], never: ['electron', 'better-sqlite3'] },
  { folder: 'build', may: ['electron', 'models', 'renderer', 'test'] },
  { folder: 'test', may: ['electron', 'models', 'renderer', 'build'] },
];

/** Rules inside a folder: files under `from` must not import files under `never`. */
const INSIDE: readonly {
  from: string;
  never: readonly string[];
  packages?: readonly string[];
  why: string;
}[] = [
  {
    from: 'renderer/src/canvas',
    never: ['renderer/src/panels', 'renderer/src/screens'],
    why: 'the canvas is a view, panels sit above it',
  },
  {
    from: 'renderer/src/tools',
    never: ['renderer/src/panels', 'renderer/src/screens', 'renderer/src/canvas'],
    packages: ['konva', 'svelte'],
    why: 'tools are pure reducers',
  },
  {
    from: 'renderer/src/state',
    never: ['renderer/src/panels', 'renderer/src/screens', 'renderer/src/canvas'],
    why: 'panels read state, state knows no panel',
  },
  {
    from: 'renderer/src/host',
    never: [
      'renderer/src/panels',
      'renderer/src/screens',
      'renderer/src/canvas',
      'renderer/src/state',
    ],
    why: 'the host link is the lowest layer',
  },
  {
    from: 'electron/engine/order',
    never: [
      'electron/engine/project',
      'electron/engine/prelabel',
      'electron/engine/jobs',
      'electron/engine/packs',
      'electron/engine/files',
    ],
    why: 'an order and its work need the link alone, so that any computer can do them',
  },
  {
    from: 'models/ir',
    never: ['models/ops', 'models/autodiff', 'models/onnx', ...FAMILIES],
    why: 'ir knows no op',
  },
  {
    from: 'models/ops',
    never: ['models/autodiff', 'models/onnx', ...FAMILIES],
    why: 'ops know no gradient walk',
  },
  {
    from: 'models/autodiff',
    never: ['models/onnx', ...FAMILIES],
    why: 'the gradient walk knows no family',
  },
  {
    from: 'models/onnx',
    never: [...FAMILIES],
    why: 'the writer knows no family',
  },
  {
    from: 'models/safetensors',
    never: [...FAMILIES, 'models/ir', 'models/ops', 'models/onnx'],
    why: 'a reader knows no graph',
  },
];

const IMPORT =
  /(?:^|[\s;>])(?:import|export)\s+(type\s+)?(?:[^'"();]*?\sfrom\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g;

function sources(root: string): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter(
      (entry) =>
        entry.isFile() && /\.(ts|js|svelte)$/.test(entry.name) && !entry.name.endsWith('.d.ts'),
    )
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !/node_modules|[\\/]assembly[\\/]|[\\/]test[\\/]fixtures[\\/]/.test(file));
}

const inside = (file: string, folder: string) => file === folder || file.startsWith(`${folder}/`);

/** Every breach of the table under `root`, as sentences; empty when all is well. */
export function layerBreaches(root: string): string[] {
  const breaches: string[] = [];
  for (const top of ['electron', 'renderer', 'models', 'build', 'test']) {
    for (const path of sources(join(root, top))) {
      const file = relative(root, path).split(sep).join(posix.sep);
      const layer = LAYERS.find((candidate) => inside(file, candidate.folder));
      if (!layer) {
        breaches.push(`${file} is in no known layer; add its folder to build/checks/layers.ts`);
        continue;
      }
      for (const match of readFileSync(path, 'utf8').matchAll(IMPORT)) {
        const typeOnly = Boolean(match[1]);
        const name = match[2] ?? match[3] ?? '';
        if (name.startsWith('.')) {
          const target = relative(root, resolve(dirname(path), name))
            .split(sep)
            .join(posix.sep);
          const rule = INSIDE.find(
            (r) => inside(file, r.from) && r.never.some((folder) => inside(target, folder)),
          );
          if (rule && !typeOnly) breaches.push(`${file} imports ${target}: ${rule.why}`);
          const family = MATCHING.find((folder) => inside(target, folder));
          if (family && !inside(file, family) && file !== FAMILY_TABLE && !OUTSIDE.includes(top))
            breaches.push(`${file} imports ${target}: families are known by ${FAMILY_TABLE} alone`);
          if (inside(target, layer.folder) || layer.may.some((folder) => inside(target, folder)))
            continue;
          if (/\.(json|md|css|wasm)$|package\.json$/.test(target)) continue;
          breaches.push(
            `${file} imports ${target}; allowed: ${[layer.folder, ...layer.may].join(', ')}`,
          );
          continue;
        }
        const rule = INSIDE.find(
          (r) =>
            inside(file, r.from) && r.packages?.some((p) => name === p || name.startsWith(`${p}/`)),
        );
        if (rule && !typeOnly) breaches.push(`${file} imports ${name}: ${rule.why}`);
        const refused = layer.never?.some((p) =>
          p === 'node' ? name.startsWith('node:') : name === p || name.startsWith(`${p}/`),
        );
        if (refused && !typeOnly)
          breaches.push(`${file} imports ${name}, which ${layer.folder} must not`);
      }
    }
  }
  return breaches;
}
