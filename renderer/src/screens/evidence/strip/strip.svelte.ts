// The film of a run for one class: which frame is shown on the canvas, and the maps behind it.
import type { CategoryId, RunId } from '../../../../../electron/api/types.ts';
import { newest } from '../../../host/newest.ts';
import type { DocumentState } from '../../../state/document/document.svelte.ts';
import type { Prelabel } from '../../../state/prelabel.svelte.ts';
import type { Session } from '../../../state/session/session.svelte.ts';
import { perProject } from '../../../state/perApp.svelte.ts';
import type { RunSummary } from '../../../../../electron/api/run.ts';
import type { ScoreMap } from '../../../../../electron/api/run.ts';
import type { MapRequest } from '../../../../../electron/api/run.ts';

export interface FilmFrame {
  readonly key: string;
  readonly kind: 'pass' | 'sum' | 'blurred' | 'mask';
  /** 0-based, for passes. */
  readonly pass: number;
  readonly weight: number;
  /** Patch numbers that were hidden before this pass. */
  readonly dropped: readonly number[];
  readonly request: MapRequest | null;
}

/** Longer side of a map fetched for display. */
const MAP_SIDE = 1024;

class Evidence {
  readonly #session: Session;
  readonly #document: DocumentState;
  readonly #prelabel: Prelabel;
  /** The class asked about; falls back to the selection's. */
  chosen = $state<CategoryId | null>(null);
  pinned = $state<string | null>(null);
  hovered = $state<string | null>(null);
  problem = $state.raw<unknown>(null);
  maps = $state.raw<ReadonlyMap<string, ScoreMap>>(new Map());
  readonly #newest = newest((signal: AbortSignal, run: RunSummary) => this.#fetch(run, signal));
  #mapsOf = '';
  #lastFilm: { content: string; frames: readonly FilmFrame[] } = { content: '', frames: [] };

  readonly categoryId: CategoryId | null = $derived.by(() => {
    const run = this.#document.run;
    if (!run) return null;
    const has = (id: CategoryId | null | undefined) =>
      id !== null && id !== undefined && run.classes.some((result) => result.categoryId === id)
        ? id
        : null;
    return (
      has(this.#document.selected[0]?.categoryId) ??
      has(this.chosen) ??
      has(this.#document.proposals[0]?.categoryId) ??
      [...run.classes].sort((a, b) => b.match - a.match)[0]?.categoryId ??
      null
    );
  });
  readonly frames: readonly FilmFrame[] = $derived.by(() => {
    const run = this.#document.run;
    const next = run && this.categoryId !== null ? filmOf(run, this.categoryId) : [];
    // A moved threshold gives a new run with the same film: its pictures are not painted again.
    const content = JSON.stringify(next);
    if (content !== this.#lastFilm.content) this.#lastFilm = { content, frames: next };
    return this.#lastFilm.frames;
  });
  /** Frame on the canvas: the hovered one, else the pinned one. */
  readonly shown: FilmFrame | null = $derived(
    this.frames.find((frame) => frame.key === (this.hovered ?? this.pinned)) ?? null,
  );
  readonly shownMap: ScoreMap | null = $derived(
    this.shown ? (this.maps.get(this.shown.key) ?? null) : null,
  );

  constructor(session: Session, document: DocumentState, prelabel: Prelabel) {
    this.#session = session;
    this.#document = document;
    this.#prelabel = prelabel;
  }

  /** Fetches the maps of the class in question once per run and setting. */
  async load(): Promise<void> {
    const run = this.#document.run;
    const categoryId = this.categoryId;
    if (!run || categoryId === null) {
      this.maps = new Map();
      this.#mapsOf = '';
      return;
    }
    const wanted = mapsKey(run, categoryId);
    if (this.#mapsOf === wanted) return;
    this.#mapsOf = wanted;
    // Maps of another class under this one's name would be a lie, however short.
    this.maps = new Map();
    try {
      const maps = await this.#newest.ask(run);
      if (!maps) return;
      this.maps = maps;
      this.problem = null;
    } catch (error) {
      this.#mapsOf = '';
      this.problem = error;
    }
  }

  async #fetch(run: RunSummary, signal: AbortSignal): Promise<ReadonlyMap<string, ScoreMap>> {
    const frames = this.frames.filter((frame) => frame.request !== null);
    const { maps } = await this.#session.call(
      'prelabel.maps',
      {
        runId: run.runId,
        params: this.#prelabel.params,
        requests: frames.map((frame) => frame.request!),
        maxSide: MAP_SIDE,
      },
      { signal },
    );
    return new Map(frames.map((frame, i) => [frame.key, maps[i]!]));
  }

  pin(key: string | null): void {
    this.pinned = this.pinned === key ? null : key;
  }

  /** Steps through the film; from nothing it starts at an end. */
  step(by: 1 | -1): boolean {
    if (this.frames.length === 0) return false;
    const at = this.frames.findIndex((frame) => frame.key === this.pinned);
    const next = at < 0 ? (by > 0 ? 0 : this.frames.length - 1) : at + by;
    this.pinned = this.frames[Math.min(this.frames.length - 1, Math.max(0, next))]?.key ?? null;
    return true;
  }

  toggle(): boolean {
    if (this.frames.length === 0) return false;
    this.pinned = this.pinned
      ? null
      : (this.frames.find((frame) => frame.kind === 'blurred')?.key ?? null);
    return true;
  }
}

function mapsKey(run: RunSummary, categoryId: CategoryId): string {
  return `${run.runId as RunId}/${categoryId}/${JSON.stringify(run.params)}`;
}

/** Passes, their sum, the blurred map and the mask, as the film shows them. */
function filmOf(run: RunSummary, categoryId: CategoryId): FilmFrame[] {
  const column = run.classes.findIndex((result) => result.categoryId === categoryId);
  const passes: FilmFrame[] = run.passes.map((pass, index) => ({
    key: `pass${index}`,
    kind: 'pass',
    pass: index,
    weight: pass.weight,
    dropped: pass.dropped[pass.dropped.length > 1 ? Math.max(0, column) : 0] ?? [],
    request: { kind: 'pass', categoryId, pass: pass.index, scale: 'pass' },
  }));
  const last = run.passes.at(-1)?.index ?? 0;
  const rest = { pass: -1, weight: 0, dropped: [] };
  return [
    ...passes,
    { ...rest, key: 'sum', kind: 'sum', request: { kind: 'sum', categoryId, upTo: last } },
    { ...rest, key: 'blurred', kind: 'blurred', request: { kind: 'blurred', categoryId } },
    { ...rest, key: 'mask', kind: 'mask', request: null },
  ];
}

/** The evidence strip of a window. */
export const evidenceOf = perProject(
  (app) => new Evidence(app.session, app.document, app.prelabel),
);
