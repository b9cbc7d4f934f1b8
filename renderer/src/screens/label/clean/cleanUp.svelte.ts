// State of cleaning up masks: which masks, which settings, and the result. Nothing changes before a person asks
// for it, and then in one step.
import type { CleanSettings, CleanSummary, CleanTile } from '../../../../../electron/api/review.ts';
import type {
  Annotation,
  AnnotationChange,
  AnnotationId,
  CategoryId,
} from '../../../../../electron/api/types.ts';
import { cleansNothing, NO_CLEANING } from '../../../../../electron/masks/changes/clean.ts';
import type { CleanedOne } from '../../../../../electron/masks/changes/cleanImage.ts';
import {
  cleanChange,
  isChanged,
  NOTHING_CLEANED,
} from '../../../../../electron/masks/changes/cleanSummary.ts';
import type { Difference } from '../../../canvas/previews/difference.ts';
import type { App } from '../../../state/app.svelte.ts';
import { showPanel } from '../../../state/room.ts';
import { perProject } from '../../../state/perApp.svelte.ts';
import { explain } from '../../../text/explain.ts';
import { listed } from '../../../text/plural.ts';
import { text } from '../../../text/text.ts';
import { cleanHere } from './cleanHere.ts';
import type { CleanOrder } from './cleanOrder.ts';

/** 'image': masks of the class on this image; 'class': on all of them. */
export type CleanScope = 'selection' | 'image' | 'class';

/** A slider rests this long before the whole project is asked. */
const REST_MS = 150;
/** Masks of a class that are shown, those that change most. */
const MOST_TILES = 40;

class CleanUp {
  readonly #app: App;
  isOpen = $state(false);
  scope = $state<CleanScope>('selection');
  settings = $state.raw<CleanSettings>(NO_CLEANING);
  /** Masks that would lose their last pixel are left as they are, unless they are to go. */
  vanishing = $state<'keep' | 'delete'>('keep');
  /** Masks that a person accepted are left alone unless they are meant as well, or selected. */
  accepted = $state(false);
  /** Masks of the grid that are left as they are. */
  leave = $state.raw<ReadonlySet<AnnotationId>>(new Set());
  summary = $state.raw<CleanSummary>(NOTHING_CLEANED);
  tiles = $state.raw<readonly CleanTile[]>([]);
  order = $state<CleanOrder>('change');
  working = $state(false);
  problem = $state<string | null>(null);
  /** On the open image, in the order of the objects. */
  #done = $state.raw<readonly CleanedOne[]>([]);
  /** The class that was asked for; null = that of the selection. */
  #class = $state<CategoryId | null>(null);
  #turn = new AbortController();

  constructor(app: App) {
    this.#app = app;
  }

  /** Unlocked masks that are meant on the open image. */
  readonly masks = $derived.by(() => this.#meant().filter((one) => !one.locked));

  /** How many a press would write. */
  readonly count = $derived.by(() => {
    const { changed, others, vanished } = this.summary;
    return changed + others - (this.vanishing === 'keep' ? vanished : 0) - this.leave.size;
  });

  /** The class that is meant: the one asked for, that of the first selected object, or the active one. */
  get categoryId(): CategoryId | null {
    const { document, tools } = this.#app;
    return this.#class ?? document.selected[0]?.categoryId ?? tools.category?.id ?? null;
  }

  /** Masks of the class on this image. */
  get ofClass(): readonly Annotation[] {
    return this.#app.document.ordered.filter(
      ({ categoryId, status }) =>
        categoryId === this.categoryId &&
        (status === 'proposal' || (status === 'accepted' && this.accepted)),
    );
  }

