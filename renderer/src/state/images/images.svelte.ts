// The image list: pages fetched as they scroll into view, so that 100,000 images cost nothing.
import type { ImageId, ImageRecord, ImageStatus } from '../../../../electron/api/types.ts';
import { parseFilter, withoutTerm, withTerm } from '../../../../electron/api/filter/grammar.ts';
import { keepInRange, keepNear, PAGE } from './pages.ts';
import type { Session } from '../session/session.svelte.ts';
import type { ImageFilter } from '../../../../electron/api/job.ts';

export type ImageOrder = 'name' | 'doubt' | 'status';
/** Rows that the engine gives in one answer. */
const MOST_AT_ONCE = 1000;
const EVERYTHING: ImageFilter = {};

export class Images {
  readonly #session: Session;
  order = $state<ImageOrder>('name');
  total = $state(0);
  /** Row of the open image in this list; -1 when the filter hides it. */
  currentIndex = $state(-1);
  /** The image on the canvas; null = none was opened yet. */
  openId: ImageId | null = null;
  selected = $state.raw<ReadonlySet<ImageId>>(new Set());
  loaded = $state(false);
  #pages = $state.raw<ReadonlyMap<number, readonly ImageRecord[]>>(new Map());
  #loading = new Map<number, Promise<void>>();
  #generation = 0;
  /** Picked last: where a range begins. */
  #anchor: ImageId | null = null;
  #refreshing: Promise<void> = Promise.resolve();
  /** Ways to an image that are not at their end. */
  #ways = $state(0);

  constructor(session: Session) {
    this.#session = session;
    session.on('project.revision', ({ image }) => this.replace(image));
    session.on('image.parked', ({ image }) => this.replace(image));
    session.on('image.noted', ({ image }) => this.replace(image));
    session.on('project.changed', () => this.refresh());
  }

  /** What the list shows. */
  get filter(): ImageFilter {
    return this.#session.scope?.filter ?? EVERYTHING;
  }

  /** The chips of the filter, in the filter language. */
  get filterWords(): string {
    return this.#session.scope?.filterWords ?? '';
  }

  /** An image is gone to whose row may still be on its way. */
  get isGoing(): boolean {
    return this.#ways > 0;
  }

