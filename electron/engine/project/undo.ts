// Undo and redo over the whole project: the inverse of a logged step is committed as a new entry per
// image, so the log stays append-only. What a model run has changed since is left as it is.
import { conflicts, invertChanges, mergeChanges } from '../../api/document.ts';
import type { AnnotationChange, ImageId, Origin, Transaction } from '../../api/types.ts';
import { decodeChanges } from './changeBlob.ts';
import type { CommitContext, Committed } from './commit.ts';
import { commit, currentOf } from './commit.ts';
import { redoable, undoable, type History } from './history.ts';
import type { Store } from './store.ts';

interface StepRow {
  imageId: ImageId;
  label: string;
  origin: string;
  changes: Uint8Array | null;
}

/**
 * Takes back (or brings again) the next step of a window and returns one commit per image; empty when
 * there is none. A step of which nothing fits any more is passed over.
 */
export function turnBack(
  store: Store,
  history: History,
  kind: 'undo' | 'redo',
  context: { clientId: string; at: string; newId: () => string },
): Committed[] {
  const order = kind === 'undo' ? undoable : redoable;
  for (const target of order(history, context.clientId)) {
    const commits = store.transaction(() => turnStep(store, target, kind, context));
    if (commits.length > 0) return commits;
  }
  return [];
}

function turnStep(
  store: Store,
  target: number,
  kind: 'undo' | 'redo',
  context: { clientId: string; at: string; newId: () => string },
): Committed[] {
  const rows = store.all<StepRow>(
    `SELECT image_id AS imageId, label, origin, changes FROM log
     WHERE step = ? AND kind = 'do' ORDER BY revision`,
    target,
  );
  const perImage = new Map<ImageId, { row: StepRow; changes: AnnotationChange[] }>();
  for (const row of rows) {
    if (row.changes === null) continue;
    const entry = perImage.get(row.imageId) ?? { row, changes: [] };
    entry.changes.push(...decodeChanges(row.changes));
    perImage.set(row.imageId, entry);
  }
  const commits: Committed[] = [];
  let step = 0;
  for (const [imageId, entry] of perImage) {
    const forward = mergeChanges(entry.changes);
    const wanted = kind === 'undo' ? invertChanges(forward) : forward;
    const unfit = new Set(
      conflicts(currentOf(store, imageId, wanted), wanted).map((change) => change.id),
    );
    const changes = wanted.filter((change) => !unfit.has(change.id));
    if (changes.length === 0) continue;
    const transaction: Transaction = {
      txId: context.newId(),
      imageId,
      label: entry.row.label,
      origin: entry.row.origin as Origin,
      gestureId: null,
      record: 'now',
      changes,
    };
    const turn: CommitContext = {
      clientId: context.clientId,
      at: context.at,
      lastStep: null,
      turn: { kind, target },
      step,
    };
    const done = commit(store, transaction, turn);
    step = done.mark.step;
    commits.push(done);
  }
  return commits;
}
