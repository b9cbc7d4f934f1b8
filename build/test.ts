// The README's test command: system packages, wasm, static checks beside every suite, one closing line.
import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { buildAll, isAnythingStale } from './build.ts';
import { withWords } from './bundle/page.ts';
import { ensureBrowser } from './system/setup.ts';
import { ensureWasm } from './wasm.ts';

const root = join(import.meta.dirname, '..');
const filters = process.argv.slice(2);

/** Runs the static checks in what the tests leave of the processors, and prints all their lines at once. */
async function checksBeside(): Promise<boolean> {
  const checks = spawn(process.execPath, [join(root, 'build/check.ts')], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (checks.pid !== undefined) setPriority(checks.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  const said: Buffer[] = [];
  for (const stream of [checks.stdout, checks.stderr])
    stream.on('data', (part: Buffer) => said.push(part));
  const code = await ended(checks);
  process.stdout.write(Buffer.concat(said));
  return code === 0;
}

async function suites(): Promise<boolean> {
  const vitest = spawn(
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
  return (await ended(vitest)) === 0;
}

const ended = (child: ReturnType<typeof spawn>): Promise<number | null> =>
  new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });

ensureBrowser();
await ensureWasm();
// Built once here: browser and package tests run side by side and must not build over each other's page.
if (isAnythingStale()) await withWords(buildAll);
// The checks take two minutes of one core, and the suites leave a third of two cores idle while they wait for each
// other's processes: one behind the other, a run takes two minutes longer.
const [checked, passed] = await Promise.all([filters.length > 0 || checksBeside(), suites()]);
if (!checked) console.error('Static checks failed: see the FAIL lines among those of the tests.');
process.exit(checked && passed ? 0 : 1);
