// What --vary lets a search change.
import { describe, expect, it } from 'vitest';
import type { TuneParameter } from '../../../../../../electron/api/tuning.ts';
import { usualParameter } from '../../../../../../electron/api/rules/tuneParameters.ts';
import { readVaried } from '../../../../../../electron/hosts/cli/tune/varied.ts';

const parameter = (name: string): TuneParameter => ({ name, label: name, tries: [1, 2], inUse: 1 });
const read = (text: string | undefined, parameters: readonly TuneParameter[] = []) =>
  readVaried(text, { parameters } as never);
const on = (text: string | undefined) =>
  Object.entries(read(text).axes).flatMap(([axis, is]) => (is ? [axis] : []));

describe('a method with layers and heads', () => {
  it('has them changed, or what is said', () => {
    expect(on(undefined)).toEqual(['layer', 'head']);
    expect(on(' blur, passes')).toEqual(['blur', 'passes']);
    expect(() => read('layer,colour')).toThrow(
      '--vary takes layer, head, threshold, blur, passes, drop; "colour" is none of them.',
    );
  });
});

describe('a method of parameters', () => {
  const all = ['naclip.nearness', 'masks.blur', 'masks.temperature'].map(parameter);

  it('has those changed that are named, without layers and heads', () => {
    const { axes, parameters } = read('blur,nearness', all);
    expect(parameters.map(({ name }) => name)).toEqual(['naclip.nearness', 'masks.blur']);
    expect(Object.values(axes).some((is) => is)).toBe(false);
    expect(() => read('layer', all)).toThrow(/--vary takes nearness, blur, temperature; "layer"/);
  });

  it('has the usual ones changed where none is named', () => {
    expect(read(undefined, all).parameters).toEqual(all.filter(usualParameter));
    expect(read(undefined, all).parameters.length).toBeLessThan(all.length + 1);
  });
});
