// pack.json is hostile input: every field is checked and no name leaves the folder.
import { describe, expect, it } from 'vitest';
import { manifestText, packHash, parseManifest } from '../../../../models/packs/manifest.ts';
import { packParameters } from '../../../../models/packs/packDefaults.ts';
import { TINY_MANIFEST } from '../../../helpers/fixtures/tinyManifest.ts';

const manifest = TINY_MANIFEST;
const parse = (change: object) => () => parseManifest(JSON.stringify({ ...manifest, ...change }));
const file = (path: string) => ({ path, bytes: 1, sha256: 'c'.repeat(64) });

describe('parseManifest', () => {
  it('reads back what manifestText writes', () => {
    expect(parseManifest(manifestText(manifest))).toEqual(manifest);
  });

  it.each<[string, object, RegExp]>([
    ['a newer version', { schemaVersion: 2 }, /Update Salience/],
    ['an id that is a path', { id: '../x' }, /id to be/],
    ['an id with capitals', { id: 'Tiny' }, /id to be/],
    [
      'a file outside the folder',
      { files: [...manifest.files, file('../../.bashrc')] },
      /files\.2\.path/,
    ],
    ['an absolute file', { weights: '/etc/passwd' }, /weights to be/],
    ['a file in a sub-folder', { files: [...manifest.files, file('a/b')] }, /plain file name/],
    [
      'a file named pack.json',
      { files: [...manifest.files, file('PACK.json')] },
      /plain file name/,
    ],
    [
      'two names for one file',
      { files: [...manifest.files, file('VOCAB.txt')] },
      /every file once/,
    ],
    ['weights that are not listed', { weights: 'other.bin' }, /listed under files/],
    ['a hash that is none', { files: [{ ...manifest.files[0], sha256: 'x' }] }, /64 hexadecimal/],
    ['a negative size', { files: [{ ...manifest.files[0], bytes: -1 }] }, /bytes/],
    [
      'a deviation of zero',
      { preprocessing: { ...manifest.preprocessing, std: [1, 0, 1] } },
      /preprocessing\.std/,
    ],
    ['a layer of zero', { defaults: { ...manifest.defaults, layers: [0] } }, /defaults\.layers/],
    [
      'a parameter that is none',
      { defaults: { ...manifest.defaults, parameters: { threshold: 1 } } },
      /parameters/,
    ],
    ['an unknown field', { extra: 1 }, /extra/],
  ])('refuses %s', (_what, change, message) => {
    expect(parse(change)).toThrow(expect.objectContaining({ code: 'PACK_INVALID' }));
    expect(parse(change)).toThrow(message);
  });

  it('refuses text that is no JSON', () => {
    expect(() => parseManifest('{')).toThrow(expect.objectContaining({ code: 'PACK_INVALID' }));
  });
});

describe('packHash', () => {
  it('changes with what the model computes and not with words or defaults', () => {
    const hash = packHash(manifest);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(packHash({ ...manifest, name: 'Other', notes: 'n', defaults: null })).toBe(hash);
    expect(packHash({ ...manifest, files: [...manifest.files].reverse() })).toBe(hash);
    const mean: [number, number, number] = [0, 0, 0.1];
    expect(packHash({ ...manifest, preprocessing: { ...manifest.preprocessing, mean } })).not.toBe(
      hash,
    );
    expect(
      packHash({
        ...manifest,
        files: manifest.files.map((one) => ({ ...one, sha256: 'd'.repeat(64) })),
      }),
    ).not.toBe(hash);
  });
});

describe('packParameters', () => {
  it('counts layers and heads from zero', () => {
    expect(packParameters(manifest)).toEqual({
      'pnp.passes': 4,
      'pnp.layers': [7],
      'pnp.heads': [9],
      'pnp.prefix': 'A picture of',
    });
    expect(packParameters({ ...manifest, defaults: null })).toEqual({});
  });
});
