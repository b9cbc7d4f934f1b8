// Attributes of CVAT's labels as fields of a class, both ways, and their values.
import { describe, expect, it } from 'vitest';
import type { Field } from '../../../../../../../electron/api/rules/fields/fields.ts';
import {
  attributeSpec,
  fieldsOfLabel,
  readValue,
} from '../../../../../../../electron/engine/dataset/formats/cvat/cvatLabels.ts';
import type { XmlNode } from '../../../../../../../electron/engine/dataset/formats/reading/xmlElements.ts';

const node = (name: string, text: string, children: readonly XmlNode[] = []) =>
  ({ name, text, children, attributes: {} }) as unknown as XmlNode;
const attribute = (name: string, type: string, values = '', fallback = '') =>
  node('attribute', '', [
    ...[node('name', name), node('input_type', type), node('values', values)],
    node('default_value', fallback),
  ]);
const read = (...all: readonly XmlNode[]) =>
  fieldsOfLabel(node('label', '', [node('name', 'cup'), node('attributes', '', all)]));
const one = (...given: Parameters<typeof attribute>) => read(attribute(...given))[0];

describe('an attribute', () => {
  it('is a field of its kind', () => {
    expect(one(' closed ', 'checkbox', 'false', 'false')).toEqual({
      name: 'closed',
      needed: false,
      kind: 'tick',
    });
    expect(one('closed', 'checkbox', 'true', 'TRUE')).toMatchObject({
      kind: 'tick',
      default: true,
    });
    expect(one('tilt', 'number', '0\r\n90\n5', '45')).toEqual({
      name: 'tilt',
      needed: false,
      kind: 'number',
      min: 0,
      max: 90,
      unit: '',
      default: 45,
    });
    expect(one('tilt', 'number', '', '')).toEqual({
      name: 'tilt',
      needed: false,
      kind: 'number',
      min: null,
      max: null,
      unit: '',
    });
    for (const type of ['select', 'radio'])
      expect(one('lamp', type, 'big\n\nsmall\n', 'small')).toMatchObject({
        kind: 'choice',
        choices: ['big', 'small'],
        default: 'small',
      });
    expect(one('text', 'text', '', 'none')).toMatchObject({ kind: 'text', default: 'none' });
  });

  it('has no default that is no value of it', () => {
    for (const given of [
      ['tilt', 'number', '0\n90', '91'],
      ['lamp', 'select', 'big\nsmall', 'huge'],
      ['tilt', 'number', '0\n90', 'steep'],
    ] as const)
      expect(one(given[0], given[1], given[2], given[3])).not.toHaveProperty('default');
  });

  it('that makes no sense beside the others is left out', () => {
    expect(
      read(attribute('a', 'text'), attribute('a', 'text'), attribute('', 'text')),
    ).toHaveLength(1);
    expect(read(attribute('lamp', 'select', ''))).toEqual([]);
    expect(fieldsOfLabel(node('label', ''))).toEqual([]);
  });
});

describe('a value', () => {
  const tick = { kind: 'tick' } as Field;
  const number = { kind: 'number' } as Field;

  it('is what its field says, else text', () => {
    expect([' True ', 'false', 'yes'].map((text) => readValue(tick, text))).toEqual([
      ...[true, false, 'yes'],
    ]);
    expect([' 4.5', '', 'x', 'Infinity'].map((text) => readValue(number, text))).toEqual([
      ...[4.5, '', 'x', 'Infinity'],
    ]);
    expect([readValue(undefined, '4'), readValue({ kind: 'text' } as Field, 'true')]).toEqual([
      ...['4', 'true'],
    ]);
  });
});

describe('a field as CVAT has it', () => {
  const spec = (field: object) => attributeSpec({ name: 'a', needed: false, ...field } as Field);

  it('has a type, values and a default, said or usual', () => {
    expect(spec({ kind: 'tick' })).toEqual({
      name: 'a',
      mutable: 'False',
      input_type: 'checkbox',
      default_value: 'false',
      values: 'false',
    });
    expect(spec({ kind: 'number', min: 2, max: 9 })).toMatchObject({
      input_type: 'number',
      default_value: '2',
      values: '2\n9\n1',
    });
    expect(spec({ kind: 'number', min: null, max: 9 })).toMatchObject({
      default_value: '0',
      values: '',
    });
    expect(spec({ kind: 'number', min: 2, max: null })).toMatchObject({ values: '' });
    expect(spec({ kind: 'choice', choices: ['x', 'y'] })).toMatchObject({
      input_type: 'select',
      default_value: 'x',
      values: 'x\ny',
    });
    expect(spec({ kind: 'text' })).toMatchObject({
      input_type: 'text',
      default_value: '',
      values: '',
    });
    expect(spec({ kind: 'number', min: 2, max: 9, default: 5 })).toMatchObject({
      default_value: '5',
    });
  });
});
