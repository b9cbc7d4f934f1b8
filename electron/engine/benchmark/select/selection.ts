// Which classes an image is asked for. A class in the prompt always paints something, so where the list
// comes from decides a score more than any setting: reports name it, and rows with others are no match.
import { layoutFault } from '../layout.ts';
import type { SetClass, SetFacts } from '../set.ts';
import type { ImageTruth } from '../truth.ts';
import { counted } from '../../../link/words/counted.ts';

export type Selection =
  /** Image-level labels of the truth: the ceiling. */
  | { readonly kind: 'truth' }
  /** Every name, in as many captions as it takes. */
  | { readonly kind: 'all' }
  /** Those that the pack finds present; null = from the match that it names itself. */
  | { readonly kind: 'match'; readonly threshold: number | null }
  /** Those that a judge keeps (clipFilter.ts); null = from the share that is usual for the data set. */
  | { readonly kind: 'clip'; readonly confidence: number | null }
  /** Lists by image, e.g. the published ones. */
  | {
      readonly kind: 'file';
      readonly path: string;
      readonly lists: ReadonlyMap<string, readonly string[]>;
    };

/** How a report calls it. */
export function selectionWords(selection: Selection, judge: string | null): string {
  switch (selection.kind) {
    case 'truth':
      return 'truth of each image';
    case 'all':
      return 'all names';
    case 'match':
      return selection.threshold === null
        ? "the pack's own match"
        : `the pack's own match from ${selection.threshold}`;
    case 'clip':
      return `rounds before a judge (${judge ?? 'CLIP'}${
        selection.confidence === null ? '' : `, share above ${selection.confidence}`
      })`;
    case 'file':
      return `lists of ${selection.path}`;
  }
}

/** Labels to ask for by image name, in the order of the caption; null = all of them everywhere. */
export function chosenLabels(
  selection: Selection,
  facts: SetFacts,
  truths: readonly ImageTruth[],
): Map<string, readonly number[]> | null {
  switch (selection.kind) {
    case 'all':
    case 'match':
    case 'clip':
      return null;
    case 'truth': {
      const asked = new Set(facts.classes.map(({ label }) => label));
      return new Map(
        truths.map(({ item, present }) => [item.name, present.filter((label) => asked.has(label))]),
      );
    }
    case 'file':
      return fromLists(selection, facts, truths);
  }
}

/** Published lists write names without spaces and hyphens. */
const nameKey = (name: string) =>
  name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s_-]+/g, '');

const stemKey = (name: string) => name.replace(/^.*[\\/]/, '').replace(/\.[a-z0-9]{1,5}$/i, '');

function fromLists(
  { path, lists }: Extract<Selection, { kind: 'file' }>,
  facts: SetFacts,
  truths: readonly ImageTruth[],
): Map<string, readonly number[]> {
  const labelOf = new Map<string, number>();
  // A class's own name goes before another one's words.
  for (const words of [(one: SetClass) => one.prompt, (one: SetClass) => one.name])
    for (const one of facts.classes) labelOf.set(nameKey(words(one)), one.label);
  const listOf = new Map([...lists].map(([image, names]) => [stemKey(image), names]));
  const chosen = new Map<string, readonly number[]>();
  const without: string[] = [];
  for (const { item } of truths) {
    const names = lists.get(item.name) ?? listOf.get(stemKey(item.name));
    if (!names) {
      without.push(item.name);
      continue;
    }
    const labels = names.map((name) => {
      const label = labelOf.get(nameKey(name));
      if (label === undefined)
        throw layoutFault(
          `${path} names "${name}" for ${item.name}, which is no class of ${facts.title}.`,
        );
      return label;
    });
    chosen.set(item.name, [...new Set(labels)]);
  }
  if (without.length > 0)
    throw layoutFault(
      `${path} has no list for ${without[0]}${without.length > 1 ? ` and ${counted(without.length - 1, 'more image')}` : ''}; every image that is measured needs one, an empty list too.`,
    );
  return chosen;
}

/** `count` items by chance, in their order; the same seed takes the same ones. */
export function sampled<T>(items: readonly T[], count: number, next: () => number): T[] {
  const left = items.map((_, place) => place);
  const taken: number[] = [];
  while (taken.length < count && left.length > 0) {
    const at = Math.floor(next() * left.length);
    taken.push(left[at]!);
    left[at] = left.at(-1)!;
    left.pop();
  }
  return taken.sort((a, b) => a - b).map((place) => items[place]!);
}
