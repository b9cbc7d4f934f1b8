// Asks tests about a file, in a process that is started again when a mutant keeps them from ending.
import { spawn, type ChildProcess } from 'node:child_process';
import { join, relative, sep } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { MARK, type Answered, type Asked, type Outcome, type Progress } from './asked.ts';

export interface Questions {
  /** Gives up when nothing was heard for `silenceMs`. */
  ask(asked: Asked, silenceMs: number): Promise<Outcome>;
  close(): void;
}

/** The runner reads every configuration and looks for all tests when it starts. */
const START_MS = 180_000;

/** Tests lie in `copy`, with paths from there. */
export async function createQuestions(copy: string): Promise<Questions> {
  let child: ChildProcess;
  let lines: AsyncIterator<string>;
  const inCopy = (path: string) => join(copy, path);
  const fromCopy = (path: string) => relative(copy, path).split(sep).join('/');

  /** Null after `silenceMs` without a line. */
  async function nextLine(silenceMs: number): Promise<IteratorResult<string> | null> {
    const late = new AbortController();
    const end = pause(silenceMs, null, { signal: late.signal }).catch(() => null);
    try {
      return await Promise.race([lines.next(), end]);
    } finally {
      late.abort();
    }
  }

  async function outcome(silenceMs: number): Promise<Outcome> {
    let stuck: string | null = null;
    for (;;) {
      const line = await nextLine(silenceMs);
      if (line === null || line.done) return { stuck };
      if (!line.value.startsWith(MARK)) continue;
      const said = JSON.parse(line.value.slice(MARK.length)) as Answered | Progress;
      if (!('at' in said))
        return { ...said, failed: said.failed === null ? null : fromCopy(said.failed) };
      stuck = fromCopy(said.at);
    }
  }

  async function start(): Promise<void> {
    child = spawn(process.execPath, [join(import.meta.dirname, 'asker.ts'), copy], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
    if ('stuck' in (await outcome(START_MS)))
      throw new Error('mutate: the test runner did not start');
  }

  await start();
  return {
    async ask({ file, tests }, silenceMs) {
      const asked: Asked = {
        file: file === null ? null : inCopy(file),
        tests: tests.map(inCopy),
      };
      child.stdin!.write(`${JSON.stringify(asked)}\n`);
      const answer = await outcome(silenceMs);
      if ('stuck' in answer) {
        child.kill('SIGKILL');
        await start();
      }
      return answer;
    },
    close: () => void child.kill('SIGKILL'),
  };
}
