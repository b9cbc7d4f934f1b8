// A review list in memory that answers like the engine: filters, orders, pages, decisions.
import type { Input, MethodName, Output } from '../../../../electron/api/methods.ts';
import type { AnnotationId, CategoryId } from '../../../../electron/api/types.ts';
import type { Session } from '../../../../renderer/src/state/session/session.svelte.ts';
import type { ReviewItem } from '../../../../electron/api/review.ts';

export interface Entry {
  readonly id: string;
  readonly categoryId: number;
  readonly match: number | null;
  readonly doubtful: boolean;
  readonly doubt: number;
  status: 'proposal' | 'accepted' | 'rejected';
}

export interface FakeReview {
  readonly session: Session;
  readonly calls: { method: MethodName; input: unknown }[];
  readonly entries: Entry[];
  emit(event: string, payload: unknown): void;
}

/** `n` entries: the first `doubtful` in doubt, matches rising from 0. */
export function entriesOf(n: number, doubtful: number): Entry[] {
  return Array.from({ length: n }, (_, i) => ({
    id: `a${i}`,
    categoryId: 1 + (i % 2),
    match: n === 1 ? 0 : i / (n - 1),
    doubtful: i < doubtful,
    doubt: (i < doubtful ? 1 : 0) + 1 - i / n,
    status: 'proposal' as const,
  }));
}

/** `arranged` = the engine keeps an order: doubtful ones, then the others as one like group. */
export function fakeReview(entries: Entry[], arranged = false): FakeReview {
  const calls: FakeReview['calls'] = [];
  const listeners = new Map<string, ((payload: unknown) => void)[]>();
  const list = (input: Input<'review.list'>): Output<'review.list'> => {
    const found = entries
      .filter(
        (entry) =>
          entry.status === 'proposal' &&
          (input.categoryIds.length === 0 ||
            input.categoryIds.includes(entry.categoryId as CategoryId)) &&
          (input.minMatch === 0 || (entry.match !== null && entry.match >= input.minMatch)) &&
          (input.maxMatch === 1 || (entry.match !== null && entry.match <= input.maxMatch)),
      )
      .sort((a, b) =>
        input.order === 'match' ? (a.match ?? -1) - (b.match ?? -1) : b.doubt - a.doubt,
      );
    return {
      total: found.length,
      items: found.slice(input.cursor, input.cursor + input.limit).map(itemOf),
    };
  };
  let kept: Entry[] = [];
  const arrange = (): Output<'review.arrange'> => {
    if (!arranged) return { id: null, groups: [] };
    const open = entries.filter((entry) => entry.status === 'proposal');
    const doubtful = open.filter((entry) => entry.doubtful);
    const others = open.filter((entry) => !entry.doubtful);
    kept = [...doubtful, ...others];
    const group = { categoryId: null, from: 0, to: 1 };
    return {
      id: 'kept',
      groups: [
        { ...group, kind: 'doubtful', first: 0, count: doubtful.length },
        { ...group, kind: 'alike', first: doubtful.length, count: others.length },
      ],
    };
  };
  const page = ({ cursor, limit }: Input<'review.page'>): Output<'review.page'> => ({
    items: kept
      .slice(cursor, cursor + limit)
      .map((entry) => (entries.includes(entry) ? itemOf(entry) : null)),
  });
  const decide = (input: Input<'review.decide'>): Output<'review.decide'> => {
    for (const entry of entries)
      if (input.ids.includes(entry.id as AnnotationId) && input.decision !== 'category')
        entry.status = input.decision === 'accept' ? 'accepted' : 'rejected';
    return { changed: input.ids.length, revision: 1 as never };
  };
  const session = {
    screen: 'review',
    on: (event: string, listener: (payload: unknown) => void) =>
      listeners.set(event, [...(listeners.get(event) ?? []), listener]),
    call: (method: MethodName, input: never) => {
      calls.push({ method, input });
      if (method === 'review.list') return Promise.resolve(list(input));
      if (method === 'review.arrange') return Promise.resolve(arrange());
      if (method === 'review.page') return Promise.resolve(page(input));
      if (method === 'review.decide') return Promise.resolve(decide(input));
      return Promise.reject(new Error(`unexpected ${method}`));
    },
  };
  return {
    session: session as unknown as Session,
    calls,
    entries,
    emit: (event, payload) => listeners.get(event)?.forEach((listener) => listener(payload)),
  };
}

function itemOf(entry: Entry): ReviewItem {
  return {
    annotation: {
      id: entry.id,
      categoryId: entry.categoryId,
      match: entry.match,
      margin: 0.2,
      crfChange: 0.1,
      doubtful: entry.doubtful,
    } as unknown as ReviewItem['annotation'],
    imageId: 1 as never,
    imageName: 'a.png',
    doubt: entry.doubt,
    cropUrl: '',
  };
}
