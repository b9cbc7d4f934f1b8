// Asks tests about a file, in a process that is started again when a mutant keeps them from ending.
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { MARK, type Answered, type Asked } from './asked.ts';

export interface Questions {
  /** Null when the tests did not end within `limitMs`. */
  ask(asked: Asked, limitMs: number): Promise<Answered | null>;
  close(): void;
}

/** The runner reads every configuration and looks for all tests when it starts. */
const START_MS = 180_000;

/** Tests lie in `copy`, with paths from there. */
export async function createQuestions(copy: string): Promise<Questions> {
  let child: ChildProcess;
  let lines: AsyncIterator<string>;

  async function answered(limitMs: number): Promise<Answered | null> {
    const late = new AbortController();
    const end = pause(limitMs, null, { signal: late.signal }).catch(() => null);
    try {
      for (;;) {
        const line = await Promise.race([lines.next(), end]);
        if (line === null || line.done) return null;
        if (line.value.startsWith(MARK))
          return JSON.parse(line.value.slice(MARK.length)) as Answered;
      }
    } finally {
      late.abort();
    }
  }

  async function start(): Promise<void> {
    child = spawn(process.execPath, [join(import.meta.dirname, 'asker.ts'), copy], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
    if ((await answered(START_MS)) === null)
      throw new Error('mutate: the test runner did not start');
  }

  await start();
  return {
    async ask({ file, tests }, limitMs) {
      const inCopy = (path: string) => join(copy, path);
      const asked: Asked = {
        file: file === null ? null : inCopy(file),
        tests: tests.map(inCopy),
      };
      child.stdin!.write(`${JSON.stringify(asked)}\n`);
      const answer = await answered(limitMs);
      if (answer === null) {
        child.kill('SIGKILL');
        await start();
      }
      return answer;
    },
    close: () => void child.kill('SIGKILL'),
  };
}
