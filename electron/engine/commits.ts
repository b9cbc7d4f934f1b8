// Commits on behalf of handlers and jobs: writes, keeps the history in step and tells every client.
import type { ImageId, Origin, Transaction } from '../api/types.ts';
import type { EngineContext } from './context.ts';
import type { CommitContext, Committed } from './project/commit.ts';
import { commit } from './project/commit.ts';
import { statusCounts } from './project/images.ts';
import type { Project } from './project/project.ts';

/** Bulk actions over more images than this are told as one 'project.changed'. */
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
    lastStep: project.history().undo.at(-1) ?? null,
  });
  if (!done.repeated) {
    project.note(done.mark);
    publishCommits(context, project, [done], options.clientId);
  }
  return done;
}

/**
 * Commits transactions of several images as one step that is undone at once. `also` writes in the same
 * database transaction.
 */
export function commitTogether(
  context: EngineContext,
  project: Project,
  transactions: readonly Transaction[],
  { clientId, also }: { readonly clientId: string; readonly also?: () => void },
): Committed[] {
  const at = context.clock.now().toISOString();
  const done = project.store.transaction(() => {
    let step = 0;
    also?.();
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

/** Tells clients of commits that are on the disk. */
export function publishCommits(
  context: EngineContext,
  project: Project,
  commits: readonly Committed[],
  clientId: string,
): void {
  if (commits.length > MAX_REVISION_EVENTS) return publishChanged(context, project);
  for (const { revision, transaction, image } of commits)
    context.publish('project.revision', { revision, clientId, transaction, image });
}

/** Tells clients that counts changed in bulk. */
export function publishChanged(context: EngineContext, project: Project): void {
  context.publish('project.changed', {
    revision: project.revision(),
    scanned: context.open.scanning.active
      ? context.open.scanning.found
      : statusCounts(project.store).images,
    scanning: context.open.scanning.active,
  });
}

/** A transaction of the engine's own making. */
export function engineTransaction(
  context: EngineContext,
  imageId: ImageId,
  label: string,
  origin: Origin,
  record: Transaction['record'],
  changes: Transaction['changes'],
): Transaction {
  return { txId: context.newId(), imageId, label, origin, gestureId: null, record, changes };
}
