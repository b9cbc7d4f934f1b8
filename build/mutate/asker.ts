// A process that keeps the test runner warm: it reads lines of { file, tests }, runs the tests until one fails, and
// answers with a line. Its parent ends it when a mutant keeps a test from ending.
import { createInterface } from 'node:readline';
import { createVitest, type TestSpecification } from 'vitest/node';
import { MARK, type Answered, type Asked } from './asked.ts';

const [folder = ''] = process.argv.slice(2);
process.chdir(folder);
const vitest = await createVitest({
  root: folder,
  watch: false,
  // One thread for all: a thread for each file costs more than most of its tests.
  pool: 'threads',
  isolate: false,
  maxWorkers: 1,
  fileParallelism: false,
  project: ['unit', 'property'],
  reporters: [{}],
});
const specifications = Map.groupBy(await vitest.globTestSpecifications(), (one) => one.moduleId);
const say = (answer: Answered) => process.stdout.write(`${MARK}${JSON.stringify(answer)}\n`);

async function passes(test: string, asked: readonly TestSpecification[]): Promise<boolean> {
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications([...asked]);
  // Results of earlier runs are told again: the test's own are meant.
  const own = testModules.filter(({ moduleId }) => moduleId === test);
  return own.length > 0 && own.every((one) => one.ok()) && unhandledErrors.length === 0;
}

async function answer({ file, tests }: Asked): Promise<Answered> {
  const startMs = performance.now();
  if (file !== null) vitest.invalidateFile(file);
  let failed: string | null = null;
  for (const test of tests)
    if (failed === null && !(await passes(test, specifications.get(test) ?? []))) failed = test;
  if (file !== null) vitest.invalidateFile(file);
  return { failed, milliseconds: performance.now() - startMs };
}

say({ failed: null, milliseconds: 0 });
for await (const line of createInterface({ input: process.stdin }))
  say(await answer(JSON.parse(line) as Asked));
await vitest.close();
