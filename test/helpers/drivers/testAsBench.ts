// A bench that is a test with larger numbers: the same file under Vitest, told by its environment.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../..');

/** The word after `--name` of the command line, or `fallback`. */
export function option(name: string, fallback: string): string {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : (process.argv[at + 1] ?? fallback);
}

/** Runs contract tests and ends this process with its exit code. */
export function runContractTest(
  files: string | readonly string[],
  env: Readonly<Record<string, string>>,
): never {
  const { status } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--project',
      'contract',
      ...[files].flat().map((file) => `test/contract/${file}`),
    ],
    { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } },
  );
  process.exit(status ?? 1);
}
