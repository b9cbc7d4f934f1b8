// A process that keeps the test runner warm: it reads lines of { file, tests }, runs the tests until one fails, and
// answers with a line. Its parent ends it when a mutant keeps a test from ending.
import { createInterface } from 'node:readline';
import { createVitest, type TestModule, type TestSpecification } from 'vitest/node';
import { MARK, type Asked, type Outcome } from './asked.ts';

/** How often silence is measured. */
const LOOK_MS = 500;

/** The first test file of a run that failed. */
let failed: string | null = null;
/** The test file that was heard of last, and the processor time then. */
let heard = { test: null as string | null, cpuMs: 0 };
const say = (outcome: Outcome) => process.stdout.write(`${MARK}${JSON.stringify(outcome)}\n`);

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
const hear = (test: string | null) => void (heard = { test, cpuMs: cpuMs() });

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
      onTestModuleQueued: ({ moduleId }) => hear(moduleId),
      onTestCaseResult(test) {
        if (test.result().state === 'failed') fail(test.module);
        hear(test.module.moduleId);
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

async function answer({ file, tests, silenceMs }: Asked): Promise<Outcome> {
  const startMs = cpuMs();
  hear(null);
  const watch = setInterval(() => {
    if (cpuMs() - heard.cpuMs > silenceMs) say({ stuck: heard.test });
  }, LOOK_MS);
  if (file !== null) vitest.invalidateFile(file);
  const first = await failedAlone(tests);
  if (file !== null) vitest.invalidateFile(file);
  clearInterval(watch);
  return { failed: first, milliseconds: cpuMs() - startMs };
}

say({ failed: null, milliseconds: 0 });
for await (const line of createInterface({ input: process.stdin }))
  say(await answer(JSON.parse(line) as Asked));
await vitest.close();
