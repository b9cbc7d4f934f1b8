// Segmentations of COCO files: what is read in which form, what is refused and why, and what is written.
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../../../../electron/api/types.ts';
import {
  exactSegmentation,
  polygonSegmentation,
  readSegmentation,
  rleSegmentation,
} from '../../../../../../electron/engine/dataset/coco/segmentation.ts';
import {
  keptId,
  idFault,
  lookUp,
  keyOf,
} from '../../../../../../electron/engine/dataset/coco/reading/keys.ts';
import { Problems } from '../../../../../../electron/engine/dataset/problems.ts';
import { describe as described, shown } from '../../../../../../electron/engine/dataset/shown.ts';
import { rowsOf } from '../../../../../helpers/fixtures/maskText.ts';
import { draw } from '../../../../../helpers/fixtures/masks.ts';
import { rleToString } from '../../../../../../electron/masks/runs/rleString.ts';

const size = { width: 4, height: 3 };
function read(value: Json | undefined, at = size) {
  const problems = new Problems();
  const mask = readSegmentation(value, at, 'seg', problems);
  return {
    rows: mask && rowsOf(mask),
    said: problems.kept.map(({ path, message }) => `${path} ${message}`),
  };
}
const square = [0, 0, 2, 0, 2, 2, 0, 2];
const corner = ['##..', '##..', '....'];

describe('a segmentation is read', () => {
  it('as polygons, and the unsound rings are left out', () => {
    expect(read([square])).toEqual({ rows: corner, said: [] });
    const { rows, said } = read([square, [1, 2]]);
    expect(rows).toEqual(corner);
    expect(said).toEqual([expect.stringMatching(/^seg\[1\] .*; this part was left out$/)]);
    expect(read([[1, 2]])).toMatchObject({
      rows: null,
      said: [expect.stringMatching(/^seg\[0\] /)],
    });
  });

  it("as run lengths, in a list or in COCO's text", () => {
    const mask = draw(...corner);
    expect(read({ size: [3, 4], counts: [0, 2, 1, 2, 7] })).toEqual({ rows: corner, said: [] });
    const counts = rleToString(mask);
    expect(read({ size: [3, 4], counts })).toEqual({ rows: corner, said: [] });
    expect(read({ size: [3, 4], counts: `b'${counts}'` })).toEqual({
      rows: corner,
      said: ['seg.counts is written as Python bytes; read without the b and its quotes'],
    });
  });

  it.each<[Json | undefined, RegExp]>([
    [undefined, /^seg is missing or empty/],
    [null, /^seg is missing or empty/],
    [[], /^seg is missing or empty/],
    ['text', /^seg is "text"; expected polygons or RLE/],
    [7, /^seg is 7; expected/],
    [{ counts: [12] }, /^seg\.size is missing or not \[height, width\]/],
    [{ size: [3], counts: [12] }, /^seg\.size is missing or not/],
    [{ size: [3, 4, 1], counts: [12] }, /^seg\.size is missing or not/],
    [{ size: [3, '4'], counts: [12] }, /^seg\.size is missing or not/],
    [{ size: [4, 3], counts: [12] }, /is \[4, 3\], which is \[width, height\] of the image/],
    [
      { size: [3, 5], counts: [15] },
      /is \[3, 5\]; the image is 4 x 3 px, so \[3, 4\] was expected/,
    ],
    [{ size: [4, 4], counts: [16] }, /is \[4, 4\]; the image is 4 x 3 px/],
    [{ size: [5, 4], counts: [20] }, /is \[5, 4\]; the image is 4 x 3 px/],
    [{ size: [3, 4] }, /^seg\.counts is missing; expected a string or a list of runs/],
    [{ size: [3, 4], counts: [13] }, /runs/],
  ])('and refused: %j', (value, message) => {
    const { rows, said } = read(value);
    expect(rows).toBeNull();
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(message);
  });

  it('only on an image that has a size', () => {
    expect(read([square], { width: 0, height: 3 }).rows).toBeNull();
  });
});

