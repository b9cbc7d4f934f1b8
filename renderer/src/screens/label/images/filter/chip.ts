// A word of a filter as a chip writes it, and what is wrong with one that cannot be understood.
import type { FieldTest } from '../../../../../../electron/api/filter/fieldTest.ts';
import type { Fault, Meaning, Term } from '../../../../../../electron/api/filter/grammar.ts';
import type { Bounds, DayName } from '../../../../../../electron/api/filter/values.ts';
import { WORDS } from '../../../../../../electron/api/filter/words.ts';
import { count, listed, score } from '../../../../text/plural.ts';
import { text } from '../../../../text/text.ts';

const words = text.filter;

export interface ChipWords {
  /** The word, with its `not`. */
  readonly word: string;
  readonly value: string;
}

export function chipOf({ meaning, written, not }: Term): ChipWords {
  const before = not ? `${words.not} ` : '';
  if (!meaning) return { word: '', value: written };
  if (meaning.kind === 'pattern')
    return { word: before + words.pattern, value: `/${meaning.pattern}/` };
  if (meaning.kind === 'places')
    return {
      word: before + words.places,
      value: meaning.from === meaning.to ? `#${meaning.from}` : `#${meaning.from}–${meaning.to}`,
    };
  return { word: before + words.words[meaning.word], value: valueOf(meaning) };
}

/** As one sentence part: for what is spoken and for buttons. */
export function phraseOf(term: Term): string {
  const { word, value } = chipOf(term);
  return [word, value].filter(Boolean).join(' ');
}

function valueOf(meaning: Exclude<Meaning, { kind: 'pattern' | 'places' }>): string {
  switch (meaning.kind) {
    case 'text':
      return meaning.word === 'batch' ? meaning.text.slice(0, 8) : meaning.text;
    case 'choice':
      return words.choices[meaning.choice] ?? meaning.choice;
    case 'field':
      return fieldWords(meaning.test);
    case 'days': {
      const { from, to } = meaning.days;
      if (from === to) return dayOf(from!);
      if (from === null) return words.before(dayOf(to!));
      return to === null ? words.since(dayOf(from)) : words.between(dayOf(from), dayOf(to));
    }
    case 'bounds':
      return boundsWords(meaning.bounds, (value) =>
        meaning.unit === 'share'
          ? words.share(value)
          : meaning.unit === 'px' || meaning.word === 'size'
            ? words.px(value)
            : WORDS[meaning.word].kind === 'share'
              ? score(value)
              : String(value),
      );
  }
}

function fieldWords({ name, value, bounds, sign }: FieldTest): string {
  if (value === null) return name;
  const isNumber = bounds !== null && (sign !== '=' || bounds.from !== bounds.to);
  return words.fieldIs(name, isNumber ? boundsWords(bounds, count) : value);
}

const dayOf = (day: DayName) =>
  day === 'today' || day === 'yesterday' ? words.days[day] : (day as string);

function boundsWords({ from, to, above, below }: Bounds, write: (value: number) => string): string {
  if (from !== null && from === to) return words.exactly(write(from));
  if (from === null) return (below ? words.under : words.atMost)(write(to!));
  if (to === null) return (above ? words.over : words.atLeast)(write(from));
  return words.between(write(from), write(to));
}

/** What is wrong, and what would be right. */
export function faultWords(fault: Fault): string {
  if (fault.kind === 'pattern') return words.faults.pattern(fault.at);
  if (fault.kind === 'beyond') return words.faults.beyond(fault.at);
  const name = words.words[fault.word];
  const word = WORDS[fault.word];
  switch (word.kind) {
    case 'choice':
      return words.faults.choice(
        name,
        listed(word.choices.map((choice) => words.choices[choice] ?? choice)),
      );
    case 'share':
    case 'number':
    case 'text':
      return words.faults[word.kind](name);
    case 'area':
    case 'day':
    case 'field':
      return words.faults[word.kind];
  }
}
