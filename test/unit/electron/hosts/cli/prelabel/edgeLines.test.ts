// Edges in the report of a run, for people and for programs.
import { expect, test } from 'vitest';
import type { EdgeSummary } from '../../../../../../electron/api/clicks/edges.ts';
import type { CategoryId, ImageId } from '../../../../../../electron/api/types.ts';
import { edgeLines, namedEdges } from '../../../../../../electron/hosts/cli/prelabel/edgeLines.ts';

const edges: EdgeSummary = {
  refined: 41,
  kept: 3,
  median: 0.824,
  examples: [
    {
      imageId: 7 as ImageId,
      image: 'yard/a.jpg',
      categoryId: 2 as CategoryId,
      finding: { kind: 'kept', reason: 'disagrees', value: 0.38, limit: 0.45 },
    },
  ],
};
const nameOf = (id: CategoryId) => (id === 2 ? 'bench' : '');

test('people read how many, which, why, and that there are more', () => {
  expect(edgeLines(edges, nameOf)).toEqual([
    'Edges: 41 refined, median 0.82; 3 kept.',
    "  kept the CRF's edge  yard/a.jpg, bench: disagrees, 0.38 of 0.45",
    '  and 2 more; --json lists up to 1000 of them.',
  ]);
  expect(edgeLines({ refined: 0, kept: 0, median: null, examples: [] }, nameOf)).toEqual([
    'Edges: 0 refined; 0 kept.',
  ]);
});

test('programs read names and codes', () => {
  expect(namedEdges(edges, nameOf)).toEqual({
    refined: 41,
    kept: 3,
    median: 0.824,
    examples: [
      {
        image: 'yard/a.jpg',
        category: 'bench',
        reason: 'disagrees',
        why: 'disagrees, 0.38 of 0.45',
      },
    ],
  });
});
