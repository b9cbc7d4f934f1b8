// The Review screen's list: proposals in groups, decided ones kept in place until the list is read
// anew. Rows are fetched by pages. Grouped by likeness, the engine keeps their order; else what was
// decided here has left its list, so a row's place there is its place here less the decided rows before.
import type { Output } from '../../../../electron/api/methods.ts';
import type {
  AnnotationId,
  CategoryId,
  JobId,
  ReviewItem,
} from '../../../../electron/api/types.ts';
import { groupsOf, type ReviewGroup, type ReviewOrder } from './reviewGroups.ts';
import type { Session } from '../../state/session/session.svelte.ts';
import { perProject } from '../../state/perApp.ts';

const PAGE = 200;
/** Pages asked for at the same time when a whole group is wanted. */
const AT_ONCE = 4;
/** Rows that one list shows; the scroll bar of a browser ends a little above. */
const MOST_ROWS = 400_000;

export type Decision =
  | { readonly kind: 'accepted' | 'rejected' }
  | { readonly kind: 'moved'; readonly categoryId: CategoryId };

export interface ReviewQuery {
  /** Null = all classes. */
  readonly categoryId: CategoryId | null;
  readonly minMatch: number;
  readonly maxMatch: number;
  readonly order: ReviewOrder;
  readonly jobId: JobId | null;
}

const EVERYTHING: ReviewQuery = {
  categoryId: null,
  minMatch: 0,
  maxMatch: 1,
  order: 'doubt',
  jobId: null,
};

export class Review {
  readonly #session: Session;
  query = $state.raw<ReviewQuery>(EVERYTHING);
  total = $state(0);
  loaded = $state(false);
  groups = $state.raw<readonly ReviewGroup[]>([]);
  /** Like ones stand together in the order of doubt. */
  groupAlike = $state(true);
  /** So many that like ones were not looked for. */
  tooMany = $state(false);
  decisions = $state.raw<ReadonlyMap<AnnotationId, Decision>>(new Map());
  /** Row with the focus. */
  current = $state(0);
  /** Proposals that came since the list was read; negative = went elsewhere. */
  fresh = $state(0);
  problem = $state.raw<unknown>(null);
  /** Goes up when anything about the numbers beside the list may have changed. */
  changes = $state(0);
  /** Rows whose annotation is gone are null. */
  #pages = $state.raw<ReadonlyMap<number, readonly (ReviewItem | null)[]>>(new Map());
  /** The engine's kept order, in which decided rows stay; null = its list, which they leave. */
  #arrangement: string | null = null;
  #rowOf = new Map<AnnotationId, number>();
  #loading = new Map<number, Promise<void>>();
  #generation = 0;
  #sending: Promise<unknown> = Promise.resolve();
  #checkTimer: ReturnType<typeof setTimeout> | undefined;
  /** The latest one that is a proposal again. */
  #returned: AnnotationId | null = null;

