// What a person chose of an engine, checked: its own switches, and the parameters with their ranges.
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../../../electron/api/types.ts';
import {
  checkedParams,
  engineOf,
  matchingParams,
} from '../../../../../electron/engine/prelabel/params.ts';

const checked = (overrides: { [name: string]: Json }) =>
  checkedParams({ preset: 'default', overrides });

describe('the edges of things', () => {
  it('stay as they are, unless a click model is to redraw them', () => {
    expect(checked({})).not.toHaveProperty('refine');
    expect(checked({ 'proposals.refine': 'off' })).not.toHaveProperty('refine');
    expect(checked({ 'proposals.refine': 'sam' })).toMatchObject({ refine: 'sam' });
    expect(checked({ 'proposals.refine': 'sam' })).not.toHaveProperty('stuffEdges');
    expect(checked({ 'proposals.refine': 'sam:tiny', 'proposals.stuffEdges': true })).toMatchObject(
      { refine: 'sam:tiny', stuffEdges: true },
    );
    // Without a click model nothing moves the outline of stuff.
    expect(checked({ 'proposals.stuffEdges': true })).not.toHaveProperty('stuffEdges');
  });

  it.each(['sam:', 'crf', '', 'samba', 3, null])('a click model is not %j', (refine) => {
    expect(() => checked({ 'proposals.refine': refine })).toThrow(
      `expected off, sam or sam:<pack> for proposals.refine, found ${JSON.stringify(refine)}`,
    );
  });

  it('switches are on or off', () => {
    expect(checked({}).instances).toBe(false);
    expect(checked({ 'proposals.instances': true }).instances).toBe(true);
    for (const name of ['proposals.instances', 'proposals.stuffEdges'])
      expect(() => checked({ [name]: 'yes' })).toThrow(`expected true or false for ${name}`);
  });
});

describe('parameters', () => {
  it('out of their range are refused by name', () => {
    expect(() => checked({ 'masks.threshold': 2 })).toThrow(/masks\.threshold/);
    expect(() => checked({ 'masks.threshold': 2 })).toThrow(
      expect.objectContaining({ code: 'PARAMS_INVALID' }),
    );
    expect(checked({ 'masks.threshold': 0.3 }).masks.threshold).toBe(0.3);
    expect(() =>
      matchingParams({ preset: 'default', overrides: { 'masks.threshold': 2 } }),
    ).toThrow(expect.objectContaining({ code: 'PARAMS_INVALID' }));
  });

  it('belong to a method that there is', () => {
    expect(engineOf({}).id).toBe('pnp');
    expect(engineOf({ engine: 'naclip' }).id).toBe('naclip');
    expect(() => engineOf({ engine: 'other' })).toThrow(
      /expected one of the methods pnp, .*found other/,
    );
  });
});
