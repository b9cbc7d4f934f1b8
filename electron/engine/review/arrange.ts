// The review list in groups: doubtful ones, then those that look alike, then the rest. The order is
// kept for a while under an id, so that decisions do not shuffle what a person is looking at.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import { AppError } from '../../api/errors.ts';
import type { Box, CategoryId, JobId } from '../../api/types.ts';
import type { ReviewGroup, ReviewItem } from '../../api/review.ts';
import type { Project } from '../project/project.ts';
import type { Store } from '../project/database/store.ts';
import { alikeGroups } from './alike.ts';
import { lookIn } from '../prelabel/looks.ts';
import { itemsBySeq, proposalsWhere } from './select.ts';

/** More proposals than this are listed without groups of like ones: nobody reads so long a list. */
const MOST_ARRANGED = 20_000;
/** Doubt from which a proposal is worth a look of its own. */
const LESS_SURE = 0.3;
/** Orders that are kept; each is a number per proposal. */
const KEPT = 8;
const LOOKS_AT_ONCE = 1000;

export interface ArrangeQuery {
  readonly categoryIds: readonly CategoryId[];
  readonly minMatch: number;
  readonly maxMatch: number;
  readonly jobId: JobId | null;
}

export interface Arrangements {
  /** Id null: too many proposals to be arranged. */
  arrange(
    project: Project,
    query: ArrangeQuery,
    signal: AbortSignal,
  ): Promise<{ id: string | null; groups: readonly ReviewGroup[] }>;
  /** Items of a kept order; null where the annotation is gone. Throws REVIEW_GONE. */
  page(
    project: Project,
    wanted: { id: string; cursor: number; limit: number },
    cropUrl: (id: string) => string,
  ): (ReviewItem | null)[];
}

interface Row {
  readonly seq: number;
  readonly category_id: CategoryId;
  readonly doubtful: number;
  readonly doubt: number;
  readonly match: number | null;
}

interface Part {
  readonly kind: ReviewGroup['kind'];
  readonly rows: readonly Row[];
}

export function createArrangements(newId: () => string): Arrangements {
  const kept = new LRUCache<string, { project: Project; seqs: Float64Array }>({ max: KEPT });
  return {
    async arrange(project, query, signal) {
      const where = proposalsWhere(query);
      const rows = project.store.all<Row>(
        `SELECT seq, category_id, doubtful, doubt, match FROM annotation ${where.sql}
         ORDER BY doubt DESC, seq LIMIT ${MOST_ARRANGED + 1}`,
        ...where.values,
      );
      if (rows.length > MOST_ARRANGED) return { id: null, groups: [] };
      const parts = await partsOf(project.store, rows, signal);
      const id = newId();
      kept.set(id, {
        project,
        seqs: Float64Array.from(parts.flatMap((part) => part.rows.map(({ seq }) => seq))),
      });
      return { id, groups: inSequence(parts) };
    },
    page(project, { id, cursor, limit }, cropUrl) {
      const found = kept.get(id);
      if (found?.project !== project)
        throw new AppError('REVIEW_GONE', 'This list of proposals is not kept any more.');
      return itemsBySeq(project.store, [...found.seqs.subarray(cursor, cursor + limit)], cropUrl);
    },
  };
}

async function partsOf(
  store: Store,
  rows: readonly Row[],
  signal: AbortSignal,
): Promise<readonly Part[]> {
  const doubtful = rows.filter((row) => row.doubtful === 1);
  const others = rows.filter((row) => row.doubtful === 0);
  const alike = await alikeOf(store, others, signal);
  const grouped = new Set(alike.flatMap((part) => part.rows));
  const rest = others.filter((row) => !grouped.has(row));
  return [
    { kind: 'doubtful', rows: doubtful },
    ...alike,
    { kind: 'less', rows: rest.filter((row) => row.doubt >= LESS_SURE) },
    { kind: 'sure', rows: rest.filter((row) => row.doubt < LESS_SURE) },
  ];
}

/** Like proposals of one class, the largest groups first, weakest matches first within each. */
async function alikeOf(
  store: Store,
  rows: readonly Row[],
  signal: AbortSignal,
): Promise<readonly Part[]> {
  const looks = await looksOfRows(store, rows, signal);
  const perClass = new Map<CategoryId, Row[]>();
  // In the order in which they were made, so that doubt does not decide who leads a group.
  for (const row of [...rows].sort((a, b) => a.seq - b.seq)) {
    if (!looks.has(row.seq)) continue;
    const list = perClass.get(row.category_id) ?? [];
    list.push(row);
    perClass.set(row.category_id, list);
  }
  const parts: Part[] = [];
  for (const list of perClass.values()) {
    const groups = await alikeGroups(
      list.map((row) => looks.get(row.seq)!),
      signal,
    );
    for (const members of groups)
      parts.push({
        kind: 'alike',
        rows: members
          .map((index) => list[index]!)
          .sort((a, b) => (a.match ?? 0) - (b.match ?? 0) || a.seq - b.seq),
      });
  }
  return parts.sort((a, b) => b.rows.length - a.rows.length || a.rows[0]!.seq - b.rows[0]!.seq);
}

async function looksOfRows(
  store: Store,
  rows: readonly Row[],
  signal: AbortSignal,
): Promise<Map<number, Uint8Array>> {
  const looks = new Map<number, Uint8Array>();
  for (let from = 0; from < rows.length; from += LOOKS_AT_ONCE) {
    const found = store.all<{
      seq: number;
      x: number;
      y: number;
      w: number;
      h: number;
      looks: Uint8Array;
    }>(
      `SELECT seq, box_x AS x, box_y AS y, box_w AS w, box_h AS h, looks FROM annotation
       JOIN run_class USING (category_id, run_id)
       WHERE seq IN (SELECT value FROM json_each(?)) AND looks IS NOT NULL`,
      JSON.stringify(rows.slice(from, from + LOOKS_AT_ONCE).map(({ seq }) => seq)),
    );
    for (const { seq, x, y, w, h, looks: stored } of found) {
      const box: Box = [x, y, w, h];
      const look = lookIn(stored, box);
      if (look) looks.set(seq, look);
    }
    await nextTurn();
    signal.throwIfAborted();
  }
  return looks;
}

function inSequence(parts: readonly Part[]): ReviewGroup[] {
  let first = 0;
  return parts.flatMap(({ kind, rows }): ReviewGroup[] => {
    const matches = rows.flatMap(({ match }) => match ?? []);
    const group: ReviewGroup = {
      kind,
      first,
      count: rows.length,
      categoryId: kind === 'alike' ? rows[0]!.category_id : null,
      from: matches.reduce((least, match) => Math.min(least, match), 1),
      to: matches.reduce((most, match) => Math.max(most, match), 0),
    };
    first += rows.length;
    return rows.length > 0 ? [group] : [];
  });
}
