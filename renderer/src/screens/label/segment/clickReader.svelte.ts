// Reads images for the click model ahead of the clicks: the open one at once, its neighbours when the model is
// idle. Also fetches the mask that a click under the pointer would give.
import type { ImageId, RleMask } from '../../../../../electron/api/types.ts';
import type { App } from '../../../state/app.svelte.ts';
import { perApp } from '../../../state/perApp.svelte.ts';
import { askedOf, type Asked } from '../../../tools/segment/question.ts';
import { NO_CLICKS } from '../../../tools/segment/state.ts';
import { isCancelled } from '../../../text/explain.ts';

/**
 * Neighbours are read after the pointer has rested as long as one reading takes, within these bounds: a reading
 * cannot be stopped, and a click waits for the running one.
 */
const REST_MS = { least: 300, most: 2000 };
/** Reading takes longer: neighbours are not worth the machine. */
const SLOW_READING_MS = 5000;
/** The pointer is answered at most so often, and not at all where an answer takes longer than the second. */
const HOVER_MS = 60;
const SLOW_CLICK_MS = 120;
/** Neighbours by their distance in the list, in the order in which they are read. */
const AHEAD = [1, 2, -1];
/** Longest that a first reading may take before somebody is asked. */
const LONG_READING_MS = 8000;

