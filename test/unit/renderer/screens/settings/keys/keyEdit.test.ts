// Changing keys: swap, take, reset, and what counts as changed.
import { expect, test } from 'vitest';
import { buildKeymap } from '../../../../../../renderer/src/keys/keymap.ts';
import {
  changedCommands,
  swapping,
  taking,
  withKey,
  withoutOwn,
  type OwnKeys,
} from '../../../../../../renderer/src/screens/settings/keys/keyEdit.ts';

const keymap = (own: OwnKeys) => buildKeymap({ preset: 'salience', own, singleLetters: true });
const meaning = (own: OwnKeys, key: string) => keymap(own).commandFor.get(key)?.id;

test('swapping leaves both commands with a key and nothing in conflict', () => {
  const own = swapping({}, keymap({}), { id: 'tool.fill', key: 'KeyF', holder: 'view.fit' });
  expect(meaning(own, 'KeyF')).toBe('tool.fill');
  expect(meaning(own, 'KeyG')).toBe('view.fit');
  expect(keymap(own).conflicts).toEqual([]);
});

test('taking a key leaves its holder with its other keys', () => {
  const own = taking({}, keymap({}), { id: 'tool.fill', key: 'KeyD', holder: 'image.next' });
  expect(meaning(own, 'KeyD')).toBe('tool.fill');
  expect(meaning(own, 'ArrowRight')).toBe('image.next');
  expect(keymap(own).conflicts).toEqual([]);
});

test('taking the only key leaves the holder without one', () => {
  const own = taking({}, keymap({}), { id: 'tool.fill', key: 'KeyF', holder: 'view.fit' });
  expect(keymap(own).keysOf.get('view.fit')).toEqual([]);
});

test('a command set back to the preset’s own key is not counted as changed', () => {
  expect(changedCommands(withKey({}, 'tool.fill', 'KeyG'), 'salience')).toEqual([]);
  expect(changedCommands(withKey({}, 'tool.fill', 'KeyJ'), 'salience')).toEqual(['tool.fill']);
  expect(withoutOwn({ 'tool.fill': 'KeyJ' }, 'tool.fill')).toEqual({});
});
