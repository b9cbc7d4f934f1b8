// How the review list falls into groups, asked of the engine with a handful of one-row questions
// instead of reading ten thousand rows.
import type { Output } from '../../../../electron/api/methods.ts';
import type { ReviewGroup as ArrangedGroup } from '../../../../electron/api/review.ts';

export type ReviewOrder = 'doubt' | 'change' | 'match' | 'size' | 'image';

export type ReviewGroup = Omit<ArrangedGroup, 'kind'> & {
  /** The engine's own groups, and those of the other orders. */
  readonly kind: ArrangedGroup['kind'] | 'band' | 'without' | 'all';
};

export type AskList = (want: {
  cursor: number;
  limit: number;
  minMatch?: number;
  maxMatch?: number;
}) => Promise<Output<'review.list'>>;

/** Doubt (0-1 without the doubtful flag) from which a proposal is worth a look of its own. */
const LESS_SURE = 0.3;
/** Bands of the match order. */
const EDGES = [0.5, 0.7, 0.8, 0.9, 0.95];
/** The engine's bounds are inclusive; a band ends just below the next. */
const JUST_BELOW = 1e-9;

/** Consecutive groups over `total` rows; empty ones are left out. */
export async function groupsOf(
  order: ReviewOrder,
  total: number,
  ask: AskList,
): Promise<readonly ReviewGroup[]> {
  if (total === 0) return [];
  if (order === 'doubt') {
    const doubtful = await firstRow(total, ask, (item) => !item.annotation.doubtful);
    const sure = await firstRow(
      total,
      ask,
      (item) => !item.annotation.doubtful && item.doubt < LESS_SURE,
    );
    return inSequence([
      { kind: 'doubtful', count: doubtful },
      { kind: 'less', count: sure - doubtful },
      { kind: 'sure', count: total - sure },
    ]);
  }
  if (order === 'match') {
    const atLeast = await Promise.all(
      [Number.MIN_VALUE, ...EDGES].map((minMatch) => countWhere(ask, { minMatch })),
    );
    const bands = EDGES.map((to, i) => ({
      kind: 'band' as const,
      count: atLeast[i]! - atLeast[i + 1]!,
      from: EDGES[i - 1] ?? 0,
      to,
    }));
    return inSequence([
      { kind: 'without', count: total - atLeast[0]! },
      ...bands,
      { kind: 'band', count: atLeast.at(-1)!, from: EDGES.at(-1)!, to: 1 },
    ]);
  }
  return inSequence([{ kind: 'all', count: total }]);
}

/** Proposals per match bin of equal width, hand-made ones left out. */
export async function matchBins(ask: AskList, bins: number): Promise<number[]> {
  return Promise.all(
    Array.from({ length: bins }, (_, i) =>
      countWhere(ask, {
        minMatch: i === 0 ? Number.MIN_VALUE : i / bins,
        maxMatch: i === bins - 1 ? 1 : (i + 1) / bins - JUST_BELOW,
      }),
    ),
  );
}

/** How many of `total` rows in the order of doubt are doubtful. */
export function countDoubtful(total: number, ask: AskList): Promise<number> {
  return firstRow(total, ask, (item) => !item.annotation.doubtful);
}

async function countWhere(
  ask: AskList,
  bounds: { minMatch?: number; maxMatch?: number },
): Promise<number> {
  return (await ask({ cursor: 0, limit: 1, ...bounds })).total;
}

/** The first row for which `holds`, where it holds for all later ones; by halving. */
async function firstRow(
  total: number,
  ask: AskList,
  holds: (item: Output<'review.list'>['items'][number]) => boolean,
): Promise<number> {
  let low = 0;
  let high = total;
  while (low < high) {
    // The first question often settles it: most lists begin with a sure one or are short.
    const middle = low === 0 && high === total ? 0 : Math.floor((low + high) / 2);
    const item = (await ask({ cursor: middle, limit: 1 })).items[0];
    if (!item || holds(item)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function inSequence(
  parts: readonly { kind: ReviewGroup['kind']; count: number; from?: number; to?: number }[],
): ReviewGroup[] {
  let first = 0;
  return parts.flatMap(({ kind, count, from = 0, to = 1 }) => {
    const group = { kind, first, count, categoryId: null, from, to };
    first += count;
    return count > 0 ? [group] : [];
  });
}
