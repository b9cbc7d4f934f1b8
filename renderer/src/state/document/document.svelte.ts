// The open image: annotations, selection, history. An edit shows at once; outbox.svelte.ts brings it to
// the engine.
import { apply, inDrawingOrder, type Document } from '../../../../electron/api/document.ts';
import type { Output } from '../../../../electron/api/methods.ts';
import type {
  Annotation,
  AnnotationId,
  CategoryId,
  ImageId,
  ImageRecord,
  Parked,
  Revision,
  RunSummary,
  Transaction,
} from '../../../../electron/api/types.ts';
import { Outbox } from './outbox.svelte.ts';
import type { Session } from '../session/session.svelte.ts';
import type { TransactionDraft } from '../../tools/types.ts';

export interface Draft {
  readonly categoryIds: ReadonlySet<CategoryId>;
  readonly proposals: readonly Annotation[];
}

export type HistoryEntry = Output<'doc.history'>['entries'][number];

/** What undo or redo did, for the toast. */
export interface StepBack {
  readonly label: string;
  readonly imageId: ImageId;
  readonly imageName: string;
}

export class DocumentState {
  readonly #session: Session;
  image = $state.raw<ImageRecord | null>(null);
  url = $state('');
  scaledUrl = $state('');
  tileUrl = $state<string | null>(null);
  annotations = $state.raw<Document>(new Map());
  run = $state.raw<RunSummary | null>(null);
  /** Unfinished work on this image. */
  parked = $state.raw<readonly Parked[]>([]);
  loading = $state(false);
  /** Why the image cannot be opened. */
  problem = $state.raw<unknown>(null);
  /** The image that could not be opened; null when one is open. */
  failedId = $state<ImageId | null>(null);
  selection = $state.raw<ReadonlySet<AnnotationId>>(new Set());
  hovered = $state<AnnotationId | null>(null);
  hiddenObjects = $state.raw<ReadonlySet<AnnotationId>>(new Set());
  showRejected = $state(false);
  /** Masks of a threshold being dragged: shown instead of the proposals, never saved. */
  draft = $state.raw<Draft | null>(null);
  history = $state.raw<readonly HistoryEntry[]>([]);
  /** Told when an edit was asked for in a window that only looks. */
  onRefused: () => void = () => {};

  readonly #outbox: Outbox;
  #opening: AbortController | null = null;
  #historyTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #leaving = new Set<() => void>();
  /** Proposals that the draft stands for were selected: the draft is, and what is saved after it. */
  #draftChosen = false;

  /** Back to front, with the draft in place of the proposals it replaces; rejected ones left out. */
  readonly ordered: readonly Annotation[] = $derived.by(() => {
    const { draft } = this;
    const stored = inDrawingOrder(this.annotations).filter(
      (annotation) =>
        (annotation.status !== 'rejected' || this.showRejected) &&
        !(draft && replaces(draft, annotation)),
    );
    return draft
      ? [...stored, ...draft.proposals.filter((p) => draft.categoryIds.has(p.categoryId))]
      : stored;
  });
  /** What the canvas shows. */
  readonly visible: readonly Annotation[] = $derived(
    this.ordered.filter(
      (annotation) =>
        !this.hiddenObjects.has(annotation.id) &&
        !this.#session.scope?.hiddenCategories.has(annotation.categoryId),
    ),
  );
  readonly accepted: readonly Annotation[] = $derived(
    this.ordered.filter((annotation) => annotation.status === 'accepted'),
  );
  /** Most doubtful first: the order in which they are decided. */
  readonly proposals: readonly Annotation[] = $derived(
    this.ordered.filter((annotation) => annotation.status === 'proposal').sort(byDoubt),
  );
  readonly rejectedCount: number = $derived(
    [...this.annotations.values()].filter((annotation) => annotation.status === 'rejected').length,
  );
  readonly selected: readonly Annotation[] = $derived(
    this.ordered.filter((annotation) => this.selection.has(annotation.id)),
  );

