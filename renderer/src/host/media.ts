// Addresses of pixels: images never travel through requests, they are fetched by URL.
import type { ImageId } from '../../../electron/api/types.ts';
import { desktopBridge } from './desktop.ts';

/** URL of an image scaled so that its longer side is at most `side` pixels. */
export function thumbnailUrl(imageId: ImageId, side: number): string {
  const query = `?side=${side}`;
  return desktopBridge() ? `media://project/${imageId}${query}` : `/media/${imageId}${query}`;
}
