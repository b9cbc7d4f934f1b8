// Whether a run's masks come from a layer and a head.
import { expect, it } from 'vitest';
import type { RunSummary } from '../../../../../../electron/api/run.ts';
import { isUsed } from '../../../../../../renderer/src/screens/evidence/maps/frames.ts';

it.each([
  [[8], [10], 8, 10, true],
  [[8], [10], 8, 9, false],
  [[8], [10], 7, 10, false],
  [[8], [], 8, 3, true],
  [[8], [], 7, 3, false],
  [[7, 8], [1, 10], 7, 1, true],
])('layers %j, heads %j: layer %i, head %i', (layers, heads, layer, head, used) => {
  expect(isUsed({ layers, heads } as unknown as RunSummary, layer, head)).toBe(used);
});
