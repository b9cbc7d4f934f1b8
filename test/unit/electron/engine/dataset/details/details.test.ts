// What is said of objects and images among the other fields of a file: taken out, and put back as it was.
import { describe, expect, it } from 'vitest';
import {
  joinDetails,
  joinFields,
  joinImageNotes,
  splitDetails,
  splitFields,
  splitImageNotes,
} from '../../../../../../electron/engine/dataset/details/details.ts';
import type { JsonObject } from '../../../../../../electron/engine/dataset/types.ts';

const backAndForth = (extra: JsonObject) => {
  const { details, extra: rest } = splitDetails(extra);
  return joinDetails(details, rest);
};

describe('attributes', () => {
  it('are values and marks; what a project cannot hold stays', () => {
    const attributes = {
      colour: 'red',
      size: 4,
      open: true,
      occluded: 1,
      difficult: false,
      truncated: true,
      empty: '',
      list: [1],
      ' ': 'blank',
      constructor: 'x',
      note: 'n',
      iscrowd: 0,
    };
    const { details, extra } = splitDetails({ attributes, area: 3 });
    expect(details).toEqual({
      values: { colour: 'red', open: true, size: 4 },
      marks: { occluded: true, difficult: false, cut: true },
    });
    expect(extra).toEqual({
      area: 3,
      attributes: { empty: '', list: [1], ' ': 'blank', constructor: 'x', note: 'n', iscrowd: 0 },
    });
    expect(backAndForth({ attributes, area: 3 })).toEqual({
      area: 3,
      attributes: { ...attributes, occluded: true },
    });
  });

  it('named like a mark with a text or another number are values', () => {
    expect(splitDetails({ attributes: { occluded: 'half', difficult: 2 } }).details).toEqual({
      values: { occluded: 'half', difficult: 2 },
    });
  });

  it('may have a mark beside them, which stays there', () => {
    const { details, extra } = splitDetails({ occluded: true, truncated: 'yes' });
    expect(details).toEqual({ marks: { occluded: true } });
    expect(extra).toEqual({ occluded: true, truncated: 'yes' });
    expect(joinDetails({ marks: { occluded: false } }, extra)).toEqual({
      occluded: false,
      truncated: 'yes',
      attributes: { occluded: false },
    });
  });

  it('that are no object stay as they are', () => {
    expect(splitDetails({ attributes: ['a'], note: 'n' })).toEqual({
      details: { note: { text: 'n', talk: false } },
      extra: { attributes: ['a'] },
    });
    expect(splitDetails({ attributes: {} })).toEqual({ details: undefined, extra: {} });
    expect(splitDetails({ attributes: null })).toMatchObject({ extra: { attributes: null } });
  });

  it('are a hundred at most, with names of a hundred letters', () => {
    const many = Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`a${at}`, at]));
    const { details, extra } = splitDetails({ attributes: many });
    expect(Object.keys(details!.values!)).toHaveLength(100);
    expect(extra).toEqual({ attributes: { a100: 100 } });
    const [long, longer] = ['x'.repeat(100), 'x'.repeat(101)];
    expect(splitDetails({ attributes: { [long]: 1, [longer]: 1 } })).toMatchObject({
      details: { values: { [long]: 1 } },
      extra: { attributes: { [longer]: 1 } },
    });
  });

  it('without details the fields are the very same', () => {
    const extra = { a: 1 };
    expect(joinDetails(undefined, extra)).toBe(extra);
    expect(joinDetails({ note: { text: '', talk: true } }, {})).toEqual({ needs_talk: true });
  });
});

describe('notes and tags of an image', () => {
  it('are taken out and put back', () => {
    const extra = { tags: ['b', 'a'], note: 'look', needs_talk: true, id: 7 };
    const { tags, note, extra: rest } = splitImageNotes(extra);
    expect([tags.toSorted(), note, rest]).toEqual([
      ...[['a', 'b'], { text: 'look', talk: true }],
      { id: 7 },
    ]);
    expect(joinImageNotes({ tags, note: note! }, rest)).toEqual({ ...extra, tags: [...tags] });
    expect(joinImageNotes({ tags: [] }, { id: 7 })).toEqual({ id: 7 });
  });

  it('that are none stay fields', () => {
    expect(splitImageNotes({ tags: 'a', note: 3 })).toEqual({
      tags: [],
      note: null,
      extra: { tags: 'a', note: 3 },
    });
    expect(splitImageNotes({ note: ' ', needs_talk: false })).toEqual({
      tags: [],
      note: null,
      extra: { note: ' ', needs_talk: false },
    });
    expect(splitImageNotes({})).toEqual({ tags: [], note: null, extra: {} });
  });
});

describe('fields of a category', () => {
  const field = { name: 'tilt', needed: false, kind: 'text' } as const;

  it('are taken where they are sound', () => {
    expect(splitFields({ fields: [field], id: 1 })).toEqual({ fields: [field], extra: { id: 1 } });
    for (const fields of ['tilt', [{ name: 'tilt' }], [field, field]])
      expect(splitFields({ fields } as JsonObject)).toEqual({ fields: [], extra: { fields } });
  });

  it('are put back where there are any', () => {
    expect(joinFields([field], { id: 1 })).toEqual({ id: 1, fields: [field] });
    expect(joinFields([], { id: 1 })).toEqual({ id: 1 });
    expect(joinFields(undefined, { id: 1 })).toEqual({ id: 1 });
  });
});
