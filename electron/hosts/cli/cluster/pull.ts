// `salience cluster pull`: a run set's masks as proposals in a project, to be reviewed in the window.
import { resolve } from 'node:path';
import { pullRun, type Pulled } from '../../../cluster/exchange/pull.ts';
import { parseRequest, type RunRequest } from '../../../cluster/order/request.ts';
import { findRunSet, type RunSetRow } from '../../../cluster/runs/runSets.ts';
import type { Connection } from '../../../cluster/connection.ts';
import type { CategoryId } from '../../../api/types.ts';
import type { Engine } from '../../../engine/engine.ts';
import { openAt } from '../../../engine/opening/opening.ts';
import {
  addCategories,
  listCategories,
  saveCategories,
} from '../../../engine/project/classes/categories.ts';
import type { Project } from '../../../engine/project/project.ts';
import { startEngine } from '../../startEngine.ts';
import { UsageError } from '../arguments/usageError.ts';
import { isTaken } from '../../../files/isTaken.ts';
import { counted } from '../../../link/words/counted.ts';
import { EXIT, onInterrupt, STOP } from '../terminal/exit.ts';
import { say, sayJson } from '../terminal/lines.ts';
import { progressPrinter, type ProgressPrinter } from '../terminal/progress.ts';
import { withDatabase, type ClusterWords } from './connect.ts';

export interface PullWords extends ClusterWords {
  readonly project: string;
  readonly images?: string;
}

export async function pullCommand(given: string, words: PullWords): Promise<number> {
  const file = resolve(words.project);
  if (words.images === undefined && !(await isTaken(file)))
    throw new UsageError(
      `There is no project ${file} yet: name the folder with the images, --images FOLDER.`,
    );
  const printer = progressPrinter(process.stderr, words);
  const tell = (line: string) => printer.line(line);
  const interrupt = onInterrupt(STOP.images, tell);
  const engine = await startEngine({ kind: 'commandLine', log: () => undefined });
  try {
    return await withDatabase(words, { name: 'pull', say: tell }, async (connection) => {
      const runSet = await findRunSet(connection.pool, given);
      await openAt(
        engine.context,
        file,
        words.images === undefined ? null : resolve(words.images),
        {
          complete: true,
          signal: interrupt.signal,
        },
      );
      const report = await pullHere({ engine, connection, runSet }, interrupt.signal, printer);
      printer.end();
      conclude(report, file, words);
      return report.differ + report.notHere > 0 ? EXIT.someFailed : EXIT.ok;
    });
  } finally {
    interrupt.release();
    await engine.close();
  }
}

function pullHere(
  { engine, connection, runSet }: { engine: Engine; connection: Connection; runSet: RunSetRow },
  signal: AbortSignal,
  printer: ProgressPrinter,
): Promise<Pulled> {
  const { pool, revive } = connection;
  const request = parseRequest(runSet);
  const project = engine.context.open.writable();
  const { images } = runSet;
  return pullRun(
    { context: engine.context, project },
    pool,
    { runSet: runSet.id, request, images, categories: classesIn(project, request) },
    {
      signal,
      revive,
      say: (line: string) => printer.line(line),
      onProgress: (done) => printer.update({ stage: 'Pulling', done, total: images }),
    },
  );
}

/** The run set's classes in the project: those that are new are added with their words. */
function classesIn({ store }: Project, { classes }: RunRequest): Map<number, CategoryId> {
  const known = new Set(listCategories(store).map(({ id }) => id));
  const ids = addCategories(
    store,
    classes.map(({ name }) => name),
    classes.map(({ id }) => id),
  );
  const now = new Map(listCategories(store).map((category) => [category.id, category]));
  saveCategories(
    store,
    classes.flatMap(({ prompt, synonyms, kind, supercategory }, index) => {
      const id = ids[index]!;
      const category = now.get(id);
      // The words of a class that was there are the project's own.
      if (!category || known.has(id)) return [];
      return [{ ...category, prompt, synonyms, kind, supercategory }];
    }),
  );
  return new Map(classes.map(({ id }, index) => [id, ids[index]!]));
}

function conclude(report: Pulled, file: string, { json }: PullWords): void {
  if (json) return sayJson({ project: file, ...report });
  for (const { name, why } of report.differing) say(`  left out  ${name}: ${why}`);
  if (report.differ > report.differing.length)
    say(`  and ${report.differ - report.differing.length} more`);
  if (report.notHere > 0)
    say(`${report.notHere} results belong to images that are not in this project's folder.`);
  if (report.maps > 0)
    say(
      `${counted(report.maps, 'image has its', 'images have their')} maps: thresholds move here.`,
    );
  if (report.mapsLeft > 0)
    say(
      `The maps of ${counted(report.mapsLeft, 'image')} stay in the database: their classes have other numbers in this project. Pull into a new project to have them.`,
    );
  say(`${counted(report.images, 'image')}, ${counted(report.proposals, 'new proposal')}: ${file}`);
}
