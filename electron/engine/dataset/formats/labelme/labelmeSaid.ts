// What labelme's fields say of objects and images besides outlines: flags are ticks, marks and tags; a description
// is a note; `attributes` are X-AnyLabeling's. Both ways.
import type { Json } from '../../../../api/types.ts';
import { OTHER_NAMES } from '../../../../api/rules/fields/schema.ts';
import { tidiedTags } from '../../../../api/rules/fields/values.ts';
import {
  joinDetails,
  joinImageNotes,
  splitDetails,
  splitImageNotes,
} from '../../details/details.ts';
import type { DatasetAnnotation, JsonObject } from '../../types.ts';

const { crowd: CROWD, talk: TALK } = OTHER_NAMES;

/** Fields of a shape as those of an annotation. Flags that are neither yes nor no stay as they are. */
export function saidOfShape(shape: JsonObject): {
  readonly isCrowd: boolean;
  readonly extra: JsonObject;
} {
  const { flags, description, attributes, ...rest } = shape;
  // What should hold values is something else: nothing is put in its place.
  if (attributes !== undefined && !isObject(attributes)) return { isCrowd: false, extra: shape };
  const { ticks, others } = ticksOf(flags);
  const { [CROWD]: isCrowd = false, [TALK]: talk = false, ...own } = ticks;
  const said: JsonObject = {
    ...attributes,
    ...own,
  };
  const isText = typeof description === 'string';
  return {
    isCrowd,
    extra: {
      ...rest,
      ...(attributes || Object.keys(said).length > 0 ? { attributes: said } : {}),
      ...(isText && description !== '' ? { note: description } : {}),
      ...(talk ? { needs_talk: true } : {}),
      ...(Object.keys(others).length > 0 ? { flags: others } : {}),
    },
  };
}

/** Fields of a file as those of its image: flags that are set are tags. */
export function saidOfImage({ flags, description }: JsonObject): JsonObject {
  const { ticks } = ticksOf(flags);
  const { [TALK]: talk = false, ...own } = ticks;
  const tags = tidiedTags(Object.keys(own).filter((name) => own[name]));
  const text = typeof description === 'string' ? description : '';
  const note = text !== '' || talk ? { note: { text, talk } } : {};
  return joinImageNotes({ tags, ...note }, {});
}

/** What a shape of an annotation has besides its outline. */
export function writtenOfShape({ extra, isCrowd }: DatasetAnnotation): JsonObject {
  const { details, extra: rest } = splitDetails(extra);
  const all = joinDetails(details && { ...details, note: NO_NOTE }, {})['attributes'] ?? {};
  const entries = Object.entries(all as JsonObject);
  const ticks = entries.filter(([, value]) => typeof value === 'boolean');
  const others = entries.filter(([, value]) => typeof value !== 'boolean');
  const strange = isObject(rest['attributes']) ? rest['attributes'] : {};
  const attributes = { ...strange, ...Object.fromEntries(others) };
  return {
    description: details?.note?.text ?? '',
    flags: {
      ...Object.fromEntries(ticks),
      ...(isCrowd ? { [CROWD]: true } : {}),
      ...(details?.note?.talk ? { [TALK]: true } : {}),
    },
    ...(Object.keys(attributes).length > 0 ? { attributes } : {}),
  };
}

/** What the file of an image has besides its shapes. */
export function writtenOfImage(extra: JsonObject): JsonObject {
  const { tags, note } = splitImageNotes(extra);
  return {
    flags: {
      ...Object.fromEntries(tags.map((tag) => [tag, true])),
      ...(note?.talk ? { [TALK]: true } : {}),
    },
    ...(note && note.text !== '' ? { description: note.text } : {}),
  };
}

const NO_NOTE = { text: '', talk: false };

function ticksOf(flags: Json | undefined): {
  readonly ticks: { readonly [name: string]: boolean };
  readonly others: JsonObject;
} {
  const entries = isObject(flags) ? Object.entries(flags) : [];
  const isTick = (entry: readonly [string, Json]): entry is [string, boolean] =>
    typeof entry[1] === 'boolean';
  return {
    ticks: Object.fromEntries(entries.filter(isTick)),
    others: Object.fromEntries(entries.filter((entry) => !isTick(entry))),
  };
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
