// Everything that is true of one opened project and of no other: made when a window opens it, dropped
// when the window leaves it. What is kept here cannot reach the next project.
import type { CategoryId, ProjectId, Revision } from '../../../../electron/api/types.ts';
import type { ProjectTotals } from '../../../../electron/api/methods/project.ts';
import type { ProjectSummary } from '../../../../electron/api/methods/project.ts';
import type { ImageFilter } from '../../../../electron/api/job.ts';

export class ProjectScope {
  readonly id: ProjectId;
  summary = $state.raw() as ProjectSummary;
  /** As the engine last told it. */
  revision: Revision;
  /** Class of the next drawn object; null = the selection's or the first. */
  categoryId = $state<CategoryId | null>(null);
  /** Classes that the next run does not ask for. */
  leftOut = $state.raw<ReadonlySet<CategoryId>>(new Set());
  /** Which nine classes the keys 1-9 stand for, from 0. */
  classPage = $state(0);
  hiddenCategories = $state.raw<ReadonlySet<CategoryId>>(new Set());
  /** Words of the image list's filter that stand as chips. */
  filterWords = $state('');
  /** What is typed on top of them. */
  filterDraft = $state('');
  readonly filter: ImageFilter = $derived.by(() => {
    const words = `${this.filterWords} ${this.filterDraft}`.trim();
    return words === '' ? {} : { words };
  });
  /** Words of the steps that undo and redo would take; null = there is none. */
  canUndo = $state<string | null>(null);
  canRedo = $state<string | null>(null);
  readonly #controller = new AbortController();

  constructor(summary: ProjectSummary) {
    this.id = summary.id;
    this.summary = summary;
    this.revision = summary.revision;
  }

  /** Ends when the window leaves the project. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  drop(): void {
    this.#controller.abort();
  }

  /** A newer summary; its counts may be older than those of an event that was faster. */
  take(summary: ProjectSummary): void {
    const known = this.summary;
    this.summary = summary.asOf < known.asOf ? { ...summary, ...totalsOf(known) } : summary;
  }

  takeTotals(totals: ProjectTotals): void {
    if (totals.asOf > this.summary.asOf) this.summary = { ...this.summary, ...totalsOf(totals) };
  }
}

function totalsOf({ asOf, images, counts, proposals, doubtful }: ProjectTotals): ProjectTotals {
  return { asOf, images, counts, proposals, doubtful };
}
