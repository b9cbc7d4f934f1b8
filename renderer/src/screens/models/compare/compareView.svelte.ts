// View state of a comparison: what lies over the photograph, which part is seen, and the place under the
// pointer, which every picture marks.
import type { ImagePoint, View } from '../../../geometry/viewport.ts';

/** Over the photograph: outlines, where an engine looked, or where its mask differs from the others'. */
export type Shows = 'masks' | 'salience' | 'difference';

/** The view that all pictures share. */
const SHARED = '';

export class CompareView {
  shows = $state<Shows>('masks');
  cursor = $state.raw<ImagePoint | null>(null);
  #together = $state(true);
  #views = $state.raw<ReadonlyMap<string, View>>(new Map());

  get together(): boolean {
    return this.#together;
  }

  /** Moving together again, all pictures show what they shared before. */
  set together(on: boolean) {
    const shared = this.#views.get(SHARED);
    this.#together = on;
    this.#views = shared ? new Map([[SHARED, shared]]) : new Map();
  }

  /** The part that a picture shows; null: the whole image. */
  of(picture: string): View | null {
    return this.#views.get(picture) ?? this.#views.get(SHARED) ?? null;
  }

  move(picture: string, view: View): void {
    this.#views = new Map(this.#views).set(this.#together ? SHARED : picture, view);
  }
}
