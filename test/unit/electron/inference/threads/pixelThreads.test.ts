// Which thread for pixels an image goes to; none is started by that.
import { expect, test } from 'vitest';
import { createPixelThreads } from '../../../../../electron/inference/threads/pixelThreads.ts';

const threads = (count: number) =>
  createPixelThreads(new URL('file:///nowhere.ts'), count, () => undefined);

test('images that come back have a thread each, and stay with it', () => {
  const pixels = threads(3);
  const held = ['a', 'b', 'c'].map((path) => pixels.hold(path));
  const each = ['a', 'b', 'c'].map((path) => pixels.for(path));
  expect(new Set(each).size).toBe(3);
  // A fourth shares with one of them; the others stay where they are.
  using _fourth = pixels.hold('d');
  expect(each).toContain(pixels.for('d'));
  expect(['a', 'b', 'c'].map((path) => pixels.for(path))).toEqual(each);
  held[1]![Symbol.dispose]();
  expect(pixels.for('e')).toBe(each[1]);
  // It is known there and may go back at once.
  expect(pixels.for('b')).toBe(each[1]);
});

test('an image held twice is free when both are done', () => {
  const pixels = threads(2);
  const [first, second] = [pixels.hold('a'), pixels.hold('a')];
  const own = pixels.for('a');
  first[Symbol.dispose]();
  expect(pixels.for('b')).not.toBe(own);
  second[Symbol.dispose]();
  // Nothing is held any more: the first of all is the freest.
  using _taken = pixels.hold('b');
  expect(pixels.for('c')).toBe(own);
});
