// Addresses of pixels: images never travel through requests, they are fetched by URL.
import type { ImageId, ProjectId } from '../../../electron/api/types.ts';
import { desktopBridge } from './desktop.ts';

/** URL of a small picture of an image. A browser shows what it kept under an address, so it names the project. */
export function thumbnailUrl(projectId: ProjectId, imageId: ImageId): string {
  return `${desktopBridge() ? 'media://project/' : '/media/'}thumb/${projectId}/${imageId}`;
}
