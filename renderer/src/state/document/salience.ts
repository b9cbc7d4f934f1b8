// Salience of classes as runs stored it, on the grid of patches, fetched from the engine once and kept for the
// image.
import { AppError } from '../../../../electron/api/errors.ts';
import type { RunSummary, ScoreMap } from '../../../../electron/api/run.ts';
import type { CategoryId } from '../../../../electron/api/types.ts';
import type { Session } from '../session/session.svelte.ts';

/** Runs whose maps are kept: the open image's and those around it. */
const MOST_RUNS = 8;
/** A grid of patches is never as large. */
const MOST_SIDE = 256;

type Run = Pick<RunSummary, 'runId' | 'params' | 'passes' | 'classes'>;

export class StoredSalience {
  readonly #session: Pick<Session, 'call'>;
  readonly #kept = new Map<string, Map<CategoryId, ScoreMap>>();

  constructor(session: Pick<Session, 'call'>) {
    this.#session = session;
  }

  /** All on one scale; without classes that the run was not asked for, and empty where its maps are gone. */
  async of(
    run: Run | null,
    ids: Iterable<CategoryId>,
    signal?: AbortSignal,
  ): Promise<ReadonlyMap<CategoryId, ScoreMap>> {
    if (!run) return new Map();
    const { runId, params, classes, passes } = run;
    const kept = this.#keptOf(run);
    const there = new Set(classes.map(({ categoryId }) => categoryId));
    const wanted = [...new Set(ids)].filter((id) => there.has(id) && !kept.has(id));
    if (wanted.length === 0) return kept;
    const upTo = passes.length - 1;
    const requests = wanted.map((categoryId) => ({ kind: 'sum' as const, categoryId, upTo }));
    const input = { runId, params, requests, maxSide: MOST_SIDE };
    try {
      const { maps } = await this.#session.call('prelabel.maps', input, signal ? { signal } : {});
      for (const [at, id] of wanted.entries()) if (maps[at]) kept.set(id, maps[at]);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'RUN_UNKNOWN') throw error;
    }
    return kept;
  }

  #keptOf({ runId, params }: Run): Map<CategoryId, ScoreMap> {
    const key = `${runId}/${JSON.stringify(params)}`;
    const kept = this.#kept.get(key) ?? new Map<CategoryId, ScoreMap>();
    // The latest last: the first one goes.
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    if (this.#kept.size > MOST_RUNS) this.#kept.delete([...this.#kept.keys()][0]!);
    return kept;
  }
}
