// A value that people read while it changes: it follows at once, then with one change in every tenth of a
// second, and ends at the last one when that rests.

/** Faster than numbers can be read. */
const READ_MS = 100;

export class Slowed<T> {
  now: T = $state.raw()!;
  #followedAtMs = -Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(now: T) {
    this.now = now;
  }

  /** Amid changes a timer follows none of them: it would ask for a frame beside those of the changes. */
  follow(next: T): void {
    clearTimeout(this.#timer);
    if (performance.now() - this.#followedAtMs >= READ_MS) this.#set(next);
    else this.#timer = setTimeout(() => this.#set(next), READ_MS);
  }

  #set(next: T): void {
    this.now = next;
    this.#followedAtMs = performance.now();
  }
}
