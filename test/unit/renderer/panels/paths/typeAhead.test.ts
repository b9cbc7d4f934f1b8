// Entries are found by their first letters, as in a file manager.
import { expect, it } from 'vitest';
import { placeOf, TypeAhead } from '../../../../../renderer/src/panels/paths/typeAhead.ts';

const NAMES = ['apples', 'Boats', 'bridges', 'cars'];

it('goes to the name that begins with what was typed, whatever its case', () => {
  expect(placeOf(NAMES, 'b', -1)).toBe(1);
  expect(placeOf(NAMES, 'br', 1)).toBe(2);
  expect(placeOf(NAMES, 'CA', 0)).toBe(3);
  expect(placeOf(NAMES, 'x', 2)).toBe(-1);
  expect(placeOf([], 'a', -1)).toBe(-1);
});

it('stays while more letters fit, and goes on where one letter is repeated, round at the end', () => {
  expect(placeOf(NAMES, 'bo', 1)).toBe(1);
  expect(placeOf(NAMES, 'bb', 1)).toBe(2);
  expect(placeOf(NAMES, 'bbb', 2)).toBe(1);
});

it('begins anew after a pause', () => {
  const typed = new TypeAhead();
  expect([typed.add('b', 0), typed.add('r', 300), typed.add('c', 2000)]).toEqual(['b', 'br', 'c']);
});
