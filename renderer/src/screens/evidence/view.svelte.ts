// State of the Evidence screen. It lives as long as the window, so that visiting another screen loses nothing.
import type { Annotation, Category, CategoryId, RleMask } from '../../../../electron/api/types.ts';
import type { EngineInfo } from '../../../../electron/api/model.ts';
import type { ClassResult, RunSummary, ScoreMap } from '../../../../electron/api/run.ts';
import type { App } from '../../state/app.svelte.ts';
import { useForAllClasses, useForClass, type Tried } from './live/applySettings.ts';
import { type EvidenceFrame } from './maps/frames.ts';
import { FilmState } from './film/film.svelte.ts';
import { TriedSettings } from './live/tried.svelte.ts';
import { HeadGrid } from './heads/headGrid.svelte.ts';
import { isChanged, paramsWith, UNCHANGED, type Live } from './live/liveSettings.ts';
import { MapLoader, type Found } from './maps/mapLoader.ts';
import { masksOf, OtherSide } from './viewer/otherSide.svelte.ts';
import { evidenceOf } from './strip/strip.svelte.ts';
import { perProject } from '../../state/perApp.svelte.ts';

export type ViewMode = 'overlay' | 'side' | 'difference' | 'patches';

/** A moved slider; everything that settings decide but edges; masks with edges. */
type Step = 'move' | 'maps' | 'masks';

/** The CRF result follows this long after the last move. */
const SETTLE_MS = 150;
/** Longer sides of maps: in the viewer, and of other classes in the film. */
const MAP_SIDE = 640;
const SMALL_SIDE = 320;
/** Where the salience map stands as the design draws it: dimmed photo, full map. */
export const STANDARD_BLEND = 0.6;

export class EvidenceView {
  readonly app: App;
  readonly heads: HeadGrid;
  readonly film: FilmState;
  readonly tried: TriedSettings;
  readonly other: OtherSide;
  readonly #loader: MapLoader;
  mode = $state<ViewMode>('overlay');
  blend = $state(STANDARD_BLEND);
  patchGrid = $state(true);
  maskEdge = $state(true);
  /** Pointer or keyboard place as shares of the image's width and height. */
  pointer = $state.raw<{ x: number; y: number } | null>(null);
  maps = $state.raw<ReadonlyMap<string, ScoreMap>>(new Map());
  /** The method of the project's settings. */
  engine = $state.raw<EngineInfo | null>(null);
  tokenMaps = $state.raw<readonly ScoreMap[]>([]);
  /** Masks and figures as the settings being tried make them. */
  applied = $state.raw<{
    readonly run: RunSummary;
    readonly proposals: readonly Annotation[];
    readonly isDraft: boolean;
  } | null>(null);
  draftMs = $state<number | null>(null);
  settleMs = $state<number | null>(null);
  problem = $state.raw<unknown>(null);
  saving = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #shownRun = '';
  #headRun = '';
  /** Settings that the masks with edges belong to. */
  #maskSettings = '';

  readonly run: RunSummary | null = $derived.by(() => this.app.document.run);
  readonly categoryId: CategoryId | null = $derived.by(() => evidenceOf(this.app).categoryId);
  readonly category: Category | null = $derived.by(() => this.tried.category);
  readonly result: ClassResult | null = $derived.by(
    () =>
      (this.applied?.run ?? this.run)?.classes.find((one) => one.categoryId === this.categoryId) ??
      null,
  );
  readonly shownMap: ScoreMap | null = $derived.by(() =>
    this.film.shown ? this.mapOf(this.film.shown) : null,
  );
  readonly otherMap: ScoreMap | null = $derived.by(() =>
    this.film.shown ? (this.other.maps.get(this.film.shown.key) ?? null) : null,
  );
  readonly masks: readonly RleMask[] = $derived.by(() => this.masksOf(this.categoryId));
  readonly otherMaskList: readonly RleMask[] = $derived.by(() =>
    this.other.masksAmong(this.applied?.proposals ?? []),
  );

  constructor(app: App) {
    this.app = app;
    this.#loader = new MapLoader(app.session);
    this.heads = new HeadGrid(this);
    this.film = new FilmState(app);
    this.other = new OtherSide(app);
    this.tried = new TriedSettings(app, () => {
      void this.#refresh('move');
      this.settle();
    });
  }

  mapOf(frame: EvidenceFrame): ScoreMap | null {
    if (frame.kind === 'head') return this.heads.maps.get(frame.key) ?? null;
    return this.maps.get(frame.kind === 'mask' ? 'blurred' : frame.key) ?? null;
  }

  masksOf(id: CategoryId | null): readonly RleMask[] {
    return masksOf(this.applied?.proposals ?? [], id);
  }

