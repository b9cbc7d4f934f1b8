// Where a floating bar goes: beside its object, on the side where it lies on no other object, else in the corner
// of the canvas.
import type { Box } from '../../../../../../electron/api/types.ts';
import type { View } from '../../../../geometry/viewport.ts';

export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Distance to the object, in screen pixels. */
const GAP = 14;
/** Distance to the edge of the canvas. */
const EDGE = 8;
/** A label stands above the left end of its object. */
const LABEL: Size = { width: 140, height: 24 };

interface Shown {
  readonly view: View;
  readonly stage: Size;
  /** Pixels of it that something lies on, at its top and at its right. */
  readonly covered: number;
  readonly aside: number;
}

/** The same for boxes in pixels of the image, as the canvas shows them now. */
export function placeBeside(
  { view, stage, covered, aside }: Shown,
  { box, others, bar }: { readonly box: Box; readonly others: readonly Box[]; readonly bar: Size },
): { left: number; top: number } {
  const onScreen = ([x, y, width, height]: Box): Rect => ({
    left: x * view.scale + view.x,
    top: y * view.scale + view.y,
    width: width * view.scale,
    height: height * view.scale,
  });
  const free = { ...stage, width: stage.width - aside };
  return placeBar({
    object: onScreen(box),
    others: others.map(onScreen),
    bar,
    stage: free,
    covered,
  });
}

export function placeBar({
  object,
  others,
  bar,
  stage,
  covered = 0,
}: {
  object: Rect;
  others: readonly Rect[];
  bar: Size;
  stage: Size;
  /** Pixels at the top of the stage that are taken. */
  covered?: number;
}): { left: number; top: number } {
  const along = (at: number, size: number, all: number) =>
    Math.min(Math.max(EDGE, at), Math.max(EDGE, all - size - EDGE));
  const top = Math.max(covered + EDGE, along(object.top - 6, bar.height, stage.height));
  const right = object.left + object.width;
  const below = object.top + object.height + GAP;
  const above = object.top - GAP - LABEL.height - bar.height;
  // Under and over the object: on its middle, else flush with one of its ends.
  const lefts = [(object.left + right - bar.width) / 2, object.left, right - bar.width].map(
    (left) => along(left, bar.width, stage.width),
  );
  const places = [
    { left: right + GAP, top },
    { left: object.left - GAP - bar.width, top },
    ...lefts.map((left) => ({ left, top: below })),
    ...lefts.map((left) => ({ left, top: above })),
  ];
  const taken = others.flatMap((other) => [other, labelOf(other)]);
  const free = places.find((place) => {
    const rect = { ...place, ...bar };
    return (
      isInside(rect, stage) &&
      rect.top >= covered + EDGE &&
      !taken.some((other) => meet(rect, other))
    );
  });
  return free ?? { left: Math.max(EDGE, stage.width - bar.width - EDGE), top: covered + EDGE };
}

const labelOf = ({ left, top }: Rect): Rect => ({ left, top: top - LABEL.height, ...LABEL });

function isInside(rect: Rect, stage: Size): boolean {
  return (
    rect.left >= EDGE &&
    rect.top >= EDGE &&
    rect.left + rect.width <= stage.width - EDGE &&
    rect.top + rect.height <= stage.height - EDGE
  );
}

function meet(a: Rect, b: Rect): boolean {
  return (
    a.left < b.left + b.width &&
    b.left < a.left + a.width &&
    a.top < b.top + b.height &&
    b.top < a.top + a.height
  );
}
