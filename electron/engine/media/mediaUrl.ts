// Addresses of pictures that the window loads by itself.
import type { ImageId } from '../../api/types.ts';
import type { EngineContext } from '../context.ts';

/** URL of a picture of the open project. It names the project: another one has the same image ids. */
export function mediaUrl(
  context: Pick<EngineContext, 'host' | 'open'>,
  kind: 'image' | 'scaled' | 'thumb' | 'crop' | 'tile' | 'prompt',
  id: ImageId | string,
): string {
  return `${context.host.mediaBase}${kind}/${context.open.get().id}/${id}`;
}
