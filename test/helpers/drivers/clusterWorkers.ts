// Worker processes of the cluster's tests: started, listened to, killed by their own process ids; and what must hold
// of their results in the end.
import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { encodeMasks } from '../../../electron/cluster/order/masksBlob.ts';
import type { ClusterWorkerWords } from '../children/clusterWorker.ts';
import { masksOf } from '../standIns/clusterModel.ts';
import type { ClusterBench } from './clusterBench.ts';

const CHILD = fileURLToPath(new URL('../children/clusterWorker.ts', import.meta.url));

const children = new Set<ChildProcess>();

/** Ends every worker that is still there: for the end of a test that failed. */
export function killWorkers(): void {
  for (const child of children) child.kill('SIGKILL');
}

export interface WorkerProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  said(): string;
  says(text: string): Promise<void>;
}

/** `through` stands before the program: another host, a processor of its own. */
export function startWorker(
  words: ClusterWorkerWords,
  through: readonly string[] = [],
): WorkerProcess {
  const [program = '', ...args] = [...through, process.execPath, CHILD, JSON.stringify(words)];
  const child = spawn(program, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  children.add(child);
  let said = '';
  const wake = new Set<() => void>();
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    for (const look of wake) look();
  });
  const ended = new Promise<number | null>((resolve) =>
    child.on('close', (code) => {
      children.delete(child);
      resolve(code);
    }),
  );
  return {
    child,
    ended,
    said: () => said,
    says: (text) =>
      new Promise((resolve, reject) => {
        const look = () => said.includes(text) && resolve();
        wake.add(look);
        void ended.then(() => reject(new Error(`it ended without "${text}": ${said}`)));
        look();
      }),
  };
}

/** Every result against what an undisturbed worker makes of the same files. */
export async function checkResults(
  { pool }: ClusterBench,
  count: number,
  failures: Record<number, string>,
) {
  const { rows } = await pool.query<{ n: number; failure: string | null; masks: Buffer | null }>(
    'SELECT n, failure, masks FROM salience.result ORDER BY n',
  );
  const expected = Array.from({ length: count }, (_, n) => {
    const hash = createHash('sha256').update(`image ${n}`).digest('hex');
    const failure = failures[n] ?? null;
    return { n, failure, masks: failure ? null : encodeMasks(masksOf(hash, 1 as never)) };
  });
  expect(rows).toEqual(expected);
}
