// What `salience propagate` takes, and what it says of its work.
import { describe, expect, it } from 'vitest';
import { toldOf, whereOf } from '../../../../../electron/hosts/cli/propagate.ts';

describe('salience propagate', () => {
  it('takes one of its three ways, and a number that the engine takes', () => {
    expect(whereOf({ from: 'a.jpg', next: '20' })).toEqual({ to: 'next', count: 20 });
    expect(whereOf({ from: 'a.jpg', alike: '1' })).toEqual({ to: 'alike', count: 1 });
    expect(whereOf({ from: 'a.jpg', filter: 'status:untouched' }).to).toBe('picked');
    expect(whereOf({ from: 'a.jpg', alike: '1000' }).count).toBe(1000);
    expect(() => whereOf({ from: 'a.jpg', next: '1001' })).toThrow(/--next takes .* not 1001/);
    expect(() => whereOf({ from: 'a.jpg' })).toThrow(/one of --next, --alike and --filter/);
    expect(() => whereOf({ from: 'a.jpg', next: '2', filter: 'class:cup' })).toThrow(/one of/);
    expect(() => whereOf({ from: 'a.jpg', next: '2.5' })).toThrow(/--next takes a number from 1/);
    expect(() => whereOf({ from: 'a.jpg', alike: '0' })).toThrow(/--alike takes .* not 0/);
    expect(() => whereOf({ from: 'a.jpg', filter: 'area:large' })).toThrow(/--filter: area takes/);
  });

  it('says where masks were proposed and why others were not', () => {
    const found = {
      images: 3,
      bySalience: 2,
      asDrawn: 1,
      known: true,
      leftOut: { there: 1, absent: 0, unread: 1 },
    };
    expect(toldOf(found, 2, {})).toEqual([
      '3 masks proposed on 3 images: 2 where salience matches, 1 at the same place (doubtful: no salience to match).',
      '  1 left out: there already',
      '  1 image could not be read',
    ]);
    const all = { ...found, asDrawn: 0, leftOut: { there: 0, absent: 0, unread: 0 } };
    expect(toldOf(all, 1, {})).toHaveLength(1);
    const absent = { ...found, leftOut: { there: 0, absent: 2, unread: 0 } };
    expect(toldOf(absent, 2, {}).slice(1)).toEqual(['  2 left out: the model saw none']);
    expect(toldOf(found, 2, { dryRun: true })).toEqual([
      'Would look at 3 images for 2 masks. Nothing was written.',
    ]);
    expect(toldOf({ ...found, images: 0 }, 2, {})[0]).toMatch(/^No image is left/);
    expect(toldOf({ ...found, known: false }, 2, {})[0]).toMatch(/run the model/);
  });
});
