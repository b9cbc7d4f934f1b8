// Steps of the small engine, by the real one's rules of who undoes what.
import {
  conflicts,
  invertChanges,
  joins,
  mergeChanges,
} from '../../../../electron/api/rules/document.ts';
import type { ImageId, Revision, Transaction } from '../../../../electron/api/types.ts';
import {
  historyOf,
  redoable,
  undoable,
  type LogMark,
} from '../../../../electron/engine/project/log/history.ts';
import type { HostState, Store, Typed } from './state.ts';

type Turn = (kind: 'undo' | 'redo') => void;

/** Notes a step at the revision that `state` has now; a gesture goes on with the window's last one. */
export function logStep(
  state: HostState,
  transaction: Transaction,
  clientId: string,
  turn?: Turn,
): void {
  const revision = state.revision;
  const last = state.log.at(-1);
  const isOpen = last && state.marks.at(-1)?.kind === 'do' && joins(last.transaction, transaction);
  const step = isOpen ? last.revision : revision;
  if (isOpen)
    last.transaction = {
      ...last.transaction,
      changes: [...last.transaction.changes, ...transaction.changes],
    };
  else
    state.log.push({
      transaction,
      revision,
      at: new Date().toISOString(),
      undone: false,
      ...(turn && { turn }),
    });
  state.marks.push({ revision, step, kind: 'do', target: null, clientId });
}

export function historyHandlers({ state, publish, record, documentFor, commit }: Store): Typed {
  const entryOf = (step: number) => state.log.find(({ revision }) => revision === step);
  const turn = (kind: 'undo' | 'redo', clientId: string) => {
    const history = historyOf(state.marks);
    for (const target of (kind === 'undo' ? undoable : redoable)(history, clientId)) {
      const entry = entryOf(target)!;
      const { imageId, label } = entry.transaction;
      const forward = mergeChanges(entry.transaction.changes);
      const wanted = kind === 'undo' ? invertChanges(forward) : forward;
      // First, so that a class is back in the list before its annotations are.
      entry.turn?.(kind);
      const unfit = new Set(conflicts(documentFor(imageId), wanted).map(({ id }) => id));
      const changes = wanted.filter(({ id }) => !unfit.has(id));
      if (changes.length === 0 && !entry.turn) continue;
      const transaction: Transaction = {
        ...entry.transaction,
        txId: `${kind}-${state.revision}`,
        gestureId: null,
        record: 'now',
        changes,
      };
      const revision =
        imageId > 0 ? commit(transaction, clientId, false) : ((state.revision += 1) as Revision);
      const mark: LogMark = { revision, step: revision, kind, target, clientId };
      state.marks.push(mark);
      entry.undone = kind === 'undo';
      const imageName = imageId > 0 ? record(imageId).name : '';
      const of = [...history.undo, ...history.redo].find(({ step }) => step === target)!.clientId;
      publish('project.turned', { kind, clientId, of, label, imageId, imageName });
      return { transaction, revision, imageName };
    }
    return { transaction: null, revision: state.revision as Revision, imageName: '' };
  };
  return {
    'doc.undo': (_, call) => turn('undo', call.clientId),
    'doc.redo': (_, call) => turn('redo', call.clientId),
    'doc.history': ({ imageId, limit }, call) => {
      const history = historyOf(state.marks);
      const known = new Set([...history.undo, ...history.redo].map(({ step }) => step));
      const labelOf = (step: number | undefined) =>
        step === undefined ? null : (entryOf(step)?.transaction.label ?? null);
      return {
        entries: state.log
          .filter(({ revision }) => known.has(revision))
          .filter(({ transaction }) => imageId === null || transaction.imageId === imageId)
          .slice(-limit)
          .reverse()
          .map(({ transaction, revision, at, undone }) => ({
            revision: revision as Revision,
            label: transaction.label,
            imageId: transaction.imageId as ImageId,
            at,
            undone,
          })),
        canUndo: labelOf(undoable(history, call.clientId)[0]),
        canRedo: labelOf(redoable(history, call.clientId)[0]),
      };
    },
  };
}
