// Flags and descriptions of labelme as what is said of objects and images, both ways.
import { describe, expect, it } from 'vitest';
import {
  saidOfImage,
  saidOfShape,
  writtenOfImage,
  writtenOfShape,
} from '../../../../../../../electron/engine/dataset/formats/labelme/labelmeSaid.ts';

describe('of a shape', () => {
  it('flags are ticks, a description is a note, attributes stay values', () => {
    const shape = {
      flags: { open: true, iscrowd: true, needs_talk: true, odd: 3 },
      description: 'look',
      attributes: { colour: 'red' },
      group_id: 4,
    };
    expect(saidOfShape(shape)).toEqual({
      isCrowd: true,
      extra: {
        group_id: 4,
        attributes: { colour: 'red', open: true },
        note: 'look',
        needs_talk: true,
        flags: { odd: 3 },
      },
    });
  });

  it('nothing is said where there is nothing', () => {
    expect(saidOfShape({ flags: {}, description: '' })).toEqual({ isCrowd: false, extra: {} });
    expect(saidOfShape({ flags: null, description: null })).toEqual({ isCrowd: false, extra: {} });
    expect(saidOfShape({ attributes: {} }).extra).toEqual({ attributes: {} });
    const strange = { attributes: 'red', flags: { open: true } };
    expect(saidOfShape(strange)).toEqual({ isCrowd: false, extra: strange });
  });

  it('it is written as it was read', () => {
    const written = (extra: object, isCrowd = false) => writtenOfShape({ extra, isCrowd } as never);
    expect(
      written(
        { attributes: { open: true, colour: 'red', list: [1] }, note: 'look', needs_talk: true },
        true,
      ),
    ).toEqual({
      description: 'look',
      flags: { open: true, iscrowd: true, needs_talk: true },
      attributes: { colour: 'red', list: [1] },
    });
    expect(written({})).toEqual({ description: '', flags: {} });
  });
});

describe('of an image', () => {
  it('flags that are set are tags, a description is a note', () => {
    expect(
      saidOfImage({ flags: { night: true, rain: false, needs_talk: true }, description: 'dark' }),
    ).toEqual({ tags: ['night'], note: 'dark', needs_talk: true });
    expect(saidOfImage({ flags: { needs_talk: true } })).toEqual({ needs_talk: true });
    expect(saidOfImage({ description: 'dark' })).toEqual({ note: 'dark' });
    expect(saidOfImage({ flags: [], description: 4 })).toEqual({});
  });

  it('they are written as they were read', () => {
    expect(writtenOfImage({ tags: ['night'], note: 'dark', needs_talk: true })).toEqual({
      flags: { night: true, needs_talk: true },
      description: 'dark',
    });
    expect(writtenOfImage({ needs_talk: true })).toEqual({ flags: { needs_talk: true } });
    expect(writtenOfImage({})).toEqual({ flags: {} });
  });
});
