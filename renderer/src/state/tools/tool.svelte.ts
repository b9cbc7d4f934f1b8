// The armed tool: feeds its reducer, passes finished edits on, keeps what a view must draw, and loses nothing
// that is under way. Longer than most files because all of it answers to one state.
import type {
  Annotation,
  AnnotationId,
  Category,
  CategoryId,
  Parked,
} from '../../../../electron/api/types.ts';
import { imagePoint } from '../../geometry/viewport.ts';
import { openPart, resume, workOf, type Leaving } from '../../tools/armed/parking.ts';
import { outlineEdit, startEditing, without, withPointAt } from '../../tools/polygon/outline.ts';
import { polygonTool } from '../../tools/polygon/polygon.ts';
import type { PolygonState } from '../../tools/polygon/state.ts';
import type {
  StepWord,
  Tool,
  ToolContext,
  ToolEvent,
  ToolId,
  ToolNote,
  ToolOptions,
  ToolResult,
} from '../../tools/types.ts';
import {
  advance,
  back,
  forward,
  held,
  moved,
  nextBack,
  nextForward,
  nothingUnderWay,
  savedStep,
  type Pinned,
  type UnderWay,
} from '../../tools/armed/underWay.ts';
import { takeAnswer } from '../../tools/wand.ts';
import {
  CAN_PARK,
  DEFAULT_OPTIONS,
  MOST_SIZE,
  TOOLS,
  type ToolState,
} from '../../tools/armed/table.ts';
import type { DocumentState } from '../document/document.svelte.ts';
import { Parking, type Keeping } from './parking.svelte.ts';
import type { Photo } from '../view/photo.svelte.ts';
import type { Session } from '../session/session.svelte.ts';
import type { Viewport } from '../view/viewport.svelte.ts';
import { WandAnswer } from './wandAnswer.svelte.ts';
import { text } from '../../text/text.ts';

/** Tools that change nothing by themselves. */
export const LOOKING: ReadonlySet<ToolId> = new Set(['select', 'pan']);
const NOTE_MS = 2500;
const PLAIN = { shift: false, alt: false, ctrl: false } as const;

export class Tools {
  readonly #session: Session;
  readonly #document: DocumentState;
  readonly #viewport: Viewport;
  readonly #photo: Photo;
  readonly parking: Parking;
  #id = $state<ToolId>('select');
  #way = $state.raw<UnderWay<unknown>>(nothingUnderWay(TOOLS.select));
  options = $state.raw<ToolOptions>(DEFAULT_OPTIONS);
  /** What a tool has to say just now. */
  note = $state.raw<ToolNote | null>(null);
  readonly wand: WandAnswer;
  /** What the project was told last. */
  #kept: readonly unknown[] = [];
  #noteTimer: ReturnType<typeof setTimeout> | undefined;

