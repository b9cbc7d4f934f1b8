// Position of the image on the canvas, and how it is shown: zoom, tones, opacity, peeking.
import type { Box } from '../../../../electron/api/types.ts';
import {
  centred,
  clampScale,
  fit,
  keepInView,
  screenPoint,
  stepped,
  zoomAt,
  type ScreenPoint,
  type Size,
  type View,
} from '../../geometry/viewport.ts';

export interface Tones {
  /** -100 to 100 */
  readonly brightness: number;
  readonly contrast: number;
  /** 0.2 to 5 */
  readonly gamma: number;
}

export const NEUTRAL: Tones = { brightness: 0, contrast: 0, gamma: 1 };

/** Share of the stage that a drawer leaves at least for a picture to be fitted beside it. */
const LEAST_FREE = 0.4;

export class Viewport {
  view = $state.raw<View>({ scale: 1, x: 0, y: 0 });
  stage = $state.raw<Size>({ width: 0, height: 0 });
  image = $state.raw<Size>({ width: 0, height: 0 });
  tones = $state.raw<Tones>(NEUTRAL);
  /** Pixels at the top of the stage that a banner covers: bars keep below. */
  covered = $state(0);
  /** Pixels at its right that a drawer covers. */
  aside = $state(0);
  /** Hides masks (T), or everything but the photograph (Q), while held. */
  peek = $state<'none' | 'masks' | 'photo'>('none');
  panning = $state(false);
  /** Pointer in image pixels, or null when it is elsewhere. */
  pointer = $state.raw<{ x: number; y: number } | null>(null);
  /** That place was reached by keys. */
  byKeys = $state(false);
  #fitted = true;

  /** Attached to a banner over the canvas. */
  readonly cover = (banner: HTMLElement): (() => void) => {
    const watch = new ResizeObserver(() => {
      this.covered = banner.offsetTop + banner.offsetHeight;
    });
    watch.observe(banner);
    return () => {
      watch.disconnect();
      this.covered = 0;
    };
  };

  /** Scale at which the whole image fits. */
  readonly fitScale: number = $derived.by(() => fit(this.image, this.#free).scale);

  /** The stage beside a drawer, unless that covers nearly all of it. */
  get #free(): Size {
    const { width, height } = this.stage;
    const left = width - this.aside;
    return { width: left < width * LEAST_FREE ? width : left, height };
  }

  /** The part of the image that is in view. */
  get shown(): Box {
    const { view, stage, image } = this;
    const left = Math.max(0, -view.x / view.scale);
    const top = Math.max(0, -view.y / view.scale);
    const right = Math.min(image.width, (stage.width - view.x) / view.scale);
    const bottom = Math.min(image.height, (stage.height - view.y) / view.scale);
    return [left, top, Math.max(1, right - left), Math.max(1, bottom - top)];
  }

  setImage(image: Size): void {
    this.image = image;
    this.fit();
  }

  setStage(stage: Size): void {
    const before = this.stage;
    this.stage = stage;
    if (before.width === 0) return this.fit();
    if (this.#fitted) return this.fit();
    // Only the height changed: the strip came or went, and a picture that was placed must not jump.
    if (before.width === stage.width) return;
    // A resized panel keeps the middle of the picture in the middle.
    this.#move({ ...this.view, x: this.view.x + (stage.width - before.width) / 2 });
  }

  fit(): void {
    if (this.image.width === 0 || this.stage.width === 0) return;
    this.view = fit(this.image, this.#free);
    this.#fitted = true;
  }

  actualSize(): void {
    this.#move(centred(this.image, this.stage, 1));
  }

  /** Steps of a fourth of an octave at a point, the middle when none is given. */
  zoom(steps: number, at?: ScreenPoint): void {
    this.zoomTo(stepped(this.view.scale, steps), at);
  }

  zoomTo(scale: number, at?: ScreenPoint): void {
    const middle = screenPoint(this.stage.width / 2, this.stage.height / 2);
    this.#move(zoomAt(this.view, at ?? middle, clampScale(scale)));
  }

  pan(dx: number, dy: number): void {
    this.#move({ ...this.view, x: this.view.x + dx, y: this.view.y + dy });
  }

  /** Brings a box of image pixels to the middle, zoomed so that it fills a good part. */
  show(box: readonly [number, number, number, number]): void {
    const [x, y, width, height] = box;
    const scale = clampScale(
      Math.min(
        (this.stage.width * 0.6) / Math.max(1, width),
        (this.stage.height * 0.6) / Math.max(1, height),
        Math.max(this.fitScale * 4, 1),
      ),
    );
    this.#move({
      scale,
      x: this.stage.width / 2 - (x + width / 2) * scale,
      y: this.stage.height / 2 - (y + height / 2) * scale,
    });
  }

  /** Puts an image point in the middle of the canvas. */
  centreOn(x: number, y: number): void {
    const { scale } = this.view;
    this.#move({
      scale,
      x: this.stage.width / 2 - x * scale,
      y: this.stage.height / 2 - y * scale,
    });
  }

  #move(view: View): void {
    const { scale, x, y } = keepInView(view, this.image, this.stage);
    // Whole screen pixels: at whole zooms every image pixel then covers whole screen pixels.
    this.view = { scale, x: Math.round(x), y: Math.round(y) };
    this.#fitted = false;
  }
}
