// The armed tool: feeds its reducer, passes finished edits on, and holds what a view draws. tool.svelte.ts has
// what people do with it.
import type {
  Annotation,
  AnnotationId,
  Category,
  CategoryId,
} from '../../../../electron/api/types.ts';
import type {
  StepWord,
  Tool,
  ToolContext,
  ToolEvent,
  ToolId,
  ToolOptions,
  ToolResult,
} from '../../tools/types.ts';
import {
  advance,
  held,
  nextBack,
  nextForward,
  nothingUnderWay,
  type Pinned,
  type UnderWay,
} from '../../tools/armed/underWay.ts';
import { takeAnswer } from '../../tools/wand.ts';
import { imagePoint } from '../../geometry/viewport.ts';
import { DEFAULT_OPTIONS, TOOLS, type ToolState } from '../../tools/armed/table.ts';
import type { DocumentState } from '../document/document.svelte.ts';
import { Parking } from './parking.svelte.ts';
import type { Photo } from '../view/photo.svelte.ts';
import type { Session } from '../session/session.svelte.ts';
import type { Viewport } from '../view/viewport.svelte.ts';
import { keepingOf, openPartOf } from './keeping.ts';
import { askedOf, type Asked } from '../../tools/segment/question.ts';
import type { ClickStep, SegmentState } from '../../tools/segment/state.ts';
import { ClickAnswers } from './clickAnswers.svelte.ts';
import { PassingNote } from './passingNote.svelte.ts';
import { WandAnswer } from './wandAnswer.svelte.ts';
import { WireEdges } from './wireEdges.svelte.ts';

/** Tools that change nothing by themselves. */
export const LOOKING: ReadonlySet<ToolId> = new Set(['select', 'pan']);
const NO_KEYS = { shift: false, alt: false, ctrl: false } as const;

export class ToolInHand {
  protected readonly session: Session;
  protected readonly document: DocumentState;
  protected readonly viewport: Viewport;
  readonly #photo: Photo;
  readonly parking: Parking;
  #id = $state<ToolId>('select');
  protected way = $state.raw<UnderWay<unknown>>(nothingUnderWay(TOOLS.select));
  options = $state.raw<ToolOptions>(DEFAULT_OPTIONS);
  readonly note = new PassingNote();
  readonly wand: WandAnswer;
  readonly clicks: ClickAnswers;
  readonly wire: WireEdges;
  /** Clicks that are accepted as soon as they are answered. */
  #acceptSoon: readonly ClickStep[] | null = null;
  /** What was last sent to the project. */
  #kept: readonly unknown[] = [];

