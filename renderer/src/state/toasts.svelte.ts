// Toasts and spoken news: one toast at a time, errors stay; every one is kept in the list.

export interface Toast {
  readonly id: number;
  readonly message: string;
  readonly kind: 'info' | 'error';
  readonly action: { readonly label: string; readonly run: () => void } | null;
  readonly at: Date;
}

const VISIBLE_MS = 6000;

export class Toasts {
  /** The visible one. */
  current = $state.raw<Toast | null>(null);
  /** Newest first, at most 50. */
  history = $state.raw<readonly Toast[]>([]);
  /** For screen readers: polite and assertive regions. */
  polite = $state('');
  assertive = $state('');
  #nextId = 1;
  #timer: ReturnType<typeof setTimeout> | undefined;

  show(message: string, options: { kind?: Toast['kind']; action?: Toast['action'] } = {}): void {
    const toast: Toast = {
      id: this.#nextId++,
      message,
      kind: options.kind ?? 'info',
      action: options.action ?? null,
      at: new Date(),
    };
    this.current = toast;
    this.history = [toast, ...this.history].slice(0, 50);
    this.say(message);
    this.resume();
  }

  /** Stops the clock while the pointer or the focus is on the toast. */
  pause(): void {
    clearTimeout(this.#timer);
  }

  resume(): void {
    clearTimeout(this.#timer);
    if (this.current?.kind === 'info') this.#timer = setTimeout(() => this.dismiss(), VISIBLE_MS);
  }

  dismiss(): void {
    clearTimeout(this.#timer);
    this.current = null;
  }

  /** Spoken only. */
  say(message: string): void {
    // A changed text is announced; the same text twice needs a difference.
    this.polite = this.polite === message ? `${message}\u00a0` : message;
  }

  alert(message: string): void {
    this.assertive = message;
  }
}
