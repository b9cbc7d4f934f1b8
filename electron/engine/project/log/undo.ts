// Undo and redo over the whole project: the inverse of a logged step is committed as a new entry per
// image, so the log stays append-only. What a model run has changed since is left as it is, and so is a
// class, a setting or unfinished work that somebody has changed since.
import { conflicts, invertChanges, mergeChanges } from '../../../api/rules/document.ts';
import type { AnnotationChange, ImageId, Origin, Transaction } from '../../../api/types.ts';
import { decodeChanges } from './changeBlob.ts';
import type { CommitContext, Committed } from './commit.ts';
import { commit, currentOf } from './commit.ts';
import type { Fact } from './facts.ts';
import { decodeFacts, logFacts, turnFacts } from './facts.ts';
import { redoable, undoable, type History, type LogMark } from './history.ts';
import type { Store } from '../database/store.ts';

interface StepRow {
  imageId: ImageId;
  label: string;
  origin: string;
  changes: Uint8Array | null;
  facts: string | null;
}

/** A step over a data set holds a run per image: as one text they would outgrow what a text may be. */
const FACTS_PER_ENTRY = 200;

/** What one undo or redo did. */
export interface Turned {
  /** One per image whose annotations changed. */
  readonly commits: readonly Committed[];
  /** Rows beside annotations that were put back. */
  readonly facts: readonly Fact[];
  readonly marks: readonly LogMark[];
  readonly label: string;
  readonly origin: Origin;
  /** Where it was; 0 = on no image. */
  readonly imageId: ImageId;
}

/**
 * Takes back (or brings again) the next step of a window; null when there is none. A step of which
 * nothing fits any more is passed over.
 */
export function turnBack(
  store: Store,
  history: History,
  kind: 'undo' | 'redo',
  context: { clientId: string; at: string; newId: () => string },
): Turned | null {
  const order = kind === 'undo' ? undoable : redoable;
  for (const target of order(history, context.clientId)) {
    const turned = store.transaction(() => turnStep(store, target, kind, context));
    if (turned.marks.length > 0) return turned;
  }
  return null;
}

function turnStep(
  store: Store,
  target: number,
  kind: 'undo' | 'redo',
  context: { clientId: string; at: string; newId: () => string },
): Turned {
  const rows = store.all<StepRow>(
    `SELECT image_id AS imageId, label, origin, changes, facts FROM log
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
  // First, so that a class is back in the list before its annotations are.
  const facts = turnFacts(
    store,
    rows.flatMap((row) => (row.facts === null ? [] : decodeFacts(row.facts))),
    kind,
  );
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
  const told = rows[0];
  const { label = '', imageId = 0 as ImageId } = told ?? {};
  const origin = (told?.origin ?? 'user') as Origin;
  const marks = commits.map((one) => one.mark);
  const turn = { kind, target };
  for (let from = 0; from < facts.length; from += FACTS_PER_ENTRY) {
    const some = facts.slice(from, from + FACTS_PER_ENTRY);
    const mark = logFacts(store, { imageId, label, origin, facts: some, step, turn }, context);
    step = mark.step;
    marks.push(mark);
  }
  return { commits, facts, marks, label, origin, imageId };
}