  /** Runs the way to an image, from the list's rows to the opened image. */
  async going(way: () => Promise<unknown>): Promise<void> {
    this.#ways += 1;
    await way().finally(() => (this.#ways -= 1));
  }

  /** The record at a row, or null while its page is on the way. */
  at(index: number): ImageRecord | null {
    return this.#pages.get(Math.floor(index / PAGE))?.[index % PAGE] ?? null;
  }

  byId(id: ImageId): ImageRecord | null {
    for (const page of this.#pages.values())
      for (const image of page) if (image.id === id) return image;
    return null;
  }

  /** Row of an image among the pages at hand; -1 when none of them has it. */
  indexOf(id: ImageId): number {
    for (const [page, images] of this.#pages) {
      const at = images.findIndex((image) => image.id === id);
      if (at >= 0) return page * PAGE + at;
    }
    return -1;
  }

  /** Makes sure that rows first..last (exclusive) are on their way. */
  async need(first: number, last: number): Promise<void> {
    const pages = [];
    for (
      let page = Math.floor(first / PAGE);
      page <= Math.floor(Math.max(first, last - 1) / PAGE);
      page += 1
    )
      pages.push(this.#load(page));
    await Promise.all(pages);
  }

  /** Another filter; what was being typed goes. */
  async setWords(words: string, draft = ''): Promise<void> {
    const { scope } = this.#session;
    if (!scope) return;
    const before = scope.filter.words;
    scope.filterWords = words;
    scope.filterDraft = draft;
    if (scope.filter.words !== before) await this.refresh();
  }

  async setOrder(order: ImageOrder): Promise<void> {
    this.order = order;
    await this.refresh();
  }

  /** Fetches the first page again; other pages follow when they are looked at. */
  async refresh(): Promise<void> {
    const index = this.currentIndex;
    const openId = this.openId ?? this.at(index)?.id ?? null;
    let latest = (this.#refreshing = this.#fetchAgain());
    await latest;
    // A newer one has taken its place and its answer was dropped: only with the newest is the list there.
    while (latest !== this.#refreshing) {
      latest = this.#refreshing;
      await latest;
    }
    if (openId === null || this.currentIndex !== index) return;
    // Images that came before the open one have moved its row, or the filter hides it now.
    const row = this.indexOf(openId);
    const knowsAll = this.#pages.size * PAGE >= this.total;
    if (row >= 0 || knowsAll) this.currentIndex = row;
  }

  async #fetchAgain(): Promise<void> {
    this.#generation += 1;
    this.#loading.clear();
    const kept = [...this.#pages.keys()];
    await this.#load(0, true);
    // Pages in view stay until their fresh version is here, so that rows never go blank.
    await Promise.all(
      kept
        .filter((page) => page !== 0 && page * PAGE < this.total)
        .slice(0, 4)
        .map((page) => this.#load(page, true)),
    );
  }

  clear(): void {
    this.#generation += 1;
    this.#loading.clear();
    this.#pages = new Map();
    this.total = 0;
    this.currentIndex = -1;
    this.openId = null;
    this.selected = new Set();
    this.loaded = false;
  }

  /** Puts a newer record where the image stands. */
  replace(image: ImageRecord): void {
    for (const [page, images] of this.#pages) {
      const at = images.findIndex((candidate) => candidate.id === image.id);
      if (at < 0) continue;
      this.#pages = new Map(this.#pages).set(page, images.with(at, image));
      return;
    }
  }

  /** Picks every image that the list shows, also those whose rows were never looked at. */
  async selectAll(): Promise<void> {
    const { filter, order } = this;
    const ids: ImageId[] = [];
    let total = 1;
    while (ids.length < total) {
      const page = await this.#session.call('image.list', {
        cursor: ids.length,
        limit: MOST_AT_ONCE,
        filter,
        order,
      });
      total = page.total;
      if (page.images.length === 0) break;
      ids.push(...page.images.map(({ id }) => id));
    }
    this.selected = new Set(ids);
  }

  /** Picks or lets go one image. */
  toggle(id: ImageId): void {
    const next = new Set(this.selected);
    if (!next.delete(id)) next.add(id);
    this.selected = next;
    this.#anchor = id;
  }

  /** Picks the rows from the last one that was picked, or the open one, to this. */
  selectTo(index: number): void {
    const anchor = this.#anchor === null ? -1 : this.indexOf(this.#anchor);
    const start = anchor >= 0 ? anchor : Math.max(0, this.currentIndex);
    const [from, to] = start < index ? [start, index] : [index, start];
    const next = new Set(this.selected);
    for (let i = from; i <= to; i += 1) {
      const image = this.at(i);
      if (image) next.add(image.id);
    }
    this.selected = next;
  }

  /** An image that could not be opened says so in the list. */
  failed(id: ImageId, problem: NonNullable<ImageRecord['problem']>): void {
    const image = this.byId(id);
    if (image && image.problem === null) this.replace({ ...image, problem });
  }

  /** Puts a word into the filter, or takes it out when it is there. */
  toggleWord(term: string): Promise<void> {
    const terms = parseFilter(this.filterWords).map(({ written }) => written);
    const at = terms.indexOf(term);
    return this.setWords(
      at >= 0 ? withoutTerm(this.filterWords, at) : withTerm(this.filterWords, term),
    );
  }

  #load(page: number, again = false): Promise<void> {
    if (!again && this.#pages.has(page)) return Promise.resolve();
    const running = this.#loading.get(page);
    if (running) return running;
    const generation = this.#generation;
    const request = this.#session
      .call('image.list', {
        cursor: page * PAGE,
        limit: PAGE,
        filter: this.filter,
        order: this.order,
      })
      .then(({ total, images }) => {
        if (generation !== this.#generation) return;
        this.total = total;
        this.loaded = true;
        const pages = again && page === 0 ? keepInRange(this.#pages, total) : new Map(this.#pages);
        this.#pages = keepNear(pages.set(page, images), page, this.currentIndex);
      })
      .finally(() => {
        if (this.#loading.get(page) === request) this.#loading.delete(page);
      });
    this.#loading.set(page, request);
    return request;
  }
}

/** The state that an image shows: trouble and emptiness come before its status. */
export function shownStatus(image: ImageRecord): ImageStatus | 'nothing' | 'failed' {
  if (image.problem !== null) return 'failed';
  if (image.foundNothing && image.status === 'untouched') return 'nothing';
  return image.status;
}
