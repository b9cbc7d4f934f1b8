// Sentences of the engine as data: a code and its values. The command line and the log say them in English, a
// window in its own language.
import type { ErrorPayload } from '../errors.ts';

/** Sentences by code, one function each. */
export type Sentences = {
  readonly [code: string]: (...values: never[]) => string;
};

/** A sentence of `Words`: which one, and what stands in it: plain data, so that it crosses the wire and is stored. */
export type Said<Words> = {
  [Code in keyof Words & string]: {
    readonly code: Code;
    readonly values: Words[Code] extends (...values: infer Values) => string
      ? Readonly<Values>
      : never;
  };
}[keyof Words & string];

/** A sentence whose last value is what an error says: a window puts its own words for the error there. */
export type Told<Words> = Said<Words> & { readonly error?: ErrorPayload };

/** The sentence in the language of `words`: English where they are the engine's own. */
export function say<Words extends Sentences>(
  words: Words,
  { code, values }: { readonly code: keyof Words & string; readonly values: readonly unknown[] },
): string {
  return words[code]!(...(values as never[]));
}

/** `size`: width and height. */
type Kind = 'string' | 'number' | 'size';

const isOfKind = (value: unknown, kind: Kind): boolean =>
  kind === 'size'
    ? Array.isArray(value) && value.length === 2 && value.every((side) => typeof side === 'number')
    : typeof value === kind;

/** True for a known code with as many values as its sentence takes: words, unless `kinds` says otherwise for the code. */
export function isSaid<Words extends Sentences>(
  words: Words,
  said: unknown,
  kinds: { readonly [code: string]: readonly Kind[] },
): said is Said<Words> {
  if (typeof said !== 'object' || said === null) return false;
  const { code, values } = said as { code?: unknown; values?: unknown };
  if (typeof code !== 'string' || !Object.hasOwn(words, code) || !Array.isArray(values))
    return false;
  const expected = Object.hasOwn(kinds, code)
    ? kinds[code]!
    : Array<Kind>(words[code]!.length).fill('string');
  return (
    values.length === expected.length && values.every((value, at) => isOfKind(value, expected[at]!))
  );
}
