// A process that keeps the test runner warm: it reads lines of { file, tests }, runs the tests until one fails, and
// answers with a line. Its parent ends it when a mutant keeps a test from ending.
import { createInterface } from 'node:readline';
import { createVitest, type TestModule, type TestSpecification } from 'vitest/node';
import { MARK, type Answered, type Asked, type Progress } from './asked.ts';

/** The first test file of a run that failed. */
let failed: string | null = null;
const say = (line: Answered | Progress) => process.stdout.write(`${MARK}${JSON.stringify(line)}\n`);

function fail({ moduleId }: TestModule): void {
  if (failed !== null) return;
  failed = moduleId;
  // Waiting for the cancelled run in its own reporter would never end.
  void vitest.cancelCurrentRun('test-failure').catch(() => undefined);
}

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
  // As asked: the nearest test first.
  sequence: {
    sequencer: class {
      sort = (all: TestSpecification[]) => Promise.resolve(all);
      shard = (all: TestSpecification[]) => Promise.resolve(all);
    },
  },
  reporters: [
    {
      onTestModuleQueued: ({ moduleId }) => void say({ at: moduleId }),
      onTestCaseResult(test) {
        if (test.result().state === 'failed') fail(test.module);
        say({ at: test.module.moduleId });
      },
      onTestModuleEnd(module) {
        if (module.state() === 'failed') fail(module);
      },
    },
  ],
});
const specifications = Map.groupBy(await vitest.globTestSpecifications(), (one) => one.moduleId);

/** The first of `tests` that fails, run together. */
async function failedOf(tests: readonly string[]): Promise<string | null> {
  failed = null;
  const { unhandledErrors } = await vitest.runTestSpecifications(
    tests.flatMap((test) => specifications.get(test) ?? []),
  );
  return failed ?? (unhandledErrors.length > 0 ? tests.at(-1)! : null);
}

/** Test files share a thread, so one that fails behind others is asked again by itself. */
async function failedAlone(tests: readonly string[]): Promise<string | null> {
  let left = tests;
  while (left.length > 0) {
    const first = await failedOf(left);
    if (first === null || first === left[0]) return first;
    if ((await failedOf([first])) !== null) return first;
    left = left.slice(left.indexOf(first) + 1);
  }
  return null;
}

async function answer({ file, tests }: Asked): Promise<Answered> {
  const startMs = performance.now();
  if (file !== null) vitest.invalidateFile(file);
  const first = await failedAlone(tests);
  if (file !== null) vitest.invalidateFile(file);
  return { failed: first, milliseconds: performance.now() - startMs };
}

say({ failed: null, milliseconds: 0 });
for await (const line of createInterface({ input: process.stdin }))
  say(await answer(JSON.parse(line) as Asked));
await vitest.close();
