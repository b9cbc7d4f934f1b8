// How a report says figures and what ran; the same in the page, the Markdown file and the terminal.
import type { BenchmarkResult } from '../result.ts';

/** Percent with one decimal: all means. */
export function percent(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : (100 * value).toFixed(1);
}

/** 0.58: the score of one image. */
export function share(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : value.toFixed(2);
}

const whole = (value: number) => value.toLocaleString('en-US');

function timeWords(seconds: number): string {
  const all = Math.max(0, Math.round(seconds));
  const [hours, minutes] = [Math.floor(all / 3600), Math.floor((all % 3600) / 60)];
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${all % 60} s` : `${all} s`;
}

/** The models that ran. */
export const modelWords = ({ pack, judge }: Pick<BenchmarkResult, 'pack' | 'judge'>): string =>
  judge ? `${pack.name}, judged by ${judge.name}` : pack.name;

/** One sentence of what ran. */
export function ranWords(result: BenchmarkResult): string {
  const { images, engine, classesFrom, seconds, device } = result;
  return `${whole(images)} ${images === 1 ? 'image' : 'images'}, engine Salience (${engine}) with ${modelWords(result)}, classes from: ${classesFrom}. The model took ${timeWords(seconds)} on ${device}.`;
}

/** What must be known before a figure is compared with another one. */
export function warnings(result: BenchmarkResult): string[] {
  const { limit, imagesOfSet, images, undone, failures, officialImages, remarks = [] } = result;
  const lines: string[] = [];
  if (limit)
    lines.push(
      `A quick look: ${whole(limit.images)} of ${whole(imagesOfSet)} images, seed ${limit.seed}. Not comparable with published rows.`,
    );
  if (undone > 0)
    lines.push(
      `Stopped at ${whole(images)} of ${whole(images + undone + failures.length)}. The same command goes on. Not comparable with published rows.`,
    );
  if (failures.length > 0)
    lines.push(
      `${failures.length} ${failures.length === 1 ? 'image' : 'images'} could not be measured and ${failures.length === 1 ? 'is' : 'are'} in no figure: ${failures
        .slice(0, 3)
        .map(({ name, message }) => `${name} (${message})`)
        .join(', ')}${failures.length > 3 ? ' and others' : ''}.`,
    );
  if (officialImages !== null && imagesOfSet !== officialImages)
    lines.push(
      `This copy lists ${whole(imagesOfSet)} images, the official list ${whole(officialImages)}.`,
    );
  return [...lines, ...remarks];
}

export interface ComparedRow {
  readonly row: string;
  readonly classes: string;
  readonly protocol: string;
  readonly miou: string;
  readonly objects: string;
  readonly perImage: string;
  readonly isOwn: boolean;
}

/** This run in both protocols, then the published rows in the order of their source; no ranking. */
export function comparedRows(result: BenchmarkResult): ComparedRow[] {
  const { headline, protocols, classesFrom, published } = result;
  const other = headline === 'reference' ? 'standard' : 'reference';
  const own = ([headline, other] as const).map((protocol) => ({
    row: 'This run',
    classes: classesFrom,
    protocol,
    miou: percent(protocols[protocol].meanIou),
    objects: percent(protocols[protocol].objects),
    perImage: share(protocols[protocol].perImage),
    isOwn: true,
  }));
  return [
    ...own,
    ...published.map((row) => ({
      row: row.row,
      classes: row.classes,
      protocol: row.protocol,
      miou: row.meanIou.toFixed(1),
      objects: row.objects === null ? '–' : row.objects.toFixed(1),
      perImage: share(row.perImage),
      isOwn: false,
    })),
  ];
}

export const NOT_COMPARABLE =
  'Rows with different sources of classes are not comparable: a list from the truth never names an absent class. Sources of the published rows are at the end.';

export const hasOtherSources = ({ published, classesFrom }: BenchmarkResult) =>
  published.some(({ classes }) => classes !== classesFrom);

/** Figures of both protocols, a line each. */
export function figureLines(
  result: BenchmarkResult,
): { readonly name: string; readonly standard: string; readonly reference: string }[] {
  const { standard, reference } = result.protocols;
  const line = (name: string, pick: (one: typeof standard) => number | null) => ({
    name,
    standard: percent(pick(standard)),
    reference: percent(pick(reference)),
  });
  return [
    line('mean IoU', (one) => one.meanIou),
    line('mean IoU of objects alone', (one) => one.objects),
    line('mean of single images', (one) => one.perImage),
    line('pixel accuracy', (one) => one.pixelAccuracy),
    line('mean accuracy', (one) => one.meanAccuracy),
    line('frequency-weighted IoU', (one) => one.frequencyWeightedIou),
    line('boundary IoU', (one) => one.meanBoundaryIou),
    ...standard.subsets.map(({ name }, at) =>
      line(`mean IoU of ${name}`, (one) => one.subsets[at]!.meanIou),
    ),
  ];
}

/** Classes best first, those without truth last. */
export function classesByIou(result: BenchmarkResult) {
  const { classes } = result.protocols[result.headline];
  const height = ({ iou, truthPx }: (typeof classes)[number]) => (truthPx === 0 ? -1 : (iou ?? 0));
  return classes.toSorted((a, b) => height(b) - height(a) || a.label - b.label);
}
