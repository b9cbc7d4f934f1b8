// A filter in the filter language as SQL over the image table. Words about objects ask one and the same object;
// every value is bound, never spliced.
import { parseFilter, soundTerms, type Meaning } from '../../../api/filter/grammar.ts';
import type { Bounds, DayName, Days } from '../../../api/filter/values.ts';
import { classKey } from '../../../api/rules/classNames.ts';
import { WORDS } from '../../../api/filter/words.ts';
import type { ImageStatus } from '../../../api/types.ts';
import { IMAGE_STATUS_CODES } from '../database/schema.ts';
import {
  HAS,
  IS,
  LEAST_SURE_EDGE,
  madeBy,
  OF_A_RUN,
  ofField,
  taggedWith,
  type Condition,
} from './filterTraits.ts';
import type { SqlValue } from '../database/store.ts';

type Asked = ReturnType<typeof soundTerms>[number];

/** Conditions that all have to hold. Words that cannot be understood are left out. */
export function conditionsOf(words: string, now: Date): Condition[] {
  const terms = soundTerms(parseFilter(words));
  const wanted = terms.filter((term) => !term.not);
  const askedOf = (of: string) => wanted.filter(({ meaning }) => subjectOf(meaning) === of);
  const counts = wanted.filter(({ meaning }) => isWord(meaning, 'count'));
  const objects = alternatives(askedOf('object'), now);
  const items = alternatives(askedOf('item'), now);
  const conditions = alternatives(
    askedOf('image').filter((term) => !counts.includes(term)),
    now,
  );
  if (items.length > 0) conditions.push(someItem(items));
  // How many there are is asked of the objects that the other words describe.
  if (counts.length > 0) conditions.push(either(counts.map((term) => countOf(term, objects))));
  else if (objects.length > 0) conditions.push(someObject(objects));
  for (const term of terms.filter(({ not }) => not)) {
    const one = isWord(term.meaning, 'count') ? countOf(term, []) : oneOf(term.meaning, now);
    const subject = subjectOf(term.meaning);
    const some = subject === 'object' ? someObject : subject === 'item' ? someItem : null;
    conditions.push(negated(some ? some([one]) : one));
  }
  return conditions;
}

const isWord = (meaning: Meaning, word: string) => 'word' in meaning && meaning.word === word;

/** What `is` asks of the image, whatever its word is of. */
const OF_IMAGE: readonly string[] = ['reviewed', 'talk'];

function subjectOf(meaning: Meaning): 'object' | 'item' | 'image' {
  if (meaning.kind === 'choice' && OF_IMAGE.includes(meaning.choice)) return 'image';
  return 'word' in meaning ? WORDS[meaning.word].of : 'image';
}

/** Words of which every one is wanted. */
const ALL_OF: readonly string[] = ['is', 'name', 'has'];

/** Terms of one word are alternatives; `is` lists traits, all of which are wanted. */
function alternatives(terms: readonly Asked[], now: Date): Condition[] {
  const groups = new Map<string, Condition[]>();
  for (const { meaning } of terms) {
    const word = 'word' in meaning ? meaning.word : meaning.kind;
    // Parts of a name that are typed one after the other all stand in it; other fields are other questions.
    const key = ALL_OF.includes(word)
      ? `${word} ${groups.size}`
      : meaning.kind === 'field'
        ? `field ${classKey(meaning.test.name)}`
        : word;
    groups.set(key, [...(groups.get(key) ?? []), oneOf(meaning, now)]);
  }
  return [...groups.values()].map(either);
}

const either = (conditions: readonly Condition[]): Condition => ({
  sql: `(${conditions.map(({ sql }) => sql).join(' OR ')})`,
  values: conditions.flatMap(({ values }) => values),
});

const negated = ({ sql, values }: Condition): Condition => ({ sql: `NOT ${sql}`, values });

function objectsWith(conditions: readonly Condition[]): Condition {
  const all = ['a.image_id = image.id', 'a.status <> 2', ...conditions.map(({ sql }) => sql)];
  return {
    sql: `FROM annotation AS a WHERE ${all.join(' AND ')}`,
    values: conditions.flatMap(({ values }) => values),
  };
}

function someObject(conditions: readonly Condition[]): Condition {
  const { sql, values } = objectsWith(conditions);
  return { sql: `EXISTS (SELECT 1 ${sql})`, values };
}

