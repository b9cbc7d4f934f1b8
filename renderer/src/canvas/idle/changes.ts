// What of a picture of idle masks has to be painted again when masks or the view change: parts of it,
// or all. Pure; idlePicture.ts paints.
import type { Size, View } from '../../geometry/viewport.ts';
import type { ObjectLook } from '../look.ts';

/** What is painted of an idle mask; both are kept with the look, so that the same look gives the same ones. */
export interface IdlePart {
  readonly key: string;
  readonly look: ObjectLook;
  readonly kind: 'fill' | 'contour';
}

/** Idle masks as they are to be seen. */
export interface IdleScene {
  /** Starts on a whole device pixel, so that moving the picture moves pixels. */
  readonly view: View;
  /** Screen pixels. */
  readonly stage: Size;
  /** Device pixels of a screen pixel. */
  readonly ratio: number;
  readonly opacity: number;
  /** Back to front: all fills, then all contours. */
  readonly looks: readonly IdlePart[];
}

/** Device pixels, whole ones. */
export type Part = readonly [left: number, top: number, right: number, bottom: number];

export type Repaint =
  | { readonly kind: 'nothing' }
  | {
      readonly kind: 'parts';
      /** Device pixels by which what is there moves first. */
      readonly move: readonly [dx: number, dy: number];
      readonly parts: readonly Part[];
      /** What of the masks reaches into a part. */
      readonly looks: readonly IdlePart[];
    }
  | { readonly kind: 'all' };

/** Screen pixels that lines may reach beyond the box of a mask. */
const REACH = 8;
/**
 * More fills and contours than these are not painted in one go: about 5 ms of work. Without a GPU the pixels are
 * filled after the clock was asked, so that counting is the only bound.
 */
export const MOST_AT_ONCE = 200;

const known = new WeakMap<ObjectLook, { readonly fill: IdlePart; readonly contour: IdlePart }>();

/** The fills of some looks and over them the contours of some, as parts of one picture. */
export function partsOfLooks(
  filled: readonly ObjectLook[],
  outlined: readonly ObjectLook[],
): IdlePart[] {
  return [
    ...filled.map((look) => partsOf(look).fill),
    ...outlined.map((look) => partsOf(look).contour),
  ];
}

function partsOf(look: ObjectLook) {
  const there = known.get(look);
  if (there) return there;
  const { key } = look;
  const made = {
    fill: { key, look, kind: 'fill' },
    contour: { key, look, kind: 'contour' },
  } as const;
  known.set(look, made);
  return made;
}

/** The view moved to the nearest device pixel; with whole ratios that is the view itself. */
export function onDevicePixels(view: View, ratio: number): View {
  const x = Math.round(view.x * ratio) / ratio;
  const y = Math.round(view.y * ratio) / ratio;
  return x === view.x && y === view.y ? view : { ...view, x, y };
}

/** True when nothing of the one is in the other: the masks of another image. */
export function showsOthers({ looks }: IdleScene, after: IdleScene): boolean {
  if (looks === after.looks) return false;
  const keys = new Set(looks.map((look) => look.key));
  return !after.looks.some((look) => keys.has(look.key));
}

/**
 * True when few masks are wanted and nothing of the frame before serves this one: a bitmap of them would be
 * painted, copied once and thrown away.
 */
export function isPaintedAnew(before: IdleScene | null, after: IdleScene): boolean {
  if (after.looks.length > MOST_AT_ONCE) return false;
  return before === null || changesBetween(before, after).kind === 'all';
}

export function changesBetween(before: IdleScene, after: IdleScene): Repaint {
  const isSameSize =
    before.stage.width === after.stage.width &&
    before.stage.height === after.stage.height &&
    before.ratio === after.ratio;
  if (!isSameSize || before.view.scale !== after.view.scale || before.opacity !== after.opacity)
    return { kind: 'all' };
  const changed = changedLooks(before.looks, after.looks);
  if (changed === null) return { kind: 'all' };
  const move = [
    Math.round((after.view.x - before.view.x) * after.ratio),
    Math.round((after.view.y - before.view.y) * after.ratio),
  ] as const;
  const frame = frameOf(after);
  const parts = [
    ...bared(frame, move),
    ...changed.map((look) => partOf(look, after)).filter((part) => meets(part, frame)),
  ];
  if (parts.length === 0 && move[0] === 0 && move[1] === 0) return { kind: 'nothing' };
  if (parts.length > MOST_AT_ONCE) return { kind: 'all' };
  const looks = after.looks.filter((look) => {
    const own = partOf(look, after);
    return parts.some((part) => meets(part, own));
  });
  return looks.length > MOST_AT_ONCE ? { kind: 'all' } : { kind: 'parts', move, parts, looks };
}

/** Looks that are on one side only; null when those on both sides changed their order. */
function changedLooks(
  before: readonly IdlePart[],
  after: readonly IdlePart[],
): readonly IdlePart[] | null {
  if (before === after) return [];
  const [old, fresh] = [new Set(before), new Set(after)];
  const kept = after.filter((look) => old.has(look));
  const stayed = before.filter((look) => fresh.has(look));
  if (kept.some((look, i) => stayed[i] !== look)) return null;
  return [...before.filter((look) => !fresh.has(look)), ...after.filter((look) => !old.has(look))];
}

/** Pixels of the layer's own element, one at least: a browser cuts off the fraction of the last one. */
export const frameOf = ({ stage, ratio }: Pick<IdleScene, 'stage' | 'ratio'>): Part => [
  0,
  0,
  Math.max(1, Math.floor(stage.width * ratio)),
  Math.max(1, Math.floor(stage.height * ratio)),
];

function partOf({ look }: IdlePart, { view, ratio }: IdleScene): Part {
  const [x, y, width, height] = look.annotation.box;
  return [
    Math.floor((x * view.scale + view.x - REACH) * ratio),
    Math.floor((y * view.scale + view.y - REACH) * ratio),
    Math.ceil(((x + width) * view.scale + view.x + REACH) * ratio),
    Math.ceil(((y + height) * view.scale + view.y + REACH) * ratio),
  ];
}

/** What a move leaves empty: a strip at one side, at two, or everything. */
function bared([, , width, height]: Part, [dx, dy]: readonly [number, number]): Part[] {
  if (Math.abs(dx) >= width || Math.abs(dy) >= height) return [[0, 0, width, height]];
  const parts: Part[] = [];
  if (dx !== 0) parts.push(dx > 0 ? [0, 0, dx, height] : [width + dx, 0, width, height]);
  if (dy !== 0) parts.push(dy > 0 ? [0, 0, width, dy] : [0, height + dy, width, height]);
  return parts;
}

const meets = (a: Part, b: Part): boolean =>
  a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
