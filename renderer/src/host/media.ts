// Addresses of pixels: images never travel through requests, they are fetched by URL.
import type { ImageId, ProjectId } from '../../../electron/api/types.ts';
import { desktopBridge } from './desktop.ts';

/** URL of a picture of an image. A browser shows what it kept under an address, so it names the project. */
export function pictureUrl(
  kind: 'thumb' | 'image' | 'scaled',
  projectId: ProjectId,
  imageId: ImageId,
): string {
  return `${desktopBridge() ? 'media://project/' : '/media/'}${kind}/${projectId}/${imageId}`;
}
