// Figures of the Statistics screen: what is counted, and the answer.
import type { Output } from '../../../../electron/api/methods.ts';
import type { CategoryId, ImageStatus, JobId } from '../../../../electron/api/types.ts';
import { newest } from '../../host/newest.ts';
import type { Session } from '../../state/session/session.svelte.ts';
import type { ImageFilter } from '../../../../electron/api/job.ts';
import type { ClassStatistics, Pace } from '../../../../electron/api/methods/project.ts';

export interface StatisticsFilter {
  readonly text: string;
  readonly status: ImageStatus | null;
  readonly jobId: JobId | null;
  /** Classes that are left out of the charts. */
  readonly hidden: ReadonlySet<CategoryId>;
}

const NO_FILTER: StatisticsFilter = { text: '', status: null, jobId: null, hidden: new Set() };

export class Statistics {
  readonly #session: Session;
  filter = $state.raw<StatisticsFilter>(NO_FILTER);
  counts = $state.raw<Output<'project.statistics'>['counts'] | null>(null);
  pace = $state.raw<Pace | null>(null);
  problem = $state.raw<unknown>(null);
  loading = $state(false);
  #all = $state.raw<readonly ClassStatistics[]>([]);
  readonly #newest = newest(async () => {
    const filter = imageFilterOf(this.filter);
    const counted = await this.#session.call('project.statistics', { filter });
    return { ...counted, pace: await this.#session.call('project.pace', { filter }) };
  });

  /** Rows of the shown classes. */
  readonly rows: readonly ClassStatistics[] = $derived.by(() =>
    this.#all.filter((row) => !this.filter.hidden.has(row.categoryId)),
  );
  readonly total: ClassStatistics = $derived.by(() => sumOf(this.rows));
  readonly isFiltered: boolean = $derived(
    this.filter.text !== '' ||
      this.filter.status !== null ||
      this.filter.jobId !== null ||
      this.filter.hidden.size > 0,
  );

  constructor(session: Session) {
    this.#session = session;
  }

  async set(change: Partial<StatisticsFilter>): Promise<void> {
    this.filter = { ...this.filter, ...change };
    const onlyClasses = Object.keys(change).every((key) => key === 'hidden');
    if (!onlyClasses) await this.refresh();
  }

  clear(): Promise<void> {
    return this.set(NO_FILTER);
  }

  async refresh(): Promise<void> {
    this.loading = true;
    try {
      const answer = await this.#newest.ask();
      if (!answer) return;
      this.#all = answer.perClass;
      this.counts = answer.counts;
      this.pace = answer.pace;
      this.problem = null;
    } catch (error) {
      this.problem = error;
    }
    this.loading = false;
  }
}

function imageFilterOf(filter: StatisticsFilter): ImageFilter {
  return {
    ...(filter.text === '' ? {} : { text: filter.text }),
    ...(filter.status === null ? {} : { status: [filter.status] }),
    ...(filter.jobId === null ? {} : { jobId: filter.jobId }),
  };
}

/** All classes as one row. `images` is the sum over classes, so an image may count more than once. */
export function sumOf(rows: readonly ClassStatistics[]): ClassStatistics {
  const sum = (of: (row: ClassStatistics) => number) =>
    rows.reduce((total, row) => total + of(row), 0);
  const bins = (of: (row: ClassStatistics) => readonly number[]) => {
    const longest = Math.max(0, ...rows.map((row) => of(row).length));
    return Array.from({ length: longest }, (_, i) => sum((row) => of(row)[i] ?? 0));
  };
  return {
    categoryId: 0 as CategoryId,
    annotations: sum((row) => row.annotations),
    images: sum((row) => row.images),
    pixels: sum((row) => row.pixels),
    acceptedAsIs: sum((row) => row.acceptedAsIs),
    edited: sum((row) => row.edited),
    rejected: sum((row) => row.rejected),
    pending: sum((row) => row.pending),
    sizes: bins((row) => row.sizes),
    matches: bins((row) => row.matches),
  };
}
