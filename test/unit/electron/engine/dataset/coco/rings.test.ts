// Polygon lists as programs write them: what is read as what, and which rings are left out.
import { expect, it } from 'vitest';
import { ringsOf } from '../../../../../../electron/engine/dataset/coco/rings.ts';

const A = [0, 0, 4, 0, 4, 4];
const B = [1, 1, 2, 1, 2, 2, 1, 2];
const pairs = (ring: number[]) =>
  Array.from({ length: ring.length / 2 }, (_, at) => [ring[2 * at]!, ring[2 * at + 1]!]);
const text = (ring: number[]) => ring.map(String);
const faultOf = (list: Parameters<typeof ringsOf>[0]) => ringsOf(list).faults[0]?.[1];

it('a list of polygons is read as it is', () => {
  expect(ringsOf([A, B])).toEqual({ rings: [A, B], faults: [], repair: null });
});

it.each([
  ['one ring of pairs', pairs(A), [A], /corners in pairs/],
  ['rings of pairs', [pairs(A), pairs(B)], [A, B], /corners in pairs/],
  ['one list too many', [[A], [B]], [A, B], /one list too deep/],
  ['three rings in one list too many', [[A, B, A]], [A, B, A], /one list too deep/],
  ['text', [text(A), B], [A, B], /coordinates as text/],
  ['text in pairs', pairs(A).map(text), [A], /corners in pairs/],
])('%s can mean one thing only', (_what, list, rings, repair) => {
  expect(ringsOf(list)).toEqual({ rings, faults: [], repair: expect.stringMatching(repair) });
});

it('three pairs are a ring, two are two short polygons', () => {
  expect(ringsOf(pairs(A)).rings).toEqual([A]);
  expect(ringsOf(pairs(A).slice(1))).toMatchObject({
    rings: [],
    faults: [
      ['[0]', 'has 2 numbers; a polygon needs 6 or more'],
      ['[1]', 'has 2 numbers; a polygon needs 6 or more'],
    ],
    repair: null,
  });
});

it('a ring with a fault is left out, named by its place, and the others stay', () => {
  const { rings, faults } = ringsOf([A, A.slice(1), [...A, 1], [0, 0, ' ', 0, 4, 4], 7, B]);
  expect(rings).toEqual([A, B]);
  expect(faults.map(([at]) => at)).toEqual(['[1]', '[2]', '[3]', '[4]']);
  expect(faults.map(([, fault]) => fault)).toEqual([
    'has 5 numbers; a polygon needs 6 or more',
    'has an odd count of 7 numbers',
    expect.stringMatching(/^number 2 is .*; expected a coordinate$/),
    expect.stringMatching(/; expected a list of numbers$/),
  ]);
});

it('what could mean two things is refused', () => {
  expect(faultOf(A)).toMatch(/^is a flat list of numbers/);
  expect(faultOf([[pairs(A), pairs(B)]])).toMatch(/^has rings inside rings, as GeoJSON has/);
  expect(faultOf([[A], pairs(B)])).toMatch(/^(mixes lists|has)/);
  expect(faultOf([[[A]], [B]])).toMatch(/^mixes lists of different depth/);
  expect(faultOf([[pairs(A).slice(1)]])).toMatch(/^mixes lists of different depth/);
});