  #meant(): readonly Annotation[] {
    if (this.scope === 'class') return [];
    return this.scope === 'image'
      ? this.ofClass
      : this.#app.document.selected.filter(({ status }) => status !== 'rejected');
  }

  /** `id`: the class whose masks are meant, where that is not the selection's. */
  open(scope: CleanScope, id: CategoryId | null = null): void {
    this.scope = scope;
    this.#class = id;
    this.isOpen = true;
    showPanel(this.#app, 'inspector');
  }

  close(): void {
    this.isOpen = false;
    this.stop();
    this.#show(NOTHING_CLEANED);
  }

  set(changes: Partial<CleanSettings>): void {
    this.settings = { ...this.settings, ...changes };
  }

  toggleLeft(id: AnnotationId): void {
    const leave = new Set(this.leave);
    if (!leave.delete(id)) leave.add(id);
    this.leave = leave;
  }

  /** Closes the panel; settings stay, and nothing was changed. */
  stop(): void {
    this.#turn.abort();
    this.working = false;
  }

  /** Makes the masks anew; a later call takes over from one under way. */
  async compute(): Promise<void> {
    this.stop();
    const { signal } = (this.#turn = new AbortController());
    this.problem = null;
    this.leave = new Set();
    if (cleansNothing(this.settings) && this.scope !== 'class') return this.#show(NOTHING_CLEANED);
    try {
      await (this.scope === 'class' ? this.#countClass(signal) : this.#cleanHere(signal));
    } catch (error) {
      if (!signal.aborted) this.problem = explain(error);
    }
    if (!signal.aborted) this.working = false;
  }

  #show(
    summary: CleanSummary,
    { done = [], tiles = [] }: { done?: readonly CleanedOne[]; tiles?: readonly CleanTile[] } = {},
  ): void {
    this.summary = summary;
    this.#done = done;
    this.tiles = tiles;
  }

  async #cleanHere(signal: AbortSignal): Promise<void> {
    const { document } = this.#app;
    const { settings, accepted } = this;
    const settled = await cleanHere({
      objects: document.ordered,
      meant: this.#meant(),
      settings,
      accepted,
      signal,
      onWorking: () => (this.working = true),
      maps: (ids) => document.salience.of(document.run, ids, signal),
    });
    if (settled) this.#show(settled.summary, { done: settled.masks });
  }

  async #countClass(signal: AbortSignal): Promise<void> {
    const { categoryId, settings, accepted, vanishing } = this;
    if (categoryId === null) return this.#show(NOTHING_CLEANED);
    await new Promise((resolve) => setTimeout(resolve, REST_MS));
    if (signal.aborted) return;
    this.working = true;
    const { summary, tiles } = await this.#app.session.call(
      'review.clean',
      { categoryId, settings, accepted, vanishing, leave: [], dryRun: true, tiles: MOST_TILES },
      { signal },
    );
    if (!signal.aborted) this.#show(summary, { tiles });
  }

  /** All changes as one step to undo; resolves with how many masks there were. */
  async apply(): Promise<number> {
    const cleaned = this.scope === 'class' ? await this.#applyClass() : this.#applyHere();
    void this.compute();
    return cleaned;
  }

  async #applyClass(): Promise<number> {
    const { categoryId, settings, accepted, vanishing, leave } = this;
    if (categoryId === null) return 0;
    this.working = true;
    const request = { categoryId, settings, accepted, vanishing, leave: [...leave] };
    const { cleaned } = await this.#app.session.call('review.clean', {
      ...request,
      dryRun: false,
      tiles: 0,
    });
    return cleaned;
  }

  #applyHere(): number {
    const { document, session } = this.#app;
    const names = new Set<string>();
    const changes = this.#done.flatMap(({ annotation, cleaned }): AnnotationChange[] => {
      const change = cleanChange(annotation, cleaned, this.vanishing);
      // A mask that was edited meanwhile stays as it is.
      if (!change || document.annotations.get(annotation.id) !== annotation) return [];
      names.add(session.categoryById.get(annotation.categoryId)?.name ?? '');
      return [{ id: annotation.id, before: annotation, after: change.after }];
    });
    if (changes.length > 0) {
      const label = text.clean.history(listed([...names]), changes.length);
      document.commit({ label, changes });
    }
    return changes.length;
  }

  /** Before and after of what changes on the open image. */
  get differences(): readonly Difference[] {
    if (!this.isOpen) return [];
    return this.#done
      .filter(({ cleaned }) => isChanged(cleaned))
      .map(({ annotation, cleaned }) => ({ before: annotation.mask, after: cleaned.mask }));
  }
}

export const cleanUpOf = perProject((app) => new CleanUp(app));
