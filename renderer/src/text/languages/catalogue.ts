// Type of a language: the keys of English, with its own sentences.
import type { en } from '../en.ts';

/** A type without the letters of English: strings stay strings, functions keep their parameters. */
type Widened<T> = T extends string
  ? string
  : T extends (...facts: infer Facts) => infer Said
    ? (...facts: Facts) => Widened<Said>
    : T extends object
      ? { readonly [Key in keyof T]: Widened<T[Key]> }
      : T;

/** Every sentence of the window. A key too few or too many, or other parameters, is a type error. */
export type Catalogue = Widened<typeof en>;
