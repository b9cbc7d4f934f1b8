// What holds of one object: values and defaults, what is missing, and when it is cut off by the border.
import { expect, test } from 'vitest';
import type { Box } from '../../../../../../electron/api/types.ts';
import type { Field } from '../../../../../../electron/api/rules/fields/fields.ts';
import {
  isMarked,
  missingFields,
  strangeValues,
  valueOf,
} from '../../../../../../electron/api/rules/fields/ofObject.ts';

const field = (name: string, more: object = {}) =>
  ({ name, kind: 'text', needed: true, ...more }) as Field;

test('a value that was set goes before the default, an empty one too', () => {
  const tilt = field('tilt', { kind: 'number', default: 4 });
  expect(valueOf(undefined, tilt)).toBe(4);
  expect(valueOf({ values: {} }, tilt)).toBe(4);
  expect(valueOf({ values: { tilt: 0 } }, tilt)).toBe(0);
  expect(valueOf({ values: {} }, field('constructor'))).toBeUndefined();
});

test('needed fields without a value are missing; a tick never is', () => {
  const fields = [
    ...[field('a'), field('b'), field('c', { needed: false })],
    ...[field('d', { kind: 'tick' }), field('e', { default: 'x' })],
  ];
  expect(missingFields(fields, { values: { b: '' } }).map(({ name }) => name)).toEqual(['a', 'b']);
  expect(missingFields(fields, { values: { a: 'x', b: 'y' } })).toEqual([]);
});

test('values that no field asks for are told', () => {
  const values = { a: 'x', z: 3 };
  expect(strangeValues([field('a')], { values })).toEqual([['z', 3]]);
  expect(strangeValues([field('a')], undefined)).toEqual([]);
});

test('an object that touches one side of its image is cut off, unless somebody says otherwise', () => {
  const cut = (box: Box, said?: boolean) =>
    isMarked('cut', said === undefined ? undefined : { marks: { cut: said } }, {
      box,
      mask: { width: 10, height: 8 },
    });
  expect(cut([1, 1, 8, 6])).toBe(false);
  expect(cut([0, 1, 8, 6])).toBe(true);
  expect(cut([1, 0, 8, 6])).toBe(true);
  expect(cut([2, 1, 8, 6])).toBe(true);
  expect(cut([1, 2, 8, 6])).toBe(true);
  expect(cut([0, 0, 3, 3], false)).toBe(false);
  expect(cut([1, 1, 3, 3], true)).toBe(true);
  const at = { box: [0, 0, 3, 3] as Box, mask: { width: 10, height: 8 } };
  expect(isMarked('hidden' as never, undefined, at)).toBe(false);
});
