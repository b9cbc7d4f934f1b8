// Arithmetic on sides that may be symbols.
import { expect, test } from 'vitest';
import {
  broadcast,
  broadcastAxes,
  frontAxis,
  product,
  sameShape,
} from '../../../../models/ir/shapes.ts';

test('products of the same sides are written equally, whatever the order', () => {
  expect(product([2, 'tokens', 'batch', 3])).toBe('6*batch*tokens');
  expect(product(['batch*tokens', 6])).toBe('6*batch*tokens');
  expect(product(['2*batch', '3*tokens'])).toBe('6*batch*tokens');
  expect(product([2, 3])).toBe(6);
  expect(product([])).toBe(1);
  expect(product(['batch', 0])).toBe(0);
});

test('shapes broadcast from the last axis; a symbol is never taken for 1', () => {
  expect(broadcast(['batch', 1, 4], [3, 1])).toEqual(['batch', 3, 4]);
  expect(broadcast(['batch'], ['batch'])).toEqual(['batch']);
  expect(broadcast(['batch'], ['tokens'])).toBeNull();
  expect(broadcast(['batch'], [2])).toBeNull();
  expect(broadcast([], [2])).toEqual([2]);
});

test('the axes along which something was repeated are found again', () => {
  expect(broadcastAxes([1, 4], ['batch', 3, 4])).toEqual({ lacking: 1, repeated: [1] });
  expect(broadcastAxes([1, 4], [1, 4])).toEqual({ lacking: 0, repeated: [] });
});

test('shapes are the same only side by side', () => {
  expect(sameShape(['a', 2], ['a', 2])).toBe(true);
  expect(sameShape(['a', 2], ['a'])).toBe(false);
});

test('axes count from either end and stay inside the rank', () => {
  expect(frontAxis(-1, 3)).toBe(2);
  expect(() => frontAxis(3, 3)).toThrow('axis 3 is outside rank 3');
});
