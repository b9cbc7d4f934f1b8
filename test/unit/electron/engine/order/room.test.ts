// How many images are worked on at once, by what the latest took.
import { expect, test } from 'vitest';
import { createRoom } from '../../../../../electron/engine/order/room.ts';
import { pixelThreadCount } from '../../../../../electron/link/machine/threadCount.ts';

const GIB = 2 ** 30;

test('edges that take ten times as long as the model have ten images and a fifth more, with two before them', () => {
  const room = createRoom(16);
  expect(room.size()).toBe(4);
  room.ended({ preprocess: 5, encode: 20, explain: 5, decode: 0, maps: 40, edges: 250, doubt: 10 });
  expect(room.size()).toBe(14);
});

test('a model that is slower than edges leaves room for four, and never more than threads can have a next one of', () => {
  const slow = createRoom(16);
  slow.ended({ encode: 900, edges: 300 });
  expect(slow.size()).toBe(4);
  const few = createRoom(3);
  few.ended({ encode: 1, edges: 300 });
  expect(few.size()).toBe(7);
  const two = createRoom(2);
  two.ended({ encode: 1, edges: 300 });
  expect(two.size()).toBe(5);
});

test('where maps are kept the times of their model do not count', () => {
  const room = createRoom(8);
  room.ended({ encode: 900, edges: 300 }, true);
  expect(room.size()).toBe(14);
  room.ended({}, true);
  expect(room.size()).toBe(14);
});

test('the latest eight images count', () => {
  const room = createRoom(16);
  for (let i = 0; i < 8; i++) room.ended({ encode: 100, edges: 100 });
  for (let i = 0; i < 7; i++) room.ended({ encode: 30, edges: 300 });
  expect(room.size()).toBe(11);
  room.ended({ encode: 30, edges: 300 });
  expect(room.size()).toBe(14);
});

test('threads for pixels leave a processor to others and fit into memory', () => {
  expect(pixelThreadCount(1, 64 * GIB)).toBe(2);
  expect(pixelThreadCount(4, 64 * GIB)).toBe(3);
  expect(pixelThreadCount(16, 64 * GIB)).toBe(15);
  expect(pixelThreadCount(16, 8 * GIB)).toBe(4);
  expect(pixelThreadCount(128, 512 * GIB)).toBe(16);
});
