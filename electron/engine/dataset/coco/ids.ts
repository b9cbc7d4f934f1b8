// Numbers for images and annotations of a COCO file: 1, 2, 3, ... or those of an imported file with
// new records numbered past them.
import type { DatasetSource } from '../types.ts';

export class IdKeeper {
  #nextImage = 1;
  #nextAnnotation = 1;
  readonly #keep: boolean;

  constructor(keep = false) {
    this.#keep = keep;
  }

  /** Walks the source once to find the first free numbers; the source must hold no number twice. */
  static async of(source: DatasetSource): Promise<IdKeeper> {
    const keeper = new IdKeeper(true);
    for await (const image of source.images()) {
      keeper.#nextImage = Math.max(keeper.#nextImage, (image.id ?? 0) + 1);
      for (const { id } of image.annotations)
        keeper.#nextAnnotation = Math.max(keeper.#nextAnnotation, (id ?? 0) + 1);
    }
    return keeper;
  }

  image(id: number | null): number {
    return this.#keep && id !== null && id > 0 ? id : this.#nextImage++;
  }

  annotation(id: number | null): number {
    return this.#keep && id !== null && id > 0 ? id : this.#nextAnnotation++;
  }
}
