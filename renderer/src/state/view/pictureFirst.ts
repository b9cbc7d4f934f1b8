// What somebody waits for on the Label screen is the picture of the image: thumbnails are asked for when
// it is there, or cannot be had. A browser asks for six files at a time, and a host makes four.
import type { App } from '../app.svelte.ts';

type Known = Pick<App, 'document' | 'images' | 'photo' | 'session'>;

/** True from the moment an image is gone to until its picture is here. */
export function awaitsPicture({ document, images, photo, session }: Known): boolean {
  // Other screens show no picture of this kind.
  if (session.screen !== 'label') return false;
  if (images.isGoing) return true;
  if (document.problem !== null) return false;
  return document.loading || (document.url !== '' && photo.here !== document.url);
}
