// State of the segment tool: the clicks and the box of one object, in the order given.
import type { AnnotationId, Box } from '../../../../electron/api/types.ts';
import type { ImagePoint } from '../../geometry/viewport.ts';

export type ClickStep =
  | { readonly kind: 'click'; readonly x: number; readonly y: number; readonly adds: boolean }
  | { readonly kind: 'box'; readonly box: Box };

/** Corners of a box, clockwise from the upper left. */
export type Corner = 0 | 1 | 2 | 3;

/** What is being dragged: a new click or box, or an existing one. */
export interface SegmentPress {
  readonly from: ImagePoint;
  readonly at: ImagePoint;
  readonly adds: boolean;
  /** Started with Shift on an object: it is changed by what follows. */
  readonly shift: boolean;
  readonly grabbed: { readonly step: number; readonly corner: Corner | null } | null;
  /** The pointer moved farther than a trembling hand. */
  readonly dragged: boolean;
}

export interface SegmentState {
  /** Another array for other clicks: answers are found by it. */
  readonly steps: readonly ClickStep[];
  /** Place of the choice among those of these clicks. */
  readonly chosen: number;
  /** The choice of earlier clicks that the next answer starts from; null = from nothing. */
  readonly after: { readonly steps: readonly ClickStep[]; readonly chosen: number } | null;
  /** Edge: above 0 tighter, below looser. */
  readonly cut: number;
  /** Part of the image that is looked at closely; null = all of it. */
  readonly crop: Box | null;
  /** The object that the clicks change; null = a new one. */
  readonly base: AnnotationId | null;
  readonly press: SegmentPress | null;
  /** The state before a click was taken away by a click: a double click means neither. */
  readonly undropped: SegmentState | null;
}

export const NO_CLICKS: SegmentState = {
  steps: [],
  chosen: 0,
  after: null,
  cut: 0,
  crop: null,
  base: null,
  press: null,
  undropped: null,
};

/** Most that the edge can be moved, in logits. */
export const MOST_CUT = 4;
export const CUT_STEP = 0.5;

/** The box, if one was drawn. */
export function boxOf(steps: readonly ClickStep[]): Box | null {
  const step = steps.find(({ kind }) => kind === 'box');
  return step?.kind === 'box' ? step.box : null;
}

/** The clicks, in order. */
export function clicksOf(steps: readonly ClickStep[]) {
  return steps.flatMap((step) => (step.kind === 'click' ? [step] : []));
}

/** The box between two places, cut at the image's edge; null when nothing is left of it. */
export function boxBetween(
  a: { readonly x: number; readonly y: number },
  b: { readonly x: number; readonly y: number },
  image: { readonly width: number; readonly height: number },
): Box | null {
  const held = (value: number, most: number) => Math.min(most, Math.max(0, value));
  const [left, right] = [a.x, b.x].map((x) => held(x, image.width)).sort((p, q) => p - q);
  const [top, bottom] = [a.y, b.y].map((y) => held(y, image.height)).sort((p, q) => p - q);
  const [width, height] = [right! - left!, bottom! - top!];
  return width > 0 && height > 0 ? [left!, top!, width, height] : null;
}

/** Places of a box's corners, clockwise from the upper left. */
export function cornersOf([x, y, width, height]: Box) {
  return [
    { x, y },
    { x: x + width, y },
    { x: x + width, y: y + height },
    { x, y: y + height },
  ] as const;
}
