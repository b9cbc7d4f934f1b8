// The numbers beside the review list: proposals and doubtful ones per class, their matches, and what
// was decided so far.
import type { ClassStatistics } from '../../../../electron/api/methods/project.ts';
import type { CategoryId, JobId } from '../../../../electron/api/types.ts';
import { countDoubtful, matchBins, type AskList } from './reviewGroups.ts';
import { newest, newestWaits } from '../../host/newest.ts';
import type { Session } from '../../state/session/session.svelte.ts';

const MATCH_BINS = 20;
/** More classes than this are counted without their doubtful ones. */
const MOST_CLASSES = 60;

export interface ClassCount {
  readonly total: number;
  /** Null while it is being counted. */
  readonly doubtful: number | null;
}

export interface Decided {
  readonly pending: number;
  readonly asIs: number;
  readonly edited: number;
  readonly rejected: number;
}

export class ReviewCounts {
  readonly #session: Session;
  perClass = $state.raw<ReadonlyMap<CategoryId, ClassCount>>(new Map());
  bins = $state.raw<readonly number[]>([]);
  decided = $state.raw<Decided>({ pending: 0, asIs: 0, edited: 0, rejected: 0 });
  loaded = $state(false);
  problem = $state.raw<unknown>(null);
  readonly #counting = newestWaits((jobId: JobId | null) => this.#count(jobId));
  readonly #newestBins = newest(
    (_: AbortSignal, categoryId: CategoryId | null, jobId: JobId | null) =>
      matchBins(this.#ask(categoryId === null ? [] : [categoryId], jobId), MATCH_BINS),
  );
  #jobId: JobId | null = null;

  readonly total: number = $derived.by(() =>
    [...this.perClass.values()].reduce((sum, { total }) => sum + total, 0),
  );
  readonly doubtful: number = $derived.by(() =>
    [...this.perClass.values()].reduce((sum, { doubtful }) => sum + (doubtful ?? 0), 0),
  );

  constructor(session: Session) {
    this.#session = session;
  }

  /** Counts again. A call while one counts comes after it: a busy project is still counted whole. */
  refresh(jobId: JobId | null): Promise<void> {
    return this.#counting.ask(jobId);
  }

  async #count(jobId: JobId | null): Promise<void> {
    try {
      const { perClass } = await this.#session.call('project.statistics', { filter: {} });
      this.decided = decidedOf(perClass);
      const known = this.#jobId === jobId ? this.perClass : new Map<CategoryId, ClassCount>();
      this.#jobId = jobId;
      const counts = new Map<CategoryId, ClassCount>();
      const busy = perClass.filter(({ pending }) => pending > 0);
      for (const { categoryId, pending } of busy) {
        const before = known.get(categoryId);
        const total = jobId === null ? pending : (before?.total ?? 0);
        counts.set(categoryId, { total, doubtful: before?.doubtful ?? null });
      }
      this.perClass = counts;
      for (const { categoryId, pending } of busy.slice(0, MOST_CLASSES)) {
        const ask = this.#ask([categoryId], jobId);
        const total = jobId === null ? pending : (await ask({ cursor: 0, limit: 1 })).total;
        const doubtful = await countDoubtful(total, ask);
        if (total === 0) counts.delete(categoryId);
        else counts.set(categoryId, { total, doubtful });
        this.perClass = new Map(counts);
      }
      this.loaded = true;
      this.problem = null;
    } catch (error) {
      this.problem = error;
    }
  }

  async refreshBins(categoryId: CategoryId | null, jobId: JobId | null): Promise<void> {
    try {
      const bins = await this.#newestBins.ask(categoryId, jobId);
      if (bins) this.bins = bins;
    } catch (error) {
      this.problem = error;
    }
  }

  #ask(categoryIds: readonly CategoryId[], jobId: JobId | null): AskList {
    return ({ cursor, limit, minMatch = 0, maxMatch = 1 }) =>
      this.#session.call('review.list', {
        categoryIds,
        minMatch,
        maxMatch,
        order: 'doubt',
        jobId,
        cursor,
        limit,
      });
  }
}

/** Sums over classes. */
function decidedOf(perClass: readonly ClassStatistics[]): Decided {
  const sum = (of: (row: ClassStatistics) => number) =>
    perClass.reduce((total, row) => total + of(row), 0);
  return {
    pending: sum((row) => row.pending),
    asIs: sum((row) => row.acceptedAsIs),
    edited: sum((row) => row.edited),
    rejected: sum((row) => row.rejected),
  };
}
