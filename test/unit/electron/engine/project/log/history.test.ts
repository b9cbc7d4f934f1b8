// Which steps a window may take back and bring again, from the log alone.
import { describe, expect, it } from 'vitest';
import {
  historyOf,
  redoable,
  undoable,
  type LogMark,
} from '../../../../../../electron/engine/project/log/history.ts';

type Written = [client: string, kind: LogMark['kind'], about?: number];
/** Entries of the log from revision 1 on; `about` is the step of an edit, or what is turned back. */
const log = (...entries: Written[]) =>
  historyOf(
    entries.map(([clientId, kind, about], at): LogMark => {
      const revision = at + 1;
      const isEdit = kind === 'do' || kind === 'note';
      return {
        revision,
        clientId,
        kind,
        step: isEdit ? (about ?? revision) : revision,
        target: isEdit ? null : (about ?? null),
      };
    }),
  );
const undo = (history: ReturnType<typeof log>, client = 'me') => undoable(history, client);
const redo = (history: ReturnType<typeof log>, client = 'me') => redoable(history, client);

describe('the history', () => {
  it('is empty before the first step, and notes are none', () => {
    const none = log(['me', 'note']);
    expect([undo(none), redo(none), none.doneAt]).toEqual([[], [], 0]);
  });

  it('takes back the own steps first, then those of others, the latest first', () => {
    const two = log(['me', 'do'], ['you', 'do'], ['me', 'do'], ['you', 'do']);
    expect(undo(two, 'me')).toEqual([3, 1, 4, 2]);
    expect(undo(two, 'you')).toEqual([4, 2, 3, 1]);
    expect(undo(two, 'a third')).toEqual([4, 3, 2, 1]);
    expect(two.doneAt).toBe(4);
  });

  it('counts entries of one step once, though another window drew in between', () => {
    expect(undo(log(['me', 'do', 1], ['me', 'do', 1], ['me', 'do', 1]))).toEqual([1]);
    const between = log(['me', 'do', 1], ['you', 'do', 2], ['me', 'do', 1]);
    expect(undo(between)).toEqual([1, 2]);
    expect(between.undo).toHaveLength(2);
  });

  it('brings back what was undone, the latest first, as the step of whoever made it', () => {
    const undone = log(['me', 'do'], ['me', 'do'], ['me', 'undo', 2], ['me', 'undo', 1]);
    expect([undo(undone), redo(undone)]).toEqual([[], [1, 2]]);
    const again = log(['you', 'do'], ['me', 'undo', 1], ['me', 'redo', 1]);
    expect(again.undo).toEqual([{ step: 1, clientId: 'you' }]);
    expect(redo(again)).toEqual([]);
  });

  it('forgets what a window could redo with its next step; another window keeps its own', () => {
    const both = [
      ['me', 'do'],
      ['you', 'do'],
      ['me', 'undo', 1],
      ['you', 'undo', 2],
    ] satisfies Written[];
    expect(redo(log(...both), 'me')).toEqual([1, 2]);
    const after = log(...both, ['me', 'do']);
    // Mine went with my new step; what you undid comes before that step and is yours alone.
    expect([redo(after, 'me'), redo(after, 'you')]).toEqual([[], [2]]);
    // What you undo after it, I may bring back as well.
    const later = log(...both, ['me', 'do'], ['you', 'undo', 5]);
    expect(redo(later, 'me')).toEqual([5]);
    expect(redo(later, 'you')).toEqual([5, 2]);
  });

  it('leaves alone what is undone or redone without having been there', () => {
    const odd = log(['me', 'do'], ['me', 'undo', 7], ['me', 'redo', 1]);
    expect([undo(odd), redo(odd)]).toEqual([[1], []]);
  });
});
