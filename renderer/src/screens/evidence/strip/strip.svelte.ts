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
import { MapsAhead, type LatestRun, type Maps } from './stripAhead.ts';

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
  /** Maps are on their way. */
  loading = $state(false);
  /** What is shown of the images around the open one. */
  readonly ahead: MapsAhead;
  #lastFilm: { content: string; frames: readonly EvidenceFrame[] } = { content: '', frames: [] };

  readonly categoryId: CategoryId | null = $derived.by(() => {
    const run = this.#document.run;
    if (!run) return null;
    return (
      inRun(run, this.#document.selected[0]?.categoryId) ??
      inRun(run, this.chosen) ??
      inRun(run, this.#document.proposals[0]?.categoryId) ??
      surestOf(run)
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
    this.ahead = new MapsAhead({
      latest: (imageId, signal) => session.call('image.run', { imageId }, { signal }),
      nameOf: (found) => {
        const id = this.#classOf(found);
        return found.run && id !== null ? this.#nameOf(found.run, id) : null;
      },
      fetch: (found, signal) => this.#fetchAhead(found, signal),
    });
  }

  /** Thresholds count as well: maps of another cut are not shown again. */
  #nameOf(run: RunSummary, categoryId: CategoryId): string {
    const cuts = this.#session.categories.map(({ threshold }) => threshold);
    return `${mapsKey(run, categoryId)}/${cuts.join()}`;
  }

  /** The class that will be in question where the run is opened with nothing selected. */
  #classOf({ run, categoryId }: LatestRun): CategoryId | null {
    return run && (inRun(run, this.chosen) ?? inRun(run, categoryId) ?? surestOf(run));
  }

  #fetchAhead(found: LatestRun, signal: AbortSignal): Promise<Maps> {
    const { run } = found;
    const id = this.#classOf(found);
    if (!run || id === null) return Promise.resolve(new Map());
    const asked = { run, params: this.#prelabel.params, maxSide: MAP_SIDE, ahead: true };
    return fetchMaps(this.#session, asked, stripFrames(run, id), signal);
  }

  /** Fetches the maps of the class in question once per run and setting. */
  async load(): Promise<void> {
    const run = this.#document.run;
    const categoryId = this.categoryId;
    if (!run || categoryId === null) {
      this.maps = new Map();
      this.#mapsOf = '';
      this.loading = false;
      return;
    }
    const wanted = mapsKey(run, categoryId);
    if (this.#mapsOf === wanted) return;
    this.#mapsOf = wanted;
    const name = this.#nameOf(run, categoryId);
    const known = this.ahead.get(name);
    // Maps of another class under this one's name would be a lie, however short.
    this.maps = known ?? new Map();
    this.loading = !known;
    if (known) {
      this.#newest.stop();
      this.problem = null;
      return;
    }
    try {
      const maps = await this.#newest.ask(run);
      if (!maps) return;
      this.maps = maps;
      this.ahead.keep(name, maps);
      this.problem = null;
    } catch (error) {
      this.#mapsOf = '';
      this.problem = error;
    }
    this.loading = false;
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

const inRun = (run: RunSummary, id: CategoryId | null | undefined) =>
  run.classes.find(({ categoryId }) => categoryId === id)?.categoryId ?? null;

const surestOf = (run: RunSummary) => [...run.classes].sort(bySurest)[0]?.categoryId ?? null;

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
