// The words of the filter language: what each one asks and what may stand behind its colon. Page, engine and
// command line read the same table.
import type { ImageStatus } from '../types.ts';
import type { ItemOutcome } from '../job.ts';

/** What stands behind a word's colon. */
export type ValueKind =
  /** Any text, in quotes where it holds blanks. */
  | 'text'
  /** A field of a class, alone or with what its value should be. */
  | 'field'
  /** One of a few. */
  | 'choice'
  /** 0-1, or in percent. */
  | 'share'
  /** Pixels, or a share of the image in percent. */
  | 'area'
  /** A whole number. */
  | 'number'
  /** A day, or today and yesterday. */
  | 'day';

interface Word {
  readonly kind: ValueKind;
  /**
   * Asks an object, or what a batch did with the image (all such words of a filter ask the same one), or the
   * image.
   */
  readonly of: 'object' | 'item' | 'image';
  readonly choices?: readonly string[];
  /** Older or other spellings. */
  readonly also?: readonly string[];
}

const STATUS_CHOICES = [
  'untouched',
  'proposals',
  'inProgress',
  'reviewed',
] as const satisfies readonly ImageStatus[];

const OUTCOME_CHOICES = ['done', 'empty', 'failed', 'skipped'] as const satisfies ItemOutcome[];

/** What an image can have. */
const HAS_CHOICES = [
  'labels',
  'proposals',
  'nothing',
  'unfinished',
  'tag',
  'note',
  'problem',
] as const;

/** What an object, or an image, can be. */
const IS_CHOICES = [
  'doubtful',
  'accepted',
  'proposal',
  'mine',
  'changed',
  'locked',
  'occluded',
  'difficult',
  'crowd',
  'cut',
  'refined',
  'kept',
  'talk',
  'reviewed',
] as const;

export const WORDS = {
  class: { kind: 'text', of: 'object' },
  status: { kind: 'choice', of: 'image', choices: STATUS_CHOICES },
  match: { kind: 'share', of: 'object', also: ['score'] },
  margin: { kind: 'share', of: 'object' },
  edge: { kind: 'share', of: 'object' },
  area: { kind: 'area', of: 'object' },
  count: { kind: 'number', of: 'image' },
  size: { kind: 'number', of: 'image' },
  tag: { kind: 'text', of: 'image' },
  field: { kind: 'field', of: 'object' },
  has: { kind: 'choice', of: 'image', choices: HAS_CHOICES },
  is: { kind: 'choice', of: 'object', choices: IS_CHOICES },
  edited: { kind: 'day', of: 'image' },
  engine: { kind: 'text', of: 'object' },
  name: { kind: 'text', of: 'image' },
  batch: { kind: 'text', of: 'item' },
  outcome: { kind: 'choice', of: 'item', choices: OUTCOME_CHOICES },
} as const satisfies { readonly [name: string]: Word };

export type WordId = keyof typeof WORDS;

/** In the order in which they are offered. */
export const WORD_IDS = Object.keys(WORDS) as readonly WordId[];

/** The filter word with this spelling; null = there is none. */
export function wordNamed(written: string): WordId | null {
  const name = written.toLowerCase();
  return (
    WORD_IDS.find((id) => id === name || ((WORDS[id] as Word).also ?? []).includes(name)) ?? null
  );
}

/** The choice of a word that is written like this, or begins like this and is the only one; null = none. */
export function choiceNamed(id: WordId, written: string): string | null {
  const choices = (WORDS[id] as Word).choices ?? [];
  const name = written.toLowerCase();
  const exact = choices.find((choice) => choice.toLowerCase() === name);
  if (exact !== undefined) return exact;
  const begun = choices.filter((choice) => choice.toLowerCase().startsWith(name));
  return name !== '' && begun.length === 1 ? begun[0]! : null;
}
