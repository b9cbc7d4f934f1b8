// Which steps can be undone or redone, worked out from the log alone, so that it survives a restart.

export interface LogMark {
  readonly revision: number;
  /** Revision of the step's first entry; entries of one gesture or bulk action share it. */
  readonly step: number;
  readonly kind: 'do' | 'undo' | 'redo' | 'note';
  /** Step that an undo or redo is about. */
  readonly target: number | null;
}

export interface History {
  /** Steps, oldest first; the last is undone next. */
  readonly undo: readonly number[];
  /** Steps, the last is redone next. */
  readonly redo: readonly number[];
}

const EMPTY_HISTORY: History = { undo: [], redo: [] };

/** The history after one more log entry. A new step clears what could be redone; notes change nothing. */
export function extend(history: History, mark: LogMark): History {
  switch (mark.kind) {
    case 'note':
      return history;
    case 'do':
      return history.undo.at(-1) === mark.step
        ? { undo: history.undo, redo: [] }
        : { undo: [...history.undo, mark.step], redo: [] };
    case 'undo':
      return history.undo.includes(mark.target!)
        ? {
            undo: history.undo.filter((step) => step !== mark.target),
            redo: [...history.redo, mark.target!],
          }
        : history;
    case 'redo':
      return history.redo.includes(mark.target!)
        ? {
            undo: [...history.undo, mark.target!],
            redo: history.redo.filter((step) => step !== mark.target),
          }
        : history;
  }
}

export function historyOf(marks: Iterable<LogMark>): History {
  let history = EMPTY_HISTORY;
  for (const mark of marks) history = extend(history, mark);
  return history;
}
