// The objects of the open image: which are shown, in what order, and which are selected.
import { doubtOf } from '../../../../electron/api/rules/doubt.ts';
import { inDrawingOrder, type Document } from '../../../../electron/api/rules/document.ts';
import type {
  Annotation,
  AnnotationId,
  CategoryId,
  Transaction,
} from '../../../../electron/api/types.ts';
import { StoredSalience } from './salience.ts';
import type { Session } from '../session/session.svelte.ts';

export interface Draft {
  readonly categoryIds: ReadonlySet<CategoryId>;
  readonly proposals: readonly Annotation[];
}

export class ImageObjects {
  protected readonly session: Session;
  annotations = $state.raw<Document>(new Map());
  selection = $state.raw<ReadonlySet<AnnotationId>>(new Set());
  hovered = $state<AnnotationId | null>(null);
  hiddenObjects = $state.raw<ReadonlySet<AnnotationId>>(new Set());
  showRejected = $state(false);
  /** Masks of a threshold being dragged: shown instead of the proposals, never saved. */
  draft = $state.raw<Draft | null>(null);
  /** Proposals that the draft stands for were selected: the draft is, and what is saved after it. */
  #draftChosen = false;

  /** Back to front, with the draft in place of the proposals it replaces; rejected ones left out. */
  readonly ordered: readonly Annotation[] = $derived.by(() => {
    const { draft } = this;
    const stored = inDrawingOrder(this.annotations).filter(
      (annotation) =>
        (annotation.status !== 'rejected' || this.showRejected) &&
        !(draft && replaces(draft, annotation)),
    );
    return draft
      ? [...stored, ...draft.proposals.filter((p) => draft.categoryIds.has(p.categoryId))]
      : stored;
  });
  /** What the canvas shows. */
  readonly visible: readonly Annotation[] = $derived(
    this.ordered.filter(
      (annotation) =>
        !this.hiddenObjects.has(annotation.id) &&
        !this.session.scope?.hiddenCategories.has(annotation.categoryId),
    ),
  );
  readonly accepted: readonly Annotation[] = $derived(
    this.ordered.filter((annotation) => annotation.status === 'accepted'),
  );
  /** Most doubtful first: the order in which they are decided. */
  readonly proposals: readonly Annotation[] = $derived(
    this.ordered.filter((annotation) => annotation.status === 'proposal').sort(byDoubt),
  );
  readonly rejectedCount: number = $derived(
    [...this.annotations.values()].filter((annotation) => annotation.status === 'rejected').length,
  );
  readonly selected: readonly Annotation[] = $derived(
    this.ordered.filter((annotation) => this.selection.has(annotation.id)),
  );

  /** What runs of this image and of those around it have stored. */
  readonly salience: StoredSalience;

  constructor(session: Session) {
    this.session = session;
    this.salience = new StoredSalience(session);
  }

  select(ids: Iterable<AnnotationId>): void {
    this.selection = new Set(ids);
  }

  /** Shows a draft; a selection of what it replaces goes over to it. */
  showDraft({ categoryIds, proposals }: Draft): void {
    // The same names from one move to the next: what shows them is changed, not remade.
    const named = proposals.map((proposal, i) => ({
      ...proposal,
      id: `draft${i}` as AnnotationId,
    }));
    const draft = { categoryIds, proposals: named };
    if (!this.draft) this.#draftChosen = this.selected.some((object) => replaces(draft, object));
    this.draft = draft;
    if (this.#draftChosen)
      this.select([...this.#keptBeside(draft), ...draft.proposals.map((proposal) => proposal.id)]);
  }

  /** Shows what is saved again. */
  endDraft(): void {
    const { draft } = this;
    this.draft = null;
    if (!draft || !this.#draftChosen) return;
    this.#draftChosen = false;
    this.selectInPlaceOf(draft);
  }

  protected selectInPlaceOf(draft: Draft): void {
    const saved = [...this.annotations.values()].filter((object) => replaces(draft, object));
    this.select([...this.#keptBeside(draft), ...saved.map((object) => object.id)]);
  }

  /** Selected objects that a draft has nothing to do with. */
  #keptBeside(draft: Draft): AnnotationId[] {
    return [...this.selection].filter((id) => {
      const object = this.annotations.get(id);
      return object !== undefined && !replaces(draft, object);
    });
  }

  /** Takes over what was done elsewhere. */
  protected takeChanges({ changes }: Transaction): void {
    const next = new Map(this.annotations);
    for (const { id, after } of changes) {
      if (after === null) next.delete(id);
      else next.set(id, after);
    }
    this.annotations = next;
    this.dropGoneSelection();
  }

  protected dropGoneSelection(): void {
    const drafted = new Set(this.draft?.proposals.map((proposal) => proposal.id));
    const isThere = (id: AnnotationId) => this.annotations.has(id) || drafted.has(id);
    if (![...this.selection].every(isThere))
      this.selection = new Set([...this.selection].filter(isThere));
    if (this.hovered && !this.annotations.has(this.hovered)) this.hovered = null;
  }
}

/** True for a proposal that the draft stands for. */
export function replaces(draft: Draft, { status, categoryId }: Annotation): boolean {
  return status === 'proposal' && draft.categoryIds.has(categoryId);
}

function byDoubt(a: Annotation, b: Annotation): number {
  return doubtOf(b) - doubtOf(a) || b.area - a.area;
}