  /** Rows of decided items, rising. */
  readonly #goneRows: readonly number[] = $derived.by(() =>
    [...this.decisions]
      .filter(([, decision]) => this.#leaves(decision))
      .flatMap(([id]) => this.#rowOf.get(id) ?? [])
      .sort((a, b) => a - b),
  );
  readonly left: number = $derived.by(() => this.total - this.#goneRows.length);

  constructor(session: Session, signal?: AbortSignal) {
    this.#session = session;
    session.on(
      'project.revision',
      ({ transaction, clientId }) => {
        for (const { id, after } of transaction.changes) {
          if (!this.#rowOf.has(id)) continue;
          if (after?.status === 'accepted' || after?.status === 'rejected')
            this.#mark([id], { kind: after.status });
          else if (after?.status === 'proposal' && clientId !== '') this.#backToProposal(id, after);
        }
        this.#noteChange();
      },
      signal,
    );
    session.on('project.changed', () => this.#noteChange(), signal);
  }

  at(row: number): ReviewItem | null {
    return this.#pages.get(Math.floor(row / PAGE))?.[row % PAGE] ?? null;
  }

  decisionOf(item: ReviewItem): Decision | null {
    return this.decisions.get(item.annotation.id) ?? null;
  }

  /** The class that a row has by now. */
  categoryOf(item: ReviewItem): CategoryId {
    const decision = this.decisionOf(item);
    return decision?.kind === 'moved' ? decision.categoryId : item.annotation.categoryId;
  }

  /** Decided rows among first..first+count. */
  decidedIn(first: number, count: number): number {
    return this.#goneRows.filter((row) => row >= first && row < first + count).length;
  }

  groupAt(row: number): ReviewGroup | null {
    return (
      this.groups.find((group) => row >= group.first && row < group.first + group.count) ?? null
    );
  }

  get isNarrowed(): boolean {
    const { minMatch, maxMatch, jobId } = this.query;
    return minMatch > 0 || maxMatch < 1 || jobId !== null;
  }

  async choose(change: Partial<ReviewQuery>): Promise<void> {
    this.query = { ...this.query, ...change };
    await this.refresh();
  }

  async setGroupAlike(on: boolean): Promise<void> {
    this.groupAlike = on;
    await this.refresh();
  }

  clear(): Promise<void> {
    return this.choose({ minMatch: 0, maxMatch: 1, jobId: null });
  }

  /** Reads the list anew: decided rows leave, the focus stays on its item where it is still there. */
  async refresh(): Promise<void> {
    const generation = (this.#generation += 1);
    const before = this.at(this.current)?.annotation.id ?? null;
    this.#loading.clear();
    try {
      await this.#sending;
      const read = await this.#read();
      if (generation !== this.#generation) return;
      this.#rowOf = new Map();
      this.decisions = new Map();
      this.#arrangement = read.arrangement;
      this.tooMany = read.tooMany;
      this.total = Math.min(read.total, MOST_ROWS);
      this.groups = read.groups;
      this.#pages = new Map();
      this.#keep(0, read.items);
      this.loaded = true;
      this.fresh = 0;
      this.problem = null;
      const row = before === null ? undefined : this.#rowOf.get(before);
      this.current = row ?? Math.max(0, Math.min(this.current, this.total - 1));
      this.changes += 1;
    } catch (error) {
      if (generation === this.#generation) this.problem = error;
    }
  }

  /** Fetches rows first..last (exclusive) that are not here yet. */
  async need(first: number, last: number): Promise<void> {
    const pages: number[] = [];
    for (let page = Math.floor(first / PAGE); page * PAGE < Math.min(last, this.total); page += 1)
      if (!this.#pages.has(page)) pages.push(page);
    for (let at = 0; at < pages.length; at += AT_ONCE)
      await Promise.all(pages.slice(at, at + AT_ONCE).map((page) => this.#load(page)));
  }

  /** After undo or redo: what came back has the focus; rows that are not here are read anew. */
  async settle(): Promise<void> {
    const { total } = await this.#list(0, 1);
    if (Math.min(total, MOST_ROWS) !== this.left) await this.refresh();
    const row = this.#returned === null ? undefined : this.#rowOf.get(this.#returned);
    if (row !== undefined) this.current = row;
    this.#returned = null;
    this.fresh = 0;
    this.changes += 1;
  }

  /** Accepts or rejects some rows. Resolves with how many changed. */
  decide(items: readonly ReviewItem[], decision: 'accept' | 'reject'): Promise<number> {
    const kind = decision === 'accept' ? 'accepted' : 'rejected';
    return this.#send(
      items.filter((item) => this.decisionOf(item)?.kind !== kind),
      { kind },
      (ids) => ({ ids, decision }),
    );
  }

  move(items: readonly ReviewItem[], categoryId: CategoryId): Promise<number> {
    return this.#send(
      items.filter((item) => this.categoryOf(item) !== categoryId),
      { kind: 'moved', categoryId },
      (ids) => ({ ids, decision: 'category', categoryId }),
    );
  }

  /** Every undecided item of a group, fetched if needed. */
  async itemsOf(group: ReviewGroup): Promise<readonly ReviewItem[]> {
    await this.need(group.first, group.first + group.count);
    const items: ReviewItem[] = [];
    for (let row = group.first; row < group.first + group.count; row += 1) {
      const item = this.at(row);
      if (item && this.decisionOf(item) === null) items.push(item);
    }
    return items;
  }

  /** The next row that waits for a decision, after `row`, else the last row. */
  nextOpen(row: number): number {
    for (let next = row + 1; next < this.total; next += 1) {
      const item = this.at(next);
      if (!item || this.decisionOf(item) === null) return next;
    }
    return Math.min(row + 1, Math.max(0, this.total - 1));
  }

  async #send(
    items: readonly ReviewItem[],
    decision: Decision,
    input: (ids: readonly AnnotationId[]) => Parameters<typeof this.decideCall>[0],
  ): Promise<number> {
    if (items.length === 0) return 0;
    const ids = items.map((item) => item.annotation.id);
    const before = new Map(ids.map((id) => [id, this.decisions.get(id) ?? null]));
    this.#mark(ids, decision);
    const sent = this.#sending.then(() => this.decideCall(input(ids)));
    // Decisions reach the engine in the order in which they were made: undo depends on it.
    this.#sending = sent.catch(() => undefined);
    try {
      return (await sent).changed;
    } catch (error) {
      const next = new Map(this.decisions);
      for (const [id, old] of before) {
        if (old === null) next.delete(id);
        else next.set(id, old);
      }
      this.decisions = next;
      throw error;
    } finally {
      this.changes += 1;
    }
  }

  /** One request; apart so that its input type can be named. */
  decideCall(
    input:
      | { ids: readonly AnnotationId[]; decision: 'accept' | 'reject' }
      | { ids: readonly AnnotationId[]; decision: 'category'; categoryId: CategoryId },
  ): Promise<Output<'review.decide'>> {
    return this.#session.call('review.decide', input);
  }

  #mark(ids: readonly AnnotationId[], decision: Decision): void {
    const next = new Map(this.decisions);
    for (const id of ids) next.set(id, decision);
    this.decisions = next;
  }

  #backToProposal(id: AnnotationId, after: { categoryId: CategoryId }): void {
    const decided = this.decisions.get(id);
    if (!decided) return;
    if (decided.kind === 'moved' && after.categoryId === decided.categoryId) return;
    const next = new Map(this.decisions);
    next.delete(id);
    this.decisions = next;
    this.#returned = id;
  }

  /** Does a row with this decision leave the engine's list under the present choices? */
  #leaves(decision: Decision): boolean {
    return decision.kind !== 'moved' || this.query.categoryId !== null;
  }

  #list(cursor: number, limit: number): Promise<Output<'review.list'>> {
    return this.#ask({ cursor, limit });
  }

  #ask(
    want: { cursor: number; limit: number } & Partial<ReviewQuery>,
  ): Promise<Output<'review.list'>> {
    const { categoryId, minMatch, maxMatch, order, jobId } = { ...this.query, ...want };
    return this.#session.call('review.list', {
      categoryIds: categoryId === null ? [] : [categoryId],
      minMatch,
      maxMatch,
      order,
      jobId,
      cursor: want.cursor,
      limit: want.limit,
    });
  }

