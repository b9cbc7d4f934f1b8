// Unfinished work of the open image: written to the project with every step, shown where it was left, and taken
// up again. The project has it before a person leaves the image, so the end of the window loses nothing.
import { AppError } from '../../../../electron/api/errors.ts';
import type { ImageId, Parked } from '../../../../electron/api/types.ts';
import { explain } from '../../text/explain.ts';
import type { DocumentState } from '../document/document.svelte.ts';
import type { Session } from '../session/session.svelte.ts';

export type Keeping = Omit<Parked, 'holder' | 'id'>;

export class Parking {
  readonly #session: Session;
  readonly #document: DocumentState;
  /** The work that this window is editing. */
  inHand = $state<string | null>(null);
  /** One call after the other, so that an earlier state never comes last. */
  #writing: Promise<unknown> = Promise.resolve();
  /** What is to be written next, by id; newer takes the place of older. */
  readonly #next = new Map<string, () => Promise<unknown>>();

  /** Shapes on the open image that wait to be gone on with. */
  readonly waiting: readonly Parked[] = $derived.by(() =>
    this.#document.parked.filter(
      ({ id, holder, work }) => holder === '' && id !== this.inHand && work.kind !== 'outline',
    ),
  );
  /** Moved points that nobody has in hand: they are finished without asking. */
  readonly toFinish: readonly Parked[] = $derived.by(() =>
    this.#document.parked.filter(
      ({ id, holder, work }) => holder === '' && id !== this.inHand && work.kind === 'outline',
    ),
  );

  constructor(session: Session, document: DocumentState) {
    this.#session = session;
    this.#document = document;
    session.on('image.parked', ({ image, parked }) => {
      if (image.id === document.image?.id) document.parked = parked;
    });
  }

  /** Writes what is in hand now. */
  keep(what: Keeping): void {
    this.inHand ??= crypto.randomUUID();
    this.#write({ ...what, id: this.inHand }, true);
  }

  /** Stops editing it: it waits with its image. */
  park(what: Keeping): void {
    const id = this.inHand ?? crypto.randomUUID();
    this.inHand = null;
    this.#write({ ...what, id }, false);
    this.#show(what.imageId, [...this.#others(id), { ...what, id, holder: '' }]);
  }

  /** Nothing is in hand any more: it was finished, or all its steps were undone. */
  finish(): void {
    if (this.inHand !== null) this.remove(this.inHand);
    this.inHand = null;
  }

  /** After what came of it is in the project. */
  remove(id: string): void {
    this.#document.parked = this.#others(id);
    this.#queue(id, async () => {
      await this.#document.flush();
      await this.#session.call('parked.remove', { id });
    });
  }

  take(parked: Parked): void {
    this.inHand = parked.id;
    this.keep(parked);
  }

  /** Throws it away; a step of the project, which undo brings back. */
  discard({ id }: Parked, label: string): void {
    if (this.#session.project?.readOnly) return;
    this.#document.parked = this.#others(id);
    this.#queue(id, async () => {
      await this.#session.call('parked.discard', { id, label });
      await this.#document.refreshHistory();
    });
  }

  /** Resolves when everything is in the project. */
  async flush(): Promise<void> {
    await this.#writing;
  }

  #write(what: Omit<Parked, 'holder'>, held: boolean): void {
    const { id, imageId, categoryId, targets, work } = what;
    const parked = { id, imageId, categoryId, targets, work };
    this.#queue(id, () => this.#session.call('parked.keep', { parked, held }));
  }

  #queue(id: string, call: () => Promise<unknown>): void {
    // Where only looking is allowed nothing can be kept.
    if (this.#session.project?.readOnly) return;
    this.#next.set(id, call);
    this.#writing = this.#writing.then(async () => {
      const newest = this.#next.get(id);
      if (!newest) return;
      this.#next.delete(id);
      try {
        await newest();
      } catch (error) {
        // Told where the connection is; this waits for it, unless something newer does.
        const isAway = error instanceof AppError && error.code === 'CONNECTION_CLOSED';
        if (!isAway) this.#session.notices.add('warn', 'PARKED', explain(error));
        else if (!this.#next.has(id)) this.#next.set(id, newest);
      }
    });
  }

  /** The engine is there again: what could not be written is. */
  retry(): void {
    for (const [id, call] of [...this.#next]) this.#queue(id, call);
  }

  #others(id: string): Parked[] {
    return this.#document.parked.filter((parked) => parked.id !== id);
  }

  #show(imageId: ImageId, parked: readonly Parked[]): void {
    if (this.#document.image?.id === imageId) this.#document.parked = parked;
  }
}
