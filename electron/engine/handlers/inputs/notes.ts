// What is said of objects and images, and what is asked of them: all of it bounded.
import * as v from 'valibot';
import {
  MAX_CHOICE,
  MAX_CHOICES,
  MAX_FIELD_NAME,
  MAX_FIELDS,
  MAX_TAGS,
  MAX_UNIT,
  MAX_VALUE,
  type Details,
} from '../../../api/rules/fields/fields.ts';
import { isDetails, isNote, isTagList } from '../../../api/rules/fields/values.ts';
import { categoryId, finite, imageIds, text } from './scalars.ts';

export const details = v.custom<Details>(
  isDetails,
  'values, marks or a note that are too long, too many or of another kind',
);

const note = v.pipe(
  v.object({ text: v.string(), talk: v.boolean() }),
  v.check((value) => isNote(value), 'a note that is too long'),
);
const tags = v.pipe(
  v.array(v.string()),
  v.check((value) => isTagList(value), `tags that are empty, too long or more than ${MAX_TAGS}`),
);

const name = text(MAX_FIELD_NAME);
const choice = text(MAX_CHOICE);
const base = { name, needed: v.boolean() };

/** Whether they make sense together is asked where they are written. */
const field = v.variant('kind', [
  v.object({ kind: v.literal('tick'), ...base, default: v.exactOptional(v.boolean()) }),
  v.object({
    kind: v.literal('choice'),
    ...base,
    choices: v.pipe(v.array(choice), v.maxLength(MAX_CHOICES)),
    default: v.exactOptional(choice),
  }),
  v.object({
    kind: v.literal('number'),
    ...base,
    min: v.nullable(finite),
    max: v.nullable(finite),
    unit: text(MAX_UNIT),
    default: v.exactOptional(finite),
  }),
  v.object({
    kind: v.literal('text'),
    ...base,
    default: v.exactOptional(text(MAX_VALUE)),
  }),
]);
const fields = v.pipe(v.array(field), v.maxLength(MAX_FIELDS));

export const fieldsChange = v.object({
  id: categoryId,
  before: fields,
  after: fields,
  renamed: v.pipe(v.array(v.object({ from: name, to: name })), v.maxLength(MAX_FIELDS)),
  choices: v.pipe(
    v.array(v.object({ field: name, from: choice, to: choice })),
    v.maxLength(MAX_FIELDS * MAX_CHOICES),
  ),
});

export const notesChange = v.object({
  imageIds: imageIds(),
  add: tags,
  remove: tags,
  note: v.nullable(note),
});
