// `salience cluster export`: a run set as COCO files.
import { warningEnglish } from '../../../api/said/exportWords.ts';
import { exportRun, shardFiles } from '../../../cluster/exchange/exportRun.ts';
import { parseRequest } from '../../../cluster/order/request.ts';
import { countsOf, findRunSet } from '../../../cluster/runs/runSets.ts';
import { UsageError } from '../arguments/usageError.ts';
import { isTaken } from '../../../files/isTaken.ts';
import { existsAlready, resultPath } from '../exportProject.ts';
import { counted } from '../../../link/words/counted.ts';
import { EXIT, onInterrupt, STOP } from '../terminal/exit.ts';
import { say, sayJson } from '../terminal/lines.ts';
import { progressPrinter } from '../terminal/progress.ts';
import { withDatabase, type ClusterWords } from './connect.ts';

export interface ExportRunWords extends ClusterWords {
  readonly out: string;
  readonly format: string;
  readonly shards: string;
  readonly partial?: boolean;
  readonly overwrite?: boolean;
}

const MOST_SHARDS = 10_000;

export async function exportRunCommand(given: string, words: ExportRunWords): Promise<number> {
  const shards = Number(words.shards);
  if (!Number.isInteger(shards) || shards < 1 || shards > MOST_SHARDS)
    throw new UsageError(`--shards takes a whole number from 1 to ${MOST_SHARDS}.`);
  const out = await resultPath(words.out, words.format);
  if (!words.overwrite)
    for (const file of shardFiles(out, shards)) if (await isTaken(file)) throw existsAlready(file);
  const printer = progressPrinter(process.stderr, words);
  const tell = (line: string) => printer.line(line);
  const interrupt = onInterrupt(STOP.copy, tell);
  try {
    return await withDatabase(words, { name: 'export', say: tell }, async (connection) => {
      const { pool, revive } = connection;
      const runSet = await findRunSet(pool, given);
      const { done, failed, open, images } = await countsOf(pool, runSet);
      const isWhole = open === 0 && runSet.state !== 'listing';
      if (!isWhole && !words.partial)
        throw new UsageError(
          `${runSet.name} has ${open} open images${runSet.state === 'listing' ? ' and is still being listed' : ''}: export --partial takes the ${done} that are done.`,
        );
      const report = await exportRun(
        pool,
        {
          runSet: runSet.id,
          request: parseRequest(runSet),
          images,
          done,
          format: words.format,
          out,
          shards,
          overwrite: words.overwrite === true,
          createdAt: new Date().toISOString(),
        },
        {
          say: tell,
          revive,
          signal: interrupt.signal,
          onProgress: (written) => printer.update({ stage: 'Writing', done: written, total: done }),
        },
      );
      printer.end();
      const warnings = report.warnings.map(warningEnglish);
      if (words.json) sayJson({ ...report, warnings, failed, open });
      else {
        for (const warning of warnings) say(`Note: ${warning}`);
        for (const file of report.files) say(file);
        say(
          `${counted(report.images, 'image')}, ${counted(report.annotations, 'annotation')}, read back and equal; ${failed} failed, ${open} open.`,
        );
      }
      return failed + open > 0 ? EXIT.someFailed : EXIT.ok;
    });
  } finally {
    interrupt.release();
  }
}
