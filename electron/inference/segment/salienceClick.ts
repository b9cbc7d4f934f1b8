// Masks of clicks without a click model: the part above the cut that touches the click, snapped to the edges of
// the photograph in a window around it. The maps of a stored run suffice.
import type { ClickPrompt, SalienceAnswer } from '../../api/clicks/clicks.ts';
import type { RleMask } from '../../api/types.ts';
import { bitmapFromMask, maskFromBitmap } from '../../masks/runs/bitmap.ts';
import { paste } from '../../masks/runs/crop.ts';
import { boundingBox } from '../../masks/runs/measure.ts';
import { emptyMask, type PixelBox } from '../../masks/runs/rle.ts';
import type { MaskParams } from '../../link/params.ts';
import type { Stoppable } from '../cancel.ts';
import { resizeBilinear } from '../image/resize.ts';
import { explainerOf, type AnyRun } from '../engines/engines.ts';
import type { RgbImage } from '../image/rgbImage.ts';
import type { CrfSolver } from '../pipeline/masks/crfSolver.ts';
import { refine } from '../pipeline/masks/refine.ts';
import { applyOperators, bilinearOperator, smoothed } from '../pipeline/planes/axisOperator.ts';
import { workingSize } from '../pipeline/planes/maskCache.ts';
import { scaleToUnit } from '../pipeline/planes/threshold.ts';
import { cropImage } from './clickImage.ts';
import { between, litParts, promptIn, resampled, type Plane } from './lit.ts';

/** Longer side of the plane in which the lit part is found; salience is far smoother than that. */
const ROUGH_SIDE = 192;
/** Longer side of the window in which edges are sought. */
const WINDOW_SIDE = 224;
const ITERATIONS = 5;
/** Salience below this counts as none. */
const DARK = 0.05;
/** A click on salience below the cut lowers the cut to this share of it. */
const BENEATH = 0.9;
/** Radius within which a click is certain, as a share of the window's longer side. */
const SURE_SHARE = 0.03;

export interface SalienceClick {
  readonly run: AnyRun;
  readonly image: RgbImage;
  readonly categoryId: number;
  readonly prompt: ClickPrompt;
  readonly params: MaskParams;
  /** The class's own cut. */
  readonly usual: number;
  /** Added to it. */
  readonly off: number;
}

/** The mask of clicks by the salience of one class. Rejects with an AbortError when stopped. */
export async function salienceClick(
  click: SalienceClick,
  crf: CrfSolver,
  stoppable: Stoppable,
): Promise<SalienceAnswer> {
  const startMs = performance.now();
  const { image, usual, off } = click;
  const rough = roughPlane(click);
  if (rough === null) return { kind: 'noMaps' };
  const whole = { x: 0, y: 0, width: image.width, height: image.height };
  const prompt = promptIn(click.prompt, rough, whole);
  const value = valueAt(rough, prompt);
  if (value < DARK) return { kind: 'dark', value };
  const wanted = Math.min(1, Math.max(DARK / 2, usual + off));
  const cut = value <= wanted ? value * BENEATH : wanted;
  const lit = litParts(rough, cut, prompt);
  if (lit === null) return { kind: 'dark', value };
  const window = windowAround(boundingBox(lit), rough, click);
  const mask = await snapped({ ...click, rough, lit, cut, window }, crf, stoppable);
  const { x, y, width, height } = window;
  const milliseconds = performance.now() - startMs;
  return { kind: 'mask', mask, value, cut, usual, window: [x, y, width, height], milliseconds };
}

/** The class's salience, 0-1, as its masks see it; null where the run has none. */
function roughPlane({ run, image, params, categoryId }: SalienceClick): Plane | null {
  const index = run.classes.findIndex(({ id }) => id === categoryId);
  if (index < 0) return null;
  const { maps, patches } = explainerOf(run).classMaps(run, params);
  const factor = Math.min(1, ROUGH_SIDE / Math.max(image.width, image.height));
  const width = Math.max(1, Math.round(image.width * factor));
  const height = Math.max(1, Math.round(image.height * factor));
  const sigma = params.blur * Math.max(width, height);
  const values = applyOperators(
    maps.subarray(index * patches, (index + 1) * patches),
    smoothed(bilinearOperator(height, run.rows), sigma),
    smoothed(bilinearOperator(width, run.columns), sigma),
  );
  scaleToUnit(values);
  return { width, height, values };
}

/** Salience under the last adding click, else the most in the box; the prompt is in cells. */
function valueAt(plane: Plane, { points, box }: ClickPrompt): number {
  const last = points.findLast(({ adds }) => adds);
  if (last) return between(plane, last.x, last.y);
  if (!box) return 0;
  let most = 0;
  for (let y = Math.max(0, Math.floor(box[1])); y < Math.min(plane.height, box[1] + box[3]); y++)
    for (let x = Math.max(0, Math.floor(box[0])); x < Math.min(plane.width, box[0] + box[2]); x++)
      most = Math.max(most, plane.values[y * plane.width + x] as number);
  return most;
}

