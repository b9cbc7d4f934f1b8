// Which loops a run has: one of its things, then one of its stuff with the things as background words. Each
// kind competes with its own, and what stuff leaves behind things is theirs.
import type { CleanPrompt } from '../../pipeline/prompts.ts';
import { ownBackground } from '../queries.ts';

export interface Loop {
  /** Numbers of the classes that take part, rising. */
  readonly classes: readonly number[];
  /** What the judge is asked for, class by class. */
  readonly texts: readonly string[];
  readonly background: readonly string[];
  readonly stuff: boolean;
}

/** All words of a class are one text, as published: "person with clothes,people,human". */
const textOf = ({ words }: CleanPrompt): string => words.join(',');

/** At least one, which may be empty. `stuff` holds the numbers of classes that are. */
export function loopsOf(
  classes: readonly CleanPrompt[],
  stuff: ReadonlySet<number>,
  backgroundWords: readonly string[],
): Loop[] {
  const loopOf = (isStuff: boolean): Loop => {
    const own = classes.flatMap(({ words }, index) =>
      words.length > 0 && stuff.has(index) === isStuff ? [index] : [],
    );
    const asked = own.map((index) => classes[index] as CleanPrompt);
    const background = ownBackground(asked, backgroundWords);
    return { classes: own, texts: asked.map(textOf), background, stuff: isStuff };
  };
  const [things, rest] = [loopOf(false), loopOf(true)];
  if (rest.classes.length === 0) return [things];
  if (things.classes.length === 0) return [rest];
  return [things, { ...rest, background: things.texts }];
}
