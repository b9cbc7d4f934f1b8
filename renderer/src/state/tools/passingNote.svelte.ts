// What a tool has to say just now; it goes by itself.
import type { ToolNote } from '../../tools/types.ts';

const NOTE_MS = 2500;

export class PassingNote {
  now = $state.raw<ToolNote | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  show(note: ToolNote): void {
    this.now = note;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.now = null), NOTE_MS);
  }
}
