// The armed tool: feeds its reducer, passes finished edits on, and keeps what a view must draw.
import type {
  Annotation,
  AnnotationId,
  Category,
  CategoryId,
} from '../../../electron/api/types.ts';
import { imagePoint } from '../geometry/viewport.ts';
import { boxTool, type BoxState } from '../tools/box.ts';
import { brushTool, eraserTool, type BrushState } from '../tools/brush.ts';
import { fillTool, type FillState } from '../tools/fill.ts';
import { mergeTool, type MergeState } from '../tools/merge.ts';
import {
  polygonTool,
  startEditing,
  without,
  withPointAt,
  type PolygonState,
} from '../tools/polygon.ts';
import { selectTool, type SelectState } from '../tools/select.ts';
import { splitTool, type SplitState } from '../tools/split.ts';
import type {
  Tool,
  ToolContext,
  ToolEvent,
  ToolId,
  ToolNote,
  ToolOptions,
  ToolResult,
} from '../tools/types.ts';
import { takeAnswer, wandTool, type WandState } from '../tools/wand.ts';
import type { DocumentState } from './document.svelte.ts';
import type { Photo } from './photo.svelte.ts';
import type { Session } from './session.svelte.ts';
import type { Viewport } from './viewport.svelte.ts';
import { WandAnswer } from './wandAnswer.svelte.ts';

/** State of the armed tool, tagged by its name. */
export type ToolState =
  | { readonly tool: 'select'; readonly state: SelectState }
  | { readonly tool: 'pan'; readonly state: null }
  | { readonly tool: 'brush' | 'eraser'; readonly state: BrushState }
  | { readonly tool: 'polygon'; readonly state: PolygonState }
  | { readonly tool: 'box'; readonly state: BoxState }
  | { readonly tool: 'wand'; readonly state: WandState }
  | { readonly tool: 'fill'; readonly state: FillState }
  | { readonly tool: 'split'; readonly state: SplitState }
  | { readonly tool: 'merge'; readonly state: MergeState };

const panTool: Tool<null> = { initial: null, busy: () => false, reduce: (state) => ({ state }) };

const TOOLS: { readonly [id in ToolId]: Tool<unknown> } = {
  select: selectTool,
  pan: panTool,
  brush: brushTool,
  eraser: eraserTool,
  polygon: polygonTool,
  box: boxTool,
  wand: wandTool,
  fill: fillTool,
  split: splitTool,
  merge: mergeTool,
};

export const DEFAULT_OPTIONS: ToolOptions = {
  size: 24,
  tip: 'round',
  protect: true,
  polygonMode: 'new',
  detail: 2,
  tolerance: 24,
  contiguous: true,
  shapeMode: 'new',
};
export const MOST_SIZE = 1000;
/** Tools that change nothing by themselves. */
export const LOOKING: ReadonlySet<ToolId> = new Set(['select', 'pan']);
const NOTE_MS = 2500;

export class Tools {
  readonly #session: Session;
  readonly #document: DocumentState;
  readonly #viewport: Viewport;
  readonly #photo: Photo;
  active = $state.raw<ToolState>({ tool: 'select', state: selectTool.initial });
  options = $state.raw<ToolOptions>(DEFAULT_OPTIONS);
  /** What a tool has to say just now. */
  note = $state.raw<ToolNote | null>(null);
  readonly wand: WandAnswer;
  #noteTimer: ReturnType<typeof setTimeout> | undefined;

