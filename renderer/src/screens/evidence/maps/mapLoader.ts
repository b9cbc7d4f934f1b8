// Questions to the engine about a run: one at a time, only the newest waits, a draft overtakes edges.
import type { Annotation, CategoryId } from '../../../../../electron/api/types.ts';
import type { Input } from '../../../../../electron/api/methods.ts';
import type { Session } from '../../../state/session/session.svelte.ts';
import { fetchMaps, keyed, MOST_REQUESTS } from './fetchMaps.ts';
import type { EvidenceFrame } from './frames.ts';
import type {
  MapRequest,
  PrelabelParams,
  RunSummary,
  ScoreMap,
} from '../../../../../electron/api/run.ts';

export interface Asked {
  readonly run: RunSummary;
  readonly categoryId: CategoryId;
  readonly params: PrelabelParams;
  readonly thresholds: { readonly [categoryId: number]: number };
  /** Leaves the CRF out. */
  readonly isDraft: boolean;
}

export interface Wanted {
  readonly near: readonly EvidenceFrame[];
  /** Small frames. */
  readonly far: readonly EvidenceFrame[];
  /** Word pieces of the class. */
  readonly tokens: number;
  /** Class of the other side. */
  readonly otherId: CategoryId | null;
  readonly side: number;
  readonly farSide: number;
}

export interface Found {
  readonly run: RunSummary;
  readonly proposals: readonly Annotation[];
  readonly maps: ReadonlyMap<string, ScoreMap>;
  readonly tokens: readonly ScoreMap[];
  readonly other: ReadonlyMap<string, ScoreMap>;
  /** Wall time of masks and maps of the class. */
  readonly milliseconds: number;
}

interface Waiting {
  readonly asked: Asked;
  readonly wanted: Wanted;
  readonly done: (found: Found | null) => void;
  readonly failed: (error: unknown) => void;
}

export class MapLoader {
  readonly #session: Pick<Session, 'call'>;
  #running: { controller: AbortController; isDraft: boolean } | null = null;
  #waiting: Waiting | null = null;

  constructor(session: Pick<Session, 'call'>) {
    this.#session = session;
  }

  /** Resolves with null when a newer question took its place. */
  ask(asked: Asked, wanted: Wanted): Promise<Found | null> {
    return new Promise((done, failed) => {
      this.#waiting?.done(null);
      this.#waiting = { asked, wanted, done, failed };
      // A running draft is nearly there; edges are given up for the next move.
      if (!this.#running) void this.#next();
      else if (!this.#running.isDraft) this.#running.controller.abort();
    });
  }

  async #next(): Promise<void> {
    const waiting = this.#waiting;
    if (!waiting) return;
    this.#waiting = null;
    const controller = new AbortController();
    this.#running = { controller, isDraft: waiting.asked.isDraft };
    try {
      waiting.done(await this.#fetch(waiting.asked, waiting.wanted, controller.signal));
    } catch (error) {
      if (controller.signal.aborted) waiting.done(null);
      else waiting.failed(error);
    } finally {
      this.#running = null;
      void this.#next();
    }
  }

  async #fetch(asked: Asked, wanted: Wanted, signal: AbortSignal): Promise<Found> {
    const { run, params, thresholds, isDraft } = asked;
    const startMs = performance.now();
    const near = wanted.near.filter((frame) => frame.request !== null);
    const other = wanted.otherId;
    const otherFrames = other === null ? [] : near;
    const requests: MapRequest[] = [
      ...near.map((frame) => frame.request!),
      ...otherFrames.map((frame) => ({ ...frame.request!, categoryId: other! })),
      ...Array.from({ length: wanted.tokens }, (_, token) => ({
        kind: 'token' as const,
        categoryId: asked.categoryId,
        token,
      })),
    ].slice(0, MOST_REQUESTS);
    const common = { runId: run.runId, params, thresholds, maxSide: wanted.side };
    const answer = await this.#session.call(
      'prelabel.reapply',
      { ...common, draft: isDraft, commit: false, requests },
      { signal },
    );
    const milliseconds = performance.now() - startMs;
    const maps = answer.maps ?? (await this.#mapsFor({ ...common, requests }, signal));
    const far = await fetchMaps(
      this.#session,
      { run, params, thresholds, maxSide: wanted.farSide },
      wanted.far,
      signal,
    );
    return {
      run: answer.run,
      proposals: answer.proposals,
      maps: new Map([...keyed(near, maps), ...far]),
      other: keyed(otherFrames, maps.slice(near.length)),
      tokens: maps.slice(near.length + otherFrames.length),
      milliseconds,
    };
  }

  /** The maps where the answer about masks holds none. */
  async #mapsFor(input: Input<'prelabel.maps'>, signal: AbortSignal): Promise<readonly ScoreMap[]> {
    if (input.requests.length === 0) return [];
    return (await this.#session.call('prelabel.maps', input, { signal })).maps;
  }
}
