// Search over the headings and the text of the help.
import type { Page, Section, Topic } from './pages.ts';

export interface Place {
  readonly topic: Topic;
  readonly title: string;
  /** Empty = the page as a whole. */
  readonly section: string;
  readonly heading: string;
}

/** Without accents and letter case, so that "CAFE" finds "café". */
const plain = (words: string): string =>
  words.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase('en');

/** Places that hold every word of `typed`; a hit in a heading comes before one in the text. */
export function findPlaces(pages: readonly Page[], typed: string): readonly Place[] {
  const words = plain(typed).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const holds = (where: string) => words.every((word) => plain(where).includes(word));
  const inHeading: Place[] = [];
  const inText: Place[] = [];
  for (const page of pages) {
    if (holds(page.title)) inHeading.push(placeOf(page));
    for (const section of page.sections) {
      if (holds(section.heading)) inHeading.push(placeOf(page, section));
      else if (holds([section.heading, ...section.body].join(' ')))
        inText.push(placeOf(page, section));
    }
  }
  return [...inHeading, ...inText];
}

function placeOf({ topic, title }: Page, section?: Section): Place {
  return { topic, title, section: section?.id ?? '', heading: section?.heading ?? title };
}
