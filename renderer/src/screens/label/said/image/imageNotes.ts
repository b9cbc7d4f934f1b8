// Tags and notes of images, as the window sets them: saved at once, one step for all that are named.
import type { NotesChange } from '../../../../../../electron/api/methods/notes.ts';
import type { ImageId } from '../../../../../../electron/api/types.ts';
import type { App } from '../../../../state/app.svelte.ts';

/** False where it was refused, with the reason shown. */
export function noteImages(
  app: App,
  imageIds: readonly ImageId[],
  change: Partial<Omit<NotesChange, 'imageIds'>>,
): Promise<boolean> {
  return app.attempt(async () => {
    // Steps are taken back in the order in which they were taken.
    await app.document.flush();
    const input = { imageIds, add: [], remove: [], note: null, ...change };
    const { images } = await app.session.call('image.setNotes', input);
    for (const image of images) {
      app.images.replace(image);
      if (app.document.image?.id === image.id) app.document.image = image;
    }
    await app.document.refreshHistory();
  });
}
