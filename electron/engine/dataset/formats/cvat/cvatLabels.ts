// What CVAT says of its labels: the attributes of each as fields of a class, both ways, and their values, which
// the file has as text.
import type { Field, FieldValue } from '../../../../api/rules/fields/fields.ts';
import { fieldsFault } from '../../../../api/rules/fields/schema.ts';
import { valueTrouble } from '../../../../api/rules/fields/values.ts';
import type { XmlNode } from '../reading/xmlElements.ts';

/** The attributes of a `<label>` that make sense as fields. */
export function fieldsOfLabel(label: XmlNode): Field[] {
  const list = childNamed(label, 'attributes')?.children ?? [];
  const fields: Field[] = [];
  for (const node of list) {
    const text = (name: string) => childNamed(node, name)?.text ?? '';
    const name = text('name').trim();
    const field = withDefault(
      fieldOf(name, text('input_type'), text('values')),
      text('default_value'),
    );
    if (field && fieldsFault([...fields, field]) === null) fields.push(field);
  }
  return fields;
}

function fieldOf(name: string, type: string, values: string): Field | null {
  const base = { name, needed: false };
  const lines = values.split(/\r?\n/).filter((line) => line.trim() !== '');
  switch (type) {
    case 'checkbox':
      return { ...base, kind: 'tick' };
    case 'number': {
      // Least, largest, step.
      const [min = NaN, max = NaN] = lines.map(Number);
      const bound = (value: number) => (Number.isFinite(value) ? value : null);
      return { ...base, kind: 'number', min: bound(min), max: bound(max), unit: '' };
    }
    case 'select':
    case 'radio':
      return { ...base, kind: 'choice', choices: lines };
    default:
      return { ...base, kind: 'text' };
  }
}

function withDefault(field: Field | null, text: string): Field | null {
  const value = field && text !== '' ? readValue(field, text) : null;
  // A tick that is off by default needs no default.
  if (field === null || value === null || value === false) return field;
  return valueTrouble(field, value) === null ? ({ ...field, default: value } as Field) : field;
}

/** A value as its field has it; as text where it is none of it. */
export function readValue(field: Field | undefined, text: string): FieldValue {
  const trimmed = text.trim();
  if (field?.kind === 'tick' && /^(true|false)$/i.test(trimmed))
    return trimmed.toLowerCase() === 'true';
  const number = Number(trimmed);
  if (field?.kind === 'number' && trimmed !== '' && Number.isFinite(number)) return number;
  return text;
}

/** A field as CVAT's XML has it. */
export function attributeSpec(field: Field): object {
  const type = { tick: 'checkbox', choice: 'select', number: 'number', text: 'text' }[field.kind];
  return {
    name: field.name,
    mutable: 'False',
    input_type: type,
    default_value: defaultOf(field),
    values: valuesOf(field),
  };
}

function defaultOf(field: Field): string {
  if (field.default !== undefined) return String(field.default);
  if (field.kind === 'tick') return 'false';
  if (field.kind === 'number') return String(field.min ?? 0);
  return field.kind === 'choice' ? field.choices[0]! : '';
}

function valuesOf(field: Field): string {
  if (field.kind === 'choice') return field.choices.join('\n');
  if (field.kind === 'tick') return 'false';
  if (field.kind === 'number' && field.min !== null && field.max !== null)
    return `${field.min}\n${field.max}\n1`;
  return '';
}

const childNamed = (node: XmlNode, name: string): XmlNode | undefined =>
  node.children.find((child) => child.name === name);
