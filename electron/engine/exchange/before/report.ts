// The report of an export, beside its data: what was written, what was left out, and what the check found, as text.
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type {
  ExportCheck,
  ExportPlace,
  ExportReport,
  ExportRule,
} from '../../../api/methods/exchange.ts';
import { isTaken } from '../../../files/isTaken.ts';
import { writeWhole } from '../../../files/wholeFile.ts';
import type { EngineContext } from '../../context.ts';
import { placeOf } from '../../opening/place.ts';
import type { Project } from '../../project/project.ts';
import { imageRow } from '../../project/images/images.ts';

/** The first line: a file that begins otherwise is nobody's report and stays. */
const HEAD = 'Salience export report';
const MOST = 1000;
/** Characters of it that go to a window: names may be long, and an answer has its bounds. */
const MOST_SHOWN = 200_000;

const RULES: { readonly [rule in ExportRule]: string } = {
  classes: 'classes that the format has no number for',
  crowded: 'images with more objects than the format holds',
  nameless: 'images whose names give no name for a file',
  sharedFile: 'images that would share a file with another one',
  missing: 'images that are away or damaged',
  tiny: 'tiny masks, under 16 px',
  overlap: 'overlaps of two classes, over 20 % of the smaller one',
  twice: 'masks that are there twice, of one class',
  undecided: 'proposals in reviewed images that nobody decided',
  unsaid: 'objects without a field that their class needs',
  border: 'objects that touch the border',
};

interface Exported {
  readonly format: string;
  /** Of the data: a file or a folder. */
  readonly path: string;
  /** What was there is replaced. */
  readonly replaces: boolean;
  readonly images: number;
  readonly masks: number;
  readonly warnings: readonly string[];
}

/** Writes the report; data that is written stays written where that fails. */
export async function reported(
  context: EngineContext,
  project: Project,
  check: ExportCheck,
  done: Exported,
): Promise<ExportReport['check']> {
  try {
    const text = reportText(project, context.clock.now().toISOString(), done, check);
    const path = await writeReport(done.path, text, done.replaces);
    return path === null
      ? null
      : { path: placeOf(path), text: shownOf(text), remarks: remarksOf(check) };
  } catch (error) {
    context.log(`the report of an export could not be written: ${String(error)}`);
    return null;
  }
}

const shownOf = (text: string): string =>
  text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}\n…\n` : text;

const remarksOf = ({ rows }: ExportCheck): number =>
  rows.reduce((sum, { count }) => sum + count, 0);

function reportText(project: Project, at: string, done: Exported, check: ExportCheck): string {
  const { proposals, otherClasses, unreviewed } = check.leftOut;
  return [
    HEAD,
    '',
    `Data      ${basename(done.path)}`,
    `Format    ${done.format}`,
    `Written   ${at}`,
    `Images    ${done.images}`,
    `Masks     ${done.masks}, read back and equal`,
    '',
    'Left out as asked',
    line(proposals, 'proposals'),
    line(otherClasses, 'masks of other classes'),
    line(unreviewed, 'images that nobody reviewed'),
    // Whoever writes a report has gone on without them.
    line(check.stopped.images, 'images that the format cannot be written with'),
    '',
    'Looked for, and found',
    ...check.rows.flatMap(({ rule, count, places }) => [
      line(count, RULES[rule]),
      ...imagesOf(project, places, count),
    ]),
    ...(done.warnings.length > 0 ? ['', 'Notes', ...done.warnings.map((one) => `  ${one}`)] : []),
    '',
  ].join('\n');
}

const line = (count: number, what: string) => `${String(count).padStart(8)}  ${what}`;

/** The images of the first places, one a line, with how many of the places are in each. */
function imagesOf({ store }: Project, places: readonly ExportPlace[], count: number): string[] {
  const found = new Map<string, number>();
  for (const { imageId } of places) {
    const name = JSON.stringify(imageRow(store, imageId).name).slice(1, -1);
    found.set(name, (found.get(name) ?? 0) + 1);
  }
  const names = [...found].map(([name, n]) => `            ${name}${n > 1 ? ` (${n})` : ''}`);
  return places.length < count
    ? [...names, `            and ${count - places.length} more`]
    : names;
}

/**
 * Writes the report beside the data, as `labels.json.report.txt`, and gives its path; null when no name is free. The
 * report of data that was just replaced is replaced with it; nothing else ever is.
 */
async function writeReport(path: string, text: string, replaces: boolean): Promise<string | null> {
  const at = (n: number) =>
    join(dirname(path), `${basename(path)}.report${n === 1 ? '' : `-${n}`}.txt`);
  for (let n = 1; n < MOST; n += 1) {
    const name = at(n);
    if ((await isTaken(name)) && !(replaces && n === 1 && (await isReport(name)))) continue;
    await writeWhole(name, text, { sync: true });
    return name;
  }
  return null;
}

const isReport = (path: string): Promise<boolean> =>
  readFile(path, 'utf8').then(
    (text) => text.startsWith(`${HEAD}\n`),
    () => false,
  );
