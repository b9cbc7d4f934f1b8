// Sizes of files as people say them.
import { expect, test } from 'vitest';
import { sizeWords } from '../../../../../../electron/hosts/cli/terminal/sizes.ts';

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [9940, '9.9 kB'],
  [10_000, '10 kB'],
  [1_234_567, '1.2 MB'],
  [12_345_678_901, '12 GB'],
  [3e12, '3.0 TB'],
  [5e15, '5000 TB'],
])('%d bytes are %s', (bytes, words) => {
  expect(sizeWords(bytes)).toBe(words);
});
