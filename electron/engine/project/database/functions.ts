// What SQLite's own functions cannot: texts of every script, patterns, and values of fields.
import { createRequire } from 'node:module';
import type Database from 'better-sqlite3';
import { LRUCache } from 'lru-cache';
import type * as Re2 from 're2js';
import { AppError } from '../../../api/errors.ts';
import { fieldFits, type FieldTest } from '../../../api/filter/fieldTest.ts';
import { classKey } from '../../../api/rules/classNames.ts';
import { isFieldList } from '../../../api/rules/fields/schema.ts';
import { isDetails } from '../../../api/rules/fields/values.ts';

/** Texts whose answers are kept while one question is asked. */
const MOST_ANSWERS = 2000;

export function addFunctions(database: Database.Database): void {
  addTextFunctions(database);
  addFieldFunction(database);
}

/** Letters of every script alike in either case, and patterns. */
function addTextFunctions(database: Database.Database): void {
  const pure = { deterministic: true, directOnly: true };
  database.function('folded', pure, (text: unknown) => String(text).normalize('NFC').toLowerCase());
  let known: { pattern: string; test: (text: string) => boolean } | null = null;
  database.function('matches_pattern', pure, (pattern: unknown, text: unknown) => {
    const wanted = String(pattern);
    if (known?.pattern !== wanted) known = { pattern: wanted, test: patternTest(wanted) };
    return Number(known.test(String(text)));
  });
}

/**
 * Whether a text holds the pattern, in any case of its letters. RE2 takes time linear in the text: a pattern such as
 * `(a|aa)+$` never ends in JavaScript's own engine. Loaded by the first pattern, which few ask for.
 */
function patternTest(pattern: string): (text: string) => boolean {
  const { RE2JS } = createRequire(import.meta.url)('re2js') as typeof Re2;
  try {
    const compiled = RE2JS.compile(RE2JS.translateRegExp(pattern), RE2JS.CASE_INSENSITIVE);
    return (text) => compiled.test(text);
  } catch (cause) {
    throw new AppError('BAD_REQUEST', 'This pattern is too large for a filter.', { cause });
  }
}

/** Whether an object has a value that a filter asks for. What a file has in another form is no value. */
function addFieldFunction(database: Database.Database): void {
  const pure = { deterministic: true, directOnly: true };
  let known = { asked: '', test: null as FieldTest | null };
  // Many objects say the same: each text is taken apart once.
  const answers = new LRUCache<string, number>({ max: MOST_ANSWERS });
  database.function('field_fits', pure, (details: unknown, fields: unknown, asked: unknown) => {
    if (known.asked !== asked) {
      known = { asked: String(asked), test: JSON.parse(String(asked)) as FieldTest };
      answers.clear();
    }
    const key = `${String(details)}\n${String(fields)}`;
    let answer = answers.get(key);
    if (answer === undefined)
      answers.set(key, (answer = Number(saidFits(details, fields, known.test!))));
    return answer;
  });
}

function saidFits(details: unknown, fields: unknown, test: FieldTest): boolean {
  const wanted = classKey(test.name);
  const said = parsed(details);
  const values = isDetails(said) ? Object.entries(said.values ?? {}) : [];
  const set = values.find(([name]) => classKey(name) === wanted);
  if (set) return fieldFits(set[1], test);
  const asked = parsed(fields);
  const field = isFieldList(asked) && asked.find(({ name }) => classKey(name) === wanted);
  return field !== false && field !== undefined && fieldFits(field.default, test);
}

function parsed(text: unknown): unknown {
  if (typeof text !== 'string') return null;
  try {
    return JSON.parse(text);
  } catch {
    // Reading the object reports damage.
    return null;
  }
}
