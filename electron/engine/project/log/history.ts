// Which steps can be undone or redone, worked out from the log alone, so that it survives a restart.

export interface LogMark {
  readonly revision: number;
  /** Revision of the step's first entry; entries of one gesture or bulk action share it. */
  readonly step: number;
  readonly kind: 'do' | 'undo' | 'redo' | 'note';
  /** Step that an undo or redo is about. */
  readonly target: number | null;
  readonly clientId: string;
}

export interface DoneStep {
  readonly step: number;
  /** The window that made it. */
  readonly clientId: string;
}

export interface UndoneStep extends DoneStep {
  /** The window that took it back. */
  readonly undoneBy: string;
  /** Revision of that. */
  readonly undoneAt: number;
}

export interface History {
  /** Oldest first. */
  readonly undo: readonly DoneStep[];
  /** In the order in which they were undone. */
  readonly redo: readonly UndoneStep[];
  /** Revision of the latest step that anyone made; 0 before the first. */
  readonly doneAt: number;
}

const EMPTY_HISTORY: History = { undo: [], redo: [], doneAt: 0 };

/**
 * Steps that a window can undo, in order: its own, latest first, then those of other windows and earlier
 * sessions, so that undo works after a restart.
 */
export function undoable({ undo }: History, clientId: string): readonly number[] {
  const latest = undo.toReversed();
  return ownFirst(latest, (step) => step.clientId === clientId).map(({ step }) => step);
}

/** Steps that a window can redo: those it undid itself, then those of others while no new step followed. */
export function redoable({ redo, doneAt }: History, clientId: string): readonly number[] {
  const isOwn = (step: UndoneStep) => step.undoneBy === clientId;
  const offered = redo.filter((step) => isOwn(step) || step.undoneAt > doneAt);
  return ownFirst(offered.toReversed(), isOwn).map(({ step }) => step);
}

function ownFirst<T>(list: readonly T[], isOwn: (item: T) => boolean): T[] {
  return [...list.filter(isOwn), ...list.filter((item) => !isOwn(item))];
}

/** The history after one more log entry. A window's new step clears what it could redo; notes change nothing. */
export function extend(history: History, mark: LogMark): History {
  switch (mark.kind) {
    case 'note':
      return history;
    case 'do': {
      const { step, clientId, revision } = mark;
      const isKnown = history.undo.findLast((done) => done.clientId === clientId)?.step === step;
      return {
        undo: isKnown ? history.undo : [...history.undo, { step, clientId }],
        redo: history.redo.filter((undone) => undone.undoneBy !== clientId),
        doneAt: revision,
      };
    }
    case 'undo': {
      const done = history.undo.find(({ step }) => step === mark.target);
      if (!done) return history;
      const undone = { ...done, undoneBy: mark.clientId, undoneAt: mark.revision };
      return {
        ...history,
        undo: history.undo.filter((other) => other !== done),
        redo: [...history.redo, undone],
      };
    }
    case 'redo': {
      const undone = history.redo.find(({ step }) => step === mark.target);
      if (!undone) return history;
      const { step, clientId } = undone;
      return {
        ...history,
        undo: [...history.undo, { step, clientId }],
        redo: history.redo.filter((other) => other !== undone),
      };
    }
  }
}

export function historyOf(marks: Iterable<LogMark>): History {
  let history = EMPTY_HISTORY;
  for (const mark of marks) history = extend(history, mark);
  return history;
}
