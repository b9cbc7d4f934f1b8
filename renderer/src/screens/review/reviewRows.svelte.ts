// Rows of the Review list that are here: fetched by pages, each once, found by their annotation.
import type { AnnotationId } from '../../../../electron/api/types.ts';
import type { ReviewItem } from '../../../../electron/api/review.ts';

export const PAGE = 200;
/** Pages asked for at the same time when a whole group is wanted. */
const AT_ONCE = 4;

export class ReviewRows {
  readonly #load: (page: number) => Promise<void>;
  /** Rows whose annotation is gone are null. */
  #pages = $state.raw<ReadonlyMap<number, readonly (ReviewItem | null)[]>>(new Map());
  #rowOf = new Map<AnnotationId, number>();
  readonly #loading = new Map<number, Promise<void>>();

  /** `load` fetches a page and keeps it, and takes its failure itself. */
  constructor(load: (page: number) => Promise<void>) {
    this.#load = load;
  }

  at(row: number): ReviewItem | null {
    return this.#pages.get(Math.floor(row / PAGE))?.[row % PAGE] ?? null;
  }

  rowOf(id: AnnotationId): number | undefined {
    return this.#rowOf.get(id);
  }

  /** The list is read anew: pages on their way are not waited for. */
  restart(): void {
    this.#loading.clear();
  }

  /** Another list, of which the first page is here. */
  begin(items: readonly (ReviewItem | null)[]): void {
    this.#rowOf = new Map();
    this.#pages = new Map();
    this.keep(0, items);
  }

  keep(page: number, items: readonly (ReviewItem | null)[]): void {
    for (const [i, item] of items.entries())
      if (item) this.#rowOf.set(item.annotation.id, page * PAGE + i);
    this.#pages = new Map(this.#pages).set(page, items);
  }

  /** Fetches rows first..last (exclusive) that are not here yet. */
  async need(first: number, last: number): Promise<void> {
    const pages: number[] = [];
    for (let page = Math.floor(first / PAGE); page * PAGE < last; page += 1)
      if (!this.#pages.has(page)) pages.push(page);
    for (let at = 0; at < pages.length; at += AT_ONCE)
      await Promise.all(pages.slice(at, at + AT_ONCE).map((page) => this.#once(page)));
  }

  #once(page: number): Promise<void> {
    const running = this.#loading.get(page);
    if (running) return running;
    const request = this.#load(page).finally(() => {
      if (this.#loading.get(page) === request) this.#loading.delete(page);
    });
    this.#loading.set(page, request);
    return request;
  }
}
