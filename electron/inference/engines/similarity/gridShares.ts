// Shares of classes on a run's grid: what evidence shows before anything is enlarged to pixels.
import type { MaskParams } from '../../../link/params.ts';
import type { ClassMaps } from '../../pipeline/planes/classMaps.ts';
import { classShares } from './shares.ts';
import type { SimilarityRun } from './similarityRun.ts';
import { joinWindows, type WindowMaps } from './windows.ts';

/** Class maps of the run from some of its windows; 0 where none of them looks. */
export function gridShares(
  run: SimilarityRun,
  { contrast, backgroundWords }: Pick<MaskParams, 'contrast' | 'backgroundWords'>,
  parts: readonly WindowMaps[],
): ClassMaps {
  const { asked, owners } = ownersOf(run, backgroundWords);
  const patches = run.rows * run.columns;
  const classes = run.classes.length;
  if (parts.length === 0 || asked.length === 0)
    return { maps: new Float32Array(classes * patches), classes, patches };
  const all = gridCosines(run, asked, parts);
  const shares = classShares(all, { owners, classes: classes + 1 }, contrast);
  const seen = seenCells(run, parts);
  const maps = shares.slice(patches).map((share, at) => (seen[at % patches] === 1 ? share : 0));
  return { maps, classes, patches };
}

/** Which queries take part, and whose they are: 0 the background, then the run's classes. */
export function ownersOf(
  { queries }: Pick<SimilarityRun, 'queries'>,
  backgroundWords: boolean,
): { readonly asked: readonly number[]; readonly owners: readonly number[] } {
  const asked = queries.flatMap(({ classIndex }, at) =>
    classIndex === null && !backgroundWords ? [] : [at],
  );
  return {
    asked,
    owners: asked.map((at) => {
      const classIndex = queries[at]?.classIndex ?? null;
      return classIndex === null ? 0 : classIndex + 1;
    }),
  };
}

/** Cosines of queries on the run's grid, [queries, rows * columns]. */
export function gridCosines(
  run: SimilarityRun,
  queries: readonly number[],
  parts: readonly WindowMaps[] = run.passes,
): Float32Array {
  const cells = run.rows * run.columns;
  const scaled = parts.map((part) => ({ ...part, window: onGrid(run, part) }));
  const all = new Float32Array(queries.length * cells);
  queries.forEach((query, at) =>
    all.set(joinWindows(scaled, query, { width: run.columns, height: run.rows }), at * cells),
  );
  return all;
}

function onGrid(run: SimilarityRun, { window }: WindowMaps) {
  const across = (x: number) => Math.round((x * run.columns) / run.inputWidth);
  const down = (y: number) => Math.round((y * run.rows) / run.inputHeight);
  const { x1, y1, x2, y2 } = window;
  return { x1: across(x1), y1: down(y1), x2: across(x2), y2: down(y2) };
}

function seenCells(run: SimilarityRun, parts: readonly WindowMaps[]): Uint8Array {
  const seen = new Uint8Array(run.rows * run.columns);
  for (const part of parts) {
    const { x1, y1, x2, y2 } = onGrid(run, part);
    for (let y = y1; y < y2; y++) seen.fill(1, y * run.columns + x1, y * run.columns + x2);
  }
  return seen;
}
