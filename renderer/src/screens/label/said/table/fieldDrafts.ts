// Fields while they are edited, as texts; and what their change means for values: renamed, or another choice.
import type { FieldsChange } from '../../../../../../electron/api/methods/notes.ts';
import type { Field, FieldKind } from '../../../../../../electron/api/rules/fields/fields.ts';
import {
  fieldsFault,
  type FieldFault,
} from '../../../../../../electron/api/rules/fields/schema.ts';

export interface FieldDraft {
  /** Of the row. */
  readonly key: string;
  /** The field that it was; null = a new one. */
  readonly was: Field | null;
  name: string;
  kind: FieldKind;
  /** One a line. */
  choices: string;
  min: string;
  max: string;
  unit: string;
  default: string;
  needed: boolean;
}

const EMPTY = { choices: '', min: '', max: '', unit: '', default: '', needed: false };

export const newDraft = (name = ''): FieldDraft => ({
  ...EMPTY,
  key: crypto.randomUUID(),
  was: null,
  name,
  kind: 'choice',
});

export function draftOf(field: Field): FieldDraft {
  const { name, kind, needed } = field;
  const said = field.default === undefined || field.default === false ? '' : String(field.default);
  return {
    ...EMPTY,
    key: crypto.randomUUID(),
    was: field,
    name,
    kind,
    needed,
    default: said,
    ...(kind === 'choice' ? { choices: field.choices.join('\n') } : {}),
    ...(kind === 'number'
      ? { min: textOf(field.min), max: textOf(field.max), unit: field.unit }
      : {}),
  };
}

const textOf = (bound: number | null): string => (bound === null ? '' : String(bound));

export const choicesOf = ({ choices }: FieldDraft): string[] =>
  choices
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

export type ReadDrafts =
  | ({ readonly fields: readonly Field[] } & Pick<FieldsChange, 'renamed' | 'choices'>)
  | { readonly fault: FieldFault };

/** The fields that rows mean. A row without a name and without a past is none. */
export function readDrafts(all: readonly FieldDraft[]): ReadDrafts {
  const drafts = all.filter(({ was, name }) => was !== null || name.trim() !== '');
  const fields: Field[] = [];
  for (const [place, draft] of drafts.entries()) {
    const field = fieldOf(draft);
    if (field === null) return { fault: { place, kind: 'bounds' } };
    fields.push(field);
  }
  const fault = fieldsFault(fields);
  if (fault) return { fault };
  return {
    fields,
    renamed: drafts.flatMap(({ was, name }) =>
      was && was.name !== name.trim() ? [{ from: was.name, to: name.trim() }] : [],
    ),
    choices: drafts.flatMap(renamedChoices),
  };
}

/** Null where a bound or a default is no number. */
function fieldOf(draft: FieldDraft): Field | null {
  const base = { name: draft.name.trim(), needed: draft.needed && draft.kind !== 'tick' };
  const said = draft.default.trim();
  switch (draft.kind) {
    case 'tick':
      return { ...base, kind: 'tick', ...(said === 'true' ? { default: true } : {}) };
    case 'choice':
      return {
        ...base,
        kind: 'choice',
        choices: choicesOf(draft),
        ...(said === '' ? {} : { default: said }),
      };
    case 'number': {
      const [min, max, value] = [numberOf(draft.min), numberOf(draft.max), numberOf(said)];
      if (min === undefined || max === undefined || value === undefined) return null;
      const unit = draft.unit.trim();
      return {
        ...base,
        kind: 'number',
        min,
        max,
        unit,
        ...(value === null ? {} : { default: value }),
      };
    }
    case 'text':
      return { ...base, kind: 'text', ...(said === '' ? {} : { default: said }) };
  }
}

/** Null = nothing was typed, undefined = no number. */
function numberOf(text: string): number | null | undefined {
  if (text.trim() === '') return null;
  const number = Number(text.trim().replace(',', '.'));
  return Number.isFinite(number) ? number : undefined;
}

/** Lines that were typed anew where another one stood, in a list that is as long as it was. */
function renamedChoices(draft: FieldDraft): FieldsChange['choices'][number][] {
  const { was } = draft;
  if (was?.kind !== 'choice' || draft.kind !== 'choice') return [];
  const now = choicesOf(draft);
  if (now.length !== was.choices.length) return [];
  return was.choices.flatMap((from, place) => {
    const to = now[place]!;
    const isNew = !now.includes(from) && !was.choices.includes(to);
    return isNew ? [{ field: draft.name.trim(), from, to }] : [];
  });
}
