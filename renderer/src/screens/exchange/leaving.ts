// From a row of an export's check to the images that it tells of, and back: the image list shows them alone meanwhile.
import { writeTerm } from '../../../../electron/api/filter/grammar.ts';
import type {
  ExportCheck,
  ExportLeftOut,
  ExportRule,
  ExportWanted,
} from '../../../../electron/api/methods/exchange.ts';
import { TINY_PX } from '../../../../electron/api/rules/tinyMasks.ts';
import type { Category } from '../../../../electron/api/types.ts';
import type { App } from '../../state/app.svelte.ts';
import { text } from '../../text/text.ts';
import { askedOf } from './asked.svelte.ts';

export type CheckedRow = ExportCheck['rows'][number];

/** Rules that the filter language can say: its words follow what is mended, and know no end. */
const SAID: { readonly [rule in ExportRule]?: string } = {
  tiny: `area:<${TINY_PX}`,
  border: 'is:cut',
  undecided: 'is:proposal',
};
/** More of them would fill the filter. */
const MOST_CLASSES = 12;

/** What the wishes keep out of the files, a sentence each. */
export function leftOutWords({ proposals, otherClasses, unreviewed }: ExportLeftOut): string[] {
  const words = text.exchange.checks;
  return [
    ...(proposals > 0 ? [words.proposalsOut(proposals)] : []),
    ...(otherClasses > 0 ? [words.classesOut(otherClasses)] : []),
    ...(unreviewed > 0 ? [words.unreviewedOut(unreviewed)] : []),
  ];
}

/** Whether the format cannot be written even without the images that stop it, or nothing would be left. */
export const isBarred = ({ images, stopped, rows }: ExportCheck): boolean =>
  rows.some(({ rule, count }) => rule === 'classes' && count > 0) ||
  (stopped.images > 0 && stopped.images === images);

/** The filter that shows the images of a row: words where they say the same, else places in the list. */
export function filterOf(
  row: CheckedRow,
  { only, imageIds, categoryIds, includeProposals }: ExportWanted,
  categories: readonly Category[],
): string {
  const said = SAID[row.rule];
  const classes = categories.filter(({ id }) => categoryIds.includes(id)).map(({ name }) => name);
  if (said === undefined || imageIds !== undefined || classes.length > MOST_CLASSES)
    return placesOf(row.places.map(({ place }) => place));
  const isOfReviewed = only === 'reviewed' || row.rule === 'undecided';
  return [
    said,
    ...(includeProposals || row.rule === 'undecided' ? [] : ['is:accepted']),
    ...classes.map((name) => writeTerm('class', name)),
    ...(isOfReviewed ? ['status:reviewed'] : []),
  ].join(' ');
}

/** Whether the filter shows fewer images than the row tells of. */
export const isCutShort = (row: CheckedRow, filter: string): boolean =>
  filter.startsWith('#') && row.count > row.places.length;

/** `#3-5 #9`. */
function placesOf(places: readonly number[]): string {
  const runs: { from: number; to: number }[] = [];
  for (const place of places) {
    const last = runs.at(-1);
    if (last && place <= last.to + 1) last.to = place;
    else runs.push({ from: place, to: place });
  }
  return runs.map(({ from, to }) => (from === to ? `#${from}` : `#${from}-${to}`)).join(' ');
}

/** Leaves the check for the first place of a row; the way back stands in the status bar. */
export async function leaveFor(app: App, row: CheckedRow, filter: string): Promise<void> {
  const first = row.places[0];
  if (!first) return;
  const asked = askedOf(app);
  asked.left = { filter, before: app.images.filterWords };
  app.dialog = null;
  app.go('label');
  await app.attempt(async () => {
    await app.images.setWords(filter);
    await app.openImage(first.imageId);
    if (first.annotationId !== null) app.document.select([first.annotationId]);
  });
}

/** The filter from before the check was left; one that was set meanwhile stays. */
export async function returnTo(app: App): Promise<void> {
  const asked = askedOf(app);
  const { left } = asked;
  asked.left = null;
  if (left && app.images.filterWords === left.filter) await app.images.setWords(left.before);
}
