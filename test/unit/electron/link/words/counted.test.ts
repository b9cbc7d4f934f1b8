// One of a thing is not "1 things".
import { expect, test } from 'vitest';
import { counted } from '../../../../../electron/link/words/counted.ts';

test('counts have the word in the right number', () => {
  expect([0, 1, 2].map((n) => counted(n, 'image'))).toEqual(['0 images', '1 image', '2 images']);
  expect([1, 3].map((n) => counted(n, 'class', 'classes'))).toEqual(['1 class', '3 classes']);
});
