// What is said of objects: edits as one step, what keys mean in the strip, and what a changed table means for values.
import { describe, expect, it } from 'vitest';
import type { Details, Field } from '../../../../../../electron/api/rules/fields/fields.ts';
import { isMarked, missingFields } from '../../../../../../electron/api/rules/fields/ofObject.ts';
import {
  setCrowd,
  setMark,
  setNote,
  setValue,
} from '../../../../../../renderer/src/screens/label/said/detailEdits.ts';
import {
  shortWord,
  typedValue,
} from '../../../../../../renderer/src/screens/label/said/saying.svelte.ts';
import { keyMeaning } from '../../../../../../renderer/src/screens/label/said/strip/stripKeys.ts';
import {
  draftOf,
  newDraft,
  readDrafts,
} from '../../../../../../renderer/src/screens/label/said/table/fieldDrafts.ts';
import { objectOf } from '../../../../../helpers/drivers/toolBench.ts';
import { draw } from '../../../../../helpers/fixtures/masks.ts';

const tilt: Field = { kind: 'number', name: 'Tilt', needed: true, min: 0, max: 90, unit: '°' };
const closed: Field = { kind: 'tick', name: 'Closed', needed: false };
const material: Field = {
  kind: 'choice',
  name: 'Material',
  needed: true,
  choices: ['cardboard', 'wood'],
};
const nameOf = () => 'box';
const object = (id: string, details?: Details, locked = false) => ({
  ...objectOf(id, 1, draw('.#..')),
  locked,
  ...(details ? { details } : {}),
});
const after = (draft: ReturnType<typeof setValue>) =>
  draft?.changes.map(({ id, after: to }) => [id, to?.details]);

describe('what is said of objects', () => {
  it('is set for all that are not locked, in one step, and nothing where nothing changes', () => {
    const objects = [
      object('a', { values: { Tilt: 4 } }),
      object('b'),
      object('c', undefined, true),
    ];
    const draft = setValue(objects, 'Tilt', 4, nameOf);
    expect(draft?.label).toBe('Set Tilt of 2 objects');
    expect(after(draft)).toEqual([['b', { values: { Tilt: 4 } }]]);
    expect(setValue([objects[0]!], 'Tilt', 4, nameOf)).toBeNull();
    const taken = setValue([objects[0]!], 'Tilt', undefined, nameOf);
    expect(after(taken)).toEqual([['a', undefined]]);
    expect(Object.hasOwn(taken!.changes[0]!.after!, 'details')).toBe(false);
  });

  it('keeps marks that were taken back, since the border sets one by itself', () => {
    const border = object('a');
    expect(isMarked('cut', border.details, border)).toBe(true);
    const [change] = setMark([border], 'cut', false, nameOf)!.changes;
    expect(change!.after!.details).toEqual({ marks: { cut: false } });
    expect(isMarked('cut', change!.after!.details, border)).toBe(false);
    expect(setCrowd([border], true, nameOf)!.changes[0]!.after!.isCrowd).toBe(true);
    expect(after(setNote([border], { text: ' ', talk: false }, nameOf))).toBeUndefined();
  });

  it('a crowd is made of those that are none yet and not locked', () => {
    const crowd = { ...object('crowd'), isCrowd: true };
    const lockedCrowd = { ...crowd, id: 'locked crowd' as typeof crowd.id, locked: true };
    const locked = object('locked', undefined, true);
    const all = [object('a'), crowd, locked, lockedCrowd];
    const changedBy = (isCrowd: boolean) =>
      setCrowd(all, isCrowd, nameOf)?.changes.map(({ id }) => id);
    expect(changedBy(true)).toEqual(['a']);
    expect(changedBy(false)).toEqual(['crowd']);
    expect(setCrowd([crowd, locked], true, nameOf)).toBeNull();
  });

  it('misses needed fields only, and a default is as good as a value', () => {
    const fields = [tilt, closed, material];
    const names = (details?: Details) => missingFields(fields, details).map(({ name }) => name);
    expect(names()).toEqual(['Tilt', 'Material']);
    expect(names({ values: { Tilt: 0, Material: 'wood' } })).toEqual([]);
    expect(missingFields([{ ...material, default: 'wood' }], undefined)).toEqual([]);
  });

  it('reads numbers as people type them, and says values shortly', () => {
    expect(typedValue(tilt, ' 4,5 ')).toBe(4.5);
    expect(typedValue(tilt, 'steep')).toBe('steep');
    expect(typedValue(tilt, ' ')).toBeUndefined();
    expect([shortWord(tilt, 4), shortWord(closed, true), shortWord(closed, false)]).toEqual([
      '4°',
      'closed',
      null,
    ]);
  });
});

describe('keys of the strip', () => {
  const press = (code: string, choices = 0, more: object = {}) =>
    keyMeaning(
      {
        code,
        ctrlKey: false,
        altKey: false,
        metaKey: false,
        shiftKey: false,
        target: null,
        ...more,
      },
      choices,
    );
  const within = (selector: string) => ({
    target: { closest: (asked: string) => (asked.includes(selector) ? {} : null) },
  });

  it('choose fields, then choices of the one that is open', () => {
    expect(press('Digit3')).toEqual({ kind: 'field', place: 2 });
    expect(press('Numpad1', 2)).toEqual({ kind: 'choice', place: 0 });
    expect(press('Digit3', 2)).toBeNull();
    expect(press('KeyO')).toEqual({ kind: 'mark', mark: 'occluded' });
    expect(press('KeyN')).toEqual({ kind: 'note' });
    expect(press('Digit3', 0, { ctrlKey: true })).toBeNull();
    expect(press('KeyB')).toBeNull();
  });

  it('leave what is typed alone; Esc leads back from the strip, not from another field', () => {
    expect(press('Digit3', 0, within('textarea'))).toBeNull();
    expect(press('Escape', 0, within('textarea'))).toBeNull();
    expect(press('Escape')).toEqual({ kind: 'back' });
  });
});

describe('a table of fields', () => {
  it('tells renamed fields and choices from new ones', () => {
    const drafts = [draftOf(material), draftOf(tilt), newDraft()];
    drafts[0] = { ...drafts[0]!, name: 'Stuff', choices: ' carton \nwood\n' };
    expect(readDrafts(drafts)).toEqual({
      fields: [{ ...material, name: 'Stuff', choices: ['carton', 'wood'] }, tilt],
      renamed: [{ from: 'Material', to: 'Stuff' }],
      choices: [{ field: 'Stuff', from: 'cardboard', to: 'carton' }],
    });
    // One more is no other one.
    drafts[0] = { ...draftOf(material), choices: 'carton\nwood\npaper' };
    expect(readDrafts(drafts)).toMatchObject({ choices: [] });
  });

  it('says what makes no sense', () => {
    const fault = (change: object) => readDrafts([{ ...draftOf(tilt), ...change }]);
    expect(fault({ min: 'low' })).toMatchObject({ fault: { kind: 'bounds' } });
    expect(fault({ name: 'occluded' })).toMatchObject({ fault: { kind: 'name' } });
    expect(fault({ default: '91' })).toMatchObject({ fault: { kind: 'default' } });
    expect(readDrafts([draftOf(tilt), draftOf(tilt)])).toMatchObject({ fault: { kind: 'twice' } });
  });
});
