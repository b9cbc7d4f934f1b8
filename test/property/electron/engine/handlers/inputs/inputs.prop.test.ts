// Inputs from a page: anything is either parsed or one BAD_REQUEST that names the method.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../../../electron/api/errors.ts';
import type { MethodName } from '../../../../../../electron/api/methods.ts';
import {
  METHOD_NAMES,
  parseInput,
} from '../../../../../../electron/engine/handlers/inputs/inputs.ts';
import { annotationWith, rectangle, transactionWith } from '../../../../../helpers/engineBench.ts';
import type { ImageId } from '../../../../../../electron/api/types.ts';
import { MAX_CLASSES } from '../../../../../../electron/api/classNames.ts';

function refused(method: MethodName, input: unknown): string | null {
  try {
    parseInput(method, input);
    return null;
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    expect((error as AppError).code).toBe('BAD_REQUEST');
    return (error as AppError).message;
  }
}

describe('input parser', () => {
  it('never fails in any other way, whatever comes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...METHOD_NAMES),
        fc.anything({ withTypedArray: true, withNullPrototype: true, withBigInt: true }),
        (method, input) => {
          const message = refused(method, input);
          if (message !== null) expect(message).toContain(method);
        },
      ),
      { numRuns: 2000 },
    );
  });

  const commit = (annotation: unknown) => ({
    transaction: transactionWith('t', 1 as ImageId, [
      { id: 'a', before: null, after: annotation } as never,
    ]),
    baseRevision: 0,
  });
  const good = annotationWith('a', 1, rectangle(0, 0, 2, 2));

  it('takes a sound commit and drops what it does not know', () => {
    const input = { ...commit({ ...good, surprise: 1 }), other: 2 };
    expect(parseInput('doc.commit', input)).toEqual(commit(good));
  });

  it('refuses masks whose runs do not cover the image exactly', () => {
    const counts = (values: number[]) => ({ ...good.mask, counts: new Uint32Array(values) });
    for (const mask of [
      counts([]),
      counts([47]),
      counts([49]),
      counts([2 ** 32 - 1, 49]),
      { ...good.mask, counts: [48] },
      { ...good.mask, width: 8.5 },
      { ...good.mask, width: -8, height: -6 },
      { width: 65_535, height: 65_535, counts: new Uint32Array([65_535 * 65_535]) },
    ])
      expect(refused('doc.commit', commit({ ...good, mask })), JSON.stringify(mask)).toMatch(
        /mask/,
      );
  });

  it('refuses changes of another annotation, deep JSON, and numbers that are none', () => {
    expect(refused('doc.commit', commit({ ...good, id: 'b' }))).toMatch(/another/);
    let deep: unknown = 1;
    for (let level = 0; level < 40; level += 1) deep = [deep];
    expect(refused('doc.commit', commit({ ...good, extra: deep }))).toMatch(/extra/);
    for (const z of [NaN, Infinity, '1', null])
      expect(refused('doc.commit', commit({ ...good, z }))).toMatch(/z/);
  });

  it('bounds every list and page', () => {
    const page = { cursor: 0, limit: 100, filter: {}, order: 'name' };
    expect(refused('image.list', page)).toBeNull();
    expect(refused('image.list', { ...page, limit: 1001 })).toMatch(/limit/);
    expect(refused('image.list', { ...page, cursor: -1 })).toMatch(/cursor/);
    expect(refused('image.list', { ...page, filter: { text: 'x'.repeat(501) } })).toMatch(/text/);
    expect(
      refused('category.add', {
        names: Array.from({ length: MAX_CLASSES + 1 }, (_, n) => `c${n}`),
      }),
    ).toMatch(/names/);
  });
});
