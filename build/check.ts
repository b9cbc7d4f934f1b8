// Static checks in one command: types of every folder, layers, lint, formatting.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { layerBreaches } from './checks/layers.ts';
import { structureBreaches } from './checks/structure.ts';

const root = join(import.meta.dirname, '..');
const TYPED = [
  'electron/api',
  'electron/masks',
  'electron/files',
  'electron/link',
  'electron/engine',
  'electron/inference',
  'electron/cluster',
  'electron/main',
  'electron/preload',
  'electron/hosts',
  'models',
  'build',
  'test',
];

function run(label: string, bin: string, args: readonly string[]): boolean {
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules', bin), ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  console.log(`${status === 0 ? 'ok  ' : 'FAIL'} ${label}`);
  return status === 0;
}

const hasSources = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true }).some((name) => String(name).endsWith('.ts'));

function told(label: string, breaches: readonly string[]): boolean {
  for (const breach of breaches) console.error(breach);
  console.log(`${breaches.length === 0 ? 'ok  ' : 'FAIL'} ${label}`);
  return breaches.length === 0;
}

/** Runs every static check; true when all pass. */
export function staticChecks(): boolean {
  const layers = told('layers', layerBreaches(root));
  const structure = told('structure', structureBreaches(root));
  const types = TYPED.filter(hasSources).map((folder) =>
    run(`types ${folder}`, 'typescript-seven/bin/tsc', ['-p', folder]),
  );
  const svelte = run('types renderer', 'svelte-check/bin/svelte-check', [
    '--tsconfig',
    'renderer/tsconfig.json',
    '--fail-on-warnings',
    '--output',
    'human',
  ]);
  const lint = run('lint', 'eslint/bin/eslint.js', ['.', '--max-warnings=0']);
  const format = run('format', 'prettier/bin/prettier.cjs', [
    '--check',
    '--log-level',
    'warn',
    '.',
  ]);
  return layers && structure && types.every(Boolean) && svelte && lint && format;
}

if (import.meta.main) process.exit(staticChecks() ? 0 : 1);
