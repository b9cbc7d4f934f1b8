// npm run mutate -- [--seed N] [--count N] [folder...]: changes one operator at a time in a copy of the tree and asks
// the unit and property tests that import the file. A mutant that lives names a line that no test holds.
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { sourceFiles } from './checks/sources.ts';
import { mutantsOf, mutated, type Mutant } from './mutate/mutants.ts';
import { createQuestions } from './mutate/questions.ts';
import { importersOf, isPure, NEAREST, testsOf } from './mutate/tests.ts';
import { randomFrom } from '../test/helpers/fixtures/random.ts';

/** A mutant whose tests take this much longer than without it is killed by time. */
const LONGER = 8;
const AT_LEAST_MS = 20_000;
/** The test runner asks nothing that takes longer than this without a mutant. */
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

const lineOf = ({ path, line, from, to }: Mutant) =>
  `${path}:${line}  ${from.trim()} -> ${to || '(left out)'}`;

const chosen = sample();
const copy = copyOfTree();
const questions = await createQuestions(copy);

/** Milliseconds of each test without a mutant; null for one that fails: what it says means nothing. */
const known = new Map<string, number | null>();
async function soundTests(tests: readonly string[]): Promise<string[]> {
  for (const test of tests) {
    if (known.has(test)) continue;
    const answer = await questions.ask({ file: null, tests: [test] }, LONGEST_MS);
    known.set(test, answer?.failed === null ? answer.milliseconds : null);
    if (known.get(test) === null) console.log(`left out  ${test}: it fails without a mutant`);
  }
  return tests.filter((test) => known.get(test) !== null);
}

/** True when a test fails, or does not end, with the mutant in place. */
async function isKilled(file: string, tests: readonly string[]): Promise<boolean> {
  const usualMs = tests.reduce((sum, test) => sum + (known.get(test) ?? 0), 0);
  const answer = await questions.ask({ file, tests }, Math.max(AT_LEAST_MS, LONGER * usualMs));
  return answer === null || answer.failed !== null;
}

let killed = 0;
try {
  for (const mutant of chosen) {
    const tests = testsOf(mutant.path, importers);
    const file = join(copy, mutant.path);
    const text = readFileSync(file, 'utf8');
    let isDead = false;
    for (const round of [tests.slice(0, NEAREST), tests.slice(NEAREST)]) {
      if (isDead) break;
      const sound = await soundTests(round);
      if (sound.length === 0) continue;
      writeFileSync(file, mutated(text, mutant));
      isDead = await isKilled(mutant.path, sound);
      writeFileSync(file, text);
    }
    if (isDead) killed += 1;
    const why = tests.length === 0 ? ': no test imports it' : '';
    console.log(`${isDead ? 'killed  ' : 'survived'}  ${lineOf(mutant)}${why}`);
  }
} finally {
  questions.close();
  rmSync(copy, { recursive: true, force: true });
}
console.log(
  `mutate: ${killed} of ${chosen.length} killed, out of ${pool.length} possible, seed ${seed}`,
);
