// Steps of the open image for the list beside it, and the next steps of undo and redo.
import type { Output } from '../../../../electron/api/methods.ts';
import type { ImageId } from '../../../../electron/api/types.ts';
import type { Session } from '../session/session.svelte.ts';

/** What undo or redo did, for the toast. */
export interface StepBack {
  readonly label: string;
  readonly imageId: ImageId;
  readonly imageName: string;
}

export type HistoryEntry = Output<'doc.history'>['entries'][number];

/** Several edits in a row are one question. */
const SOON_MS = 60;

export class EditHistory {
  readonly #session: Session;
  readonly #open: () => ImageId | null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  entries = $state.raw<readonly HistoryEntry[]>([]);

  /** `open` names the image on the canvas. */
  constructor(session: Session, open: () => ImageId | null) {
    this.#session = session;
    this.#open = open;
  }

  async refresh(): Promise<void> {
    const imageId = this.#open();
    if (imageId === null) return;
    const { entries, canUndo, canRedo } = await this.#session.call('doc.history', {
      imageId,
      limit: 100,
    });
    if (this.#open() !== imageId) return;
    this.entries = entries;
    const { scope } = this.#session;
    if (scope) {
      scope.canUndo = canUndo;
      scope.canRedo = canRedo;
    }
  }

  soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      // A closed connection is shown elsewhere; the list is fetched again after it.
      this.refresh().catch(() => this.clear());
    }, SOON_MS);
  }

  clear(): void {
    this.entries = [];
  }
}
