// Addresses of pixels: images never travel through requests, they are fetched by URL.
import type { ImageId } from '../../../electron/api/types.ts';
import { desktopBridge } from './desktop.ts';

/** URL of a small picture of an image, for lists. */
export function thumbnailUrl(imageId: ImageId): string {
  return `${desktopBridge() ? 'media://project/' : '/media/'}thumb/${imageId}`;
}