/** Around the lit part by a patch on every side, inside of the image. */
function windowAround(box: PixelBox, rough: Plane, { image, run }: SalienceClick): PixelBox {
  const [across, down] = [image.width / rough.width, image.height / rough.height];
  const margin = Math.max(image.width / run.columns, image.height / run.rows);
  const left = Math.max(0, Math.floor(box.x * across - margin));
  const top = Math.max(0, Math.floor(box.y * down - margin));
  const right = Math.min(image.width, Math.ceil((box.x + box.width) * across + margin));
  const bottom = Math.min(image.height, Math.ceil((box.y + box.height) * down + margin));
  return { x: left, y: top, width: right - left, height: bottom - top };
}

interface Windowed extends SalienceClick {
  readonly rough: Plane;
  readonly lit: RleMask;
  readonly cut: number;
  readonly window: PixelBox;
}

/** The lit part in its window, moved to the edges there. */
async function snapped(click: Windowed, crf: CrfSolver, stoppable: Stoppable): Promise<RleMask> {
  const { image, window, params } = click;
  const factor = Math.min(1, WINDOW_SIDE / Math.max(window.width, window.height));
  const width = Math.max(1, Math.round(window.width * factor));
  const height = Math.max(1, Math.round(window.height * factor));
  const prompt = promptIn(click.prompt, { width, height }, window);
  const planes = channelsOf(click, prompt, width, height);
  const photo = { width, height, rgb: resizeBilinear(cropImage(image, window), width, height) };
  // Deviations are given in pixels of the working image.
  const { width: workWidth } = workingSize(image, params.workSide);
  const scale = (width / window.width) * (image.width / workWidth);
  const sized: MaskParams = {
    ...params,
    crfIterations: Math.min(ITERATIONS, params.crfIterations),
    crfBilateralPx: params.crfBilateralPx * scale,
    crfGaussianPx: params.crfGaussianPx * scale,
  };
  const q = await refine({ planes, channels: 2, photo }, sized, { ...stoppable, crf }, (made) =>
    made.q(),
  );
  const pixels = width * height;
  const ahead = Float32Array.from({ length: pixels }, (_, at) => q[pixels + at]! - q[at]!);
  const plane: Plane = { width, height, values: ahead };
  const found = litParts(plane, 0, prompt) ?? emptyMask(width, height);
  const inImage = atImage(click, plane, found);
  return paste(inImage, { x: window.x, y: window.y, width: image.width, height: image.height });
}

/** Background at the cut, and the salience of the lit part, with what clicks say for sure. */
function channelsOf(
  { rough, lit, cut, window, image }: Windowed,
  { points }: ClickPrompt,
  width: number,
  height: number,
): Float32Array {
  const across = rough.width / image.width;
  const down = rough.height / image.height;
  const part = {
    x: window.x * across,
    y: window.y * down,
    width: window.width * across,
    height: window.height * down,
  };
  const salience = resampled(rough, part, width, height).values;
  const inside = Float32Array.from(bitmapFromMask(lit));
  const own = resampled({ ...rough, values: inside }, part, width, height).values;
  const pixels = width * height;
  const planes = new Float32Array(2 * pixels).fill(cut, 0, pixels);
  const reach = SURE_SHARE * Math.max(width, height);
  for (let at = 0; at < pixels; at++) {
    const value = salience[at] as number;
    // What is lit elsewhere belongs to another thing.
    const elsewhere = value > cut && (own[at] as number) < 0.5;
    const [x, y] = [(at % width) + 0.5, Math.floor(at / width) + 0.5];
    const sure = points.findLast((point) => Math.hypot(point.x - x, point.y - y) <= reach);
    planes[pixels + at] = sure ? Number(sure.adds) : elsewhere ? 0 : value;
  }
  return planes;
}

/** A part of a window's plane at the size of the window in the image. */
function atImage({ window }: Windowed, plane: Plane, part: RleMask): RleMask {
  const { width, height } = window;
  const whole = { x: 0, y: 0, width: plane.width, height: plane.height };
  const inside = bitmapFromMask(part);
  // Only what belongs to the part stays above 0: its neighbours in the plane do not.
  const values = plane.values.map((value, at) => (inside[at] === 1 ? value : Math.min(value, 0)));
  const grown = resampled({ ...plane, values }, whole, width, height).values;
  return maskFromBitmap(
    Uint8Array.from(grown, (value) => Number(value > 0)),
    width,
    height,
  );
}