  /** Class of the next drawn object: the chosen one, else the selection's, else the first. */
  readonly category: Category | null = $derived.by(() => {
    const { categories, categoryById } = this.#session;
    const selected = this.#document.selected[0]?.categoryId;
    return (
      (this.categoryId === null ? undefined : categoryById.get(this.categoryId)) ??
      (selected === undefined ? undefined : categoryById.get(selected)) ??
      categories[0] ??
      null
    );
  });
  readonly busy: boolean = $derived(this.#isBusy(this.active));

  constructor(session: Session, document: DocumentState, viewport: Viewport, photo: Photo) {
    this.#session = session;
    this.#document = document;
    this.#viewport = viewport;
    this.#photo = photo;
    this.wand = new WandAnswer(session);
  }

  get id(): ToolId {
    return this.active.tool;
  }

  /** Arms a tool; a shape under way is given up. */
  choose(id: ToolId): void {
    if (id === this.active.tool) return;
    this.#arm(id);
  }

  /** The image makes way for another: nothing under way may land there. */
  leaveImage(): void {
    if (this.wand.question) this.#arm('wand');
  }

  #arm(id: ToolId): void {
    this.active = { tool: id, state: TOOLS[id].initial } as ToolState;
    this.#followWand();
  }

  setOptions(patch: Partial<ToolOptions>): void {
    this.options = { ...this.options, ...patch };
    if (patch.detail !== undefined) this.#resample();
    if (patch.polygonMode !== undefined && this.active.tool === 'polygon') {
      this.active = { tool: 'polygon', state: polygonTool.initial };
      if (patch.polygonMode === 'edit') this.editPoints();
    }
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

  chooseCategory(id: CategoryId): void {
    if (this.#session.scope) this.#session.scope.categoryId = id;
  }

  /** Opens the outline of the selected object. */
  editPoints(): void {
    const object = this.#document.selected.find((candidate) => !candidate.locked);
    this.options = { ...this.options, polygonMode: 'edit' };
    this.active = {
      tool: 'polygon',
      state: object
        ? startEditing(object.id, object.mask, this.options.detail)
        : polygonTool.initial,
    };
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
    this.dispatch({ kind: 'down', point: imagePoint(x, y), shift: false, alt: false, ctrl: false });
  }

  #editOutline(change: (state: PolygonState & { kind: 'editing' }) => PolygonState): void {
    const { active } = this;
    if (active.tool === 'polygon' && active.state.kind === 'editing')
      this.active = { tool: 'polygon', state: change(active.state) };
  }

  /** Hands an event to the tool; true = it took part (Enter, Backspace, Escape belong to it). */
  dispatch(event: ToolEvent): boolean {
    const context = this.context();
    if (!context) return false;
    const { tool, state } = this.active;
    if (!this.#session.canEdit && !LOOKING.has(tool)) return false;
    const isKey = event.kind === 'confirm' || event.kind === 'back' || event.kind === 'cancel';
    const takesKey =
      this.busy || (tool === 'merge' && event.kind === 'confirm' && context.selected.length > 1);
    if (isKey && !takesKey) return false;
    const result = TOOLS[tool].reduce(state, event, context);
    this.active = { tool, state: result.state } as ToolState;
    this.#apply(result);
    this.#followWand();
    return true;
  }

  /** Finishes or drops what is under way without a pointer. */
  key(kind: 'confirm' | 'back' | 'cancel'): boolean {
    const at = this.#viewport.pointer ?? { x: 0, y: 0 };
    const point = imagePoint(at.x, at.y);
    return this.dispatch({ kind, point, shift: false, alt: false, ctrl: false });
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

  #isBusy({ tool, state }: ToolState): boolean {
    return TOOLS[tool].busy(state);
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
        const result = mask && context ? takeAnswer(asked!, mask, context) : null;
        this.active = { tool: 'wand', state: wandTool.initial };
        if (result) this.#apply(result);
      });
  }

  #resample(): void {
    const { active } = this;
    if (active.tool !== 'polygon' || active.state.kind !== 'editing') return;
    // Points that were moved stay moved: another detail is for an untouched outline.
    if (active.state.rings !== active.state.before) return;
    const object = this.#document.annotations.get(active.state.id);
    if (object)
      this.active = {
        tool: 'polygon',
        state: startEditing(object.id, object.mask, this.options.detail),
      };
  }
}