function someItem(conditions: readonly Condition[]): Condition {
  const all = ['i.image_id = image.id', ...conditions.map(({ sql }) => sql)];
  return {
    sql: `EXISTS (SELECT 1 FROM job_item AS i WHERE ${all.join(' AND ')})`,
    values: conditions.flatMap(({ values }) => values),
  };
}

function countOf({ meaning }: Asked, conditions: readonly Condition[]): Condition {
  const { sql, values } = objectsWith(conditions);
  return within(`(SELECT count(*) ${sql})`, (meaning as { bounds: Bounds }).bounds, values);
}

function oneOf(meaning: Meaning, now: Date): Condition {
  switch (meaning.kind) {
    case 'pattern':
      return { sql: 'matches_pattern(?, image.name)', values: [meaning.pattern] };
    case 'places':
      return {
        sql: `image.id IN (SELECT id FROM (SELECT id, row_number() OVER (ORDER BY sort, id) AS place
          FROM image) WHERE place BETWEEN ? AND ?)`,
        values: [meaning.from, meaning.to],
      };
    case 'text':
      return ofText(meaning.word, meaning.text);
    case 'field':
      return ofField(meaning.test);
    case 'choice':
      return ofChoice(meaning.word, meaning.choice);
    case 'days':
      return editedOn(meaning.days, now);
    case 'bounds':
      return ofBounds(meaning);
  }
}

function ofText(word: string, text: string): Condition {
  if (word === 'class') {
    const isIt = 'folded(name) = folded(?)';
    return {
      // A name that is written in full means that class; else every class that holds it.
      sql: `a.category_id IN (SELECT id FROM category WHERE removed = 0 AND (${isIt} OR
        (instr(folded(name), folded(?)) > 0 AND NOT EXISTS
          (SELECT 1 FROM category WHERE removed = 0 AND ${isIt}))))`,
      values: [text, text, text],
    };
  }
  if (word === 'tag') return taggedWith(text);
  if (word === 'engine') return madeBy(text);
  if (word === 'batch') return { sql: 'i.job_id = ?', values: [text] };
  return { sql: 'instr(folded(image.name), folded(?)) > 0', values: [text] };
}

function ofChoice(word: string, choice: string): Condition {
  if (word === 'status')
    return { sql: 'image.status = ?', values: [IMAGE_STATUS_CODES[choice as ImageStatus]] };
  if (word === 'outcome') return { sql: 'i.outcome = ?', values: [choice] };
  return { sql: `(${(word === 'has' ? HAS : IS)[choice]!})`, values: [] };
}

function ofBounds({ word, bounds, unit }: Meaning & { kind: 'bounds' }): Condition {
  if (word === 'size') return within('max(image.width, image.height)', bounds);
  // Of several parts the least sure edge counts.
  if (word === 'edge') {
    const { sql, values } = within(LEAST_SURE_EDGE, bounds);
    return { sql: `(${OF_A_RUN} AND ${sql})`, values };
  }
  if (word !== 'area') return within(`a.${word}`, bounds);
  return unit === 'px'
    ? within('a.area', bounds)
    : within('CAST(a.area AS REAL) / (a.width * a.height)', bounds);
}

function within(
  what: string,
  { from, to, above, below }: Bounds,
  before: readonly SqlValue[] = [],
): Condition {
  const parts: string[] = [];
  const values: SqlValue[] = [];
  if (from !== null) {
    parts.push(`${what} ${above ? '>' : '>='} ?`);
    values.push(...before, from);
  }
  if (to !== null) {
    parts.push(`${what} ${below ? '<' : '<='} ?`);
    values.push(...before, to);
  }
  return { sql: `(${parts.join(' AND ')})`, values };
}

/** Days are those of this computer's clock; the log keeps times of the whole world. */
function editedOn({ from, to }: Days, now: Date): Condition {
  const parts = ["l.image_id = image.id AND l.origin = 'user'"];
  const values: SqlValue[] = [];
  if (from !== null) {
    parts.push('l.at >= ?');
    values.push(startOf(from, now).toISOString());
  }
  if (to !== null) {
    const next = startOf(to, now);
    next.setDate(next.getDate() + 1);
    parts.push('l.at < ?');
    values.push(next.toISOString());
  }
  return { sql: `EXISTS (SELECT 1 FROM log AS l WHERE ${parts.join(' AND ')})`, values };
}

function startOf(day: DayName, now: Date): Date {
  if (day !== 'today' && day !== 'yesterday') {
    const [year, month, date] = day.split('-').map(Number) as [number, number, number];
    return new Date(year, month - 1, date);
  }
  const back = day === 'yesterday' ? 1 : 0;
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() - back);
}