  constructor(session: Session) {
    this.#session = session;
    this.#outbox = new Outbox(session, {
      saved: () => this.#historySoon(),
      rebased: (opened, document) => {
        if (this.image?.id !== opened.image.id) return;
        this.annotations = document;
        this.#dropGoneSelection();
      },
    });
    session.on('project.revision', (event) => {
      this.#know(event.revision);
      if (event.transaction.imageId !== this.image?.id) return;
      this.image = event.image;
      if (event.clientId !== session.clientId) this.#applyForeign(event.transaction);
    });
    session.on('run.figures', (run) => {
      if (run.runId === this.run?.runId) this.run = run;
    });
  }

  get saveState(): Outbox['state'] {
    return this.#outbox.state;
  }

  get saveProblem(): unknown {
    return this.#outbox.problem;
  }

  get savedAt(): Date | null {
    return this.#outbox.savedAt;
  }

  get canUndo(): string | null {
    return this.#session.scope?.canUndo ?? null;
  }

  get canRedo(): string | null {
    return this.#session.scope?.canRedo ?? null;
  }

  /** The engine's revision, not the largest ever heard: another project may have fewer. */
  #know(revision: Revision): void {
    if (this.#session.scope) this.#session.scope.revision = revision;
  }

  /** Opens an image; the newest call wins. */
  async open(imageId: ImageId): Promise<void> {
    this.#opening?.abort();
    const controller = new AbortController();
    this.#opening = controller;
    this.loading = true;
    try {
      // What cannot be written keeps its image open: the reason stands in the top bar.
      if (!(await this.#isWritten())) return;
      const opened = await this.#session.call(
        'image.open',
        { imageId },
        { signal: controller.signal },
      );
      if (controller.signal.aborted) return;
      // What was begun since the other image was asked for belongs to the one that is still here.
      if (opened.image.id !== this.image?.id) this.#tellLeaving();
      this.#show(opened);
      this.problem = opened.image.problem;
      this.failedId = null;
      this.selection = new Set();
      this.hiddenObjects = new Set();
      this.draft = null;
    } catch (error) {
      if (controller.signal.aborted) return;
      // Nothing of the image before it stays: an edit must not land there.
      this.#tellLeaving();
      this.close();
      this.problem = error;
      this.failedId = imageId;
    } finally {
      if (this.#opening === controller) {
        this.#opening = null;
        this.loading = false;
      }
    }
  }

  /** Calls `leaving` before another image takes the place of the open one. */
  onLeave(leaving: () => void): void {
    this.#leaving.add(leaving);
  }

  #tellLeaving(): void {
    for (const leaving of this.#leaving) leaving();
  }

  #isWritten(): Promise<boolean> {
    return this.flush().then(
      () => true,
      () => false,
    );
  }

  /**
   * Fetches the open image again; selection stays where its objects stay. A selected proposal of the
   * classes in `anew` goes over to what was proposed for them in its place.
   */
  async reload(anew: ReadonlySet<CategoryId> = new Set()): Promise<void> {
    const image = this.image;
    if (!image) return;
    await this.flush();
    const opened = await this.#session.call('image.open', { imageId: image.id });
    if (this.image?.id !== image.id) return;
    const replaced = { categoryIds: anew, proposals: [] };
    const chosen = !this.draft && this.selected.some((object) => replaces(replaced, object));
    this.#show(opened);
    if (chosen) this.#selectInPlaceOf(replaced);
  }

  close(): void {
    this.#opening?.abort();
    this.image = null;
    this.annotations = new Map();
    this.run = null;
    this.parked = [];
    this.url = this.scaledUrl = '';
    this.tileUrl = null;
    this.selection = new Set();
    this.history = [];
    this.problem = null;
    this.failedId = null;
    this.draft = null;
  }

  select(ids: Iterable<AnnotationId>): void {
    this.selection = new Set(ids);
  }

  /** Shows a draft; a selection of what it replaces goes over to it. */
  showDraft({ categoryIds, proposals }: Draft): void {
    // The same names from one move to the next: what shows them is changed, not made anew.
    const named = proposals.map((proposal, i) => ({
      ...proposal,
      id: `draft${i}` as AnnotationId,
    }));
    const draft = { categoryIds, proposals: named };
    if (!this.draft) this.#draftChosen = this.selected.some((object) => replaces(draft, object));
    this.draft = draft;
    if (this.#draftChosen)
      this.select([...this.#keptBeside(draft), ...draft.proposals.map((proposal) => proposal.id)]);
  }

  /** Shows what is saved again. */
  endDraft(): void {
    const { draft } = this;
    this.draft = null;
    if (!draft || !this.#draftChosen) return;
    this.#draftChosen = false;
    this.#selectInPlaceOf(draft);
  }

  #selectInPlaceOf(draft: Draft): void {
    const saved = [...this.annotations.values()].filter((object) => replaces(draft, object));
    this.select([...this.#keptBeside(draft), ...saved.map((object) => object.id)]);
  }

  /** Selected objects that a draft has nothing to do with. */
  #keptBeside(draft: Draft): AnnotationId[] {
    return [...this.selection].filter((id) => {
      const object = this.annotations.get(id);
      return object !== undefined && !replaces(draft, object);
    });
  }

  /** Applies an edit at once and sends it. Empty changes are no edit. */
  commit(draft: TransactionDraft): void {
    const image = this.image;
    if (!image || draft.changes.length === 0) return;
    if (!this.#session.canEdit) return this.onRefused();
    const transaction: Transaction = {
      txId: crypto.randomUUID(),
      imageId: image.id,
      label: draft.label,
      origin: draft.origin ?? 'user',
      gestureId: draft.gestureId ?? null,
      record: draft.gestureId ? 'merge' : 'now',
      changes: draft.changes,
    };
    this.annotations = apply(this.annotations, transaction);
    this.#dropGoneSelection();
    this.#outbox.add(transaction);
  }

  /** Resolves when everything is written; rejects when it cannot be. */
  flush(): Promise<void> {
    return this.#outbox.flush();
  }

  /** Tries again what failed to be written. */
  retry(): Promise<void> {
    return this.#outbox.retry();
  }

  /** Gives up what cannot be written, and shows what is saved. */
  async giveUp(): Promise<void> {
    this.#outbox.clear();
    await this.reload();
  }

  async undo(): Promise<StepBack | null> {
    return this.#step('doc.undo');
  }

  async redo(): Promise<StepBack | null> {
    return this.#step('doc.redo');
  }

  async refreshHistory(): Promise<void> {
    if (!this.image) return;
    const imageId = this.image.id;
    const { entries, canUndo, canRedo } = await this.#session.call('doc.history', {
      imageId,
      limit: 100,
    });
    if (this.image?.id !== imageId) return;
    this.history = entries;
    const { scope } = this.#session;
    if (scope) {
      scope.canUndo = canUndo;
      scope.canRedo = canRedo;
    }
  }

  #show(opened: Output<'image.open'>): void {
    this.image = opened.image;
    this.url = opened.url;
    this.scaledUrl = opened.scaledUrl;
    this.tileUrl = opened.tileUrl;
    this.annotations = new Map(opened.annotations.map((annotation) => [annotation.id, annotation]));
    this.run = opened.run;
    this.parked = opened.parked;
    this.#know(opened.revision);
    this.#dropGoneSelection();
    this.#historySoon();
  }

  async #step(method: 'doc.undo' | 'doc.redo'): Promise<StepBack | null> {
    await this.flush();
    const { transaction, revision, imageName } = await this.#session.call(method, {});
    this.#know(revision);
    if (!transaction) return null;
    if (transaction.imageId === this.image?.id && transaction.changes.length > 0) {
      this.#applyForeign(transaction);
      this.select(
        transaction.changes.filter((change) => change.after !== null).map((change) => change.id),
      );
    }
    this.#historySoon();
    return { label: transaction.label, imageId: transaction.imageId, imageName };
  }

  #applyForeign(transaction: Transaction): void {
    const next = new Map(this.annotations);
    for (const { id, after } of transaction.changes) {
      if (after === null) next.delete(id);
      else next.set(id, after);
    }
    this.annotations = next;
    this.#dropGoneSelection();
    this.#historySoon();
  }

  #dropGoneSelection(): void {
    const drafted = new Set(this.draft?.proposals.map((proposal) => proposal.id));
    const isThere = (id: AnnotationId) => this.annotations.has(id) || drafted.has(id);
    if (![...this.selection].every(isThere))
      this.selection = new Set([...this.selection].filter(isThere));
    if (this.hovered && !this.annotations.has(this.hovered)) this.hovered = null;
  }

  #historySoon(): void {
    clearTimeout(this.#historyTimer);
    this.#historyTimer = setTimeout(() => {
      // A closed connection is shown elsewhere; the list is fetched again after it.
      this.refreshHistory().catch(() => (this.history = []));
    }, 60);
  }
}

/** True for a proposal that the draft stands for. */
function replaces(draft: Draft, { status, categoryId }: Annotation): boolean {
  return status === 'proposal' && draft.categoryIds.has(categoryId);
}

function byDoubt(a: Annotation, b: Annotation): number {
  return (
    Number(b.doubtful) - Number(a.doubtful) || (a.margin ?? 1) - (b.margin ?? 1) || b.area - a.area
  );
}
