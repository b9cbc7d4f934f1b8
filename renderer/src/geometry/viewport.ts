// The one transform between image and screen, as pure functions.
import type { ImagePx, ScreenPx } from '../../../electron/api/types.ts';

export interface ImagePoint {
  readonly x: ImagePx;
  readonly y: ImagePx;
}
export interface ScreenPoint {
  readonly x: ScreenPx;
  readonly y: ScreenPx;
}

/** screen = image * scale + offset. */
export interface View {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export const LEAST_SCALE = 0.02;
export const MOST_SCALE = 64;
/** Margin around a fitted image, in screen pixels. */
const FIT_MARGIN = 16;

export const imagePoint = (x: number, y: number): ImagePoint => ({
  x: x as ImagePx,
  y: y as ImagePx,
});
export const screenPoint = (x: number, y: number): ScreenPoint => ({
  x: x as ScreenPx,
  y: y as ScreenPx,
});

export function toImage(view: View, point: ScreenPoint): ImagePoint {
  return imagePoint((point.x - view.x) / view.scale, (point.y - view.y) / view.scale);
}

export function toScreen(
  view: View,
  point: { readonly x: number; readonly y: number },
): ScreenPoint {
  return screenPoint(point.x * view.scale + view.x, point.y * view.scale + view.y);
}

export function clampScale(scale: number): number {
  return Math.min(MOST_SCALE, Math.max(LEAST_SCALE, scale));
}

/** `steps` fourths of an octave further; whole steps from 100 % hit 200 %, 400 % ... exactly. */
export function stepped(scale: number, steps: number): number {
  const at = Math.log2(scale) * 4 + steps;
  // Rounding noise of the logarithm is dropped, else twenty steps there and back would drift.
  return 2 ** (Math.round(at * 1e6) / 1e6 / 4);
}

/** Whole image in view, centred; never larger than 32 screen pixels per image pixel. */
export function fit(image: Size, stage: Size): View {
  const scale = clampScale(
    Math.min(
      (stage.width - 2 * FIT_MARGIN) / Math.max(1, image.width),
      (stage.height - 2 * FIT_MARGIN) / Math.max(1, image.height),
      32,
    ),
  );
  return centred(image, stage, scale);
}

/** Image centred at a scale. */
export function centred(image: Size, stage: Size, scale: number): View {
  return snap({
    scale,
    x: (stage.width - image.width * scale) / 2,
    y: (stage.height - image.height * scale) / 2,
  });
}

/** Zooms so that the image point under `at` stays there. */
export function zoomAt(view: View, at: ScreenPoint, scale: number): View {
  const next = clampScale(scale);
  const factor = next / view.scale;
  return { scale: next, x: at.x - (at.x - view.x) * factor, y: at.y - (at.y - view.y) * factor };
}

/** Keeps at least a strip of the image in view, so that it cannot be lost. */
export function keepInView(view: View, image: Size, stage: Size): View {
  const rest = 48;
  return {
    scale: view.scale,
    x: Math.min(stage.width - rest, Math.max(rest - image.width * view.scale, view.x)),
    y: Math.min(stage.height - rest, Math.max(rest - image.height * view.scale, view.y)),
  };
}

/** Image pixels in view as whole numbers: left, top, right, bottom. */
export function visiblePart(
  view: View,
  image: Size,
  stage: Size,
): [number, number, number, number] {
  return [
    Math.max(0, Math.floor(-view.x / view.scale)),
    Math.max(0, Math.floor(-view.y / view.scale)),
    Math.min(image.width, Math.ceil((stage.width - view.x) / view.scale)),
    Math.min(image.height, Math.ceil((stage.height - view.y) / view.scale)),
  ];
}

/** Whole screen pixels: image pixels then lie on screen pixels at whole zooms. */
function snap(view: View): View {
  return { scale: view.scale, x: Math.round(view.x), y: Math.round(view.y) };
}
