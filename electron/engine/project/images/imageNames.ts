// Names of all images of a project, for those who look images up by what somebody else calls them.
import type { ImageId } from '../../../api/types.ts';
import type { Store } from '../database/store.ts';

export interface NamedImage {
  readonly id: ImageId;
  /** Relative to the folder, with forward slashes. */
  readonly name: string;
}

/** In the order in which they are shown. */
export function namedImages(store: Store): NamedImage[] {
  return store.all<NamedImage>('SELECT id, name FROM image ORDER BY sort, id');
}

/** All images, in no order that anything depends on. */
export function everyImage(store: Store): NamedImage[] {
  return store.all<NamedImage>('SELECT id, name FROM image');
}

/** Images with annotations or a run, by name. */
export function imagesWithResults(store: Store): NamedImage[] {
  return store.all<NamedImage>(
    'SELECT id, name FROM image WHERE id IN (SELECT image_id FROM annotation UNION SELECT image_id FROM run) ORDER BY name',
  );
}

/** The image of this name; null when there is none. */
export function imageOfName(store: Store, name: string): ImageId | null {
  return store.get<{ id: ImageId }>('SELECT id FROM image WHERE name = ?', name)?.id ?? null;
}

/** Names of the first images whose files are there. */
export function firstNames(store: Store, most: number): string[] {
  return store
    .all<{ name: string }>(
      'SELECT name FROM image WHERE missing = 0 ORDER BY sort, id LIMIT ?',
      most,
    )
    .map(({ name }) => name);
}
