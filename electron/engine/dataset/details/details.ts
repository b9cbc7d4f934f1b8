// What is said of objects and images besides class and mask, as records of files carry it among their other
// fields: `attributes` with values and marks (the names are those of CVAT and Datumaro), `note`, `needs_talk`,
// `tags`; and `fields` of a category. What a project cannot hold as that stays an unknown field.
import {
  MARKS,
  MAX_FIELD_NAME,
  MAX_VALUES,
  type Details,
  type Field,
  type FieldValue,
  type Mark,
  type Note,
} from '../../../api/rules/fields/fields.ts';
import {
  fieldsFault,
  isFieldList,
  MARK_NAMES,
  TAKEN_NAMES,
} from '../../../api/rules/fields/schema.ts';
import {
  isFieldValue,
  isNoNote,
  isNote,
  isTagList,
  isWithin,
  tidied,
  tidiedTags,
} from '../../../api/rules/fields/values.ts';
import type { Json } from '../../../api/types.ts';
import type { JsonObject } from '../types.ts';

/** The details among the fields of an annotation, and the other fields. */
export function splitDetails(extra: JsonObject): {
  readonly details: Details | undefined;
  readonly extra: JsonObject;
} {
  const { attributes: found, ...others } = extra;
  const { note, extra: rest } = splitNote(others);
  const attributes = isObject(found) ? found : {};
  const values: [string, FieldValue][] = [];
  // Some files have a mark beside the attributes: it stays there, and says what the mark says.
  const marks = MARKS.flatMap((mark): [Mark, boolean][] => {
    const said = rest[MARK_NAMES[mark]];
    return typeof said === 'boolean' ? [[mark, said]] : [];
  });
  const kept: [string, Json][] = [];
  for (const [name, value] of Object.entries(attributes)) {
    const mark = markNamed(name);
    if (mark && isBit(value)) marks.push([mark, Boolean(value)]);
    else if (values.length < MAX_VALUES && isName(name) && isFieldValue(value) && value !== '')
      values.push([name, value]);
    else kept.push([name, value]);
  }
  const details = tidied({
    values: Object.fromEntries(values),
    marks: Object.fromEntries(marks),
    ...(note ? { note } : {}),
  });
  if (found !== undefined && !isObject(found))
    return { details, extra: { ...rest, attributes: found } };
  return {
    details,
    extra: kept.length === 0 ? rest : { ...rest, attributes: Object.fromEntries(kept) },
  };
}

/** The fields of an annotation with its details among them. */
export function joinDetails(details: Details | undefined, extra: JsonObject): JsonObject {
  if (!details) return extra;
  const { attributes } = extra;
  const marks = MARKS.flatMap((mark) => {
    const said = details.marks?.[mark];
    return said === undefined ? [] : [[MARK_NAMES[mark], said] as const];
  });
  const own = { ...details.values, ...Object.fromEntries(marks) };
  const all = isObject(attributes) ? { ...attributes, ...own } : own;
  const beside = marks.filter(([name]) => typeof extra[name] === 'boolean');
  return {
    ...joinNote(details.note ?? null, extra),
    ...Object.fromEntries(beside),
    ...(Object.keys(all).length > 0 ? { attributes: all } : {}),
  };
}

/** Tags and note among the fields of an image, and the other fields. */
export function splitImageNotes(extra: JsonObject): {
  readonly tags: readonly string[];
  readonly note: Note | null;
  readonly extra: JsonObject;
} {
  const { tags, ...others } = extra;
  const { note, extra: rest } = splitNote(others);
  if (isTagList(tags)) return { tags: tidiedTags(tags), note, extra: rest };
  return { tags: [], note, extra: tags === undefined ? rest : { ...rest, tags } };
}

/** The fields of an image with its tags and note among them. */
export function joinImageNotes(
  { tags = [], note }: { readonly tags?: readonly string[]; readonly note?: Note },
  extra: JsonObject,
): JsonObject {
  const named = tags.length > 0 ? { tags } : {};
  return { ...joinNote(note ?? null, extra), ...named };
}

/** The fields that a category of a file asks for, and its other fields. */
export function splitFields(extra: JsonObject): {
  readonly fields: readonly Field[];
  readonly extra: JsonObject;
} {
  const { fields, ...rest } = extra;
  if (!isFieldList(fields) || fieldsFault(fields) !== null) return { fields: [], extra };
  return { fields, extra: rest };
}

/** Fields of a class as unknown fields of its category. */
export function joinFields(fields: readonly Field[] | undefined, extra: JsonObject): JsonObject {
  // Fields are plain data: `fields.ts` names them, JSON carries them.
  return fields && fields.length > 0 ? { ...extra, fields: fields as unknown as Json } : extra;
}

function splitNote(extra: JsonObject): { readonly note: Note | null; readonly extra: JsonObject } {
  const { note: text = '', needs_talk: talk = false, ...rest } = extra;
  const note = { text, talk };
  if (!isNote(note) || isNoNote(note)) return { note: null, extra };
  return { note, extra: rest };
}

function joinNote(note: Note | null, extra: JsonObject): JsonObject {
  if (!note) return extra;
  const { text, talk } = note;
  return {
    ...extra,
    ...(text === '' ? {} : { note: text }),
    ...(talk ? { needs_talk: true } : {}),
  };
}

/** The mark that files call so. */
function markNamed(name: string): Mark | undefined {
  return MARKS.find((mark) => MARK_NAMES[mark] === name);
}

const isBit = (value: Json): boolean => typeof value === 'boolean' || value === 0 || value === 1;

/** A name that means something else in some format stays an attribute that nobody is shown. */
const isName = (name: string): boolean =>
  name.trim() !== '' && isWithin(name, MAX_FIELD_NAME) && !isTaken(name);

/** A mark's name with a text or a number is a value like any other. */
const isTaken = (name: string): boolean =>
  TAKEN_NAMES.includes(name) && markNamed(name) === undefined;

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
