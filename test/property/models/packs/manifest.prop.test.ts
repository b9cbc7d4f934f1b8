// Damaged or hostile pack.json: a checked manifest or PACK_INVALID, and never a path outside.
import { isAbsolute, relative, resolve, sep, win32 } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ModelError } from '../../../../models/errors.ts';
import { containedPath, whyNotContained } from '../../../../models/files/contained.ts';
import {
  manifestText,
  packHash,
  parseManifest,
  type PackManifest,
} from '../../../../models/packs/manifest.ts';
import { packParameters } from '../../../../models/packs/packDefaults.ts';
import { TINY_MANIFEST } from '../../../helpers/fixtures/tinyManifest.ts';
import { mutated } from '../../../helpers/fixtures/mutatedBytes.ts';

/** A value in every field, so that mutations meet them all. */
const manifest: PackManifest = {
  ...TINY_MANIFEST,
  purpose: 'p',
  notes: 'n',
  source: { repo: 'a/b', revision: 'main' },
  defaults: {
    layers: [8],
    heads: 'mean',
    prefix: 'a',
    parameters: { 'masks.blur': 0.05, 'explain.scaleMaps': true },
  },
};
const text = manifestText(manifest);

describe('pack.json', () => {
  it('any mutation is refused as PACK_INVALID or gives a manifest that can be used and written back', () => {
    fc.assert(
      fc.property(mutated(Buffer.from(text)), (bytes) => {
        let parsed: PackManifest;
        try {
          parsed = parseManifest(bytes.toString('utf8'));
        } catch (error) {
          if (error instanceof ModelError && error.code === 'PACK_INVALID') return;
          throw error;
        }
        expect(parseManifest(manifestText(parsed))).toEqual(parsed);
        expect(packHash(parsed)).toMatch(/^[0-9a-f]{64}$/);
        packParameters(parsed);
        for (const { path } of parsed.files) expect(path).not.toMatch(/[\\/]/);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('file names', () => {
  it('that are accepted stay inside the folder, by the rules of both kinds of system', () => {
    const part = fc.oneof(
      fc.constantFrom('..', '.', '', 'a', 'C:', 'nul', '...'),
      fc.string({ maxLength: 6 }),
    );
    const name = fc
      .array(fc.tuple(part, fc.constantFrom('/', '\\', '')), { maxLength: 5 })
      .map((parts) => parts.flat().join(''));
    fc.assert(
      fc.property(fc.oneof(name, fc.string({ unit: 'binary' })), (candidate) => {
        if (whyNotContained(candidate) !== null) return;
        const outside = (way: string, separator: string) =>
          way === '' || way === '..' || way.startsWith(`..${separator}`);
        const inside = relative('/packs/x', resolve(containedPath('/packs/x', candidate)));
        expect(outside(inside, sep) || isAbsolute(inside)).toBe(false);
        const windows = win32.relative('C:\\packs\\x', win32.resolve('C:\\packs\\x', candidate));
        expect(outside(windows, win32.sep) || win32.isAbsolute(windows)).toBe(false);
      }),
      { numRuns: 5000 },
    );
  });
});
