// The open image: opened, edited, turned back. An edit shows at once; outbox.svelte.ts brings it to the
// engine, and objects.svelte.ts holds what is shown and selected.
import { fromPayload } from '../../../../electron/api/errors.ts';
import { apply } from '../../../../electron/api/rules/document.ts';
import type { Output } from '../../../../electron/api/methods.ts';
import type {
  CategoryId,
  ImageId,
  ImageRecord,
  Parked,
  Revision,
  Transaction,
} from '../../../../electron/api/types.ts';
import { EditHistory, type HistoryEntry, type StepBack } from './history.svelte.ts';
import { ImageObjects, replaces } from './objects.svelte.ts';
import { Outbox, transactionOf } from './outbox.svelte.ts';
import type { Session } from '../session/session.svelte.ts';
import type { TransactionDraft } from '../../tools/types.ts';
import type { RunSummary } from '../../../../electron/api/run.ts';

export class DocumentState extends ImageObjects {
  image = $state.raw<ImageRecord | null>(null);
  url = $state('');
  scaledUrl = $state('');
  tileUrl = $state<string | null>(null);
  run = $state.raw<RunSummary | null>(null);
  /** Unfinished work on this image. */
  parked = $state.raw<readonly Parked[]>([]);
  loading = $state(false);
  /** Why the image cannot be opened. */
  problem = $state.raw<unknown>(null);
  /** The image that could not be opened; null when one is open. */
  failedId = $state<ImageId | null>(null);
  /** Called when an edit was asked for in a window that only looks. */
  onRefused: () => void = () => {};

  readonly #outbox: Outbox;
  readonly #history: EditHistory;
  #opening: AbortController | null = null;
  readonly #leaving = new Set<() => void>();

  constructor(session: Session) {
    super(session);
    this.#history = new EditHistory(session, () => this.image?.id ?? null);
    this.#outbox = new Outbox(session, {
      saved: () => this.#history.soon(),
      rebased: (opened, document) => {
        if (this.image?.id !== opened.image.id) return;
        this.annotations = document;
        this.dropGoneSelection();
      },
    });
    session.on('project.revision', (event) => {
      this.#know(event.revision);
      if (event.transaction.imageId !== this.image?.id) return;
      this.image = event.image;
      if (event.clientId !== session.clientId) this.#applyForeign(event.transaction);
    });
    session.on('image.noted', ({ image }) => {
      if (image.id === this.image?.id) this.image = image;
    });
    // A step over many images is not told edit by edit.
    session.on('project.changed', ({ revision }) => {
      if (revision > (session.scope?.revision ?? revision)) this.reload().catch(() => undefined);
    });
    session.on('run.figures', (run) => {
      if (run.runId === this.run?.runId) this.run = run;
    });
  }

  /** What was done, newest first. */
  get history(): readonly HistoryEntry[] {
    return this.#history.entries;
  }

  get canUndo(): string | null {
    return this.session.scope?.canUndo ?? null;
  }

  get canRedo(): string | null {
    return this.session.scope?.canRedo ?? null;
  }

  refreshHistory(): Promise<void> {
    return this.#history.refresh();
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

  /** The engine's revision, not the largest one ever seen: another project may have a smaller one. */
  #know(revision: Revision): void {
    if (this.session.scope) this.session.scope.revision = revision;
  }

  /** Opens an image; the newest call wins. */
  async open(imageId: ImageId): Promise<void> {
    this.#opening?.abort();
    const controller = new AbortController();
    this.#opening = controller;
    this.loading = true;
    try {
      // What cannot be written keeps its image open: the reason stands in the top bar.
      if (!(await this.#outbox.isWritten())) return;
      const opened = await this.session.call(
        'image.open',
        { imageId },
        { signal: controller.signal },
      );
      if (controller.signal.aborted) return;
      // Work begun after the other image was asked for belongs to the one still open.
      if (opened.image.id !== this.image?.id) this.#tellLeaving();
      this.#show(opened);
      this.problem = opened.image.problem && fromPayload(opened.image.problem);
      this.failedId = null;
      this.selection = new Set();
      this.hiddenObjects = new Set();
      this.draft = null;
    } catch (error) {
      if (controller.signal.aborted) return;
      // Nothing of the previous image stays: an edit must not land there.
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

  /**
   * Fetches the open image again; selection stays where its objects stay. A selected proposal of the
   * classes in `anew` goes over to what was proposed for them in its place.
   */
  async reload(anew: ReadonlySet<CategoryId> = new Set()): Promise<void> {
    const image = this.image;
    if (!image) return;
    await this.flush();
    const opened = await this.session.call('image.open', { imageId: image.id });
    if (this.image?.id !== image.id) return;
    const replaced = { categoryIds: anew, proposals: [] };
    const chosen = !this.draft && this.selected.some((object) => replaces(replaced, object));
    this.#show(opened);
    if (chosen) this.selectInPlaceOf(replaced);
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
    this.#history.clear();
    this.problem = null;
    this.failedId = null;
    this.draft = null;
  }

  /** Applies an edit at once and sends it. Empty changes are no edit. */
  commit(draft: TransactionDraft): void {
    const image = this.image;
    if (!image || draft.changes.length === 0) return;
    if (!this.session.canEdit) return this.onRefused();
    const transaction = transactionOf(draft, image.id);
    this.annotations = apply(this.annotations, transaction);
    this.dropGoneSelection();
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

  #show(opened: Output<'image.open'>): void {
    this.image = opened.image;
    this.url = opened.url;
    this.scaledUrl = opened.scaledUrl;
    this.tileUrl = opened.tileUrl;
    this.annotations = new Map(opened.annotations.map((annotation) => [annotation.id, annotation]));
    this.run = opened.run;
    this.parked = opened.parked;
    this.#know(opened.revision);
    this.dropGoneSelection();
    this.#history.soon();
  }

  async #step(method: 'doc.undo' | 'doc.redo'): Promise<StepBack | null> {
    await this.flush();
    const { transaction, revision, imageName } = await this.session.call(method, {});
    this.#know(revision);
    if (!transaction) return null;
    if (transaction.imageId === this.image?.id && transaction.changes.length > 0) {
      this.#applyForeign(transaction);
      this.select(
        transaction.changes.filter((change) => change.after !== null).map((change) => change.id),
      );
    }
    this.#history.soon();
    return { label: transaction.label, imageId: transaction.imageId, imageName };
  }

  #applyForeign(transaction: Transaction): void {
    this.takeChanges(transaction);
    this.#history.soon();
  }
}
