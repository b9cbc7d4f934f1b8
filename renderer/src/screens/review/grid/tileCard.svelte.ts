// Which tile its card is shown for: pointed at or come to by keys, and rested on for a moment.

/** Long enough that a pointer on its way to another tile brings none up. */
const REST_MS = 400;

export class TileCardChoice {
  /** Index of the tile; null = no card. */
  index = $state<number | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Shows the card of a tile when it is rested on; null takes it away. */
  rest(index: number | null): void {
    clearTimeout(this.#timer);
    if (index === this.index) return;
    this.index = null;
    if (index !== null) this.#timer = setTimeout(() => (this.index = index), REST_MS);
  }
}