  readonly active: ToolState = $derived({ tool: this.#id, state: this.way.state } as ToolState);
  readonly busy: boolean = $derived(this.tool.busy(this.way.state));
  /** What the first press of the shape under way was meant for; null = nothing is under way. */
  readonly pinned: Pinned | null = $derived(this.busy ? this.way.pinned : null);
  /**
   * Class of what is drawn: that of the first press while something is under way; else the chosen one,
   * the selection's, the first.
   */
  readonly category: Category | null = $derived.by(() => {
    if (this.pinned) return this.pinned.category;
    const { categories, categoryById } = this.session;
    const selected = this.document.selected[0]?.categoryId;
    return (
      (this.categoryId === null ? undefined : categoryById.get(this.categoryId)) ??
      (selected === undefined ? undefined : categoryById.get(selected)) ??
      categories[0] ??
      null
    );
  });
  /** What undo and redo take of the shape under way; null = they are for what is saved. */
  readonly undoWord: StepWord | null = $derived(nextBack(this.tool, this.way));
  readonly redoWord: StepWord | null = $derived(nextForward(this.way));
  /** Steps of the shape under way that undo can take back. */
  readonly steps: number = $derived(this.way.past.length);

  constructor(session: Session, document: DocumentState, viewport: Viewport, photo: Photo) {
    this.session = session;
    this.document = document;
    this.viewport = viewport;
    this.#photo = photo;
    this.parking = new Parking(session, document);
    this.wand = new WandAnswer(session);
    this.clicks = new ClickAnswers(session);
    this.clicks.onChange(() => this.#answered());
    this.wire = new WireEdges(photo, session.notices, (event) => this.send(event));
  }

  get id(): ToolId {
    return this.#id;
  }

  protected get tool(): Tool<unknown> {
    return TOOLS[this.#id];
  }

  protected arm(id: ToolId): void {
    this.hold(id, nothingUnderWay(TOOLS[id]));
  }

  protected hold(id: ToolId, way: UnderWay<unknown>): void {
    this.#id = id;
    this.take(way);
  }

  /** The chosen class of this project; null = none was chosen. */
  get categoryId(): CategoryId | null {
    return this.session.scope?.categoryId ?? null;
  }

  /** Hands an event to the tool; true = it took part (Enter, Backspace, Escape belong to it). */
  dispatch(event: ToolEvent): boolean {
    if (!this.session.canEdit && !LOOKING.has(this.#id)) return false;
    const isKey = event.kind === 'confirm' || event.kind === 'back' || event.kind === 'cancel';
    const takesKey =
      this.busy ||
      (this.#id === 'merge' && event.kind === 'confirm' && this.document.selected.length > 1);
    if (isKey && !takesKey) return false;
    return this.send(event);
  }

  protected send(event: ToolEvent): boolean {
    const context = this.context();
    if (!context) return false;
    if (this.wire.holds(event)) return true;
    const { way, result } = advance(this.tool, this.way, event, context);
    if (result.waits) this.wire.wait(event);
    this.apply(result);
    this.take(way);
    return true;
  }

  context(): ToolContext | null {
    const { image, problem } = this.document;
    if (!image || problem !== null) return null;
    return {
      imageId: image.id,
      image: this.viewport.image,
      scale: this.viewport.view.scale,
      objects: this.document.visible,
      selected: this.#selectedNow(),
      objectById: (id) =>
        this.document.annotations.get(id) ??
        this.document.selected.find((object) => object.id === id) ??
        null,
      category: this.category,
      nameOf: (annotation) => this.nameOf(annotation),
      options: this.options,
      newId: () => crypto.randomUUID() as AnnotationId,
      pixels: () => this.#photo.pixels(),
      edges: () => this.wire.of(image.id, this.viewport.image, this.options.wireSalience),
      shown: this.viewport.shown,
      clickMask: (clicks) => {
        const asked = this.#askedOf(clicks);
        return asked && this.clicks.maskOf(asked);
      },
    };
  }

  /** In a window that only looks everything is as if locked: it is selected, but neither moved nor sized. */
  #selectedNow(): readonly Annotation[] {
    const { selected } = this.document;
    return this.session.canEdit ? selected : selected.map((one) => ({ ...one, locked: true }));
  }

  nameOf(annotation: Annotation): string {
    return this.session.categoryById.get(annotation.categoryId)?.name ?? '';
  }

  protected take(way: UnderWay<unknown>): void {
    this.way = way;
    this.#followWand();
    this.followClicks();
    this.keep();
  }

  /** Asks for what the clicks in hand mean; what is held down is not asked for yet. */
  protected followClicks(): void {
    const { active } = this;
    if (active.tool !== 'segment') return this.clicks.follow(null);
    if (active.state.press === null) this.clicks.follow(this.#askedOf(active.state));
  }

  #askedOf(clicks: SegmentState): Asked | null {
    const { imageId, pinned } = this.way;
    if (imageId === null) return null;
    const base = clicks.base && (this.document.annotations.get(clicks.base) ?? null);
    const category = base?.categoryId ?? pinned?.category?.id ?? null;
    return askedOf(clicks, { imageId, options: this.options, category, base });
  }

  #answered(): void {
    const { active } = this;
    const steps = this.#acceptSoon;
    if (steps === null) return;
    this.#acceptSoon = null;
    if (active.tool !== 'segment' || active.state.steps !== steps || this.clicks.waiting) return;
    this.send({ ...NO_KEYS, kind: 'confirm', point: imagePoint(0, 0) });
  }

  /** The project learns of every step at once. */
  protected keep(): void {
    const { polygonMode, shapeMode } = this.options;
    const now = [openPartOf(this.#id, this.way), this.way.pinned, polygonMode, shapeMode];
    // A pointer that only moves changes nothing worth a word.
    if (now.every((value, i) => value === this.#kept[i])) return;
    this.#kept = now;
    const what = keepingOf(this.#id, this.way, this.options);
    if (what) this.parking.keep(what);
    else this.parking.finish();
  }

  protected apply(result: ToolResult<unknown>): void {
    if (result.transaction) this.document.commit(result.transaction);
    if (result.selection) this.document.select(result.selection);
    if (!result.note) return;
    if (result.note.kind === 'clickWaits' && this.clicks.refusal === null)
      this.#acceptSoon = (result.state as SegmentState).steps;
    this.note.show(result.note);
  }

  /** Asks the engine what the wand wants to know; a question that was given up is stopped. */
  #followWand(): void {
    const { active } = this;
    const asked = active.tool === 'wand' ? active.state.asked : null;
    if (asked !== this.wand.question)
      void this.wand.ask(asked, (mask) => {
        const context = this.context();
        const pinned = this.way.pinned;
        const result = mask && context ? takeAnswer(asked!, mask, held(context, pinned)) : null;
        if (result) this.apply(result);
        this.arm('wand');
      });
  }
}
