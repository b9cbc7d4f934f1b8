// What the Evidence screen shows: class, frame, maps of the run, and settings being tried.
// It lives as long as the window, so that a look at another screen loses nothing. Longer than most
// files because all its parts answer to the same few facts: run, class, settings being tried.
import type {
  Annotation,
  Category,
  CategoryId,
  ClassResult,
  Json,
  RleMask,
  RunSummary,
  ScoreMap,
} from '../../../../electron/api/types.ts';
import type { App } from '../../state/app.svelte.ts';
import { text } from '../../text/text.ts';
import { useForAllClasses, useForClass, type Tried } from './live/applySettings.ts';
import {
  classFrames,
  headFrame,
  passFrames,
  stepFrames,
  sumFrames,
  type EvidenceFrame,
} from './maps/frames.ts';
import { HeadGrid } from './heads/headGrid.svelte.ts';
import {
  isChanged,
  paramsWith,
  passesUsed,
  UNCHANGED,
  usePasses,
  weightsOf,
  withThreshold,
  withValue,
  withWeight,
  type Live,
  type Values,
} from './live/liveSettings.ts';
import { endDrag, moveLive, NO_STEPS, turnLive } from './live/liveSteps.ts';
import { MapLoader, type Found } from './maps/mapLoader.ts';
import { evidenceOf } from './strip/strip.svelte.ts';
import { perProject } from '../../state/perApp.ts';

