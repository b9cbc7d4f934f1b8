// Walking the image list by keys: to the neighbour, or to the next image that is not reviewed.
import { text } from '../text/text.ts';
import type { App } from './app.svelte.ts';

/** Walks the list by rows; says so at its ends. */
export async function stepBy(app: App, by: number): Promise<void> {
  const { images } = app;
  const target = images.currentIndex + by;
  if (images.total === 0) return;
  if (target < 0 || target >= images.total) {
    app.toasts.say(by > 0 ? text.label.live.lastImage : text.label.live.firstImage);
    return;
  }
  await app.openIndex(target);
}

/** Opens the next image that is not reviewed. */
export async function stepOpen(app: App, step: 1 | -1): Promise<void> {
  const { document, images, session } = app;
  // A file that cannot be opened is passed like any other.
  const imageId = document.image?.id ?? document.failedId ?? images.at(images.currentIndex)?.id;
  if (imageId === undefined) return;
  await app.attempt(async () => {
    const next = await session.call('image.next', { imageId, step, filter: images.filter });
    if (next.imageId === null) app.toasts.show(text.label.live.allReviewed);
    else await app.openImage(next.imageId, next.index);
  });
}
