// The film of a run for one class: which frame is shown on the canvas, and the maps behind it.
import type { CategoryId } from '../../../../../electron/api/types.ts';
import type { RunSummary, ScoreMap } from '../../../../../electron/api/run.ts';
import { newest } from '../../../host/newest.ts';
import type { DocumentState } from '../../../state/document/document.svelte.ts';
import type { Prelabel } from '../../../state/prelabel.svelte.ts';
import type { Session } from '../../../state/session/session.svelte.ts';
import { perProject } from '../../../state/perApp.svelte.ts';
import { fetchMaps } from '../maps/fetchMaps.ts';
import { bySurest, filmOf, type EvidenceFrame } from '../maps/frames.ts';
import { FramePick } from '../maps/framePick.svelte.ts';

/** Longer side of a map fetched for display. */
const MAP_SIDE = 1024;

class Evidence extends FramePick {
  readonly #session: Session;
  readonly #document: DocumentState;
  readonly #prelabel: Prelabel;
  /** The class asked about; falls back to the selection's. */
  chosen = $state<CategoryId | null>(null);
  problem = $state.raw<unknown>(null);
  maps = $state.raw<ReadonlyMap<string, ScoreMap>>(new Map());
  readonly #newest = newest((signal: AbortSignal, run: RunSummary) => this.#fetch(run, signal));
  #mapsOf = '';
  #lastFilm: { content: string; frames: readonly EvidenceFrame[] } = { content: '', frames: [] };

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
      [...run.classes].sort(bySurest)[0]?.categoryId ??
      null
    );
  });
  readonly frames: readonly EvidenceFrame[] = $derived.by(() => {
    const run = this.#document.run;
    const next = run && this.categoryId !== null ? stripFrames(run, this.categoryId) : [];
    // A moved threshold gives a new run with the same film: its pictures are not painted again.
    const content = JSON.stringify(next);
    if (content !== this.#lastFilm.content) this.#lastFilm = { content, frames: next };
    return this.#lastFilm.frames;
  });
  /** Frame on the canvas: the hovered one, else the pinned one. */
  readonly shown: EvidenceFrame | null = $derived(
    this.frames.find((frame) => frame.key === this.key) ?? null,
  );
  readonly shownMap: ScoreMap | null = $derived(
    this.shown ? (this.maps.get(this.shown.key) ?? null) : null,
  );

  constructor(session: Session, document: DocumentState, prelabel: Prelabel) {
    super();
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

  #fetch(run: RunSummary, signal: AbortSignal): Promise<ReadonlyMap<string, ScoreMap>> {
    const asked = { run, params: this.#prelabel.params, maxSide: MAP_SIDE };
    return fetchMaps(this.#session, asked, this.frames, signal);
  }

  /** Steps through the strip; true when there is one. */
  walk(by: 1 | -1): boolean {
    return this.step(this.frames, by) !== null;
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
  return `${run.runId}/${categoryId}/${JSON.stringify(run.params)}`;
}

/** Passes, their sum, the blurred map and the mask: what has room beside the canvas. */
function stripFrames(run: RunSummary, categoryId: CategoryId): readonly EvidenceFrame[] {
  const { passes, steps } = filmOf(run, categoryId);
  return [...passes, ...steps.filter((frame) => frame.kind !== 'cut')];
}

/** The evidence strip of a window. */
export const evidenceOf = perProject(
  (app) => new Evidence(app.session, app.document, app.prelabel),
);
