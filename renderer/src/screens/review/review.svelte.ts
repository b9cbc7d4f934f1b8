// The Review screen's list: proposals in groups, decided ones kept in place until the list is read
// anew. Rows are fetched by pages. Grouped by likeness, the engine keeps their order; else what was
// decided here has left its list, so a row's place there is its place here less the decided rows before.
import type { Output } from '../../../../electron/api/methods.ts';
import type { CategoryId } from '../../../../electron/api/types.ts';
import { Decisions, type Decision } from './decisions.svelte.ts';
import type { ReviewGroup } from './reviewGroups.ts';
import { PAGE, ReviewRows } from './reviewRows.svelte.ts';
import { askList, EVERYTHING, readFirst, type ReviewQuery } from './reviewQuery.ts';
import type { Session } from '../../state/session/session.svelte.ts';
import { perProject } from '../../state/perApp.svelte.ts';
import type { ReviewItem } from '../../../../electron/api/review.ts';

/** Rows that one list shows; the scroll bar of a browser ends a little above. */
const MOST_ROWS = 400_000;

export class Review {
  readonly #session: Session;
  query = $state.raw<ReviewQuery>(EVERYTHING);
  total = $state(0);
  loaded = $state(false);
  groups = $state.raw<readonly ReviewGroup[]>([]);
  /** Like ones stand together in the order of doubt. */
  groupAlike = $state(true);
  /** Settings learned from corrections changed open images: there is an order by how much. */
  hasChanged = $state(false);
  /** So many that like ones were not looked for. */
  tooMany = $state(false);
  readonly decisions: Decisions;
  /** Row with the focus. */
  current = $state(0);
  /** Proposals that came since the list was read; negative = went elsewhere. */
  fresh = $state(0);
  problem = $state.raw<unknown>(null);
  /** Goes up when anything about the numbers beside the list may have changed. */
  changes = $state(0);
  /** The engine's kept order, in which decided rows stay; null = its list, which they leave. */
  #arrangement: string | null = null;
  readonly #rows = new ReviewRows((page) => this.#load(page));
  #generation = 0;
  #checkTimer: ReturnType<typeof setTimeout> | undefined;

  /** Rows of decided items, rising. */
  readonly #goneRows: readonly number[] = $derived.by(() =>
    [...this.decisions.of]
      .filter(([, decision]) => this.#leaves(decision))
      .flatMap(([id]) => this.#rows.rowOf(id) ?? [])
      .sort((a, b) => a - b),
  );
  readonly left: number = $derived.by(() => this.total - this.#goneRows.length);

  constructor(session: Session, signal?: AbortSignal) {
    this.#session = session;
    this.decisions = new Decisions(session);
    session.on(
      'project.revision',
      ({ transaction, clientId }) => {
        for (const { id, after } of transaction.changes) {
          if (this.#rows.rowOf(id) === undefined) continue;
          if (after?.status === 'accepted' || after?.status === 'rejected')
            this.decisions.mark([id], { kind: after.status });
          else if (after?.status === 'proposal' && clientId !== '')
            this.decisions.backToProposal(id, after);
        }
        this.#noteChange();
      },
      signal,
    );
    session.on('project.changed', () => this.#noteChange(), signal);
  }

  at(row: number): ReviewItem | null {
    return this.#rows.at(row);
  }

  decisionOf(item: ReviewItem): Decision | null {
    return this.decisions.of.get(item.annotation.id) ?? null;
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
    this.#rows.restart();
    try {
      await this.decisions.sent();
      const read = await readFirst(this.#session, this.query, {
        groupAlike: this.groupAlike,
        limit: PAGE,
      });
      if (generation !== this.#generation) return;
      this.decisions.clear();
      this.#arrangement = read.arrangement;
      this.tooMany = read.tooMany;
      this.total = Math.min(read.total, MOST_ROWS);
      this.groups = read.groups;
      this.#rows.begin(read.items);
      this.loaded = true;
      this.fresh = 0;
      this.problem = null;
      const row = before === null ? undefined : this.#rows.rowOf(before);
      this.current = row ?? Math.max(0, Math.min(this.current, this.total - 1));
      this.changes += 1;
    } catch (error) {
      if (generation === this.#generation) this.problem = error;
    }
  }

  /** Fetches rows first..last (exclusive) that are not here yet. */
  need(first: number, last: number): Promise<void> {
    return this.#rows.need(first, Math.min(last, this.total));
  }

  /** After undo or redo: what came back has the focus; rows that are not here are read anew. */
  async settle(): Promise<void> {
    const { total } = await this.#list(0, 1);
    if (Math.min(total, MOST_ROWS) !== this.left) await this.refresh();
    const returned = this.decisions.takeReturned();
    const row = returned === null ? undefined : this.#rows.rowOf(returned);
    if (row !== undefined) this.current = row;
    this.fresh = 0;
    this.changes += 1;
  }

  /** Accepts or rejects some rows. Resolves with how many changed. */
  decide(items: readonly ReviewItem[], decision: 'accept' | 'reject'): Promise<number> {
    const kind = decision === 'accept' ? 'accepted' : 'rejected';
    const ids = idsOf(items.filter((item) => this.decisionOf(item)?.kind !== kind));
    return this.#send({ kind }, { ids, decision });
  }

  move(items: readonly ReviewItem[], categoryId: CategoryId): Promise<number> {
    const ids = idsOf(items.filter((item) => this.categoryOf(item) !== categoryId));
    return this.#send({ kind: 'moved', categoryId }, { ids, decision: 'category', categoryId });
  }

  async #send(...[decision, input]: Parameters<Decisions['send']>): Promise<number> {
    if (input.ids.length === 0) return 0;
    return this.decisions.send(decision, input).finally(() => (this.changes += 1));
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

  /** Does a row with this decision leave the engine's list under the present choices? */
  #leaves(decision: Decision): boolean {
    return decision.kind !== 'moved' || this.query.categoryId !== null;
  }

  #list(cursor: number, limit: number): Promise<Output<'review.list'>> {
    return askList(this.#session, this.query, { cursor, limit });
  }

  async #load(page: number): Promise<void> {
    const generation = this.#generation;
    try {
      // A decision on its way would shift the rows under this request.
      await this.decisions.sent();
      const row = page * PAGE;
      const limit = Math.min(PAGE, this.total - row);
      const gone = this.#goneRows.filter((other) => other < row).length;
      const { items } =
        this.#arrangement === null
          ? await this.#list(row - gone, limit)
          : await this.#session.call('review.page', { id: this.#arrangement, cursor: row, limit });
      if (generation === this.#generation) this.#rows.keep(page, items);
    } catch (error) {
      if (generation === this.#generation) this.problem = error;
    }
  }

  /** Something was written elsewhere: compares the engine's count with the window's, some times a second. */
  #noteChange(): void {
    clearTimeout(this.#checkTimer);
    this.#checkTimer = setTimeout(() => void this.#check(), 300);
  }

  async #check(): Promise<void> {
    if (!this.loaded || this.#session.screen !== 'review') return;
    const generation = this.#generation;
    try {
      await this.decisions.sent();
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

const idsOf = (items: readonly ReviewItem[]) => items.map((item) => item.annotation.id);

/** The review of a window; it outlives the screen. */
export const reviewOf = perProject((app, signal) => new Review(app.session, signal));
