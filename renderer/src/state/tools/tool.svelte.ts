// What people do with tools: choose one, set its options, finish, undo, leave. No work under way is lost.
import type {
  Annotation,
  AnnotationId,
  CategoryId,
  Parked,
} from '../../../../electron/api/types.ts';
import { imagePoint } from '../../geometry/viewport.ts';
import { resume } from '../../tools/armed/parking.ts';
import { outlineEdit, startEditing, without, withPointAt } from '../../tools/polygon/outline.ts';
import type { SegmentState } from '../../tools/segment/state.ts';
import { polygonTool } from '../../tools/polygon/polygon.ts';
import type { PolygonState } from '../../tools/polygon/state.ts';
import type { ToolId, ToolOptions } from '../../tools/types.ts';
import { back, forward, moved, nothingUnderWay, savedStep } from '../../tools/armed/underWay.ts';
import { MOST_SIZE } from '../../tools/armed/table.ts';
import type { DocumentState } from '../document/document.svelte.ts';
import type { Photo } from '../view/photo.svelte.ts';
import type { Session } from '../session/session.svelte.ts';
import type { Viewport } from '../view/viewport.svelte.ts';
import { text } from '../../text/text.ts';
import { ToolInHand } from './toolInHand.svelte.ts';
import { keepingOf } from './keeping.ts';

const PLAIN = { shift: false, alt: false, ctrl: false } as const;

export class Tools extends ToolInHand {
  constructor(session: Session, document: DocumentState, viewport: Viewport, photo: Photo) {
    super(session, document, viewport, photo);
    document.onLeave(() => this.leave());
  }

  /** Arms a tool; what is under way is finished or parked. */
  choose(id: ToolId): void {
    if (id === this.id) return;
    this.leave();
    this.arm(id);
  }

