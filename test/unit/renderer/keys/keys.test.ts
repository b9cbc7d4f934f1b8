// Keys: places on the keyboard, presets, the user's own, what must never fire.
import { describe, expect, it } from 'vitest';
import {
  bindingOf,
  describe as describeKey,
  isSingleCharacter,
  normalise,
} from '../../../../renderer/src/keys/binding.ts';
import { changesProject, COMMANDS, type Preset } from '../../../../renderer/src/keys/commands.ts';
import { buildKeymap, holderOf } from '../../../../renderer/src/keys/keymap.ts';
import { rank } from '../../../../renderer/src/keys/rank.ts';
import { keys } from '../../../../renderer/src/text/en/keys.ts';

const press = (
  code: string,
  modifiers: Partial<Record<'ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey', boolean>> = {},
) => ({
  code,
  ctrlKey: false,
  shiftKey: false,
  altKey: false,
  metaKey: false,
  ...modifiers,
});
const plain = { preset: 'salience' as Preset, own: {}, singleLetters: true };

describe('bindings', () => {
  it('are places with modifiers in one order; Cmd counts as Ctrl', () => {
    expect(bindingOf(press('KeyZ', { metaKey: true, shiftKey: true }))).toBe('Mod+Shift+KeyZ');
    expect(normalise('Shift+Mod+KeyZ')).toBe('Mod+Shift+KeyZ');
    expect(normalise('Hyper+KeyZ')).toBeNull();
  });

  it('a modifier alone is no key', () => {
    expect(bindingOf(press('ShiftLeft', { shiftKey: true }))).toBeNull();
  });

  it('read as on the keyboard, with the letters of this layout when known', () => {
    expect(describeKey('Mod+Shift+KeyZ')).toBe('Ctrl Shift Z');
    expect(describeKey('BracketLeft')).toBe('[');
    expect(describeKey('KeyQ', new Map([['KeyQ', 'a']]))).toBe('A');
  });
});

it('the key of the list of keys is a question mark, and its place where the layout is known', () => {
  expect(describeKey('Shift+Slash')).toBe('?');
  expect(describeKey('Shift+Slash', new Map([['Slash', '-']]))).toBe('Shift -');
});

it.each([
  ['tool.brush', true],
  ['tool.select', false],
  ['tool.pan', false],
  ['object.delete', true],
  ['object.copy', false],
  ['proposal.accept', true],
  ['image.reviewed', true],
  ['image.next', false],
  ['app.undo', true],
  ['app.save', false],
  ['view.fit', false],
  ['threshold.up', true],
  ['evidence.toggle', false],
] as const)('%s changes the project: %s', (id, changes) => {
  expect(changesProject(id)).toBe(changes);
});

describe('keymap', () => {
  it.each(['salience', 'labelme', 'cvat'] as const)(
    'the %s preset gives no key to two commands',
    (preset) => {
      expect(buildKeymap({ ...plain, preset }).conflicts).toEqual([]);
    },
  );

  it('D goes on in Salience and labelme, F goes on in CVAT where D goes back', () => {
    const meaning = (preset: Preset, key: string) =>
      buildKeymap({ ...plain, preset }).commandFor.get(key)?.id;
    expect([meaning('salience', 'KeyD'), meaning('labelme', 'KeyD')]).toEqual([
      'image.next',
      'image.next',
    ]);
    expect([meaning('cvat', 'KeyF'), meaning('cvat', 'KeyD')]).toEqual([
      'image.next',
      'image.previous',
    ]);
  });

  it('the user’s own key wins over a preset’s and the conflict is named', () => {
    const keymap = buildKeymap({ ...plain, own: { 'tool.fill': 'KeyF' } });
    expect(keymap.commandFor.get('KeyF')?.id).toBe('tool.fill');
    expect(keymap.conflicts).toEqual([{ key: 'KeyF', commands: ['tool.fill', 'view.fit'] }]);
    expect(holderOf(keymap, 'KeyF', 'tool.fill')).toBe('view.fit');
  });

  it('an empty own key takes the key away', () => {
    expect(buildKeymap({ ...plain, own: { 'tool.fill': '' } }).commandFor.has('KeyG')).toBe(false);
  });

  it('single-letter keys can be switched off and all others stay (WCAG 2.1.4)', () => {
    const keymap = buildKeymap({ ...plain, singleLetters: false });
    expect([...keymap.commandFor.keys()].filter(isSingleCharacter)).toEqual([]);
    expect(keymap.commandFor.get('Mod+KeyZ')?.id).toBe('app.undo');
    expect(keymap.commandFor.get('Enter')?.id).toBe('proposal.accept');
  });

  it('every command has a name and every name a command', () => {
    const ids = COMMANDS.map((command) => command.id).sort();
    const named = Object.keys(keys.commands).sort();
    const withoutKeys = ['evidence.first', 'evidence.last'];
    expect(named.filter((id) => !withoutKeys.includes(id))).toEqual(ids);
  });
});

describe('finding by letters', () => {
  it('puts beginnings before middles and middles before scattered letters', () => {
    expect(rank(['Smooth', 'Box tool', 'Toolbox', 'Brush'], 'tool', (label) => label)).toEqual([
      'Toolbox',
      'Box tool',
    ]);
    expect(rank(['Brush'], 'bsh', (label) => label)).toEqual(['Brush']);
  });
});
