// Which calls of a checkout's command line have the window's page built first.
import { expect, test } from 'vitest';
import { showsPage } from '../../../build/salience.ts';

test.each([
  [['serve'], true],
  [['serve', 'photos', '--port', '0'], true],
  [['serve', '--help'], false],
  [['serve', 'photos', '-h'], false],
  [['prelabel', 'serve'], false],
  [[], false],
] as const)('%j', (words, shows) => {
  expect(showsPage(words)).toBe(shows);
});
