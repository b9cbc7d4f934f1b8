// The pixels of the open image: a scaled picture at once, the full one or its tiles when the zoom
// asks for more.
import { SCALED_SIDE } from '../../../../electron/api/rules/tiles.ts';
import type { Box } from '../../../../electron/api/types.ts';
import { text } from '../../text/text.ts';
import type { Pixels } from '../../../../electron/masks/regions/flood.ts';
import { fetchQuietly, PicturesAhead } from './ahead.ts';
import { Tiles } from './tiles.svelte.ts';

/** Images up to this many pixels are unpacked for the wand. */
const MOST_WAND_PIXELS = 4096 * 4096;

export interface Level {
  readonly bitmap: ImageBitmap;
  /** Pixels of this picture per image pixel. */
  readonly scale: number;
}

const NOTHING = { url: '', width: 0, height: 0 };

export class Photo {
  full = $state.raw<Level | null>(null);
  scaled = $state.raw<Level | null>(null);
  readonly tiles = new Tiles(fetchBitmap);
  readonly ahead = new PicturesAhead(fetchQuietly);
  problem = $state.raw<unknown>(null);
  loading = $state(false);
  /** Address of the picture that is here, or that cannot be had. */
  here = $state('');
  #source = NOTHING;
  #controller: AbortController | null = null;
  #loadingFull = false;
  #pixels: Pixels | null = null;
  /** One pixel, to read a colour from. */
  #probe: OffscreenCanvasRenderingContext2D | null = null;

  /** Shows another image; what was loading is given up. */
  async open(source: {
    url: string;
    scaledUrl: string;
    /** Null = the image is shown as one. */
    tileUrl: string | null;
    width: number;
    height: number;
  }): Promise<void> {
    if (source.url === this.#source.url) return;
    this.close();
    this.#source = source;
    if (source.url === '') return;
    this.ahead.stop();
    if (source.tileUrl !== null) this.tiles.open(source.tileUrl, source);
    const controller = new AbortController();
    this.#controller = controller;
    this.loading = true;
    try {
      const small = Math.max(source.width, source.height) <= SCALED_SIDE;
      const bitmap = await fetchBitmap(small ? source.url : source.scaledUrl, controller.signal);
      if (controller.signal.aborted) return bitmap.close();
      const level = { bitmap, scale: source.width > 0 ? bitmap.width / source.width : 1 };
      if (small) this.full = level;
      else this.scaled = level;
    } catch (error) {
      if (!controller.signal.aborted) this.problem = error;
    } finally {
      if (this.#controller === controller) {
        this.loading = false;
        this.here = source.url;
      }
    }
  }

  /** Fetches the full picture once the scaled one would look coarse. */
  async sharpen(viewScale: number): Promise<void> {
    if (this.full || this.#loadingFull || !this.scaled || viewScale <= this.scaled.scale) return;
    const controller = this.#controller;
    if (!controller) return;
    this.#loadingFull = true;
    try {
      const bitmap = await fetchBitmap(this.#source.url, controller.signal);
      if (controller.signal.aborted) return bitmap.close();
      // The host may stand a smaller copy in for what a browser cannot show.
      this.full = { bitmap, scale: bitmap.width / Math.max(1, this.#source.width) };
    } catch (error) {
      if (!controller.signal.aborted) this.problem = error;
    } finally {
      this.#loadingFull = false;
    }
  }

  /** The picture to draw at a zoom: the smallest that is fine enough. */
  levelFor(viewScale: number): Level | null {
    if (this.scaled && (viewScale <= this.scaled.scale || !this.full)) return this.scaled;
    return this.full ?? this.scaled;
  }

  /** RGBA of the whole image for the wand; null when it is too large or not here yet. */
  pixels(): Pixels | null {
    const { full } = this;
    if (!full || full.bitmap.width !== this.#source.width) return null;
    if (full.bitmap.width * full.bitmap.height > MOST_WAND_PIXELS) return null;
    if (this.#pixels) return this.#pixels;
    const canvas = new OffscreenCanvas(full.bitmap.width, full.bitmap.height);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context) return null;
    context.drawImage(full.bitmap, 0, 0);
    this.#pixels = context.getImageData(0, 0, canvas.width, canvas.height);
    return this.#pixels;
  }

  /** RGBA of a part of the image; null when it is not here pixel for pixel. */
  part([left, top, width, height]: Box): Pixels | null {
    const { full } = this;
    if (!full || full.bitmap.width !== this.#source.width) return null;
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    context?.drawImage(full.bitmap, left, top, width, height, 0, 0, width, height);
    return context?.getImageData(0, 0, width, height) ?? null;
  }

  /** Red, green and blue of an image pixel, from the finest picture at hand; null when there is none. */
  colorAt(x: number, y: number): readonly [number, number, number] | null {
    const level = this.full ?? this.scaled;
    if (!level) return null;
    this.#probe ??= new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    const probe = this.#probe;
    if (!probe) return null;
    const at = (value: number) => Math.floor((Math.floor(value) + 0.5) * level.scale);
    probe.clearRect(0, 0, 1, 1);
    probe.drawImage(level.bitmap, at(x), at(y), 1, 1, 0, 0, 1, 1);
    const [red, green, blue] = probe.getImageData(0, 0, 1, 1).data;
    return [red!, green!, blue!];
  }

  close(): void {
    this.#controller?.abort();
    this.#controller = null;
    // Bitmaps hold memory outside the heap, so they are closed at once.
    this.tiles.close();
    this.full?.bitmap.close();
    this.scaled?.bitmap.close();
    this.full = this.scaled = null;
    this.#pixels = null;
    this.problem = null;
    this.loading = false;
    this.#source = NOTHING;
  }
}

async function fetchBitmap(url: string, signal: AbortSignal): Promise<ImageBitmap> {
  // Before thumbnails: somebody waits for this one.
  const response = await fetch(url, { signal, priority: 'high' });
  if (!response.ok) throw new Error(text.label.canvas.unreadable);
  return createImageBitmap(await response.blob());
}
