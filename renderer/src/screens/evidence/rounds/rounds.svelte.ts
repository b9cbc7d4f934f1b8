// State of the table of rounds: maps of every class in every round, the pictures that the judge saw, and the
// selected cell.
import type { RunSummary, ScoreMap } from '../../../../../electron/api/run.ts';
import { perProject } from '../../../state/perApp.svelte.ts';
import type { App } from '../../../state/app.svelte.ts';
import { fetchMaps } from '../maps/fetchMaps.ts';
import { shows, type EvidenceFrame } from '../maps/frames.ts';
import { firstPlace, placeKey, walk, type Place } from './cells.ts';

/** Longer side of a map in a cell. */
const CELL_SIDE = 160;

class Rounds {
  readonly #app: App;
  /** The table, in place of viewer and film. */
  table = $state(true);
  problem = $state.raw<unknown>(null);
  maps = $state.raw<ReadonlyMap<string, ScoreMap>>(new Map());
  pictures = $state.raw<ReadonlyMap<string, string>>(new Map());
  #pinned = $state.raw<Place | null>(null);
  #loaded = '';

  readonly run: RunSummary | null = $derived.by(() => {
    const { run } = this.#app.document;
    return shows(run, 'rounds') ? run : null;
  });
  readonly isShown: boolean = $derived(this.run !== null && this.table);
  /** Of the run in view; a place that another run has not is forgotten. */
  readonly pinned: Place | null = $derived.by(() => {
    const { run } = this;
    if (!run) return null;
    const place = this.#pinned;
    const isThere =
      place &&
      run.passes[place.pass]?.judged?.some(({ categoryId }) => categoryId === place.categoryId);
    return isThere ? place : firstPlace(run);
  });

  constructor(app: App) {
    this.#app = app;
  }

  pin(place: Place): void {
    this.#pinned = place;
  }

  /** False where there is no cell on that side. */
  move(x: number, y: number): boolean {
    const { run, pinned } = this;
    if (!run || !pinned) return false;
    const next = walk(run, pinned, { x, y });
    if (next === pinned) return false;
    this.#pinned = next;
    return true;
  }

  /** Asks for the maps and pictures of the run in view; the same again costs nothing. */
  async load(): Promise<void> {
    const { run } = this;
    if (!run || run.runId === this.#loaded) return;
    this.#loaded = run.runId;
    this.maps = new Map();
    this.pictures = new Map();
    const { session, prelabel } = this.#app;
    try {
      const { pictures } = await session.call('prelabel.prompts', { runId: run.runId });
      if (this.#loaded !== run.runId) return;
      this.pictures = new Map(pictures.map((one) => [placeKey(one), one.url]));
      const { signal } = new AbortController();
      const asked = { run, params: prelabel.params, maxSide: CELL_SIDE };
      const maps = await fetchMaps(session, asked, framesOf(run), signal);
      if (this.#loaded === run.runId) this.maps = maps;
      this.problem = null;
    } catch (error) {
      this.#loaded = '';
      this.problem = error;
    }
  }
}

function framesOf(run: RunSummary): EvidenceFrame[] {
  return run.passes.flatMap(({ judged = [] }, pass) =>
    judged.map(({ categoryId }) => ({
      key: placeKey({ categoryId, pass }),
      kind: 'pass' as const,
      categoryId,
      pass,
      label: '',
      sentence: '',
      name: '',
      dropped: [],
      smooth: false,
      request: { kind: 'pass' as const, categoryId, pass, scale: 'run' as const },
    })),
  );
}

/** The rounds of a project's open image. */
export const roundsOf = perProject((app) => new Rounds(app));
