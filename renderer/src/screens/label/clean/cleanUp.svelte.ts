// Cleaning up masks on the open image: whose masks, with which settings, and what would become of them. Nothing
// is changed before it is asked for, and then in one step.
import type {
  Annotation,
  AnnotationChange,
  CategoryId,
} from '../../../../../electron/api/types.ts';
import {
  cleanMask,
  cleansNothing,
  NO_CLEANING,
  type Cleaned,
  type CleanSettings,
} from '../../../../../electron/masks/clean.ts';
import { area } from '../../../../../electron/masks/rle.ts';
import { measureMask } from '../../../../../electron/masks/measure.ts';
import type { Difference } from '../../../canvas/previews/difference.ts';
import type { App } from '../../../state/app.svelte.ts';
import { roomOf } from '../../../state/room.ts';
import { perProject } from '../../../state/perApp.svelte.ts';
import { text } from '../../../text/text.ts';

export type CleanScope = 'selection' | 'image';

/** One mask as it would be. */
export interface CleanedMask {
  readonly annotation: Annotation;
  readonly cleaned: Cleaned;
}

/** Between two masks the window draws; longer than this one is said to be at work. */
const TURN_MS = 30;

class CleanUp {
  readonly #app: App;
  isOpen = $state(false);
  scope = $state<CleanScope>('selection');
  settings = $state.raw<CleanSettings>(NO_CLEANING);
  /** Masks that would lose their last pixel are left as they are, unless they are to go. */
  vanishing = $state<'keep' | 'delete'>('keep');
  /** In the order of the objects; shorter than these while `working`. */
  done = $state.raw<readonly CleanedMask[]>([]);
  working = $state(false);
  /** Of "this image": masks that a person accepted are left alone unless they are meant as well. */
  accepted = $state(false);
  /** The class that was asked for; null = that of the selection. */
  #class = $state<CategoryId | null>(null);
  #turn = 0;

  constructor(app: App) {
    this.#app = app;
  }

  /** Unlocked masks that are meant. */
  readonly masks = $derived.by(() => this.#meant().filter((one) => !one.locked));
  readonly locked = $derived.by(() => this.#meant().length - this.masks.length);
  readonly changed = $derived.by(() =>
    this.done.filter(({ cleaned }) => cleaned.addedPx + cleaned.removedPx > 0),
  );
  readonly vanished = $derived.by(() =>
    this.changed.filter(({ cleaned }) => area(cleaned.mask) === 0),
  );

  /** The class whose masks "this image" means: of the first selected object, else the active one. */
  get categoryId(): CategoryId | null {
    const { document, tools } = this.#app;
    return this.#class ?? document.selected[0]?.categoryId ?? tools.category?.id ?? null;
  }

  /** Masks of the class on this image. */
  get ofClass(): number {
    return this.#ofClass().length;
  }

  #ofClass(): Annotation[] {
    return this.#app.document.ordered.filter(
      ({ categoryId, status }) =>
        categoryId === this.categoryId &&
        (status === 'proposal' || (status === 'accepted' && this.accepted)),
    );
  }

  #meant(): Annotation[] {
    const { selected } = this.#app.document;
    return this.scope === 'selection'
      ? selected.filter(({ status }) => status !== 'rejected')
      : this.#ofClass();
  }

  /** `id`: the class whose masks are meant, where that is not the selection's. */
  open(scope: CleanScope, id: CategoryId | null = null): void {
    this.scope = scope;
    this.#class = id;
    this.isOpen = true;
    if (roomOf(this.#app) !== 'wide') this.#app.layout.drawer = 'inspector';
  }

  close(): void {
    this.isOpen = false;
    this.#turn += 1;
    this.working = false;
    this.done = [];
  }

  set(changes: Partial<CleanSettings>): void {
    this.settings = { ...this.settings, ...changes };
  }

  /** Makes the masks anew; a later call takes over from one under way. */
  async compute(): Promise<void> {
    const turn = ++this.#turn;
    const { masks, settings } = this;
    if (cleansNothing(settings)) {
      this.done = [];
      this.working = false;
      return;
    }
    const done: CleanedMask[] = [];
    let startMs = performance.now();
    for (const annotation of masks) {
      done.push({ annotation, cleaned: cleanMask(annotation.mask, settings) });
      if (performance.now() - startMs < TURN_MS) continue;
      this.working = true;
      await new Promise((resolve) => setTimeout(resolve));
      if (turn !== this.#turn) return;
      startMs = performance.now();
    }
    this.done = done;
    this.working = false;
  }

  /** Leaves off where it is; settings stay and nothing was changed. */
  stop(): void {
    this.#turn += 1;
    this.working = false;
  }

  /** All changes as one step to undo; resolves with how many masks there were. */
  apply(): number {
    const { document, session } = this.#app;
    const changes = this.changed.flatMap(({ annotation, cleaned }): AnnotationChange[] => {
      // What was drawn on meanwhile stays as it is.
      if (document.annotations.get(annotation.id) !== annotation) return [];
      if (area(cleaned.mask) > 0)
        return [{ id: annotation.id, before: annotation, after: cleanedOf(annotation, cleaned) }];
      return this.vanishing === 'keep'
        ? []
        : [{ id: annotation.id, before: annotation, after: null }];
    });
    if (changes.length === 0) return 0;
    const names = new Set(
      this.changed.map(
        ({ annotation }) => session.categoryById.get(annotation.categoryId)?.name ?? '',
      ),
    );
    document.commit({ label: text.clean.history([...names].join(', '), changes.length), changes });
    void this.compute();
    return changes.length;
  }

  /** Before and after of what changes, for the canvas. */
  get differences(): readonly Difference[] {
    if (!this.isOpen) return [];
    return this.changed.map(({ annotation, cleaned }) => ({
      before: annotation.mask,
      after: cleaned.mask,
    }));
  }
}

/** A proposal stays one: cleaning an outline says nothing about the class. */
function cleanedOf(annotation: Annotation, { mask }: Cleaned): Annotation {
  const { area: pixels, box } = measureMask(mask);
  return {
    ...annotation,
    ...{ mask, area: pixels, box },
    edited: annotation.edited || annotation.origin === 'model',
  };
}

export const cleanUpOf = perProject((app) => new CleanUp(app));
