// Edits of what is said of objects besides class and mask: values of fields, marks, notes. Locked objects stay.
import type {
  Details,
  FieldValue,
  Mark,
  Note,
} from '../../../../../electron/api/rules/fields/fields.ts';
import { sameDetails, tidied } from '../../../../../electron/api/rules/fields/values.ts';
import type { Annotation } from '../../../../../electron/api/types.ts';
import { text } from '../../../text/text.ts';
import { changed, namesOf, type NameOf } from '../../../tools/edits.ts';
import type { TransactionDraft } from '../../../tools/types.ts';

const words = text.said.history;

/** The same value for all; undefined takes it away. */
export function setValue(
  objects: readonly Annotation[],
  field: string,
  value: FieldValue | undefined,
  nameOf: NameOf,
): TransactionDraft | null {
  return detailed(
    objects,
    (name) => words.value(field, name),
    nameOf,
    (details) => {
      const { [field]: old, ...others } = details.values ?? {};
      void old;
      return { ...details, values: value === undefined ? others : { ...others, [field]: value } };
    },
  );
}

export function setMark(
  objects: readonly Annotation[],
  mark: Mark,
  said: boolean,
  nameOf: NameOf,
): TransactionDraft | null {
  const label = (said ? words.mark : words.unmark)[mark];
  return detailed(objects, label, nameOf, (details) => ({
    ...details,
    marks: { ...details.marks, [mark]: said },
  }));
}

export function setCrowd(
  objects: readonly Annotation[],
  isCrowd: boolean,
  nameOf: NameOf,
): TransactionDraft | null {
  const open = objects.filter((object) => !object.locked && object.isCrowd !== isCrowd);
  if (open.length === 0) return null;
  return {
    label: text.label.history.crowd(namesOf(open, nameOf)),
    changes: open.map((object) => changed(object, { ...object, isCrowd })),
  };
}

export function setNote(
  objects: readonly Annotation[],
  note: Note,
  nameOf: NameOf,
): TransactionDraft | null {
  return detailed(objects, words.note, nameOf, (details) => ({ ...details, note }));
}

function detailed(
  objects: readonly Annotation[],
  label: (name: string) => string,
  nameOf: NameOf,
  edit: (details: Details) => Details,
): TransactionDraft | null {
  const usable = objects.filter((object) => !object.locked);
  const changes = usable.flatMap((object) => {
    const { details, ...rest } = object;
    const next = tidied(edit(details ?? {}));
    if (sameDetails(details, next)) return [];
    return [changed(object, { ...rest, ...(next ? { details: next } : {}) })];
  });
  return changes.length === 0 ? null : { label: label(namesOf(usable, nameOf)), changes };
}
