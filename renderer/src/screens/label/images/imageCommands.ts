// What the keys do with the list of images: walk through it, filter it, mark an image as reviewed.
import type { App } from '../../../state/app.svelte.ts';
import type { Handlers } from '../../../state/commands.svelte.ts';
import { stepBy, stepOpen } from '../../../state/walk.ts';
import { markReviewed } from '../reviewed.svelte.ts';
import { reachFilter } from './imageActions.svelte.ts';

/** `askNumber` asks which image to go to. */
export function imageHandlers(app: App, askNumber: () => void): Handlers {
  return {
    'image.next': () => void stepBy(app, 1),
    'image.previous': () => void stepBy(app, -1),
    'image.nextOpen': () => void stepOpen(app, 1),
    'image.previousOpen': () => void stepOpen(app, -1),
    'image.first': () => void app.openIndex(0),
    'image.last': () => void app.openIndex(Math.max(0, app.images.total - 1)),
    'image.goTo': askNumber,
    'image.filter': () => void reachFilter(app),
    ...Object.fromEntries(
      [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => [`filter.${n}`, () => useSavedFilter(app, n)]),
    ),
    'image.reviewed': () => void markReviewed(app),
  };
}

/** The saved filter with this key; again takes it off. */
function useSavedFilter(app: App, key: number): boolean {
  const saved = app.session.project?.filters[key - 1];
  if (!saved) return false;
  const { images } = app;
  void app.attempt(() => images.setWords(images.filterWords === saved.words ? '' : saved.words));
  return true;
}