export class ClickReader {
  readonly #app: App;
  /** The open image is being read, since then. */
  reading = $state.raw<{ readonly imageId: ImageId; readonly sinceMs: number } | null>(null);
  /** What the last reading took; null = none was timed. */
  lastMs = $state.raw<number | null>(null);
  /** Images of the list that are read already. */
  read = $state.raw<ReadonlySet<ImageId>>(new Set());
  preview = $state.raw<RleMask | null>(null);
  /** Expected milliseconds of a reading that waits for a person's consent; null = none waits. */
  asks = $state.raw<number | null>(null);
  /** Models whose long readings were agreed to. */
  readonly #agreed = new Set<string>();
  #stop = new AbortController();
  #pack = '';
  /** When the pointer last moved over the canvas. */
  #movedMs = -Infinity;
  #hover: {
    busy: boolean;
    next: { x: number; y: number } | null;
    lastMs: number;
    clickMs: number;
  } = { busy: false, next: null, lastMs: -Infinity, clickMs: 0 };

  constructor(app: App) {
    this.#app = app;
  }

  /** About how long one image takes; null = not known. */
  get expectedMs(): number | null {
    return this.lastMs ?? this.#app.session.clickPack?.speedMs ?? null;
  }

  /** Neighbours that clicks need not wait for. */
  get ahead(): number {
    const open = this.#app.document.image?.id;
    return [...this.read].filter((id) => id !== open).length;
  }

  /** Looks at what is open and armed; reads what is missing. */
  follow(): void {
    const { tools, document, session } = this.#app;
    const pack = session.clickPack?.id ?? '';
    if (pack !== this.#pack) {
      this.#pack = pack;
      this.read = new Set();
      this.lastMs = null;
    }
    this.#stop.abort();
    this.#stop = new AbortController();
    this.preview = null;
    this.asks = null;
    this.reading = null;
    const { image, problem } = document;
    if (tools.id !== 'segment' || pack === '' || !image || problem !== null) return;
    const expected = this.expectedMs ?? 0;
    if (expected > LONG_READING_MS && !this.#agreed.has(pack)) this.asks = expected;
    else void this.#readOpen(image.id, this.#stop.signal);
  }

  /** Reads all the same, also every image that follows. */
  readAnyway(): void {
    this.#agreed.add(this.#pack);
    this.follow();
  }

  async #readOpen(imageId: ImageId, signal: AbortSignal): Promise<void> {
    const { session } = this.#app;
    if (!this.read.has(imageId)) this.reading = { imageId, sinceMs: performance.now() };
    try {
      const input = { imageId, crop: null, ahead: false };
      const { milliseconds } = await session.call('segment.read', input, { signal });
      if (signal.aborted) return;
      if (milliseconds !== null) this.lastMs = milliseconds;
      this.read = new Set([...this.read, imageId]);
      this.reading = null;
      await this.#readAhead(signal);
    } catch (error) {
      if (signal.aborted || isCancelled(error)) return;
      this.reading = null;
    }
  }

  async #readAhead(signal: AbortSignal): Promise<void> {
    const { images, session } = this.#app;
    if ((this.lastMs ?? 0) > SLOW_READING_MS) return;
    for (const by of AHEAD) {
      await this.#rested(signal);
      if (signal.aborted) return;
      const id = images.at(images.currentIndex + by)?.id;
      if (id === undefined || this.read.has(id)) continue;
      const input = { imageId: id, crop: null, ahead: true };
      try {
        await session.call('segment.read', input, { signal });
      } catch {
        // A neighbour that cannot be read says so when it is opened.
        return;
      }
      if (!signal.aborted) this.read = new Set([...this.read, id]);
    }
  }

  /** Waits until nothing was pointed at or asked for a while. */
  async #rested(signal: AbortSignal): Promise<void> {
    const restMs = Math.min(REST_MS.most, Math.max(REST_MS.least, this.expectedMs ?? 0));
    this.#movedMs = performance.now();
    for (;;) {
      const { active, clicks } = this.#app.tools;
      const held = active.tool === 'segment' && active.state.press !== null;
      if (held || clicks.waiting) this.#movedMs = performance.now();
      const leftMs = this.#movedMs + restMs - performance.now();
      if (signal.aborted || leftMs <= 0) return;
      await new Promise((done) => setTimeout(done, leftMs));
    }
  }

  /** The pointer moved; null = it is elsewhere, or clicks are given. */
  point(at: { readonly x: number; readonly y: number } | null): void {
    const { tools, document, session } = this.#app;
    this.#movedMs = performance.now();
    const image = document.image;
    const slow = Math.max(session.clickPack?.clickMs ?? 0, this.#hover.clickMs) > SLOW_CLICK_MS;
    const outside =
      !at || !image || at.x < 0 || at.y < 0 || at.x >= image.width || at.y >= image.height;
    if (outside || tools.busy || slow || !this.read.has(image.id) || tools.id !== 'segment') {
      this.#hover.next = null;
      this.preview = null;
      return;
    }
    this.#hover.next = { x: at.x, y: at.y };
    if (!this.#hover.busy) void this.#preview(image.id);
  }

  /** What a first click there would ask. */
  #clickAt(place: { readonly x: number; readonly y: number }, imageId: ImageId): Asked | null {
    const steps = [{ kind: 'click', ...place, adds: true }] as const;
    const { options } = this.#app.tools;
    return askedOf({ ...NO_CLICKS, steps }, { imageId, options, category: null, base: null });
  }

  /** One question at a time, the newest place only. */
  async #preview(imageId: ImageId): Promise<void> {
    const hover = this.#hover;
    hover.busy = true;
    const wait = hover.lastMs + HOVER_MS - performance.now();
    if (wait > 0) await new Promise((done) => setTimeout(done, wait));
    const place = hover.next;
    hover.next = null;
    hover.lastMs = performance.now();
    const { signal } = this.#stop;
    try {
      const asked = place && this.#clickAt(place, imageId);
      if (asked && !signal.aborted && !this.#app.tools.busy) {
        const { mask, milliseconds } = await this.#app.tools.clicks.hover(asked, signal);
        hover.clickMs = milliseconds;
        const wanted = !signal.aborted && !this.#app.tools.busy && this.#app.viewport.pointer;
        this.preview = wanted ? mask : null;
      }
    } catch {
      // A preview is no promise: the click itself tells what is wrong.
      this.preview = null;
    } finally {
      hover.busy = false;
    }
    if (hover.next && !signal.aborted) void this.#preview(imageId);
  }
}

export const clickReaderOf = perApp((app) => new ClickReader(app));
