// What all tools share. A tool is a pure reducer: state and event in, state and maybe an edit out.
// It knows neither the canvas nor components; everything it needs comes in the context.
import type {
  Annotation,
  AnnotationChange,
  AnnotationId,
  Box,
  Category,
  ImageId,
  Origin,
  RleMask,
  SampleSide,
} from '../../../electron/api/types.ts';
import type { ImagePoint, Size } from '../geometry/viewport.ts';
import type { Edges } from './polygon/edges.ts';
import type { SegmentState } from './segment/state.ts';
import type { Pixels } from '../../../electron/masks/regions/flood.ts';

export type ToolId =
  | 'select'
  | 'pan'
  | 'segment'
  | 'brush'
  | 'eraser'
  | 'polygon'
  | 'box'
  | 'wand'
  | 'fill'
  | 'split'
  | 'merge';

export type ToolEventKind =
  /** Button pressed on the canvas. */
  | 'down'
  | 'move'
  | 'up'
  /** Pointer moves with no button. */
  | 'hover'
  | 'double'
  /** Enter. */
  | 'confirm'
  /** Backspace or Delete. */
  | 'back'
  /** Escape, or the tool is put away. */
  | 'cancel';

export interface ToolEvent {
  readonly kind: ToolEventKind;
  readonly point: ImagePoint;
  readonly shift: boolean;
  readonly alt: boolean;
  readonly ctrl: boolean;
}

export interface ToolOptions {
  /** Diameter in image pixels. */
  readonly size: number;
  readonly tip: 'round' | 'square';
  readonly protect: boolean;
  readonly polygonMode: 'new' | 'edit';
  /** Polygon: new sides follow edges of the photograph; Ctrl held means the opposite. */
  readonly polygonEdges: boolean;
  /** Polygon: points near a neighbour's outline lie on it; Alt held means the opposite. */
  readonly polygonBorders: boolean;
  /** Polygon: what an edge follows, 0 = the photograph alone, 1 = salience alone. */
  readonly wireSalience: number;
  /** Polygon detail: tolerance in image pixels. */
  readonly detail: number;
  /** Wand: largest difference of a colour channel. */
  readonly tolerance: number;
  readonly contiguous: boolean;
  /** Wand: side of the square around the press whose colour counts. */
  readonly sample: SampleSide;
  /** Wand: holes and islands of fewer pixels than this are not kept. */
  readonly speck: number;
  /** Segment: only the part under the last adding click is kept. */
  readonly onePart: boolean;
  /** Segment: islands and holes of a few pixels are removed. */
  readonly specks: boolean;
  /** What the rectangle tool draws: between two corners, or a box at any angle. */
  readonly boxShape: 'rectangle' | 'ellipse' | 'turned';
  /** Segment, rectangle, polygon and wand: what the shape does. */
  readonly shapeMode: 'new' | 'add' | 'cut';
}

export interface ToolContext {
  readonly imageId: ImageId;
  readonly image: Size;
  /** Screen pixels per image pixel. */
  readonly scale: number;
  /** Visible objects from back to front. */
  readonly objects: readonly Annotation[];
  readonly selected: readonly Annotation[];
  /** Any object of the image, hidden ones too. */
  readonly objectById: (id: AnnotationId) => Annotation | null;
  /** Class of what is drawn; null = there is none yet. */
  readonly category: Category | null;
  readonly nameOf: (annotation: Annotation) => string;
  readonly options: ToolOptions;
  readonly newId: () => AnnotationId;
  /** The photograph's pixels, when they are at hand and not too many. */
  readonly pixels: () => Pixels | null;
  /** Edges of the photograph; null where its pixels are not at hand. */
  readonly edges: () => Edges | null;
  /** The part of the image that is in view. */
  readonly shown: Box;
  /** The mask that clicks mean; null = it is not known yet. */
  readonly clickMask: (clicks: SegmentState) => RleMask | null;
}

export interface ToolResult<State> {
  readonly state: State;
  readonly transaction?: TransactionDraft | undefined;
  readonly selection?: readonly AnnotationId[] | undefined;
  /** The event cannot be taken yet: it comes again, before all that follow it, when an edge is answered. */
  readonly waits?: true;
  /** Something to say: an object that was protected, a class that is missing. */
  readonly note?: ToolNote | undefined;
}

export type ToolNote =
  | { readonly kind: 'protected'; readonly ids: readonly AnnotationId[] }
  | { readonly kind: 'noClass' }
  | { readonly kind: 'nothing' }
  /** A polygon of fewer than three points was to be closed. */
  | { readonly kind: 'fewPoints' }
  /** Something was to be taken away before anything was there. */
  | { readonly kind: 'clickFirst' }
  /** Clicks were to be accepted that nothing has answered yet. */
  | { readonly kind: 'clickWaits' };

/** A step of what is under way, in a word. */
export type StepWord =
  | { readonly kind: 'point'; readonly number: number }
  | { readonly kind: 'movePoint' | 'addPoint' | 'deletePoint' | 'seed' | 'press' }
  | {
      readonly kind:
        'addClick' | 'takeClick' | 'clickBox' | 'moveClick' | 'dropClick' | 'clearClicks';
    };

export interface Tool<State> {
  readonly initial: State;
  /** True while a shape is being drawn: Enter and Backspace then belong to it. */
  busy(state: State): boolean;
  reduce(state: State, event: ToolEvent, context: ToolContext): ToolResult<State>;
  /** Where the pointer is while it holds something down; null = it holds nothing. */
  pressed?(state: State): ImagePoint | null;
  /** The step between two states in which nothing is held down; null = there is none to take back. */
  step?(before: State, after: State): StepWord | null;
}

export interface TransactionDraft {
  readonly label: string;
  readonly changes: readonly AnnotationChange[];
  readonly origin?: Origin;
  /** Changes of one gesture join one undo step. */
  readonly gestureId?: string;
}
