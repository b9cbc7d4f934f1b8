// Banners about the whole window: what is wrong until it is over or closed.
export interface Notice {
  readonly id: number;
  readonly level: 'info' | 'warn' | 'error';
  readonly code: string;
  readonly message: string;
}

/** More banners than this would hide the work. */
const MOST = 5;

export class Notices {
  list = $state.raw<readonly Notice[]>([]);
  /** Why the chosen device or precision does not run; stays when its banner was closed. */
  fellBack = $state<string | null>(null);
  #next = 1;

  add(level: Notice['level'], code: string, message: string): void {
    if (code === 'DEVICE_FELL_BACK') this.fellBack = message;
    const known = this.list.filter((notice) => notice.message !== message);
    this.list = [...known, { id: this.#next++, level, code, message }].slice(-MOST);
  }

  /** Takes away banners of something that is over. */
  end(code: string): void {
    this.list = this.list.filter((notice) => notice.code !== code);
  }

  dismiss(id: number): void {
    this.list = this.list.filter((notice) => notice.id !== id);
  }
}
