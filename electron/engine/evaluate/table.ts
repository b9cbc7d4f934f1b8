// An evaluation as text for the terminal: means first, then every class that occurs, worst first.
import type { Evaluation } from './evaluate.ts';
import { counted } from '../../link/words/counted.ts';

/** Lines of at most 100 characters and long class names cut. */
export function evaluationTable(evaluation: Evaluation): string {
  const { classes, missingImages, extraImages, unknownClasses } = evaluation;
  const lines = [
    `${counted(evaluation.images, 'image')}, ${evaluation.protocol} protocol`,
    '',
    `mean IoU            ${percent(evaluation.meanIou)}`,
    `pixel accuracy      ${percent(evaluation.pixelAccuracy)}`,
    `mean accuracy       ${percent(evaluation.meanAccuracy)}`,
    `frequency-weighted  ${percent(evaluation.frequencyWeightedIou)}`,
    `boundary IoU        ${percent(evaluation.meanBoundaryIou)}`,
    ...instanceLines(evaluation),
    '',
    `${'class'.padEnd(32)}    IoU  recall  precision  boundary   true px`,
  ];
  const seen = classes.filter((c) => c.truthPx > 0 || c.predictedPx > 0);
  for (const c of [...seen].sort((a, b) => (a.iou ?? 0) - (b.iou ?? 0) || a.label - b.label))
    lines.push(
      `${cut(c.name, 32)} ${percent(c.iou)} ${percent(c.recall, 7)} ${percent(c.precision, 10)} ` +
        `${percent(c.boundaryIou, 9)} ${String(c.truthPx).padStart(9)}`,
    );
  const absent = classes.length - seen.length;
  if (absent > 0) lines.push(`${counted(absent, 'class occurs', 'classes occur')} on neither side`);
  lines.push(
    ...list(
      `${counted(missingImages.length, 'image')} not predicted (counted as background)`,
      missingImages,
    ),
    ...list(
      `${counted(extraImages.length, 'image')} predicted but not in the truth (left out)`,
      extraImages,
    ),
    ...list(
      `${counted(unknownClasses.length, 'class', 'classes')} the truth does not know (counted as wrong)`,
      unknownClasses,
    ),
    ...list(
      `${counted(evaluation.problems.length, 'item')} could not be read`,
      evaluation.problems.map((p) => `${p.path} ${p.message}`),
    ),
  );
  return `${lines.join('\n')}\n`;
}

/** Average precision of objects, where it was asked for. */
function instanceLines({ instances }: Evaluation): string[] {
  if (!instances) return [];
  const { ap, ap50, ap75, small, medium, large, recall, classes } = instances;
  return [
    '',
    `instances: AP ${percent(ap)}  AP50 ${percent(ap50)}  AP75 ${percent(ap75)}`,
    `  small ${percent(small)}  medium ${percent(medium)}  large ${percent(large)}  recall ${percent(recall)}`,
    ...classes.map(
      (one) =>
        `  ${cut(one.name, 30)} ${percent(one.ap)} ${percent(one.ap50)} ${percent(one.ap75)}`,
    ),
  ];
}

function percent(value: number | null, width = 6): string {
  return (value === null ? '-' : (100 * value).toFixed(2)).padStart(width);
}

function cut(text: string, width: number): string {
  return (text.length > width ? `${text.slice(0, width - 1)}…` : text).padEnd(width);
}

function list(title: string, items: readonly string[]): string[] {
  if (items.length === 0) return [];
  const shown = items.slice(0, 20).map((item) => `  ${item}`);
  const more = items.length > 20 ? [`  and ${items.length - 20} more`] : [];
  return ['', `${title}:`, ...shown, ...more];
}