  /** Asks for everything of the run and class in view; the same again costs nothing. */
  async load(): Promise<void> {
    const { run, category } = this;
    const params = this.app.prelabel.params;
    if (!run || !category) {
      this.#forget();
      this.heads.clear();
      return;
    }
    const runKey = `${run.runId}/${JSON.stringify(params)}`;
    if (runKey !== this.#shownRun) {
      if (run.runId !== this.#headRun) this.heads.clear();
      this.#headRun = run.runId;
      this.#forget();
      this.#shownRun = runKey;
    }
    try {
      const { values, engine } = await this.app.session.call('prelabel.settings', { params });
      if (this.#shownRun !== runKey) return;
      this.tried.base = values;
      this.engine = engine;
      await this.#refreshAll();
    } catch (error) {
      this.problem = error;
    }
  }

  chooseClass(id: CategoryId): void {
    const { document, tools } = this.app;
    if (document.selected.some((one) => one.categoryId !== id)) document.select([]);
    evidenceOf(this.app).chosen = id;
    tools.chooseCategory(id);
    if (this.other.categoryId === id) this.other.compare = 'photo';
  }

  /** The released slider: masks with edges follow shortly. */
  settle(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#refreshAll(), SETTLE_MS);
  }

  /** Puts the tried settings to use for the class: its threshold, its proposals on this image. */
  use(): Promise<void> {
    return this.#save(useForClass);
  }

  /** Makes the tried settings the project's and all proposals of this image anew. */
  useForAll(): Promise<void> {
    return this.#save(useForAllClasses);
  }

  /** Asks again for what depends on how the page looks at it: the scale, the other side. */
  async lookAgain(): Promise<void> {
    if (this.run && this.category) await this.#refreshAll();
  }

  async #save(work: (tried: Tried) => Promise<Live>): Promise<void> {
    const { app, category, run } = this;
    const { live } = this.tried;
    if (!category || !run) return;
    clearTimeout(this.#timer);
    this.saving = true;
    await app.attempt(async () => this.tried.take(await work({ app, category, run, live })));
    this.saving = false;
    void this.#refreshAll();
  }

  #forget(): void {
    this.maps = new Map();
    this.other.forget();
    this.tokenMaps = [];
    this.applied = null;
    this.draftMs = null;
    this.#shownRun = this.#maskSettings = '';
  }

  /** Everything that the settings decide: maps and draft masks at once, then masks with edges. */
  async #refreshAll(): Promise<void> {
    if (this.tried.isChanged && this.other.savedFor !== this.#subject)
      await this.#refresh('maps', UNCHANGED);
    if (!(await this.#refresh('maps')) || this.applied?.isDraft !== true) return;
    await this.#refresh('masks');
  }

  get #subject(): string {
    return `${this.#shownRun}/${this.categoryId}`;
  }

  /** False when a newer question replaced it or it failed. */
  async #refresh(step: Step, live: Live = this.tried.live): Promise<boolean> {
    const { run, category } = this;
    if (!run || !category) return false;
    const params = paramsWith(this.app.prelabel.params, live.overrides);
    const { thresholds } = live;
    const settings = JSON.stringify([run.runId, params, thresholds]);
    const isAll = step === 'maps';
    try {
      const found = await this.#loader.ask(
        { run, categoryId: category.id, params, thresholds, isDraft: step !== 'masks' },
        {
          near: step === 'masks' ? [] : isAll ? this.film.near : this.film.steps,
          far: isAll ? this.film.others : [],
          tokens: isAll ? (this.result?.tokens.length ?? 0) : 0,
          otherId: isAll ? this.other.categoryId : null,
          side: MAP_SIDE,
          farSide: SMALL_SIDE,
        },
      );
      if (!found || this.run?.runId !== run.runId || this.categoryId !== category.id) return false;
      this.#take(step, found, settings, live);
      this.problem = null;
      return true;
    } catch (error) {
      this.problem = error;
      return false;
    }
  }

  #take(step: Step, found: Found, settings: string, live: Live): void {
    const isSaved = !isChanged(live);
    if (step === 'maps' && isSaved) this.other.keepMaps(found.maps, this.#subject);
    if (isSaved && this.tried.isChanged) return;
    const hasEdges = step === 'masks' || this.tried.value('masks.crf') === false;
    // A new look at the same settings keeps the masks that have their edges already.
    if (hasEdges || this.#maskSettings !== settings) {
      this.applied = { run: found.run, proposals: found.proposals, isDraft: !hasEdges };
      this.#maskSettings = hasEdges ? settings : '';
    }
    if (hasEdges && isSaved) this.other.savedMasks = found.proposals;
    if (step === 'masks') {
      this.settleMs = found.milliseconds;
      this.other.showMasks();
    } else if (step === 'move') {
      this.maps = new Map([...this.maps, ...found.maps]);
      this.draftMs = found.milliseconds;
    } else {
      this.maps = found.maps;
      this.tokenMaps = found.tokens;
      this.other.show(found.other);
    }
  }
}

/** The evidence view of a window. */
export const evidenceViewOf = perProject((app) => new EvidenceView(app));
