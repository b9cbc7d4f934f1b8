// Published settings carried over to models of other sizes.
import { expect, test } from 'vitest';
import { publishedDefaults } from '../../../models/publishedDefaults.ts';

test('models of twelve layers and heads have the published layer and head', () => {
  expect(publishedDefaults({ layers: 12, heads: 12 }, 384)).toEqual({
    layers: [8],
    heads: [10],
    inputSide: null,
    prefix: 'A picture of',
  });
});

test.each([
  [12, 16, [8], 'mean'],
  [24, 12, [16], 'mean'],
  [6, 12, [4], 'mean'],
  [3, 8, [2], 'mean'],
  [2, 8, [1], 'mean'],
  [1, 8, [1], 'mean'],
])('%i layers and %i heads: layer %j, heads %s', (layers, heads, chosen, expected) => {
  expect(publishedDefaults({ layers, heads }, 224)).toMatchObject({
    layers: chosen,
    heads: expected,
    inputSide: 224,
  });
});