  readonly active: ToolState = $derived({ tool: this.#id, state: this.#way.state } as ToolState);
  readonly busy: boolean = $derived(this.#tool.busy(this.#way.state));
  /** What the first press of the shape under way was meant for; null = nothing is under way. */
  readonly pinned: Pinned | null = $derived(this.busy ? this.#way.pinned : null);
  /**
   * Class of what is drawn: that of the first press while something is under way; else the chosen one,
   * the selection's, the first.
   */
  readonly category: Category | null = $derived.by(() => {
    if (this.pinned) return this.pinned.category;
    const { categories, categoryById } = this.#session;
    const selected = this.#document.selected[0]?.categoryId;
    return (
      (this.categoryId === null ? undefined : categoryById.get(this.categoryId)) ??
      (selected === undefined ? undefined : categoryById.get(selected)) ??
      categories[0] ??
      null
    );
  });
  /** What undo and redo take of the shape under way; null = they are for what is saved. */
  readonly undoWord: StepWord | null = $derived(nextBack(this.#tool, this.#way));
  readonly redoWord: StepWord | null = $derived(nextForward(this.#way));
  /** Steps of the shape under way that undo can take back. */
  readonly steps: number = $derived(this.#way.past.length);

  constructor(session: Session, document: DocumentState, viewport: Viewport, photo: Photo) {
    this.#session = session;
    this.#document = document;
    this.#viewport = viewport;
    this.#photo = photo;
    this.parking = new Parking(session, document);
    this.wand = new WandAnswer(session);
    document.onLeave(() => this.leave());
  }

  get id(): ToolId {
    return this.#id;
  }

  get #tool(): Tool<unknown> {
    return TOOLS[this.#id];
  }

  /** Arms a tool; what is under way is finished or parked. */
  choose(id: ToolId): void {
    if (id === this.#id) return;
    this.leave();
    this.#arm(id);
  }

  /**
   * Another image, tool or screen comes: a press is let go, what is valid is finished, and what is not
   * is parked with its image.
   */
  leave(): void {
    const at = this.#tool.pressed?.(this.#way.state);
    if (at) this.dispatch({ ...PLAIN, kind: 'up', point: at });
    if (this.#isEditing()) this.#send({ ...PLAIN, kind: 'confirm', point: imagePoint(0, 0) });
    const left = this.#keeping();
    if (left) this.parking.park(left);
    this.#arm(this.#id);
  }

  #arm(id: ToolId): void {
    this.#id = id;
    this.#take(nothingUnderWay(TOOLS[id]));
  }

  setOptions(patch: Partial<ToolOptions>): void {
    const mode = this.options.polygonMode;
    const changes = patch.polygonMode !== undefined && patch.polygonMode !== mode;
    // Points of a new shape are as good for a hole: only to and from editing another work begins.
    const isOther = changes && (patch.polygonMode === 'edit' || mode === 'edit');
    if (isOther && this.#id === 'polygon') this.leave();
    this.options = { ...this.options, ...patch };
    if (patch.detail !== undefined) this.#resample();
    if (patch.polygonMode === 'edit' && this.#id === 'polygon') this.editPoints();
    else if (changes || patch.shapeMode !== undefined) this.#keep();
  }

  resizeBrush(factor: number): void {
    const { size } = this.options;
    const next = factor > 1 ? Math.max(size + 1, size * factor) : Math.min(size - 1, size * factor);
    this.setOptions({ size: Math.round(Math.min(MOST_SIZE, Math.max(1, next))) });
  }

  /** The chosen class of this project; null = none was chosen. */
  get categoryId(): CategoryId | null {
    return this.#session.scope?.categoryId ?? null;
  }

  /** The class of the next object; what is under way keeps its own. */
  chooseCategory(id: CategoryId): void {
    if (this.#session.scope) this.#session.scope.categoryId = id;
  }

  /** Gives what is being drawn another class; false when nothing is. */
  pin(id: CategoryId): boolean {
    // Points that are moved belong to an object, which has its class.
    if (this.#isEditing()) return false;
    const category = this.#session.categoryById.get(id);
    const { pinned } = this.#way;
    if (!this.busy || !pinned || !category) return false;
    this.#take({ ...this.#way, pinned: { ...pinned, category } });
    return true;
  }

  /** Opens the outline of the selected object. */
  editPoints(): void {
    const object = this.#document.selected.find((candidate) => !candidate.locked);
    if (object && this.#isEditing(object.id)) return;
    this.leave();
    this.options = { ...this.options, polygonMode: 'edit' };
    this.#arm('polygon');
    if (object) this.#beginEditing(object);
  }

  /** Takes up a parked shape where it was left. */
  goOn(parked: Parked): void {
    const { work, imageId, categoryId, targets } = parked;
    const category =
      (categoryId === null ? undefined : this.#session.categoryById.get(categoryId)) ??
      this.category;
    const resumed = resume(work, imageId, category, targets);
    if (!resumed || imageId !== this.#document.image?.id) return;
    this.leave();
    this.options = { ...this.options, ...resumed.options };
    this.#id = resumed.tool;
    this.parking.take(parked);
    this.#take(resumed.way);
  }

  discard(parked: Parked): void {
    const name =
      parked.categoryId === null
        ? ''
        : (this.#session.categoryById.get(parked.categoryId)?.name ?? '');
    this.parking.discard(parked, text.label.history.discard(name));
  }

  /** Moved points that a window left behind become the edit that they were; outlines follow their objects. */
  catchUp(): void {
    const { image } = this.#document;
    const known = this.context();
    if (!image || !known || this.#session.project?.readOnly) return;
    // The view learns of the image's size later than the document.
    const context = { ...known, image };
    for (const { id, imageId, targets, work } of this.parking.toFinish) {
      if (work.kind !== 'outline' || imageId !== context.imageId || !targets[0]) continue;
      const { before, rings } = work;
      const edit = outlineEdit({ id: targets[0], before, rings }, context);
      if (edit) this.#document.commit(edit);
      this.parking.remove(id);
    }
    const { active } = this;
    if (active.tool !== 'polygon' || active.state.kind !== 'editing') return;
    const object = context.objectById(active.state.id);
    const isStale = object && object.mask !== active.state.mask;
    if (isStale && active.state.rings === active.state.before) this.#beginEditing(object);
  }

  #beginEditing(object: Annotation): void {
    const state = startEditing(object.id, object.mask, this.options.detail);
    const pinned = {
      category: this.#session.categoryById.get(object.categoryId) ?? null,
      targets: [object.id],
    };
    const imageId = this.#document.image?.id ?? null;
    this.#take({ ...nothingUnderWay(polygonTool), imageId, pinned, state, settled: state });
  }

  #isEditing(id?: AnnotationId): boolean {
    const { active } = this;
    const isOn = active.tool === 'polygon' && active.state.kind === 'editing';
    return isOn && (id === undefined || (active.state as { id: AnnotationId }).id === id);
  }

  /** Marks a point of the edited outline, as the pointer over it does. */
  showPoint(ring: number, index: number): void {
    this.#editOutline((state) => ({ ...state, hover: { ring, index } }));
  }

  movePoint(ring: number, index: number, x: number, y: number): void {
    this.#editOutline((state) => withPointAt(state, { ring, index }, { x, y }));
  }

  deletePoint(ring: number, index: number): void {
    this.#editOutline((state) => without(state, { ring, index }));
  }

  /** Sets the next point of a new polygon, as a click there does. */
  addPoint(x: number, y: number): void {
    this.dispatch({ ...PLAIN, kind: 'down', point: imagePoint(x, y) });
  }

  #editOutline(change: (state: PolygonState & { kind: 'editing' }) => PolygonState): void {
    const { active } = this;
    if (active.tool === 'polygon' && active.state.kind === 'editing')
      this.#take(moved(this.#tool, this.#way, change(active.state)));
  }

  /** Hands an event to the tool; true = it took part (Enter, Backspace, Escape belong to it). */
  dispatch(event: ToolEvent): boolean {
    if (!this.#session.canEdit && !LOOKING.has(this.#id)) return false;
    const isKey = event.kind === 'confirm' || event.kind === 'back' || event.kind === 'cancel';
    const takesKey =
      this.busy ||
      (this.#id === 'merge' && event.kind === 'confirm' && this.#document.selected.length > 1);
    if (isKey && !takesKey) return false;
    return this.#send(event);
  }

  #send(event: ToolEvent): boolean {
    const context = this.context();
    if (!context) return false;
    const { way, result } = advance(this.#tool, this.#way, event, context);
    this.#apply(result);
    this.#take(way);
    return true;
  }

  /** Keys of the shape under way: Enter finishes, Backspace takes a step back, Esc lets it rest. */
  key(kind: 'confirm' | 'back' | 'cancel'): boolean {
    if (kind === 'cancel') return this.#escape();
    const { active } = this;
    const takesPoint =
      active.tool === 'polygon' && active.state.kind === 'editing' && active.state.hover !== null;
    if (kind === 'back' && this.busy && !takesPoint) {
      if (this.undoWord) this.undo();
      return true;
    }
    const at = this.#viewport.pointer ?? { x: 0, y: 0 };
    return this.dispatch({ ...PLAIN, kind, point: imagePoint(at.x, at.y) });
  }

  /** One level back, and nothing is lost: a press can be redone, points wait with their image. */
  #escape(): boolean {
    if (!this.busy) return false;
    const isAsked = this.active.tool === 'wand' && this.active.state.asked !== null;
    if (isAsked || this.#tool.pressed?.(this.#way.state)) return this.undo();
    this.leave();
    return true;
  }

  /** Takes back a step of the shape under way; false when a saved step is next. */
  undo(): boolean {
    const before = back(this.#tool, this.#way);
    if (before) this.#take(before);
    return before !== null;
  }

  /** Brings a step of the shape under way again; false when a saved step is next. */
  redo(): boolean {
    const next = forward(this.#tool, this.#way);
    if (!next) return false;
    this.#take(next);
    // What was held down ends where it had come to: the button may be up by now.
    const at = this.#tool.pressed?.(next.state);
    if (at) this.dispatch({ ...PLAIN, kind: 'up', point: at });
    return true;
  }

  /** A saved step was undone (1) or brought again (-1): the order of steps holds over both kinds. */
  savedStep(by: 1 | -1): void {
    this.#way = savedStep(this.#way, by);
  }

  context(): ToolContext | null {
    const { image, problem } = this.#document;
    if (!image || problem !== null) return null;
    return {
      imageId: image.id,
      image: this.#viewport.image,
      scale: this.#viewport.view.scale,
      objects: this.#document.visible,
      selected: this.#selectedNow(),
      objectById: (id) =>
        this.#document.annotations.get(id) ??
        this.#document.selected.find((object) => object.id === id) ??
        null,
      category: this.category,
      nameOf: (annotation) => this.nameOf(annotation),
      options: this.options,
      newId: () => crypto.randomUUID() as AnnotationId,
      pixels: () => this.#photo.pixels(),
    };
  }

  /** In a window that only looks everything is as if locked: it is selected, but neither moved nor sized. */
  #selectedNow(): readonly Annotation[] {
    const { selected } = this.#document;
    return this.#session.canEdit ? selected : selected.map((one) => ({ ...one, locked: true }));
  }

  nameOf(annotation: Annotation): string {
    return this.#session.categoryById.get(annotation.categoryId)?.name ?? '';
  }

  #take(way: UnderWay<unknown>): void {
    this.#way = way;
    this.#followWand();
    this.#keep();
  }

  /** The project learns of every step at once. */
  #keep(): void {
    const { polygonMode, shapeMode } = this.options;
    const now = [this.#openPart(), this.#way.pinned, polygonMode, shapeMode];
    // A pointer that only moves changes nothing worth a word.
    if (now.every((value, i) => value === this.#kept[i])) return;
    this.#kept = now;
    const what = this.#keeping();
    if (what) this.parking.keep(what);
    else this.parking.finish();
  }

  /** The part of the state that is kept, by identity; null = there is none. */
  #openPart(): unknown {
    const { settled, imageId } = this.#way;
    return imageId === null || !CAN_PARK.has(this.#id)
      ? null
      : openPart({ tool: this.#id, state: settled } as Leaving);
  }

  /** What would be lost if the window ended now; null = nothing. */
  #keeping(): Keeping | null {
    const { imageId, pinned } = this.#way;
    if (imageId === null || !CAN_PARK.has(this.#id)) return null;
    const settled = { tool: this.#id, state: this.#way.settled } as Leaving;
    const work = workOf(settled, this.options);
    if (!work) return null;
    const needsClass = work.kind !== 'line' && work.kind !== 'outline';
    const categoryId = needsClass ? (pinned?.category?.id ?? null) : null;
    return { imageId, categoryId, targets: pinned?.targets ?? [], work };
  }

  #apply(result: ToolResult<unknown>): void {
    if (result.transaction) this.#document.commit(result.transaction);
    if (result.selection) this.#document.select(result.selection);
    if (!result.note) return;
    this.note = result.note;
    clearTimeout(this.#noteTimer);
    this.#noteTimer = setTimeout(() => (this.note = null), NOTE_MS);
  }

  /** Asks the engine what the wand wants to know; a question that was given up is stopped. */
  #followWand(): void {
    const { active } = this;
    const asked = active.tool === 'wand' ? active.state.asked : null;
    if (asked !== this.wand.question)
      void this.wand.ask(asked, (mask) => {
        const context = this.context();
        const pinned = this.#way.pinned;
        const result = mask && context ? takeAnswer(asked!, mask, held(context, pinned)) : null;
        if (result) this.#apply(result);
        this.#arm('wand');
      });
  }

  #resample(): void {
    const { active } = this;
    if (active.tool !== 'polygon' || active.state.kind !== 'editing') return;
    // Points that were moved stay moved: another detail is for an untouched outline.
    if (active.state.rings !== active.state.before) return;
    const object = this.#document.annotations.get(active.state.id);
    if (object) this.#beginEditing(object);
  }
}
