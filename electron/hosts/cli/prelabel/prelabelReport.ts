// What `salience prelabel` says at its end: counts, failures with their reasons, and where everything is.
import { resolve } from 'node:path';
import { AppError } from '../../../api/errors.ts';
import type { CategoryId } from '../../../api/types.ts';
import type { JobStatus } from '../../../api/job.ts';
import type { Engine } from '../../../engine/engine.ts';
import type { Store } from '../../../engine/project/database/store.ts';
import { listCategories } from '../../../engine/project/classes/categories.ts';
import { edgeSummary } from '../../../engine/project/runEdges.ts';
import { jobFailures } from '../../../engine/jobs/items.ts';
import type { ArtifactFolders } from '../artifacts/artifacts.ts';
import { counted } from '../../../link/words/counted.ts';
import { EXIT } from '../terminal/exit.ts';
import type { PrelabelOptions } from './prelabelRequest.ts';
import { duration } from '../terminal/progress.ts';
import { edgeLines, namedEdges } from './edgeLines.ts';
import { say, sayJson } from '../terminal/lines.ts';
import { imagesWithNotes } from '../../../engine/project/runs.ts';

export const sumOf = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);

export interface Result {
  readonly out: string;
  /** Null when its file is gone. */
  readonly project: string | null;
  readonly images: number;
  readonly annotations: number;
  /** Images or labels that were asked for and are not in the file. */
  readonly leftOut: number;
  readonly warnings: readonly string[];
  /** Images whose pictures could not be written. */
  readonly picturesFailed: number;
}

/** Says what came out: failures with their reasons last, so that they are read. */
export function conclude(
  engine: Engine,
  jobs: readonly JobStatus[],
  result: Result,
  options: PrelabelOptions,
): number {
  const { store } = engine.context.open.get();
  const failures = jobs.flatMap(({ id }) => jobFailures(store, id, 0, 1000).failures);
  const edges = edgeSummary(
    store,
    jobs.map(({ id }) => id),
    options.json ? MAX_KEPT_JSON : MAX_KEPT,
  );
  const sum = (of: (job: JobStatus) => number) => sumOf(jobs.map(of));
  const counts = {
    images: sum(({ total }) => total),
    done: sum(({ done }) => done),
    empty: sum(({ empty }) => empty),
    skipped: sum(({ skipped }) => skipped),
    failed: sum(({ failed }) => failed),
    doubtful: sum(({ doubtful }) => doubtful),
    seconds: sum(
      ({ startedAt, finishedAt }) =>
        (Date.parse(finishedAt ?? startedAt) - Date.parse(startedAt)) / 1000,
    ),
  };
  if (options.json) {
    sayJson({
      ...result,
      notes: imageNotes(store),
      job: counts,
      ...(edges ? { edges: namedEdges(edges, nameIn(store)) } : {}),
      provider: jobs[0]?.provider ?? null,
      failures,
      folders: folders(options),
    });
  } else {
    for (const warning of [...result.warnings, ...imageNotes(store)]) say(`Note: ${warning}`);
    const parts = [
      `${counts.done} with masks`,
      `${counts.empty} without`,
      ...(counts.skipped ? [`${counts.skipped} skipped`] : []),
      ...(counts.failed ? [`${counts.failed} failed`] : []),
    ];
    say(`${counted(counts.images, 'image')} in ${duration(counts.seconds)}: ${parts.join(', ')}.`);
    if (counts.doubtful > 0)
      say(`${counted(counts.doubtful, 'mask is', 'masks are')} doubtful; look there first.`);
    if (edges) edgeLines(edges, nameIn(store)).forEach(say);
    for (const { name, message } of failures) say(`  failed  ${name}: ${message}`);
    if (counts.failed > failures.length)
      say(`  and ${counts.failed - failures.length} more; the project lists them all.`);
    say(
      `COCO file      ${result.out}  (${counted(result.annotations, 'annotation')}, read back and equal)`,
    );
    const noMasks = result.annotations === 0 ? '  (empty: no mask was found)' : '';
    for (const [what, folder] of Object.entries(folders(options)))
      say(`${what.padEnd(14)} ${folder}${what === 'Masks' ? noMasks : ''}`);
    if (result.project !== null)
      say(`Project        ${result.project}  (open it in Salience to review)`);
  }
  return counts.failed + result.picturesFailed + result.leftOut > 0 ? EXIT.someFailed : EXIT.ok;
}

const MAX_NOTED = 20;
const MAX_KEPT = 10;
const MAX_KEPT_JSON = 1000;

/** What a class is called. */
function nameIn(store: Store): (id: CategoryId) => string {
  const names = new Map(listCategories(store).map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? '';
}

/** How images were read where that is not plain; the first of them, and how many more. */
function imageNotes(store: Store): string[] {
  const { images, all } = imagesWithNotes(store, MAX_NOTED);
  const lines = images.map(({ name, notes }) => `${name}: ${notes.join(' ')}`);
  return all > images.length
    ? [...lines, `and ${all - images.length} more images like these`]
    : lines;
}

const folders = (options: ArtifactFolders): Record<string, string> =>
  Object.fromEntries(
    [
      ['Overlays', options.overlays],
      ['Masks', options.masks],
      ['Maps', options.maps],
    ].flatMap(([what, folder]) =>
      folder === undefined || what === undefined ? [] : [[what, resolve(folder)]],
    ),
  );

/** A file that was not kept is no work that is lost: the masks are in the project. */
export function withProject(error: unknown, project: string): unknown {
  if (!(error instanceof AppError) || error.code !== 'EXPORT_MISMATCH') return error;
  return new AppError(
    error.code,
    `${error.message}\nThe masks are kept in ${project}; "salience export ${project} --out <file>" writes them again, --format in another form.`,
    { cause: error },
  );
}
