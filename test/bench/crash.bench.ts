// Two hundred kills of a working engine (or `--cycles n`, `--seed n`): the long form of the contract
// test, with every seed printed so that a loss can be repeated.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const value = (name: string, fallback: string) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : (process.argv[at + 1] ?? fallback);
};
const { status } = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--project',
    'contract',
    'test/contract/crash.test.ts',
  ],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      SALIENCE_CRASH_CYCLES: value('cycles', '200'),
      SALIENCE_CRASH_SEED: value('seed', String(Date.now() % 1_000_000)),
    },
  },
);
process.exit(status ?? 1);
