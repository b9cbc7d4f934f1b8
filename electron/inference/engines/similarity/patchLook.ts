// What one patch of an image is taken for, and where it listens in the last block: with nearness as NACLIP adds
// it, and by keys alone.
import type { PatchLook } from '../../../api/run.ts';
import type { CategoryId } from '../../../api/types.ts';
import { throwIfCancelled } from '../../cancel.ts';
import { resizeBilinear } from '../../image/resize.ts';
import { quantised } from '../../runs/quantised.ts';
import type { Bench, ExplainRequest, PatchPlace } from '../explainer.ts';
import { gridCosines } from './gridShares.ts';
import type { SimilarityRun } from './similarityRun.ts';
import { windowInput } from './windowInput.ts';
import type { Window, WindowMaps } from './windows.ts';

/** Words listed for a patch. */
const WORDS = 4;

export async function patchLook(
  run: SimilarityRun,
  place: PatchPlace,
  { image, packs }: Pick<ExplainRequest, 'image' | 'packs'>,
  { shelves, keep, call, used }: Bench,
): Promise<PatchLook> {
  const { inputWidth, inputHeight, params } = run;
  const clip = keep(await shelves.judge(packs.explain));
  const stop = (): void => throwIfCancelled(call);
  const rgb = resizeBilinear(image, inputWidth, inputHeight, stop);
  const point = {
    x: ((place.column + 0.5) * inputWidth) / run.columns,
    y: ((place.row + 0.5) * inputHeight) / run.rows,
  };
  const at = windowAt(run.passes, point);
  const part = run.passes[at] as WindowMaps;
  const source = { rgb, width: inputWidth, height: inputHeight };
  const { pixels, width, height } = windowInput(source, part.window, clip.model.info);
  const rows = [];
  for (const strategy of ['naclip', 'kk'] as const) {
    stop();
    await call.turn();
    const { arch, nearness } = params;
    const size = { width, height };
    const read = await clip.model.lastAttention(pixels, size, { strategy, arch }, nearness);
    rows.push(rowOf(read, part, point));
  }
  used(clip);
  const [near, alone] = rows.map((row) => onGrid(run, part, row));
  return { ...wordsAt(run, place), window: at, near: near!, alone: alone! };
}

/** The best words of a cell by their share among all. */
function wordsAt(
  run: SimilarityRun,
  { row, column, contrast }: PatchPlace,
): Pick<PatchLook, 'words' | 'asked'> {
  const { queries, classes } = run;
  const all = gridCosines(
    run,
    queries.map((_, query) => query),
  );
  const cell = row * run.columns + column;
  const cells = run.rows * run.columns;
  const cosines = queries.map((_, query) => all[query * cells + cell] as number);
  const highest = Math.max(...cosines);
  const powers = cosines.map((cosine) => Math.exp(contrast * (cosine - highest)));
  const sum = powers.reduce((total, power) => total + power, 0);
  const words = queries.map(({ words: text, classIndex }, query) => ({
    words: text,
    categoryId: classIndex === null ? null : ((classes[classIndex]?.id ?? 0) as CategoryId),
    share: (powers[query] as number) / sum,
    cosine: cosines[query] as number,
  }));
  words.sort((a, b) => b.share - a.share);
  return { words: words.slice(0, WORDS), asked: queries.length };
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Of the windows that see a point, the one that it is most in the middle of. */
function windowAt(parts: readonly WindowMaps[], { x, y }: Point): number {
  const away = ({ x1, x2, y1, y2 }: Window): number =>
    x < x1 || x >= x2 || y < y1 || y >= y2
      ? Infinity
      : Math.hypot(x - (x1 + x2) / 2, y - (y1 + y2) / 2);
  const distances = parts.map(({ window }) => away(window));
  return Math.max(0, distances.indexOf(Math.min(...distances)));
}

/** What the patch under a point listens to, its class token left out. */
function rowOf(
  attention: Float32Array,
  { window, rows, columns }: WindowMaps,
  { x, y }: Point,
): Float32Array {
  const place = (share: number, cells: number): number =>
    Math.min(cells - 1, Math.max(0, Math.floor(share * cells)));
  const row = place((y - window.y1) / (window.y2 - window.y1), rows);
  const column = place((x - window.x1) / (window.x2 - window.x1), columns);
  const side = 1 + rows * columns;
  const from = (1 + row * columns + column) * side + 1;
  return attention.subarray(from, from + rows * columns);
}

/** A window's patches on the run's grid; nothing outside the window. */
function onGrid(run: SimilarityRun, { window, rows, columns }: WindowMaps, row: Float32Array) {
  const values = new Float32Array(run.rows * run.columns);
  for (let at = 0; at < values.length; at++) {
    const x = (((at % run.columns) + 0.5) * run.inputWidth) / run.columns;
    const y = ((Math.floor(at / run.columns) + 0.5) * run.inputHeight) / run.rows;
    if (x < window.x1 || x >= window.x2 || y < window.y1 || y >= window.y2) continue;
    const across = Math.floor(((x - window.x1) / (window.x2 - window.x1)) * columns);
    const down = Math.floor(((y - window.y1) / (window.y2 - window.y1)) * rows);
    values[at] = row[down * columns + across] as number;
  }
  return quantised(values, run.rows, run.columns, Math.max(...row));
}