describe('a mask is written', () => {
  it('exactly: one part without holes as a polygon, everything else as run lengths', () => {
    expect(JSON.parse(exactSegmentation(draw(...corner)).json)).toEqual([expect.any(Array)]);
    for (const rows of [
      ['#..#', '....', '....'],
      ['###.', '#.#.', '###.'],
    ])
      expect(JSON.parse(exactSegmentation(draw(...rows)).json)).toMatchObject({ size: [3, 4] });
    expect(JSON.parse(rleSegmentation(draw(...corner)))).toMatchObject({ size: [3, 4] });
  });

  it('as polygons alone, with the mask that they give', () => {
    const ring = draw('###.', '#.#.', '###.');
    const exact = polygonSegmentation(ring, 0);
    expect(exact).toMatchObject({ errorPx: 0, mask: ring });
    expect(read(JSON.parse(exact.json) as Json).rows).toEqual(rowsOf(ring));
    const rough = polygonSegmentation(draw('#...', '##..', '###.'), 1.5);
    expect(rough.errorPx).toBeGreaterThan(0);
    expect(read(JSON.parse(rough.json) as Json).rows).toEqual(rowsOf(rough.mask));
    // Nothing would be left of it: it stays as it is.
    const speck = draw('....', '.#..', '....');
    const kept = polygonSegmentation(speck, 3);
    expect(rowsOf(kept.mask)).toEqual(rowsOf(speck));
    expect(read(JSON.parse(kept.json) as Json).rows).toEqual(rowsOf(speck));
  });
});

describe('ids of records', () => {
  it('are the same as number and as text, where only one of them is there', () => {
    const table = (...ids: readonly Json[]) => new Map(ids.map((id) => [keyOf(id)!, id]));
    expect(lookUp(table(7), '7')).toBe(7);
    expect(lookUp(table('7'), 7)).toBe('7');
    expect(lookUp(table(7, '7'), '7')).toBe('7');
    expect(lookUp(table(7), 8)).toBeUndefined();
    expect(lookUp(table(7), '7a')).toBeUndefined();
    expect(lookUp(table(-7), '-7')).toBe(-7);
    expect(lookUp(table(7), null)).toBeUndefined();
    expect([keyOf(''), keyOf(null), keyOf(undefined), keyOf([])]).toEqual([null, null, null, null]);
  });

  it('are kept from 1 to what a double holds', () => {
    expect([1, 2 ** 53 - 1, 0, -1, 1.5, 2 ** 53, '1'].map(keptId)).toEqual([
      ...[1, 2 ** 53 - 1, null, null, null, null, null],
    ]);
    expect(idFault(1)).toBeNull();
    expect(idFault('1')).toEqual({ code: 'idText', values: [] });
    expect([2 ** 53, -(2 ** 53)].map((id) => idFault(id)?.code)).toEqual(['idBeyond', 'idBeyond']);
    expect([0, 1.5, -(2 ** 53 - 1), undefined].map(idFault)).toEqual(
      Array(4).fill({ code: 'idNotWhole', values: [] }),
    );
  });
});

describe('values in a sentence', () => {
  it('are quoted and cut to what can be read', () => {
    expect(shown('a"b')).toBe('"a\\"b"');
    expect(shown('x'.repeat(200))).toHaveLength(202);
    expect(shown('x'.repeat(201))).toBe(`"${'x'.repeat(200)}..."`);
    expect(described(undefined)).toBe('missing');
    expect([described(null), described(true), described(1.5)]).toEqual(['null', 'true', '1.5']);
    expect(described('x'.repeat(60))).toBe(`"${'x'.repeat(60)}"`);
    expect(described('x'.repeat(61))).toBe(`"${'x'.repeat(60)}..."`);
    expect([described({ a: 1 }), described([{ a: 1 }, 2])]).toEqual(['an object', 'a list of 2']);
    expect(described([1, null])).toBe('[1,null]');
    expect(described(Array<number>(30).fill(1))).toBe(
      `[${Array<number>(30).fill(1).join()}`.slice(0, 60) + '...',
    );
    expect(described(Array<number>(29).fill(1))).toBe(`[${Array<number>(29).fill(1).join()}]`);
  });
});
