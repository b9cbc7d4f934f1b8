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
import { createJudge } from './mutate/verdict.ts';
import { randomFrom } from '../test/helpers/fixtures/random.ts';

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
const judge = createJudge(questions, (test) =>
  console.log(`left out  ${test}: it fails without a mutant`),
);

/** The test that kills the mutant: the nearest ones are asked first. */
async function killerOf(mutant: Mutant, tests: readonly string[]): Promise<string | null> {
  const file = join(copy, mutant.path);
  const text = readFileSync(file, 'utf8');
  const put = () => writeFileSync(file, mutated(text, mutant));
  const takeOut = () => writeFileSync(file, text);
  put();
  try {
    for (const round of [tests.slice(0, NEAREST), tests.slice(NEAREST)]) {
      const by = await judge.killerOf(mutant.path, round, async (ask) => {
        takeOut();
        return ask().finally(put);
      });
      if (by !== null) return by;
    }
    return null;
  } finally {
    takeOut();
  }
}

let killed = 0;
try {
  for (const mutant of chosen) {
    const tests = testsOf(mutant.path, importers);
    const by = await killerOf(mutant, tests);
    if (by !== null) killed += 1;
    const why = tests.length === 0 ? ': no test imports it' : by === null ? '' : `  by ${by}`;
    console.log(`${by === null ? 'survived' : 'killed  '}  ${lineOf(mutant)}${why}`);
  }
} finally {
  questions.close();
  rmSync(copy, { recursive: true, force: true });
}
console.log(
  `mutate: ${killed} of ${chosen.length} killed, out of ${pool.length} possible, seed ${seed}`,
);
