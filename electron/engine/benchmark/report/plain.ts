// The report as Markdown, and its classes as CSV.
import { PROTOCOLS } from '../figures.ts';
import type { BenchmarkResult } from '../result.ts';
import {
  classesByIou,
  comparedRows,
  figureLines,
  hasOtherSources,
  NOT_COMPARABLE,
  percent,
  ranWords,
  warnings,
} from './words.ts';

/** A Markdown table; names come from files of other people. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

export function markdownReport(result: BenchmarkResult): string {
  const { headline, protocols, pack, judge, settings, command, published } = result;
  return `${[
    `# ${result.title}`,
    ranWords(result),
    ...warnings(result).map((line) => `> ${line}`),
    '## Ours beside the published rows',
    markdownTable(
      ['Row', 'Classes come from', 'Protocol', 'mIoU', 'objects', 'per image'],
      comparedRows(result).map((row) => [
        row.isOwn ? `**${row.row}**` : row.row,
        row.classes,
        row.protocol,
        row.miou,
        row.objects,
        row.perImage,
      ]),
    ),
    ...(hasOtherSources(result) ? [NOT_COMPARABLE] : []),
    '## All figures',
    markdownTable(
      ['', 'standard protocol', 'reference protocol'],
      figureLines(result).map(({ name, standard, reference }) => [name, standard, reference]),
    ),
    `## Classes (${headline} protocol)`,
    markdownTable(
      ['class', 'IoU', 'recall', 'precision', 'boundary IoU', 'true pixels'],
      classesByIou(result).map((one) => [
        one.name,
        one.truthPx === 0 ? 'no truth' : percent(one.iou),
        percent(one.recall),
        percent(one.precision),
        percent(one.boundaryIou),
        String(one.truthPx),
      ]),
    ),
    '## Most confused pairs',
    markdownTable(
      ['truth', 'read as', 'share of truth'],
      protocols[headline].confused.map(({ truth, readAs, share }) => [
        truth,
        readAs,
        `${percent(share)} %`,
      ]),
    ),
    '## Run it again',
    ['```sh', command.join(' \\\n  '), '```'].join('\n'),
    `Pack ${pack.id}, ${pack.hash}.${judge ? ` Judge ${judge.id}, ${judge.hash}.` : ''} Settings: ${settings}. Device: ${result.device}, ${result.imagesPerSecond.toFixed(2)} images per second.`,
    ...(published.length > 0
      ? [
          '## Sources of the published rows',
          published.map(({ row, source }) => `- ${row}: ${source}`).join('\n'),
        ]
      : []),
  ].join('\n\n')}\n`;
}

/** One line a class and protocol. A name that a spreadsheet would take for a formula stays text. */
export function classesCsv({ protocols }: BenchmarkResult): string {
  const cell = (value: string | number | null) => {
    if (typeof value !== 'string') return value === null ? '' : String(value);
    const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const head =
    'protocol,label,class,iou,recall,precision,boundary_iou,true_pixels,predicted_pixels';
  const lines = PROTOCOLS.flatMap((protocol) =>
    protocols[protocol].classes.map((one) =>
      [
        protocol,
        one.label,
        one.name,
        one.iou,
        one.recall,
        one.precision,
        one.boundaryIou,
        one.truthPx,
        one.predictedPx,
      ]
        .map(cell)
        .join(','),
    ),
  );
  return `${[head, ...lines].join('\n')}\n`;
}
