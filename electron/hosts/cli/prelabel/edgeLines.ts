// What a report says of edges: how many a click model redrew, which stayed, and why.
import type { EdgeSummary } from '../../../api/clicks/edges.ts';
import { edgeReason } from '../../../api/clicks/edgeWords.ts';
import type { CategoryId } from '../../../api/types.ts';

type NameOf = (id: CategoryId) => string;

/** For people. */
export function edgeLines(edges: EdgeSummary, nameOf: NameOf): string[] {
  const { refined, kept, median, examples } = edges;
  const middle = median === null ? '' : `, median ${median.toFixed(2)}`;
  return [
    `Edges: ${refined} refined${middle}; ${kept} kept.`,
    ...namedEdges(edges, nameOf).examples.map(
      ({ image, category, why }) => `  kept the CRF's edge  ${image}, ${category}: ${why}`,
    ),
    ...(kept > examples.length
      ? [`  and ${kept - examples.length} more; --json lists up to 1000 of them.`]
      : []),
  ];
}

/** For programs: names and reasons in place of numbers. */
export function namedEdges({ examples, ...counts }: EdgeSummary, nameOf: NameOf) {
  return {
    ...counts,
    examples: examples.map(({ image, categoryId, finding }) => ({
      image,
      category: nameOf(categoryId),
      reason: finding.reason,
      why: edgeReason(finding),
    })),
  };
}
