// Which frames the film has for the class in view, and which of them is shown: pinned, hovered, stepped to.
import type { CategoryId } from '../../../../../electron/api/types.ts';
import type { App } from '../../../state/app.svelte.ts';
import { text } from '../../../text/text.ts';
import {
  classFrames,
  headFrame,
  passFrames,
  stepFrames,
  sumFrames,
  type EvidenceFrame,
} from '../maps/frames.ts';
import { evidenceOf } from '../strip/strip.svelte.ts';
import type { RunSummary } from '../../../../../electron/api/run.ts';

export class FilmState {
  readonly #app: App;
  oneScale = $state(false);
  runningSum = $state(false);
  overlayOn = $state(true);
  pinned = $state<string | null>(null);
  hovered = $state<string | null>(null);

  readonly run: RunSummary | null = $derived.by(() => this.#app.document.run);
  readonly categoryId: CategoryId | null = $derived.by(() => evidenceOf(this.#app).categoryId);
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
  readonly frames: readonly EvidenceFrame[] = $derived([...this.looked, ...this.steps]);
  /** Every frame of the class in view. */
  readonly near: readonly EvidenceFrame[] = $derived([...this.passes, ...this.sums, ...this.steps]);
  readonly shown: EvidenceFrame | null = $derived.by(() => {
    const key = this.hovered ?? this.pinned ?? 'blurred';
    const found = [...this.near, ...this.others].find((frame) => frame.key === key);
    if (found) return found;
    const head = /^head(\d+)\/(\d+)$/.exec(key);
    return head && this.categoryId !== null
      ? headFrame(this.categoryId, Number(head[1]), Number(head[2]))
      : (this.steps.find((frame) => frame.kind === 'blurred') ?? null);
  });

  constructor(app: App) {
    this.#app = app;
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
    this.#app.toasts.say(text.evidence.film.spoken(frame.pass + 1, this.looked.length));
  }

  /** Steps along the film; true when there is one. */
  step(by: 1 | -1): boolean {
    if (this.frames.length === 0) return false;
    const at = this.frames.findIndex((frame) => frame.key === this.pinned);
    const next = at < 0 ? (by > 0 ? 0 : this.frames.length - 1) : at + by;
    const frame = this.frames[Math.min(this.frames.length - 1, Math.max(0, next))];
    if (!frame) return false;
    this.pinned = frame.key;
    this.overlayOn = true;
    this.#app.toasts.say(this.nameOf(frame));
    return true;
  }

  toEnd(end: 'first' | 'last'): boolean {
    const frame = end === 'first' ? this.frames[0] : this.frames.at(-1);
    if (!frame) return false;
    this.pinned = frame.key;
    return true;
  }
}
