// Label files and images brought together: each label goes to one image, each image takes the label that
// fits best; a note lists every name without a place, with its candidates.
import type { ImportReason } from '../../api/said/importWords.ts';
import type { FoundImage, ImageNames, WantedImage } from './imageNames.ts';
import type { Problems } from './problems.ts';
import { shown } from './shown.ts';

/** What an importer may ask about the images that are there. */
export interface ImageLibrary {
  /** Their folder on this disk; null when the names alone are known. */
  readonly folder: string | null;
  readonly names: ImageNames;
  /** Upright size in pixels. Throws an AppError when the image cannot be read. */
  sizeOf(name: string): Promise<{ readonly width: number; readonly height: number }>;
}

/** Above every rank. */
const SECOND_CHOICE = 1000;

export interface LabelOfImage {
  /** What the problem list calls it. */
  readonly label: string;
  readonly wanted: WantedImage;
  /** Nothing is lost when it finds no image, so there is no note. */
  readonly isEmpty?: boolean;
  /** Gives way to another label for the same image. */
  readonly isSecondChoice?: boolean;
}

/** The image of each label, or null after a note. */
export function pairImages(
  labels: readonly LabelOfImage[],
  names: ImageNames,
  problems: Problems,
): (string | null)[] {
  const found = labels.map(({ wanted }) => names.find(wanted));
  const claims = new Map<string, number[]>();
  for (const [index, one] of found.entries())
    if (one.kind === 'one') claims.set(one.name, [...(claims.get(one.name) ?? []), index]);
  const paired = labels.map((label, index) => {
    const match = found[index]!;
    if (match.kind !== 'one') return leaveOut(label, whyNone(match, label.wanted), problems);
    const rivals = claims.get(match.name)!;
    const winner = winnerOf(rivals, labels, found);
    if (winner === index) return match.name;
    const others = rivals.filter((rival) => rival !== index).map((rival) => labels[rival]!.label);
    return leaveOut(
      label,
      winner === null
        ? { code: 'sameImage', values: [...list(others), shown(match.name)] }
        : { code: 'taken', values: [shown(match.name), shown(labels[winner]!.label)] },
      problems,
    );
  });
  for (const [index, label] of labels.entries()) {
    const match = found[index]!;
    if (paired[index] === null || match.kind !== 'one' || !match.isGuess || label.isEmpty) continue;
    const said = label.wanted.paths[0];
    problems.repair(
      label.label,
      said === undefined
        ? { code: 'onlyOne', values: [shown(match.name)] }
        : { code: 'guessed', values: [shown(said), shown(match.name)] },
    );
  }
  return paired;
}

/** The one that fits best; of equally good ones the first when the name is exact, else nobody. */
function winnerOf(
  rivals: readonly number[],
  labels: readonly LabelOfImage[],
  found: readonly FoundImage[],
): number | null {
  const rankOf = (index: number) => {
    const match = found[index]!;
    const rank = match.kind === 'one' ? match.rank : Number.POSITIVE_INFINITY;
    return labels[index]!.isSecondChoice ? rank + SECOND_CHOICE : rank;
  };
  const best = Math.min(...rivals.map(rankOf));
  const winners = rivals.filter((index) => rankOf(index) === best);
  return winners.length === 1 || best === 0 ? winners[0]! : null;
}

function leaveOut({ label, isEmpty }: LabelOfImage, why: ImportReason, problems: Problems): null {
  return isEmpty ? null : problems.leaveOut(label, why);
}

function whyNone(match: FoundImage, { paths }: WantedImage): ImportReason {
  if (match.kind === 'several') return { code: 'several', values: list(match.names) };
  const [said] = paths;
  return said === undefined
    ? { code: 'unnamed', values: [] }
    : { code: 'notHere', values: [shown(said)] };
}

/** The first five, and how many more there are. */
function list(names: readonly string[]): [string[], number] {
  return [names.slice(0, 5).map(shown), Math.max(0, names.length - 5)];
}
