// Why an edge stayed, in words that give the number and its limit.
import { expect, test } from 'vitest';
import { edgeReason } from '../../../../../electron/api/clicks/edgeWords.ts';
import type { EdgeReason } from '../../../../../electron/api/clicks/edges.ts';

test.for([
  ['disagrees', 0.38, 0.45, 'disagrees, 0.38 of 0.45'],
  ['unsure', 0.614, 0.7, 'the click model is unsure, 0.61 of 0.70'],
  ['unstable', 0.72, 0.8, 'the edge is not steady, 0.72 of 0.80'],
  ['elsewhere', 0.31, 0.5, 'mostly outside salience, 0.31 of 0.50'],
  ['size', 5.2, 4, '5.2 times the size, at most 4'],
  ['size', 0.1, 0.25, '0.10 times the size, at least 0.25'],
] as const)('%s %d of %d', ([reason, value, limit, words]) => {
  expect(edgeReason({ kind: 'kept', reason: reason satisfies EdgeReason, value, limit })).toBe(
    words,
  );
});
