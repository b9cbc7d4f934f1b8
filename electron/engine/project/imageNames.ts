// Names of all images of a project, for those who look images up by what somebody else calls them.
import type { ImageId } from '../../api/types.ts';
import type { Store } from './store.ts';

export interface NamedImage {
  readonly id: ImageId;
  /** Relative to the folder, with forward slashes. */
  readonly name: string;
}

/** In the order in which they are shown. */
export function namedImages(store: Store): NamedImage[] {
  return store.all<NamedImage>('SELECT id, name FROM image ORDER BY sort, id');
}
