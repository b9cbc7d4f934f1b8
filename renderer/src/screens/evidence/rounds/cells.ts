// The cells of the table of rounds: a row for each class, a column for each round, and the way among them.
import type { CategoryId } from '../../../../../electron/api/types.ts';
import type { JudgedClass, RunSummary } from '../../../../../electron/api/run.ts';

export interface Place {
  readonly categoryId: CategoryId;
  /** Round from 0. */
  readonly pass: number;
}

export interface RoundCell extends Place {
  readonly judged: JudgedClass;
}

export const placeKey = ({ categoryId, pass }: Place): string => `${categoryId}-${pass}`;

/** Cells of a class, null where it took no part any more. Classes stay in the order of the run. */
export function rowOf(run: RunSummary, categoryId: CategoryId): (RoundCell | null)[] {
  return run.passes.map(({ judged = [] }, pass) => {
    const found = judged.find((one) => one.categoryId === categoryId);
    return found ? { categoryId, pass, judged: found } : null;
  });
}

/** Whether a loop of rounds begins with this one: things have one, stuff has its own. */
export const isFirst = ({ passes }: Pick<RunSummary, 'passes'>, pass: number): boolean =>
  pass === 0 || passes[pass]?.stuff !== passes[pass - 1]?.stuff;

/** What is worth reading first: where a class was dropped, else the first cell. */
export function firstPlace(run: RunSummary): Place | null {
  for (const [pass, { judged = [] }] of run.passes.entries()) {
    const dropped = judged.find(({ kept }) => !kept);
    if (dropped) return { categoryId: dropped.categoryId, pass };
  }
  const first = run.passes[0]?.judged?.[0];
  return first ? { categoryId: first.categoryId, pass: 0 } : null;
}

/** The next cell in a direction that took part; the same one where there is none. */
export function walk(run: RunSummary, from: Place, way: { x: number; y: number }): Place {
  const ids = run.classes.map(({ categoryId }) => categoryId);
  let row = ids.indexOf(from.categoryId);
  let { pass } = from;
  for (;;) {
    row += way.y;
    pass += way.x;
    const categoryId = ids[row];
    if (categoryId === undefined || pass < 0 || pass >= run.passes.length) return from;
    if (rowOf(run, categoryId)[pass]) return { categoryId, pass };
  }
}
