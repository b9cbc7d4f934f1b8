// Which frames the film has for the class in view, and which of them is shown: pinned, hovered, stepped to.
import type { CategoryId } from '../../../../../electron/api/types.ts';
import type { App } from '../../../state/app.svelte.ts';
import { text } from '../../../text/text.ts';
import { filmOf, headFrame, NO_FILM, type EvidenceFrame, type Film } from '../maps/frames.ts';
import { FramePick } from '../maps/framePick.svelte.ts';
import { evidenceOf } from '../strip/strip.svelte.ts';
import type { RunSummary } from '../../../../../electron/api/run.ts';

export class FilmState extends FramePick {
  readonly #app: App;
  oneScale = $state(false);
  runningSum = $state(false);
  overlayOn = $state(true);

  readonly run: RunSummary | null = $derived.by(() => this.#app.document.run);
  readonly categoryId: CategoryId | null = $derived.by(() => evidenceOf(this.#app).categoryId);
  readonly #film: Film = $derived.by(() =>
    this.run && this.categoryId !== null
      ? filmOf(this.run, this.categoryId, { oneScale: this.oneScale })
      : NO_FILM,
  );
  /** The bottom row of the film: passes, or their running sum. */
  readonly looked: readonly EvidenceFrame[] = $derived(
    this.runningSum ? this.#film.sums : this.passes,
  );
  /** In the order of the keys. */
  readonly frames: readonly EvidenceFrame[] = $derived([...this.looked, ...this.steps]);
  /** Every frame of the class in view. */
  readonly near: readonly EvidenceFrame[] = $derived([
    ...this.passes,
    ...this.#film.sums,
    ...this.steps,
  ]);
  readonly shown: EvidenceFrame | null = $derived.by(() => {
    const key = this.key ?? 'blurred';
    const found = [...this.near, ...this.others].find((frame) => frame.key === key);
    if (found) return found;
    const head = /^head(\d+)\/(\d+)$/.exec(key);
    return head && this.categoryId !== null
      ? headFrame(this.categoryId, Number(head[1]), Number(head[2]))
      : (this.steps.find((frame) => frame.kind === 'blurred') ?? null);
  });

  constructor(app: App) {
    super();
    this.#app = app;
  }

  get passes(): readonly EvidenceFrame[] {
    return this.#film.passes;
  }

  get steps(): readonly EvidenceFrame[] {
    return this.#film.steps;
  }

  get others(): readonly EvidenceFrame[] {
    return this.#film.others;
  }

  override pin(key: string | null): void {
    super.pin(key);
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
  walk(by: 1 | -1): boolean {
    const frame = this.step(this.frames, by);
    if (!frame) return false;
    this.overlayOn = true;
    this.#app.toasts.say(frame.name);
    return true;
  }
}
