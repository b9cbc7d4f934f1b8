// Fields that an import brings: those that the file declares, and those that its values show. Without one a value
// would be in the project and nowhere to be seen.
import { classKey } from '../../api/rules/classNames.ts';
import {
  MAX_FIELDS,
  type Details,
  type Field,
  type FieldValue,
} from '../../api/rules/fields/fields.ts';
import { fieldsFault } from '../../api/rules/fields/schema.ts';
import { splitDetails, splitFields } from '../dataset/details/details.ts';
import { shown } from '../dataset/shown.ts';
import type { DatasetAnnotation, DatasetCategory } from '../dataset/types.ts';
import { writeFields } from '../project/classes/categoryRows.ts';
import { listCategories } from '../project/classes/categories.ts';
import type { Project } from '../project/project.ts';
import { counted } from '../../link/words/counted.ts';

/** More different texts than this are no list to choose from. */
const MOST_CHOICES = 20;
/** Classes that a note names. */
const MOST_TOLD = 20;

/** Values of one name that objects of one class had. */
interface Seen {
  count: number;
  readonly kinds: Set<string>;
  /** Different texts, at most one more than make a choice. */
  readonly texts: Set<string>;
}

export class ImportedFields {
  /** By name of the class as its key. */
  readonly #seen = new Map<string, Map<string, Seen>>();
  readonly #names: ReadonlyMap<number, string>;
  /** Annotations with attributes that are no values: nested, too long, too many. */
  #strange = 0;

  constructor(categories: readonly DatasetCategory[]) {
    this.#names = new Map(categories.map(({ id, name }) => [id, classKey(name)]));
  }

  /** Takes note of the values of an annotation of the file. */
  see({ categoryId, extra }: DatasetAnnotation): void {
    const key = this.#names.get(categoryId);
    const split = splitDetails(extra);
    if ('attributes' in split.extra) this.#strange += 1;
    if (key === undefined) return;
    for (const [name, value] of valuesOf(split.details)) {
      const names = this.#seen.get(key) ?? new Map<string, Seen>();
      this.#seen.set(key, names);
      const seen = names.get(name) ?? { count: 0, kinds: new Set(), texts: new Set() };
      names.set(name, seen);
      seen.count += 1;
      seen.kinds.add(typeof value);
      if (typeof value === 'string' && seen.texts.size <= MOST_CHOICES) seen.texts.add(value);
    }
  }

  /** Notes about the fields. Classes get their fields unless it is a `dryRun`. */
  settle(project: Project, categories: readonly DatasetCategory[], dryRun: boolean): string[] {
    const mine = new Map(listCategories(project.store).map((one) => [classKey(one.name), one]));
    const told: string[] = [];
    for (const category of categories) {
      const key = classKey(category.name);
      const known = mine.get(key)?.fields ?? [];
      const fresh = this.#freshOf(category, known);
      if (fresh.length === 0) continue;
      told.push(`${shown(category.name)}: ${fresh.map(wordOf).join(', ')}`);
      const id = mine.get(key)?.id;
      if (!dryRun && id !== undefined) writeFields(project.store, id, [...known, ...fresh]);
    }
    const more =
      told.length > MOST_TOLD
        ? `; and ${counted(told.length - MOST_TOLD, 'more class', 'more classes')}`
        : '';
    return [
      ...(told.length > 0
        ? [
            `Classes get fields for the attributes of the file. ${told.slice(0, MOST_TOLD).join('; ')}${more}.`,
          ]
        : []),
      ...(this.#strange > 0
        ? [
            `Attributes of ${counted(this.#strange, 'annotation')} are lists, objects or too long for a field: they are kept for the next export and are not shown.`,
          ]
        : []),
    ];
  }

  /** Fields that a class does not have yet, as many as it can have. */
  #freshOf(category: DatasetCategory, known: readonly Field[]): Field[] {
    const taken = new Set(known.map(({ name }) => classKey(name)));
    const declared = splitFields(category.extra).fields;
    const guessed = [...(this.#seen.get(classKey(category.name)) ?? [])].flatMap(
      ([name, seen]) => guess(name, seen) ?? [],
    );
    const fresh: Field[] = [];
    for (const field of [...declared, ...guessed]) {
      const isKnown = taken.has(classKey(field.name));
      if (isKnown || known.length + fresh.length >= MAX_FIELDS) continue;
      if (fieldsFault([field]) !== null) continue;
      taken.add(classKey(field.name));
      fresh.push(field);
    }
    return fresh;
  }
}

const valuesOf = (details: Details | undefined): [string, FieldValue][] =>
  Object.entries(details?.values ?? {});

/** The field that values look like; null where they are of several kinds. */
function guess(name: string, { count, kinds, texts }: Seen): Field | null {
  if (kinds.size !== 1) return null;
  const base = { name, needed: false };
  if (kinds.has('boolean')) return { ...base, kind: 'tick' };
  if (kinds.has('number')) return { ...base, kind: 'number', min: null, max: null, unit: '' };
  const choices = [...texts].sort();
  const choice: Field = { ...base, kind: 'choice', choices };
  const isList = texts.size <= MOST_CHOICES && 2 * texts.size <= count;
  // Texts that only blanks or case tell apart are no choices.
  return isList && fieldsFault([choice]) === null ? choice : { ...base, kind: 'text' };
}

function wordOf(field: Field): string {
  const word = field.kind === 'choice' ? `one of ${field.choices.length} choices` : field.kind;
  return `${shown(field.name)} (${word})`;
}
