// Whether fields of a class make sense. Window, engine and imports ask here.
import { classKey } from '../classNames.ts';
import {
  FIELD_KINDS,
  MAX_CHOICE,
  MAX_CHOICES,
  MAX_FIELD_NAME,
  MAX_FIELDS,
  MAX_UNIT,
  type Field,
  type Mark,
} from './fields.ts';
import { isFieldValue, isWithin, valueTrouble } from './values.ts';

/** What is wrong with the fields of a class, and with which of them. */
export interface FieldFault {
  readonly place: number;
  readonly kind: 'many' | 'name' | 'twice' | 'choices' | 'bounds' | 'unit' | 'default';
}

/** The first fault; null = they are fine. */
export function fieldsFault(fields: readonly Field[]): FieldFault | null {
  if (fields.length > MAX_FIELDS) return { place: MAX_FIELDS, kind: 'many' };
  const seen = new Set<string>();
  for (const [place, field] of fields.entries()) {
    const kind = seen.has(classKey(field.name)) ? 'twice' : faultOf(field);
    if (kind !== null) return { place, kind };
    seen.add(classKey(field.name));
  }
  return null;
}

function faultOf(field: Field): FieldFault['kind'] | null {
  if (!isFieldName(field.name)) return 'name';
  if (field.kind === 'choice') {
    const { choices } = field;
    const isSound = choices.every((choice) => isWithin(choice, MAX_CHOICE) && choice.trim() !== '');
    if (!isSound || choices.length === 0 || choices.length > MAX_CHOICES) return 'choices';
    if (new Set(choices.map(classKey)).size < choices.length) return 'choices';
  }
  if (field.kind === 'number') {
    const { min, max, unit } = field;
    if (min !== null && max !== null && min > max) return 'bounds';
    if (!isWithin(unit, MAX_UNIT)) return 'unit';
  }
  const { default: value } = field;
  return value !== undefined && valueTrouble(field, value) !== null ? 'default' : null;
}

/** What files call the marks, as CVAT and Datumaro do. */
export const MARK_NAMES: { readonly [mark in Mark]: string } = {
  occluded: 'occluded',
  difficult: 'difficult',
  cut: 'truncated',
};

/** What files have for a note and a crowd among attributes and flags. */
export const OTHER_NAMES = {
  note: 'note',
  talk: 'needs_talk',
  crowd: 'iscrowd',
  cvatCrowd: 'is_crowd',
} as const;

/** Names that mean something else in files, and those that objects of the language have already. */
export const TAKEN_NAMES: readonly string[] = [
  ...Object.values(MARK_NAMES),
  ...Object.values(OTHER_NAMES),
  '__proto__',
  'constructor',
  'prototype',
];

function isFieldName(name: string): boolean {
  const isText = isWithin(name, MAX_FIELD_NAME) && name.trim() === name && name !== '';
  return isText && !TAKEN_NAMES.includes(name.toLowerCase());
}

/** Whether a value of a file is a list of fields, sound or not. */
export function isFieldList(value: unknown): value is readonly Field[] {
  return Array.isArray(value) && value.every(isField);
}

function isField(value: unknown): value is Field {
  if (typeof value !== 'object' || value === null) return false;
  const field = value as { readonly [name: string]: unknown };
  const known: readonly unknown[] = FIELD_KINDS;
  if (typeof field['name'] !== 'string' || typeof field['needed'] !== 'boolean') return false;
  if (!known.includes(field['kind'])) return false;
  if (field['default'] !== undefined && !isFieldValue(field['default'])) return false;
  if (field['kind'] === 'choice')
    return (
      Array.isArray(field['choices']) && field['choices'].every((one) => typeof one === 'string')
    );
  if (field['kind'] !== 'number') return true;
  const isBound = (one: unknown) => one === null || (typeof one === 'number' && isFinite(one));
  return isBound(field['min']) && isBound(field['max']) && typeof field['unit'] === 'string';
}