export type ViewMode = 'overlay' | 'side' | 'difference' | 'patches';
export type Compare = 'photo' | 'saved' | `class${number}`;

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
  readonly #loader: MapLoader;
  mode = $state<ViewMode>('overlay');
  compare = $state<Compare>('photo');
  blend = $state(STANDARD_BLEND);
  patchGrid = $state(true);
  maskEdge = $state(true);
  oneScale = $state(false);
  runningSum = $state(false);
  overlayOn = $state(true);
  pinned = $state<string | null>(null);
  hovered = $state<string | null>(null);
  /** Pointer or keyboard place as shares of the image's width and height. */
  pointer = $state.raw<{ x: number; y: number } | null>(null);
  live = $state.raw<Live>(UNCHANGED);
  base = $state.raw<Values>({});
  maps = $state.raw<ReadonlyMap<string, ScoreMap>>(new Map());
  /** Maps of the other side: another class, or the settings as they are saved. */
  otherMaps = $state.raw<ReadonlyMap<string, ScoreMap>>(new Map());
  tokenMaps = $state.raw<readonly ScoreMap[]>([]);
  /** Masks and figures as the settings being tried make them. */
  applied = $state.raw<{
    readonly run: RunSummary;
    readonly proposals: readonly Annotation[];
    readonly isDraft: boolean;
  } | null>(null);
  otherMasks = $state.raw<readonly Annotation[]>([]);
  draftMs = $state<number | null>(null);
  settleMs = $state<number | null>(null);
  problem = $state.raw<unknown>(null);
  saving = $state(false);
  #steps = NO_STEPS;
  #savedMaps: ReadonlyMap<string, ScoreMap> = new Map();
  #savedMasks: readonly Annotation[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #shownRun = '';
  /** Run and class of the maps with the settings as they are saved. */
  #savedFor = '';
  #headRun = '';
  /** Settings that the masks with edges belong to. */
  #maskSettings = '';

  readonly run: RunSummary | null = $derived.by(() => this.app.document.run);
  readonly categoryId: CategoryId | null = $derived.by(() => evidenceOf(this.app).categoryId);
  readonly category: Category | null = $derived.by(() =>
    this.categoryId === null ? null : (this.app.session.categoryById.get(this.categoryId) ?? null),
  );
  readonly result: ClassResult | null = $derived.by(
    () =>
      (this.applied?.run ?? this.run)?.classes.find((one) => one.categoryId === this.categoryId) ??
      null,
  );
  readonly passes: readonly EvidenceFrame[] = $derived.by(() =>
    this.run && this.categoryId !== null
      ? passFrames(this.run, this.categoryId, this.oneScale)
      : [],
  );
  readonly sums: readonly EvidenceFrame[] = $derived.by(() =>
    this.run && this.categoryId !== null ? sumFrames(this.run, this.categoryId) : [],
  );
  readonly steps: readonly EvidenceFrame[] = $derived.by(() =>
    this.run && this.categoryId !== null ? stepFrames(this.run, this.categoryId) : [],
  );
  readonly others: readonly EvidenceFrame[] = $derived.by(() =>
    this.run && this.categoryId !== null ? classFrames(this.run, this.categoryId) : [],
  );
  /** The bottom row of the film: passes, or their running sum. */
  readonly looked: readonly EvidenceFrame[] = $derived(this.runningSum ? this.sums : this.passes);
  /** In the order of the keys. */
  readonly film: readonly EvidenceFrame[] = $derived([...this.looked, ...this.steps]);
  readonly shown: EvidenceFrame | null = $derived.by(() => {
    const key = this.hovered ?? this.pinned ?? 'blurred';
    const found = [...this.passes, ...this.sums, ...this.steps, ...this.others].find(
      (frame) => frame.key === key,
    );
    if (found) return found;
    const head = /^head(\d+)\/(\d+)$/.exec(key);
    return head && this.categoryId !== null
      ? headFrame(this.categoryId, Number(head[1]), Number(head[2]))
      : (this.steps.find((frame) => frame.kind === 'blurred') ?? null);
  });
  readonly shownMap: ScoreMap | null = $derived.by(() =>
    this.shown ? this.mapOf(this.shown) : null,
  );
  readonly otherMap: ScoreMap | null = $derived.by(() =>
    this.shown ? (this.otherMaps.get(this.shown.key) ?? null) : null,
  );
  readonly masks: readonly RleMask[] = $derived.by(() => this.masksOf(this.categoryId));
  readonly otherCategoryId: CategoryId | null = $derived.by(() => {
    if (!this.compare.startsWith('class')) return null;
    const id = Number(this.compare.slice(5)) as CategoryId;
    const known = this.run?.classes.some((one) => one.categoryId === id);
    return known && id !== this.categoryId ? id : null;
  });
  readonly otherMaskList: readonly RleMask[] = $derived.by(() => {
    const id = this.compare === 'saved' ? this.categoryId : this.otherCategoryId;
    if (id === null) return [];
    const all = this.compare === 'saved' ? this.otherMasks : (this.applied?.proposals ?? []);
    return all.filter((one) => one.categoryId === id).map((one) => one.mask);
  });
  readonly compares: boolean = $derived(this.compare === 'saved' || this.otherCategoryId !== null);
  readonly isChanged: boolean = $derived(isChanged(this.live));
  readonly baseWeights: readonly number[] = $derived.by(() =>
    weightsOf(this.base, this.run?.passes.length ?? 0),
  );
  readonly weights: readonly number[] = $derived.by(() =>
    weightsOf({ ...this.base, ...this.live.overrides }, this.run?.passes.length ?? 0),
  );
  readonly used: number = $derived(passesUsed(this.weights));
  readonly threshold: number = $derived.by(() =>
    this.category
      ? (this.live.thresholds[this.category.id] ?? this.app.prelabel.thresholds.of(this.category))
      : 0,
  );

  constructor(app: App) {
    this.app = app;
    this.#loader = new MapLoader(app.session);
    this.heads = new HeadGrid(this);
  }

  value(name: string): Json | undefined {
    return this.live.overrides[name] ?? this.base[name];
  }

  number(name: string): number {
    return Number(this.value(name) ?? 0);
  }

  mapOf(frame: EvidenceFrame): ScoreMap | null {
    if (frame.kind === 'head') return this.heads.maps.get(frame.key) ?? null;
    return this.maps.get(frame.kind === 'mask' ? 'blurred' : frame.key) ?? null;
  }

  masksOf(id: CategoryId | null): readonly RleMask[] {
    return (this.applied?.proposals ?? [])
      .filter((one) => one.categoryId === id)
      .map((one) => one.mask);
  }

  /** Words for a frame: in the legend, in spoken names. */
  nameOf(frame: EvidenceFrame | null): string {
    const words = text.evidence.frame;
    if (!frame) return '';
    if (frame.kind === 'pass') return words.pass(frame.pass + 1);
    if (frame.kind === 'head') return words.head(frame.layer ?? 0, frame.head ?? 0);
    if (frame.kind === 'class') return words.blurred;
    return frame.key.startsWith('upTo') ? words.upTo(frame.pass + 1) : words[frame.kind];
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
      const { values } = await this.app.session.call('prelabel.settings', { params });
      if (this.#shownRun !== runKey) return;
      this.base = values;
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
    if (this.otherCategoryId === id) this.compare = 'photo';
  }

  pin(key: string | null): void {
    this.pinned = this.pinned === key ? null : key;
    this.overlayOn = true;
  }

  /** Shows a pass by its 0-based number. */
  scrub(pass: number): void {
    const frame = this.looked[Math.min(this.looked.length - 1, Math.max(0, pass))];
    if (!frame) return;
    this.pinned = frame.key;
    this.overlayOn = true;
    this.app.toasts.say(text.evidence.film.spoken(frame.pass + 1, this.looked.length));
  }

  /** Steps along the film; true when there is one. */
  step(by: 1 | -1): boolean {
    if (this.film.length === 0) return false;
    const at = this.film.findIndex((frame) => frame.key === this.pinned);
    const next = at < 0 ? (by > 0 ? 0 : this.film.length - 1) : at + by;
    const frame = this.film[Math.min(this.film.length - 1, Math.max(0, next))];
    if (!frame) return false;
    this.pinned = frame.key;
    this.overlayOn = true;
    this.app.toasts.say(this.nameOf(frame));
    return true;
  }

  toEnd(end: 'first' | 'last'): boolean {
    const frame = end === 'first' ? this.film[0] : this.film.at(-1);
    if (!frame) return false;
    this.pinned = frame.key;
    return true;
  }

  setThreshold(value: number): void {
    const { category } = this;
    if (!category) return;
    const rounded = Math.min(0.6, Math.max(0, Math.round(value * 100) / 100));
    this.#change(
      `threshold${category.id}`,
      withThreshold(this.live, category.id, rounded, this.app.prelabel.thresholds.of(category)),
    );
  }

  set(name: string, value: Json): void {
    this.#change(name, withValue(this.live, this.base, name, value));
  }

  usePasses(count: number): void {
    this.#setWeights(usePasses(this.weights, this.baseWeights, count));
  }

  setWeight(pass: number, weight: number): void {
    const next = withWeight(this.weights, pass, weight);
    if (next) this.#setWeights(next);
  }

  referenceWeights(): void {
    this.#setWeights([...this.baseWeights]);
  }

  reset(): void {
    this.#change('reset', UNCHANGED);
    this.letGo();
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
    const { app, category, run, live } = this;
    if (!category || !run) return;
    clearTimeout(this.#timer);
    this.saving = true;
    await app.attempt(async () => {
      this.live = await work({ app, category, run, live });
      // From here on undo takes back what was put to use.
      this.#steps = NO_STEPS;
    });
    this.saving = false;
    void this.#refreshAll();
  }

  #setWeights(weights: readonly number[]): void {
    const same = weights.every((weight, pass) => weight === this.baseWeights[pass]);
    const name = 'masks.passWeights';
    this.#change(
      name,
      withValue(this.live, this.base, name, same ? (this.base[name] ?? []) : [...weights]),
    );
  }

  /** The control was let go: what comes next is a step of its own. */
  letGo(): void {
    this.#steps = endDrag(this.#steps);
  }

  /** Takes back or brings again a move of a control; false when there is none. */
  turn(kind: 'undo' | 'redo'): boolean {
    const turned = turnLive(this.#steps, kind, this.live);
    if (!turned) return false;
    this.#steps = turned.steps;
    this.#try(turned.live);
    return true;
  }

  #change(name: string, live: Live): void {
    this.#steps = moveLive(this.#steps, name, this.live, live);
    this.#try(live);
  }

  #try(live: Live): void {
    this.live = live;
    void this.#refresh('move');
    this.settle();
  }

  #forget(): void {
    this.maps = this.otherMaps = this.#savedMaps = new Map();
    this.#savedMasks = [];
    this.tokenMaps = [];
    this.applied = null;
    this.draftMs = null;
    this.#shownRun = this.#maskSettings = this.#savedFor = '';
  }

  /** Everything that the settings decide: maps and draft masks at once, then masks with edges. */
  async #refreshAll(): Promise<void> {
    if (this.isChanged && this.#savedFor !== this.#savedKey())
      await this.#refresh('maps', UNCHANGED);
    if (!(await this.#refresh('maps')) || this.applied?.isDraft !== true) return;
    await this.#refresh('masks');
  }

  #savedKey(): string {
    return `${this.#shownRun}/${this.categoryId}`;
  }

  /** False when a newer question took its place or it failed. */
  async #refresh(step: Step, live: Live = this.live): Promise<boolean> {
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
          near:
            step === 'masks'
              ? []
              : isAll
                ? [...this.passes, ...this.sums, ...this.steps]
                : this.steps,
          far: isAll ? this.others : [],
          tokens: isAll ? (this.result?.tokens.length ?? 0) : 0,
          otherId: isAll ? this.otherCategoryId : null,
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
    if (step === 'maps' && isSaved) {
      this.#savedMaps = found.maps;
      this.#savedFor = this.#savedKey();
    }
    if (isSaved && this.isChanged) return;
    const hasEdges = step === 'masks' || this.value('masks.crf') === false;
    // A new look at the same settings keeps the masks that have their edges already.
    if (hasEdges || this.#maskSettings !== settings) {
      this.applied = { run: found.run, proposals: found.proposals, isDraft: !hasEdges };
      this.#maskSettings = hasEdges ? settings : '';
    }
    if (hasEdges && isSaved) this.#savedMasks = found.proposals;
    if (step === 'masks') {
      this.settleMs = found.milliseconds;
      this.otherMasks = this.#savedMasks;
    } else if (step === 'move') {
      this.maps = new Map([...this.maps, ...found.maps]);
      this.draftMs = found.milliseconds;
    } else {
      this.maps = found.maps;
      this.tokenMaps = found.tokens;
      this.otherMaps = this.compare === 'saved' ? this.#savedMaps : found.other;
      this.otherMasks = this.#savedMasks;
    }
  }
}

/** The evidence view of a window. */
export const evidenceViewOf = perProject((app) => new EvidenceView(app));
