// `salience cluster status`: how run sets stand, once or again and again.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from '../../../cluster/connection.ts';
import { untilItAnswers } from '../../../cluster/database/outage.ts';
import { findRunSet, listRunSets } from '../../../cluster/runs/runSets.ts';
import { statusOf, type RunStatus } from '../../../cluster/runs/status.ts';
import { bytesInWords } from '../../../../models/packs/words.ts';
import { EXIT, onInterrupt, STOP } from '../terminal/exit.ts';
import { clearScreen, say, sayJson, tell } from '../terminal/lines.ts';
import { duration } from '../terminal/progress.ts';
import { withDatabase, type ClusterWords } from './connect.ts';
import { counted } from '../../../link/words/counted.ts';

export interface StatusWords extends ClusterWords {
  readonly watch?: boolean;
}

const EVERY_MS = 2000;

export function statusCommand(given: string | undefined, words: StatusWords): Promise<number> {
  return withDatabase(words, { name: 'status', say: tell }, async (connection) => {
    const { pool, revive } = connection;
    if (given !== undefined) await findRunSet(pool, given);
    if (!words.watch) {
      show(await statuses(connection, given), words);
      return EXIT.ok;
    }
    const interrupt = onInterrupt(STOP.look, () => undefined);
    try {
      while (!interrupt.signal.aborted) {
        const patience = { say: tell, revive, signal: interrupt.signal };
        const all = await untilItAnswers(() => statuses(connection, given), patience);
        if (!words.json) clearScreen();
        show(all, words);
        if (all.length > 0 && all.every(({ open, state }) => open === 0 && state !== 'listing'))
          break;
        await sleep(EVERY_MS, undefined, { signal: interrupt.signal }).catch(() => undefined);
      }
    } finally {
      interrupt.release();
    }
    return EXIT.ok;
  });
}

async function statuses({ pool }: Connection, given: string | undefined): Promise<RunStatus[]> {
  const runSets = given === undefined ? await listRunSets(pool) : [await findRunSet(pool, given)];
  const all: RunStatus[] = [];
  for (const runSet of runSets) all.push(await statusOf(pool, runSet));
  return all;
}

function show(all: readonly RunStatus[], { json }: StatusWords): void {
  if (json) return sayJson(all);
  if (all.length === 0) say('No run set yet. "salience cluster submit" makes one.');
  for (const one of all) showOne(one);
}

function showOne(run: RunStatus): void {
  const { id, name, state, images, done, failed, open, imagesPerSecond, secondsLeft } = run;
  const told = state === 'open' ? (open === 0 ? 'finished' : 'open') : state;
  say(
    `Run set ${id} "${name}", ${told}: ${done} of ${images} done, ${failed} failed, ${open} open`,
  );
  for (const [kind, count] of Object.entries(run.failures)) say(`  failed  ${kind}: ${count}`);
  const left = secondsLeft === null ? '' : `, ${duration(secondsLeft)} left`;
  if (open > 0) say(`  ${imagesPerSecond.toFixed(2)} images/s${left}`);
  if (run.mapBytes > 0) say(`  maps  ${bytesInWords(run.mapBytes)}`);
  if (run.held > 0)
    say(
      `  ${counted(run.held, 'job is', 'jobs are')} held; the most silent holder beat ${Math.round(run.oldestLeaseSeconds ?? 0)} s ago`,
    );
  for (const worker of run.workers) {
    const { host, pid, device, running, secondsSilent } = worker;
    const where = running === null ? `asked for ${device}` : `runs on ${running}`;
    say(
      `  ${host} (${pid}), ${where}: ${worker.imagesPerSecond.toFixed(2)} images/s, ${worker.done} done, ${worker.failed} failed, beat ${Math.round(secondsSilent)} s ago`,
    );
  }
}
