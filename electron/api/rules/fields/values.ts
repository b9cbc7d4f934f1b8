// Values, marks, notes and tags: which can be kept, in which form, and when two say the same.
import { classKey } from '../classNames.ts';
import {
  MARKS,
  MAX_FIELD_NAME,
  MAX_NOTE,
  MAX_TAG,
  MAX_TAGS,
  MAX_VALUE,
  MAX_VALUES,
  type Details,
  type Field,
  type FieldValue,
  type Note,
} from './fields.ts';

/** Why a value is none of its field; null = it is one. */
export type ValueTrouble = 'kind' | 'list' | 'bounds' | 'long';

export function valueTrouble(field: Field, value: FieldValue): ValueTrouble | null {
  switch (field.kind) {
    case 'tick':
      return typeof value === 'boolean' ? null : 'kind';
    case 'choice':
      return typeof value === 'string' && field.choices.includes(value) ? null : 'list';
    case 'number': {
      if (typeof value !== 'number') return 'kind';
      const { min, max } = field;
      return (min !== null && value < min) || (max !== null && value > max) ? 'bounds' : null;
    }
    case 'text':
      if (typeof value !== 'string') return 'kind';
      return isWithin(value, MAX_VALUE) ? null : 'long';
  }
}

/** Details in their one form: sorted, without empty parts; undefined where nothing is said. */
export function tidied(details: Details | undefined): Details | undefined {
  if (!details) return undefined;
  const values = Object.entries(details.values ?? {})
    .filter(([, value]) => value !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const marks = MARKS.flatMap((mark) => {
    const said = details.marks?.[mark];
    return said === undefined ? [] : [[mark, said] as const];
  });
  const { note } = details;
  const hasNote = note !== undefined && !isNoNote(note);
  if (values.length === 0 && marks.length === 0 && !hasNote) return undefined;
  return {
    ...(values.length > 0 ? { values: Object.fromEntries(values) } : {}),
    ...(marks.length > 0 ? { marks: Object.fromEntries(marks) } : {}),
    ...(hasNote ? { note: { text: note.text, talk: note.talk } } : {}),
  };
}

export const isNoNote = ({ text, talk }: Note): boolean => text.trim() === '' && !talk;

export function sameDetails(a: Details | undefined, b: Details | undefined): boolean {
  return a === b || JSON.stringify(tidied(a)) === JSON.stringify(tidied(b));
}

/** Whether a value of a file or a window is details, within their bounds. */
export function isDetails(value: unknown): value is Details {
  if (!isRecord(value)) return false;
  const { values = {}, marks = {}, note } = value;
  if (!isRecord(values) || !isRecord(marks)) return false;
  const entries = Object.entries(values);
  return (
    Object.keys(value).every((key) => key === 'values' || key === 'marks' || key === 'note') &&
    entries.length <= MAX_VALUES &&
    entries.every(
      ([name, one]) => isWithin(name, MAX_FIELD_NAME) && name !== '' && isFieldValue(one),
    ) &&
    Object.entries(marks).every(([mark, said]) => isMark(mark) && typeof said === 'boolean') &&
    (note === undefined || isNote(note))
  );
}

export function isNote(value: unknown): value is Note {
  return (
    isRecord(value) &&
    typeof value['text'] === 'string' &&
    value['text'].length <= MAX_NOTE &&
    typeof value['talk'] === 'boolean'
  );
}

/** Whether it can be the value of a field, of whatever kind. */
export function isFieldValue(value: unknown): value is FieldValue {
  if (typeof value === 'string') return value.length <= MAX_VALUE;
  return typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));
}

/** Tags in the order given, each once however it is spelled, without blanks at their ends. */
export function tidiedTags(tags: readonly string[]): string[] {
  const seen = new Set<string>();
  return tags
    .map((tag) => tag.trim())
    .filter((tag) => {
      const key = classKey(tag);
      if (tag === '' || seen.has(key)) return false;
      seen.add(key);
      return true;
    });
}

export function isTagList(value: unknown): value is readonly string[] {
  return (
    Array.isArray(value) &&
    value.length <= MAX_TAGS &&
    value.every((tag) => typeof tag === 'string' && isWithin(tag, MAX_TAG) && tag.trim() !== '')
  );
}

/** No longer than `most`, and without characters that a line of text cannot show. */
export function isWithin(text: string, most: number): boolean {
  // eslint-disable-next-line no-control-regex -- the characters are what it is about
  return text.length <= most && !/[\u0000-\u001f\u007f]/.test(text);
}

const isMark = (name: string): boolean => (MARKS as readonly string[]).includes(name);

function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
