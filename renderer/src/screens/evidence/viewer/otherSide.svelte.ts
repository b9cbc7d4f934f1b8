// What the viewer compares with: the photo, another class, or the settings as they are saved.
import type { Annotation, CategoryId, RleMask } from '../../../../../electron/api/types.ts';
import type { App } from '../../../state/app.svelte.ts';
import { evidenceOf } from '../strip/strip.svelte.ts';
import type { ScoreMap } from '../../../../../electron/api/run.ts';

export type Compare = 'photo' | 'saved' | `class${number}`;

type Maps = ReadonlyMap<string, ScoreMap>;

export class OtherSide {
  readonly #app: App;
  compare = $state<Compare>('photo');
  maps = $state.raw<Maps>(new Map());
  masks = $state.raw<readonly Annotation[]>([]);
  /** Maps and masks with the settings as they are saved, and the run and class that the maps are of. */
  savedMaps: Maps = new Map();
  savedMasks: readonly Annotation[] = [];
  savedFor = '';

  /** The other class; null = it is not one that is compared with. */
  readonly categoryId: CategoryId | null = $derived.by(() => {
    if (!this.compare.startsWith('class')) return null;
    const id = Number(this.compare.slice(5)) as CategoryId;
    const known = this.#app.document.run?.classes.some((one) => one.categoryId === id);
    return known && id !== evidenceOf(this.#app).categoryId ? id : null;
  });
  /** False beside the photo. */
  readonly compares: boolean = $derived(this.compare === 'saved' || this.categoryId !== null);

  constructor(app: App) {
    this.#app = app;
  }

  /** Masks of the other side; `proposals` are those of the settings being tried. */
  masksAmong(proposals: readonly Annotation[]): readonly RleMask[] {
    const isSaved = this.compare === 'saved';
    const id = isSaved ? evidenceOf(this.#app).categoryId : this.categoryId;
    return masksOf(isSaved ? this.masks : proposals, id);
  }

  keepMaps(maps: Maps, of: string): void {
    this.savedMaps = maps;
    this.savedFor = of;
  }

  /** Shows `maps` of the other class, or what is saved. */
  show(maps: Maps): void {
    this.maps = this.compare === 'saved' ? this.savedMaps : maps;
    this.showMasks();
  }

  showMasks(): void {
    this.masks = this.savedMasks;
  }

  forget(): void {
    this.maps = this.savedMaps = new Map();
    this.savedMasks = [];
    this.savedFor = '';
  }
}

/** Masks of one class. */
export function masksOf(all: readonly Annotation[], id: CategoryId | null): readonly RleMask[] {
  return all.filter((one) => one.categoryId === id).map((one) => one.mask);
}
