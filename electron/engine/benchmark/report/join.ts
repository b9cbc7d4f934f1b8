// Several runs in one table: engines and settings down, data sets across. What is not alike is said.
import type { BenchmarkResult } from '../result.ts';
import { markdownTable } from './plain.ts';
import { modelWords, percent, warnings } from './words.ts';

/** Settings that a call chose; a data set may add some of its own. */
const callWords = ({ preset, overrides }: BenchmarkResult['params']): string =>
  [
    preset,
    ...Object.entries(overrides).map(([name, value]) => `${name}=${JSON.stringify(value)}`),
  ].join(', ');

export function joinedTable(results: readonly BenchmarkResult[]): string {
  const sets = [...new Set(results.map(({ set }) => set))];
  const rows = new Map<string, { head: string[]; cells: Map<string, string> }>();
  const notes: string[] = [];
  for (const result of results) {
    const { engine, pack, judge, params, classesFrom, headline, protocols } = result;
    const key = JSON.stringify([engine, pack.hash, judge?.hash, params, classesFrom]);
    const row = rows.get(key) ?? {
      head: [engine, modelWords(result), callWords(params), classesFrom],
      cells: new Map<string, string>(),
    };
    rows.set(key, row);
    const told = warnings(result);
    const mark = told.length > 0 ? '*' : '';
    const figure = `${percent(protocols[headline].meanIou)}${mark} (${headline}, ${result.imagesPerSecond.toFixed(2)}/s)`;
    const before = row.cells.get(result.set);
    row.cells.set(result.set, before === undefined ? figure : `${before}; ${figure}`);
    for (const line of told) notes.push(`\\* ${result.set}, ${engine}: ${line}`);
  }
  const sources = new Set(results.map(({ classesFrom }) => classesFrom));
  return `${[
    markdownTable(
      ['Engine', 'Pack', 'Settings', 'Classes come from', ...sets],
      [...rows.values()].map(({ head, cells }) => [
        ...head,
        ...sets.map((set) => cells.get(set) ?? '–'),
      ]),
    ),
    'Mean IoU in percent; in brackets the protocol and the images per second.',
    ...(sources.size > 1
      ? [
          'Rows with different sources of classes are not comparable: a list from the truth never names an absent class.',
        ]
      : []),
    ...new Set(notes),
  ].join('\n\n')}\n`;
}
