// npm run mutate -- [--seed N] [--count N] [folder...]: changes one operator at a time in a copy of the tree and asks
// the unit and property tests that import the file. A mutant that lives names a line that no test holds.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { sourceFiles } from './checks/sources.ts';
import { mutantsOf, mutated, type Mutant } from './mutate/mutants.ts';
import { importersOf, isPure, testsOf } from './mutate/tests.ts';
import { randomFrom } from '../test/helpers/fixtures/random.ts';

/** A mutant that keeps its tests from ending is killed by time. */
const LONGEST_MS = 180_000;

const root = join(import.meta.dirname, '..');
const { values, positionals } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, count: { type: 'string', default: '20' } },
  allowPositionals: true,
});
const [seed, count] = [Number(values.seed), Number(values.count)];
if (!Number.isInteger(seed) || !Number.isInteger(count) || count < 1) {
  console.error('mutate: --seed and --count take whole numbers, --count at least 1.');
  process.exit(2);
}

const product = sourceFiles(root, ['electron', 'renderer', 'models']);
const importers = importersOf([...product, ...sourceFiles(root, ['test'])]);
const isAsked = (path: string) =>
  positionals.length === 0 || positionals.some((one) => path.startsWith(one.replace(/^\.\//, '')));
const pool = product
  .filter((file) => isAsked(file.path) && isPure(file))
  .flatMap(({ path, text }) => mutantsOf(path, text));
if (pool.length === 0) {
  console.error(`mutate: no pure file under ${positionals.join(', ')}; name a folder of sources.`);
  process.exit(2);
}

/** `count` of the pool without repeats, the same for the same seed. */
function sample(): Mutant[] {
  const random = randomFrom(seed);
  const left = [...pool];
  return Array.from({ length: Math.min(count, pool.length) }, () =>
    left.splice(Math.floor(random() * left.length), 1),
  ).flat();
}

/** The tree without what is built; people's own files are never changed. */
function copyOfTree(): string {
  const copy = mkdtempSync(join(tmpdir(), 'salience-mutate-'));
  const left = new Set(['node_modules', '.git', 'dist', 'out', 'release']);
  cpSync(root, copy, {
    recursive: true,
    filter: (from) => !(from.startsWith(root + sep) && left.has(from.slice(root.length + 1))),
  });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
  return copy;
}

type Verdict = 'passed' | 'failed' | 'endless';

function askTests(tests: readonly string[], more: readonly string[], timeout?: number) {
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--project=unit', '--project=property'];
  return spawnSync(process.execPath, [...args, ...more, ...tests], {
    cwd: copy,
    stdio: 'ignore',
    ...(timeout === undefined ? {} : { timeout }),
  });
}

function verdictOf(tests: readonly string[]): Verdict {
  const { status, error } = askTests(tests, ['--bail=1', '--reporter=dot'], LONGEST_MS);
  if (error) return 'endless';
  return status === 0 ? 'passed' : 'failed';
}

/** Test files that fail on the tree as it is: what they say about a mutant means nothing. */
function unsoundTests(tests: ReadonlySet<string>): string[] {
  const report = join(copy, 'unsound.json');
  askTests([...tests], ['--reporter=json', `--outputFile=${report}`]);
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
    testResults: { name: string; status: string }[];
  };
  return testResults
    .filter(({ status }) => status !== 'passed')
    .map(({ name }) => relative(copy, name).split(sep).join('/'));
}

const lineOf = ({ path, line, from, to }: Mutant) =>
  `${path}:${line}  ${from.trim()} -> ${to || '(left out)'}`;

const chosen = sample();
const copy = copyOfTree();
let killed = 0;
try {
  const asked = new Set(chosen.flatMap(({ path }) => testsOf(path, importers)));
  const unsound = unsoundTests(asked);
  for (const one of unsound) console.log(`left out  ${one}: it fails without a mutant`);
  for (const mutant of chosen) {
    const tests = testsOf(mutant.path, importers).filter((one) => !unsound.includes(one));
    const file = join(copy, mutant.path);
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, mutated(text, mutant));
    const verdict = tests.length === 0 ? 'passed' : verdictOf(tests);
    writeFileSync(file, text);
    if (verdict !== 'passed') killed += 1;
    const word = verdict === 'passed' ? 'survived' : 'killed  ';
    const why =
      tests.length === 0 ? ': no test imports it' : verdict === 'endless' ? ': by time' : '';
    console.log(`${word}  ${lineOf(mutant)}${why}`);
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
console.log(
  `mutate: ${killed} of ${chosen.length} killed, out of ${pool.length} possible, seed ${seed}`,
);
