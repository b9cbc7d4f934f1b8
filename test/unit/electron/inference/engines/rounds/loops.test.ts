// Who competes with whom in rounds: things, stuff, and the words beside them.
import { expect, test } from 'vitest';
import { loopsOf } from '../../../../../../electron/inference/engines/rounds/loops.ts';
import { lastRounds } from '../../../../../../electron/inference/engines/rounds/channels.ts';
import type { Round } from '../../../../../../electron/inference/engines/rounds/loop.ts';

const classes = [
  { id: 1, name: 'cat', words: ['cat', 'kitten'] },
  { id: 2, name: 'grass', words: ['grass'] },
  { id: 3, name: 'again', words: [] },
  { id: 4, name: 'bus', words: ['bus'] },
];
const WORDS = ['sky', 'grass', 'cat'];

test('things come first, and are the background words of stuff', () => {
  expect(loopsOf(classes, new Set([1, 2]), WORDS)).toEqual([
    // What stuff is called stays a background word of things.
    { classes: [0, 3], texts: ['cat,kitten', 'bus'], background: ['sky', 'grass'], stuff: false },
    { classes: [1], texts: ['grass'], background: ['cat,kitten', 'bus'], stuff: true },
  ]);
});

test('one kind alone has one loop with the usual background words', () => {
  expect(loopsOf(classes.slice(0, 1), new Set(), WORDS)).toEqual([
    { classes: [0], texts: ['cat,kitten'], background: ['sky', 'grass'], stuff: false },
  ]);
  expect(loopsOf(classes.slice(1, 2), new Set([0]), WORDS)).toEqual([
    { classes: [0], texts: ['grass'], background: ['sky', 'cat'], stuff: true },
  ]);
  expect(loopsOf([], new Set(), WORDS)).toEqual([
    { classes: [], texts: [], background: WORDS, stuff: false },
  ]);
});

test('the masks are those of the last round of each kind', () => {
  const round = (kept: number, stuff?: boolean): Round => ({
    queries: [],
    maps: [],
    scores: [],
    kept: [kept],
    fallback: false,
    ...(stuff ? { stuff } : {}),
  });
  const rounds = [round(1), round(2), round(3, true), round(4, true)];
  expect(lastRounds(rounds)).toEqual([rounds[1], rounds[3]]);
  expect(lastRounds(rounds.slice(0, 1))).toEqual([rounds[0]]);
  expect(lastRounds(rounds.slice(2))).toEqual([rounds[3]]);
  expect(lastRounds([])).toEqual([]);
});