  /**
   * Another image, tool or screen comes: a press is let go, what is valid is finished, and what is not
   * is parked with its image.
   */
  leave(): void {
    this.wire.settle();
    const at = this.tool.pressed?.(this.way.state);
    if (at) this.dispatch({ ...PLAIN, kind: 'up', point: at });
    if (this.#isEditing()) this.send({ ...PLAIN, kind: 'confirm', point: imagePoint(0, 0) });
    const left = keepingOf(this.id, this.way, this.options);
    if (left) this.parking.park(left);
    this.arm(this.id);
  }

  setOptions(patch: Partial<ToolOptions>): void {
    const mode = this.options.polygonMode;
    const changes = patch.polygonMode !== undefined && patch.polygonMode !== mode;
    if (changes && this.id === 'polygon') this.leave();
    this.options = { ...this.options, ...patch };
    if (patch.onePart !== undefined || patch.specks !== undefined) this.followClicks();
    if (patch.detail !== undefined) this.#resample();
    if (patch.polygonMode === 'edit' && this.id === 'polygon') this.editPoints();
    else if (changes || patch.shapeMode !== undefined) this.keep();
  }

  resizeBrush(factor: number): void {
    const { size } = this.options;
    const next = factor > 1 ? Math.max(size + 1, size * factor) : Math.min(size - 1, size * factor);
    this.setOptions({ size: Math.round(Math.min(MOST_SIZE, Math.max(1, next))) });
  }

  /** The class of the next object; what is under way keeps its own. */
  chooseCategory(id: CategoryId): void {
    if (this.session.scope) this.session.scope.categoryId = id;
  }

  /** Gives what is being drawn another class; false when nothing is. */
  pin(id: CategoryId): boolean {
    // Points that are moved belong to an object, which has its class.
    if (this.#isEditing()) return false;
    const category = this.session.categoryById.get(id);
    const { pinned } = this.way;
    if (!this.busy || !pinned || !category) return false;
    this.take({ ...this.way, pinned: { ...pinned, category } });
    return true;
  }

  /** Opens the outline of the selected object. */
  editPoints(): void {
    const object = this.document.selected.find((candidate) => !candidate.locked);
    if (object && this.#isEditing(object.id)) return;
    this.leave();
    this.options = { ...this.options, polygonMode: 'edit' };
    this.arm('polygon');
    if (object) this.#beginEditing(object);
  }

  /** Takes up a parked shape where it was left. */
  goOn(parked: Parked): void {
    const { work, imageId, categoryId, targets } = parked;
    const category =
      (categoryId === null ? undefined : this.session.categoryById.get(categoryId)) ??
      this.category;
    const resumed = resume(work, imageId, category, targets);
    if (!resumed || imageId !== this.document.image?.id) return;
    this.leave();
    this.options = { ...this.options, ...resumed.options };
    this.parking.take(parked);
    this.hold(resumed.tool, resumed.way);
  }

  discard(parked: Parked): void {
    const name =
      parked.categoryId === null
        ? ''
        : (this.session.categoryById.get(parked.categoryId)?.name ?? '');
    this.parking.discard(parked, text.label.history.discard(name));
  }

  /** Moved points that a window left behind become the edit that they were; outlines follow their objects. */
  catchUp(): void {
    const { image } = this.document;
    const known = this.context();
    if (!image || !known || this.session.project?.readOnly) return;
    // The view learns of the image's size later than the document.
    const context = { ...known, image };
    for (const { id, imageId, targets, work } of this.parking.toFinish) {
      if (work.kind !== 'outline' || imageId !== context.imageId || !targets[0]) continue;
      const { before, rings } = work;
      const edit = outlineEdit({ id: targets[0], before, rings }, context);
      if (edit) this.document.commit(edit);
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
      category: this.session.categoryById.get(object.categoryId) ?? null,
      targets: [object.id],
    };
    const imageId = this.document.image?.id ?? null;
    this.take({ ...nothingUnderWay(polygonTool), imageId, pinned, state, settled: state });
  }

  /** Another choice, edge or crop of the clicks in hand; false when there are none. */
  adjustClicks(change: (state: SegmentState) => SegmentState): boolean {
    const { active } = this;
    if (active.tool !== 'segment' || active.state.steps.length === 0) return false;
    this.take(moved(this.tool, this.way, change(active.state)));
    return true;
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
      this.take(moved(this.tool, this.way, change(active.state)));
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
    const at = this.viewport.pointer ?? { x: 0, y: 0 };
    return this.dispatch({ ...PLAIN, kind, point: imagePoint(at.x, at.y) });
  }

  /** One level back, and nothing is lost: a press can be redone, points wait with their image. */
  #escape(): boolean {
    if (!this.busy) return false;
    // Cleared clicks are a step: they can be had back.
    if (this.id === 'segment' && !this.tool.pressed?.(this.way.state))
      return this.dispatch({ ...PLAIN, kind: 'cancel', point: imagePoint(0, 0) });
    const isAsked = this.active.tool === 'wand' && this.active.state.asked !== null;
    if (isAsked || this.tool.pressed?.(this.way.state)) return this.undo();
    this.leave();
    return true;
  }

  /** Takes back a step of the shape under way; false when a saved step is next. */
  undo(): boolean {
    this.wire.settle();
    const before = back(this.tool, this.way);
    if (before) this.take(before);
    return before !== null;
  }

  /** Brings a step of the shape under way again; false when a saved step is next. */
  redo(): boolean {
    this.wire.settle();
    const next = forward(this.tool, this.way);
    if (!next) return false;
    this.take(next);
    // What was held down ends where it had come to: the button may be up by now.
    const at = this.tool.pressed?.(next.state);
    if (at) this.dispatch({ ...PLAIN, kind: 'up', point: at });
    return true;
  }

  /** A saved step was undone (1) or brought again (-1): the order of steps holds over both kinds. */
  savedStep(by: 1 | -1): void {
    this.way = savedStep(this.way, by);
  }

  #resample(): void {
    const { active } = this;
    if (active.tool !== 'polygon' || active.state.kind !== 'editing') return;
    // Points that were moved stay moved: another detail is for an untouched outline.
    if (active.state.rings !== active.state.before) return;
    const object = this.document.annotations.get(active.state.id);
    if (object) this.#beginEditing(object);
  }
}
