// Sends edits to the engine: in order, each once, kept until the engine has them. An edit that the engine keeps
// refusing stays here as "not saved" with its reason and is not retried without end.
import { apply, conflicts, type Document } from '../../../../electron/api/rules/document.ts';
import { AppError } from '../../../../electron/api/errors.ts';
import type { Output } from '../../../../electron/api/methods.ts';
import type { ImageId, Transaction } from '../../../../electron/api/types.ts';
import type { TransactionDraft } from '../../tools/types.ts';
import type { Session } from '../session/session.svelte.ts';

/** Saving that takes longer is shown. */
const SLOW_MS = 300;
/** Conflicts of one edit in which the project stood still. */
const MOST_IDLE_CONFLICTS = 2;
/** Conflicts of one edit, however busy other windows are. */
const MOST_CONFLICTS = 20;

export interface OutboxEvents {
  /** Everything is on the disk. */
  saved(): void;
  /**
   * Another client was first: the image as the engine has it, with this window's edits on top as far as they
   * still fit.
   */
  rebased(opened: Output<'image.open'>, document: Document): void;
}

export class Outbox {
  readonly #session: Session;
  readonly #events: OutboxEvents;
  state = $state<'saved' | 'saving' | 'failed'>('saved');
  problem = $state.raw<unknown>(null);
  savedAt = $state.raw<Date | null>(null);
  #pending: Transaction[] = [];
  #pump: Promise<void> | null = null;

  constructor(session: Session, events: OutboxEvents) {
    this.#session = session;
    this.#events = events;
  }

  add(transaction: Transaction): void {
    this.#pending.push(transaction);
    // `state` keeps a failure with its reason; the caller of flush gets it as well.
    this.send().catch(() => undefined);
  }

  /** False when something cannot be written. */
  isWritten(): Promise<boolean> {
    return this.flush().then(
      () => true,
      () => false,
    );
  }

  /** Resolves when everything is written; rejects when it cannot be. */
  async flush(): Promise<void> {
    while (this.#pending.length > 0) await this.send();
  }

  /** Tries again what failed to be written. */
  async retry(): Promise<void> {
    this.problem = null;
    await this.send();
  }

  /** Gives up what cannot be written; the caller shows what is saved. */
  clear(): void {
    this.#pending = [];
    this.state = 'saved';
    this.problem = null;
  }

  send(): Promise<void> {
    this.#pump ??= this.#sendAll().finally(() => (this.#pump = null));
    return this.#pump;
  }

  async #sendAll(): Promise<void> {
    const slow = setTimeout(() => {
      if (this.state === 'saved') this.state = 'saving';
    }, SLOW_MS);
    try {
      while (this.#pending.length > 0) await this.#sendFirst(this.#pending[0]!);
      this.state = 'saved';
      this.problem = null;
      this.savedAt = new Date();
      this.#events.saved();
    } catch (error) {
      this.state = 'failed';
      this.problem = error;
      throw error;
    } finally {
      clearTimeout(slow);
    }
  }

  /** Sends one edit until it is written or turns out not to fit any more. */
  async #sendFirst(transaction: Transaction): Promise<void> {
    let idle = 0;
    for (let conflict = 1; ; conflict += 1) {
      const { scope } = this.#session;
      if (!scope) throw new AppError('PROJECT_NOT_OPEN', 'The project was closed.');
      const baseRevision = scope.revision;
      try {
        const { revision } = await this.#session.call('doc.commit', { transaction, baseRevision });
        scope.revision = revision;
        this.#drop(transaction);
        return;
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'DOC_CONFLICT') throw error;
        const moved = await this.#rebase(transaction);
        // Left out as it does not fit, or given up meanwhile.
        if (!this.#pending.includes(transaction)) return;
        idle = moved ? 0 : idle + 1;
        if (idle >= MOST_IDLE_CONFLICTS || conflict >= MOST_CONFLICTS) throw error;
      }
    }
  }

  /**
   * Takes the engine's state and puts this window's edits on top as far as they still fit. True when the
   * project had moved on.
   */
  async #rebase(refused: Transaction): Promise<boolean> {
    const { scope } = this.#session;
    const opened = await this.#session.call('image.open', { imageId: refused.imageId });
    const moved = scope !== null && scope.revision !== opened.revision;
    if (scope) scope.revision = opened.revision;
    let document: Document = new Map(
      opened.annotations.map((annotation) => [annotation.id, annotation]),
    );
    const kept: Transaction[] = [];
    for (const transaction of this.#pending) {
      if (transaction.imageId !== refused.imageId) kept.push(transaction);
      else if (conflicts(document, transaction.changes).length === 0) {
        document = apply(document, transaction);
        kept.push(transaction);
      }
    }
    const lost = this.#pending.length - kept.length;
    this.#pending = kept;
    this.#events.rebased(opened, document);
    if (lost > 0)
      this.#session.notices.add(
        'warn',
        'DOC_CONFLICT',
        'Another window changed this object first. Its newer state is shown.',
      );
    return moved;
  }

  #drop(transaction: Transaction): void {
    this.#pending = this.#pending.filter((other) => other !== transaction);
  }
}

/** An edit of an image as it is sent. */
export function transactionOf(draft: TransactionDraft, imageId: ImageId): Transaction {
  return {
    txId: crypto.randomUUID(),
    imageId,
    label: draft.label,
    origin: draft.origin ?? 'user',
    gestureId: draft.gestureId ?? null,
    record: draft.gestureId ? 'merge' : 'now',
    changes: draft.changes,
  };
}
