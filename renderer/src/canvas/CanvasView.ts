// Owns the stage and its three layers, each with one reason to be drawn again. Konva draws; it is
// never asked for state, and its own events are off: the component listens and speaks image pixels.
import Konva from 'konva';
import { makeImageLayer, type ImageModel } from './layers/image.ts';
import { makeMasksLayer, type MasksModel } from './layers/masks.ts';
import { makeOverlayLayer, type OverlayModel } from './layers/overlay.ts';

export class CanvasView {
  readonly #stage: Konva.Stage;
  readonly #image = makeImageLayer();
  readonly #masks = makeMasksLayer();
  readonly #overlay = makeOverlayLayer();

  constructor(container: HTMLDivElement) {
    this.#stage = new Konva.Stage({ container, width: 1, height: 1, listening: false });
    this.#stage.add(this.#image.layer, this.#masks.layer, this.#overlay.layer);
  }

  resize(width: number, height: number): void {
    this.#stage.size({ width, height });
  }

  drawImage(model: ImageModel): void {
    this.#image.update(model);
  }

  drawMasks(model: MasksModel): void {
    this.#masks.update(model);
  }

  drawOverlay(model: OverlayModel): void {
    this.#overlay.update(model);
  }

  destroy(): void {
    this.#stage.destroy();
  }
}
