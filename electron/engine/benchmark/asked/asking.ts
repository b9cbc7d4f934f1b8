// How an engine's published evaluation asks a data set: its words, and the settings that differ from set to set.
import type { Json } from '../../../api/types.ts';
import type { SetFacts } from '../set.ts';

export interface Asking {
  /** Of each class in the order of the data set's list; the first is the prompt. */
  readonly words: readonly (readonly string[])[];
  /** What belongs to the words: other background words than the engine's own, by name of a setting. */
  readonly background: Readonly<Record<string, Json>>;
  /** By name; they hold where the engine's published settings do. */
  readonly settings: Readonly<Record<string, Json>>;
  /** Places in the data set's list of what it asks for as stuff. */
  readonly stuff?: readonly number[];
  /** What the evaluation does and this program does not. */
  readonly differs: string | null;
}

/** By the id of a data set. */
export type Askings = Readonly<Record<string, (facts: SetFacts) => Asking>>;
