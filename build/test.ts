// The README's test command: system packages, wasm, static checks, every suite, one closing line.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { buildAll, isAnythingStale } from './build.ts';
import { staticChecks } from './check.ts';
import { withWords } from './bundle/page.ts';
import { ensureBrowser } from './system/setup.ts';
import { ensureWasm } from './wasm.ts';

const root = join(import.meta.dirname, '..');
const filters = process.argv.slice(2);

ensureBrowser();
await ensureWasm();
// Built once here: browser and package tests run side by side and must not build over each other's page.
if (isAnythingStale()) await withWords(buildAll);
const checked = filters.length > 0 || staticChecks();
const vitest = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--passWithNoTests=false',
    '--reporter=default',
    '--reporter=./test/helpers/drivers/closingLine.ts',
    ...filters,
  ],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, SALIENCE_PAGE: join(root, 'dist/renderer') },
  },
);
if (!checked) console.error('Static checks failed: see the FAIL lines above the test run.');
process.exit(checked && vitest.status === 0 ? 0 : 1);
