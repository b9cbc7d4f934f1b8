// Commits on behalf of handlers and jobs: writes, keeps the history in step and tells every client.
import type { ImageId, Origin, RunId, Transaction } from '../api/types.ts';
import type { EngineContext } from './context.ts';
import type { LogMark } from './project/log/history.ts';
import type { CommitContext, Committed } from './project/log/commit.ts';
import { commit } from './project/log/commit.ts';
import { presentRun } from './prelabel/present.ts';
import type { Fact, FactTable, RowName } from './project/log/facts.ts';
import { logFacts, watched } from './project/log/facts.ts';
import { imageRecord } from './project/images/images.ts';
import { parkedById, parkedNews } from './project/parked.ts';
import type { Project } from './project/project.ts';
import { runById } from './project/runs.ts';

/** Bulk actions over more images than this publish one 'project.changed'. */
const MAX_REVISION_EVENTS = 64;

/** Commits one transaction and publishes it. */
export function commitOne(
  context: EngineContext,
  project: Project,
  transaction: Transaction,
  options: Pick<CommitContext, 'clientId' | 'jobId' | 'keepChanges'>,
): Committed {
  const done = commit(project.store, transaction, {
    ...options,
    at: context.clock.now().toISOString(),
    lastStep: lastStepOf(project, options.clientId),
  });
  if (!done.repeated) {
    project.note(done.mark);
    publishCommits(context, project, [done], options.clientId);
  }
  return done;
}

/** A gesture joins the window's own last step: another window may have drawn in between. */
function lastStepOf(project: Project, clientId: string): number | null {
  return project.history().undo.findLast((done) => done.clientId === clientId)?.step ?? null;
}

/** Commits transactions of several images as one step that is undone at once. */
export function commitTogether(
  context: EngineContext,
  project: Project,
  transactions: readonly Transaction[],
  { clientId }: { readonly clientId: string },
): Committed[] {
  const at = context.clock.now().toISOString();
  const done = project.store.transaction(() => {
    let step = 0;
    return transactions.map((transaction) => {
      const one = commit(project.store, transaction, { clientId, at, lastStep: null, step });
      step = one.mark.step;
      return one;
    });
  });
  for (const one of done) project.note(one.mark);
  publishCommits(context, project, done, clientId);
  return done;
}

export interface Step {
  readonly label: string;
  readonly origin: Origin;
  /** Where it is taken; 0 = on no image. */
  readonly imageId: ImageId;
  readonly transactions: readonly Transaction[];
  /** Rows beside annotations that `work` changes. */
  readonly rows: readonly RowName[];
  readonly work: () => void;
}

/** Changes annotations and other rows as one step that is undone at once; nothing where it fails. */
export function commitStep(
  context: EngineContext,
  project: Project,
  step: Step,
  clientId: string,
): void {
  commitParts(context, project, [step], clientId);
}

/** The same over several images: one step of many parts, each with its own entry in the log. */
export function commitParts(
  context: EngineContext,
  project: Project,
  parts: readonly Step[],
  clientId: string,
): void {
  const { store } = project;
  const at = context.clock.now().toISOString();
  const commits: Committed[] = [];
  const facts: Fact[] = [];
  const marks: LogMark[] = [];
  store.transaction(() => {
    let step = 0;
    for (const { label, origin, imageId, transactions, rows, work } of parts) {
      for (const transaction of transactions) {
        const one = commit(store, transaction, { clientId, at, lastStep: null, step });
        step = one.mark.step;
        commits.push(one);
        marks.push(one.mark);
      }
      const changed = watched(store, rows, work);
      if (changed.length === 0) continue;
      const entry = { imageId, label, origin, facts: changed, step };
      const mark = logFacts(store, entry, { clientId, at, newId: context.newId });
      step = mark.step;
      facts.push(...changed);
      marks.push(mark);
    }
  });
  for (const mark of marks) project.note(mark);
  publishCommits(context, project, commits, clientId);
  publishFacts(context, project, facts);
}

/** Publishes changed rows beside annotations, each through its own event. */
export function publishFacts(
  context: EngineContext,
  project: Project,
  facts: readonly Fact[],
): void {
  const of = (table: FactTable) => facts.filter(({ row }) => row[0] === table);
  const runs = of('run');
  if (runs.length > MAX_REVISION_EVENTS) return publishChanged(context, project);
  for (const { row } of runs) {
    const run = runById(project.store, row[1] as RunId);
    context.publish('run.figures', presentRun(project, run));
  }
  const images = new Set(
    of('parked').map(
      ({ row, before, after }) =>
        // A fact of a row that stays names only what changed in it.
        parkedById(project.store, String(row[1]))?.imageId ??
        ((after ?? before)?.['image_id'] as ImageId),
    ),
  );
  for (const imageId of images) context.publish('image.parked', parkedNews(project.store, imageId));
  const noted = of('image_note');
  if (noted.length > MAX_REVISION_EVENTS) return publishChanged(context, project);
  for (const { row } of noted)
    context.publish('image.noted', { image: imageRecord(project.store, row[1] as ImageId) });
  if (of('category').length > 0 || of('meta').length > 0) publishChanged(context, project);
}

/** Tells clients of commits that are on the disk. */
export function publishCommits(
  context: EngineContext,
  project: Project,
  commits: readonly Committed[],
  clientId: string,
): void {
  if (commits.length === 0) return;
  if (commits.length > MAX_REVISION_EVENTS) return publishChanged(context, project);
  const totals = context.open.totals();
  for (const { revision, transaction, image } of commits)
    context.publish('project.revision', { revision, clientId, transaction, image, totals });
}

/** Tells clients that counts changed in bulk. */
export function publishChanged(context: EngineContext, project: Project): void {
  const totals = context.open.totals();
  context.publish('project.changed', {
    revision: project.revision(),
    scanned: context.open.scanning.active ? context.open.scanning.found : totals.images,
    scanning: context.open.scanning.active,
    totals,
  });
}

/** A transaction of the engine's own making. */
export function engineTransaction(
  context: EngineContext,
  made: Omit<Transaction, 'txId' | 'gestureId'>,
): Transaction {
  return { ...made, txId: context.newId(), gestureId: null };
}
