// Asks tests about a file, in a process that is started again when a mutant keeps them from ending.
import { spawn, type ChildProcess } from 'node:child_process';
import { join, relative, sep } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { MARK, type Asked, type Outcome } from './asked.ts';

export interface Questions {
  ask(asked: Asked): Promise<Outcome>;
  close(): void;
}

/** A runner that says nothing for so long is gone. */
const GONE_MS = 30 * 60_000;

/** Tests lie in `copy`, with paths from there. */
export async function createQuestions(copy: string): Promise<Questions> {
  let child: ChildProcess;
  let lines: AsyncIterator<string>;
  const inCopy = (path: string) => join(copy, path);
  const fromCopy = (path: string | null) => path && relative(copy, path).split(sep).join('/');

  async function outcome(): Promise<Outcome> {
    const late = new AbortController();
    const end = pause(GONE_MS, null, { signal: late.signal }).catch(() => null);
    try {
      for (;;) {
        const line = await Promise.race([lines.next(), end]);
        if (line === null || line.done) return { stuck: null };
        if (!line.value.startsWith(MARK)) continue;
        const said = JSON.parse(line.value.slice(MARK.length)) as Outcome;
        return 'stuck' in said
          ? { stuck: fromCopy(said.stuck) }
          : { ...said, failed: fromCopy(said.failed) };
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
    if ('stuck' in (await outcome())) throw new Error('mutate: the test runner did not start');
  }

  await start();
  return {
    async ask({ file, tests, silenceMs }) {
      const asked: Asked = {
        file: file === null ? null : inCopy(file),
        tests: tests.map(inCopy),
        silenceMs,
      };
      child.stdin!.write(`${JSON.stringify(asked)}\n`);
      const answer = await outcome();
      if ('stuck' in answer) {
        child.kill('SIGKILL');
        await start();
      }
      return answer;
    },
    close: () => void child.kill('SIGKILL'),
  };
}
