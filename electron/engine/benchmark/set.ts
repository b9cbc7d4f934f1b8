// What a data set is to the benchmark: its classes and how they are counted, where its files lie, and the
// truth of each image as labels. Every data set is one file in sets/.
import type { LabelMapOf } from '../evaluate/imageScore.ts';
import type { Protocol } from '../evaluate/scores.ts';
import type { Control } from '../dataset/types.ts';
import type { SetId } from './setWords.ts';

export interface SetClass {
  /** From 1; 0 is background, or what the data set calls "other". */
  readonly label: number;
  readonly name: string;
  /** What the model is asked for. */
  readonly prompt: string;
  /** Other words for the same class, where a published list has them. */
  readonly synonyms: readonly string[];
  /** Stuff has a threshold of its own in some packs; published data sets are asked with one for all. */
  readonly kind?: 'thing' | 'stuff';
}

/** A row that somebody published, in percent. */
export interface PublishedRow {
  readonly row: string;
  /** Where its classes come from: rows are comparable only where this is the same. */
  readonly classes: string;
  readonly protocol: Protocol;
  readonly meanIou: number;
  /** Without background; null where it was not published. */
  readonly objects: number | null;
  /** Mean of the scores of single images, 0-1. */
  readonly perImage: number | null;
  readonly source: string;
}

export interface SetFacts<Id extends string = string> {
  readonly id: Id;
  readonly title: string;
  /** By label; as many as the published histogram has. Empty where a number has no class. */
  readonly names: readonly string[];
  readonly classes: readonly SetClass[];
  /** Whether the method puts a background channel first (method.md 4.10). */
  readonly background: 'always' | 'auto' | 'never';
  /** Own share above which a judge keeps a name, as published for the data set. */
  readonly confidence: number;
  /** Whether label 0 is a class, by protocol. */
  readonly countsBackground: Readonly<Record<Protocol, boolean>>;
  /** Parts of the class list that have figures of their own. */
  readonly subsets: readonly { readonly name: string; readonly labels: readonly number[] }[];
  readonly published: readonly PublishedRow[];
  /** Images of the official list; null where there is none. */
  readonly officialImages: number | null;
}

/** One image with its truth. */
export interface SetItem {
  /** Relative to the folder of images, with forward slashes. */
  readonly name: string;
  /** What messages call its truth. */
  readonly truth: string;
}

export interface OpenedSet extends AsyncDisposable {
  readonly facts: SetFacts;
  /** Absolute path of the folder of images. */
  readonly images: string;
  readonly items: readonly SetItem[];
  /** Truth in labels of the set, VOID where nothing is said. Throws IMPORT_INVALID naming the file. */
  read(item: SetItem): Promise<LabelMapOf>;
}

/** Where a person's copy of a data set is. */
export interface SetPlace {
  readonly root: string;
  /** Of a data set of one's own: masks and the list of classes, where they do not lie in `root`. */
  readonly truth?: string | undefined;
  readonly classes?: string | undefined;
}

export interface BenchmarkSet {
  readonly id: SetId;
  open(place: SetPlace, control: Control): Promise<OpenedSet>;
}

/** Names by label from a list of classes; numbers without a class stay empty. */
export function namesByLabel(
  classes: readonly SetClass[],
  count: number,
  zero = 'background',
): string[] {
  const names = new Array<string>(count).fill('');
  names[0] = zero;
  for (const { label, name } of classes) names[label] = name;
  return names;
}

/**
 * Classes with labels from 1 in the order of a list; `a=b` asks for b where the class is called a, `a=b|c|d` knows c and d
 * as other words.
 */
export function classList(list: string, labelOf = (place: number) => place + 1): SetClass[] {
  return list.split(',').map((entry, place) => {
    const [name = '', words = name] = entry.trim().split('=');
    const [prompt = name, ...synonyms] = words.split('|');
    return { label: labelOf(place), name, prompt, synonyms };
  });
}
