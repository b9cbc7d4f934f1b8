// The names of all images of a project, for those who look at every file.
import type { Store } from './store.ts';

/** Names relative to the folder, with forward slashes; missing ones too. */
export const imageNames = (store: Store): string[] =>
  store.all<{ name: string }>('SELECT name FROM image').map(({ name }) => name);
