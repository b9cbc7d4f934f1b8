// Decisions of the Review list: shown at once, sent in order, taken back where the engine refuses.
import type { Output } from '../../../../electron/api/methods.ts';
import type { AnnotationId, CategoryId } from '../../../../electron/api/types.ts';
import { serial } from '../../host/newest.ts';
import type { Session } from '../../state/session/session.svelte.ts';

export type Decision =
  | { readonly kind: 'accepted' | 'rejected' }
  | { readonly kind: 'moved'; readonly categoryId: CategoryId };

type Decide =
  | { readonly ids: readonly AnnotationId[]; readonly decision: 'accept' | 'reject' }
  | {
      readonly ids: readonly AnnotationId[];
      readonly decision: 'category';
      readonly categoryId: CategoryId;
    };

export class Decisions {
  readonly #session: Session;
  of = $state.raw<ReadonlyMap<AnnotationId, Decision>>(new Map());
  /** Decisions reach the engine in the order in which they were made: undo depends on it. */
  readonly #inTurn = serial();
  /** The latest one that is a proposal again. */
  #returned: AnnotationId | null = null;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Resolves when everything decided so far has reached the engine. */
  sent(): Promise<void> {
    return this.#inTurn(() => Promise.resolve());
  }

  clear(): void {
    this.of = new Map();
  }

  mark(ids: readonly AnnotationId[], decision: Decision): void {
    const next = new Map(this.of);
    for (const id of ids) next.set(id, decision);
    this.of = next;
  }

  /** It waits for a decision again, unless it only came to the class that it was moved to. */
  backToProposal(id: AnnotationId, after: { readonly categoryId: CategoryId }): void {
    const decided = this.of.get(id);
    if (!decided) return;
    if (decided.kind === 'moved' && after.categoryId === decided.categoryId) return;
    const next = new Map(this.of);
    next.delete(id);
    this.of = next;
    this.#returned = id;
  }

  /** The latest one that is a proposal again, once. */
  takeReturned(): AnnotationId | null {
    const returned = this.#returned;
    this.#returned = null;
    return returned;
  }

  /** Shows and sends a decision; resolves with how many it changed. */
  async send(decision: Decision, input: Decide): Promise<number> {
    const before = new Map(input.ids.map((id) => [id, this.of.get(id) ?? null]));
    this.mark(input.ids, decision);
    try {
      return (await this.#inTurn(() => this.#call(input))).changed;
    } catch (error) {
      const next = new Map(this.of);
      for (const [id, old] of before) {
        if (old === null) next.delete(id);
        else next.set(id, old);
      }
      this.of = next;
      throw error;
    }
  }

  #call(input: Decide): Promise<Output<'review.decide'>> {
    return this.#session.call('review.decide', input);
  }
}