  /** Groups and the first page under the present choices. */
  async #read(): Promise<{
    arrangement: string | null;
    tooMany: boolean;
    total: number;
    groups: readonly ReviewGroup[];
    items: readonly (ReviewItem | null)[];
  }> {
    const { categoryId, minMatch, maxMatch, jobId, order } = this.query;
    const arranged = this.groupAlike && order === 'doubt';
    if (arranged) {
      const { id, groups } = await this.#session.call('review.arrange', {
        categoryIds: categoryId === null ? [] : [categoryId],
        minMatch,
        maxMatch,
        jobId,
      });
      if (id !== null) {
        const total = groups.reduce((sum, { count }) => sum + count, 0);
        const { items } = await this.#session.call('review.page', { id, cursor: 0, limit: PAGE });
        return { arrangement: id, tooMany: false, total, groups, items };
      }
    }
    const { total, items } = await this.#list(0, PAGE);
    const groups = await groupsOf(order, total, (want) => this.#ask(want));
    return { arrangement: null, tooMany: arranged, total, groups, items };
  }

  #load(page: number): Promise<void> {
    const running = this.#loading.get(page);
    if (running) return running;
    const generation = this.#generation;
    const request = (async () => {
      // A decision on its way would shift the rows under this request.
      await this.#sending;
      const row = page * PAGE;
      const limit = Math.min(PAGE, this.total - row);
      const gone = this.#goneRows.filter((other) => other < row).length;
      const { items } =
        this.#arrangement === null
          ? await this.#list(row - gone, limit)
          : await this.#session.call('review.page', { id: this.#arrangement, cursor: row, limit });
      if (generation === this.#generation) this.#keep(page, items);
    })()
      .catch((error: unknown) => {
        if (generation === this.#generation) this.problem = error;
      })
      .finally(() => this.#loading.delete(page));
    this.#loading.set(page, request);
    return request;
  }

  #keep(page: number, items: readonly (ReviewItem | null)[]): void {
    for (const [i, item] of items.entries())
      if (item) this.#rowOf.set(item.annotation.id, page * PAGE + i);
    this.#pages = new Map(this.#pages).set(page, items);
  }

  /** Something was written somewhere: compare the engine's count with ours, at most a few times a second. */
  #noteChange(): void {
    clearTimeout(this.#checkTimer);
    this.#checkTimer = setTimeout(() => void this.#check(), 300);
  }

  async #check(): Promise<void> {
    if (!this.loaded || this.#session.screen !== 'review') return;
    const generation = this.#generation;
    try {
      await this.#sending;
      const { total } = await this.#list(0, 1);
      if (generation !== this.#generation) return;
      this.fresh = Math.min(total, MOST_ROWS) - this.left;
      this.changes += 1;
    } catch {
      // A lost connection shows itself; the next change asks again.
      this.fresh = 0;
    }
  }
}

/** The review of a window; it outlives the screen. */
export const reviewOf = perProject((app, signal) => new Review(app.session, signal));
