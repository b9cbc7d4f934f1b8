// Undo and redo of several windows on one project: whatever they do, a window takes back its own latest
// step while it has one, its redo brings back what it took, and nobody's pixels change otherwise.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  extend,
  historyOf,
  redoable,
  undoable,
  type History,
} from '../../../../../electron/engine/project/log/history.ts';

type Act = { readonly kind: 'do' | 'undo' | 'redo'; readonly who: 'a' | 'b' | 'c' };

const acts = fc.array(
  fc.record({
    kind: fc.constantFrom<Act['kind']>('do', 'do', 'undo', 'redo'),
    who: fc.constantFrom<Act['who']>('a', 'b', 'c'),
  }),
  { maxLength: 40 },
);

/** Plays acts over a model of what each window made and took back. */
function play(list: readonly Act[], check: (seen: Seen) => void): void {
  let history: History = historyOf([]);
  const madeBy = new Map<number, string>();
  const done = new Set<number>();
  /** What each window took back and may bring again, latest last. */
  const taken = new Map<string, number[]>([
    ['a', []],
    ['b', []],
    ['c', []],
  ]);
  for (const [index, { kind, who }] of list.entries()) {
    const revision = index + 1;
    if (kind === 'do') {
      madeBy.set(revision, who);
      done.add(revision);
      taken.set(who, []);
      history = extend(history, { revision, step: revision, kind, target: null, clientId: who });
      continue;
    }
    const target = (kind === 'undo' ? undoable : redoable)(history, who)[0] ?? null;
    check({ kind, who, target, madeBy, done, taken });
    if (target === null) continue;
    if (kind === 'undo') {
      done.delete(target);
      taken.get(who)!.push(target);
    } else {
      done.add(target);
      for (const [name, steps] of taken)
        taken.set(
          name,
          steps.filter((step) => step !== target),
        );
    }
    history = extend(history, { revision, step: revision, kind, target, clientId: who });
  }
}

interface Seen {
  readonly kind: 'undo' | 'redo';
  readonly who: string;
  readonly target: number | null;
  readonly madeBy: ReadonlyMap<number, string>;
  readonly done: ReadonlySet<number>;
  readonly taken: ReadonlyMap<string, readonly number[]>;
}

describe('undo of several windows', () => {
  it("takes a window's own step while it has one, else the latest of another", () => {
    fc.assert(
      fc.property(acts, (list) =>
        play(list, ({ kind, who, target, madeBy, done }) => {
          if (kind !== 'undo') return;
          if (target === null) return expect(done.size).toBe(0);
          expect(done.has(target)).toBe(true);
          const own = [...done].filter((step) => madeBy.get(step) === who);
          if (own.length > 0) expect(madeBy.get(target)).toBe(who);
        }),
      ),
      { numRuns: 1000 },
    );
  });

  it('brings back what the window itself took, latest first', () => {
    fc.assert(
      fc.property(acts, (list) =>
        play(list, ({ kind, who, target, done, taken }) => {
          if (kind !== 'redo') return;
          const mine = taken.get(who)!;
          if (mine.length > 0) expect(target).toBe(mine.at(-1));
          if (target !== null) expect(done.has(target)).toBe(false);
        }),
      ),
      { numRuns: 1000 },
    );
  });
});
