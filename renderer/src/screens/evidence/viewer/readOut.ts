// What stands beside the cursor: the patch, its sum, and each pass, equal neighbours joined.
import { score } from '../../../text/plural.ts';
import { text } from '../../../text/text.ts';
import type { DifferenceMap } from '../maps/mapMath.ts';
import type { ScoreMap } from '../../../../../electron/api/run.ts';

export interface PatchPlace {
  /** 0-based. */
  readonly row: number;
  readonly column: number;
}

export interface ReadOutLine {
  readonly name: string;
  readonly value: string;
}

/** Patch under a place given as shares of width and height; null outside. */
export function patchAt(x: number, y: number, rows: number, columns: number): PatchPlace | null {
  if (x < 0 || y < 0 || x >= 1 || y >= 1) return null;
  return { row: Math.floor(y * rows), column: Math.floor(x * columns) };
}

/** Lines for the sum and every pass; runs of passes that hide the patch become one line. */
export function readOut(
  patch: number,
  sum: ScoreMap | null,
  passes: readonly { readonly map: ScoreMap | null; readonly dropped: readonly number[] }[],
): ReadOutLine[] {
  const words = text.evidence.readOut;
  const lines: ReadOutLine[] = [];
  if (sum) lines.push({ name: words.sum, value: valueOf(sum, patch) });
  let at = 0;
  while (at < passes.length) {
    const { map, dropped } = passes[at]!;
    if (!dropped.includes(patch)) {
      if (map) lines.push({ name: words.pass(at + 1), value: valueOf(map, patch) });
      at += 1;
      continue;
    }
    let end = at + 1;
    while (end < passes.length && passes[end]!.dropped.includes(patch)) end += 1;
    lines.push({
      name: end - at === 1 ? words.pass(at + 1) : words.passes(at + 1, end),
      value: words.hidden,
    });
    at = end;
  }
  return lines;
}

/** The line for a difference at a place given as shares of width and height. */
export function differenceLine(
  { rows, columns, values }: DifferenceMap,
  { x, y }: { readonly x: number; readonly y: number },
): ReadOutLine {
  const d = values[Math.floor(y * rows) * columns + Math.floor(x * columns)] ?? 0;
  return {
    name: text.evidence.readOut.difference,
    value: `${d < 0 ? '−' : ''}${score(Math.abs(d))}`,
  };
}

const valueOf = (map: ScoreMap, patch: number): string => score((map.values[patch] ?? 0) / 255);
