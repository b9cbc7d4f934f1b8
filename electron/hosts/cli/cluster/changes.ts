// `salience cluster retry`, `cancel` and `remove`.
import { cancelRunSet, removeRunSet, retryRunSet } from '../../../cluster/runs/changes.ts';
import { findRunSet } from '../../../cluster/runs/runSets.ts';
import { USUAL_TIMES } from '../../../cluster/worker/times.ts';
import { counted } from '../../../link/words/counted.ts';
import { EXIT } from '../terminal/exit.ts';
import { say, tell } from '../terminal/lines.ts';
import { progressPrinter } from '../terminal/progress.ts';
import { withDatabase, withQueue, type ClusterWords } from './connect.ts';

export function retryCommand(given: string, words: ClusterWords): Promise<number> {
  return withQueue(words, { name: 'retry', say: tell }, async ({ connection, queue }) => {
    const runSet = await findRunSet(connection.pool, given);
    const count = await retryRunSet(connection.pool, queue, runSet, USUAL_TIMES.leaseSeconds);
    say(
      `Run set ${runSet.id} "${runSet.name}": ${counted(count, 'image waits', 'images wait')} for a worker again.`,
    );
    return EXIT.ok;
  });
}

export function cancelCommand(given: string, words: ClusterWords): Promise<number> {
  return withDatabase(words, { name: 'cancel', say: tell }, async ({ pool }) => {
    const runSet = await findRunSet(pool, given);
    await cancelRunSet(pool, runSet);
    say(
      `Run set ${runSet.id} "${runSet.name}" is cancelled; workers stop within seconds, what is done is kept. "salience cluster retry ${runSet.id}" goes on.`,
    );
    return EXIT.ok;
  });
}

export function removeCommand(given: string, words: ClusterWords): Promise<number> {
  const printer = progressPrinter(process.stderr, words);
  return withQueue(words, { name: 'remove', say: tell }, async ({ connection, queue }) => {
    const runSet = await findRunSet(connection.pool, given);
    await removeRunSet(connection.pool, queue, runSet, (done, total) =>
      printer.update({ stage: 'Removing', done, total }),
    );
    printer.end();
    say(`Run set ${runSet.id} "${runSet.name}" is removed, with its results.`);
    return EXIT.ok;
  });
}
