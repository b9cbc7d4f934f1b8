// Addresses of pictures that the window loads by itself.
import type { ImageId } from '../../api/types.ts';
import type { EngineContext } from '../context.ts';

/** URL of a picture that belongs to an image; `version` makes a changed file a new address. */
export function mediaUrl(
  context: Pick<EngineContext, 'host'>,
  kind: 'image' | 'scaled' | 'thumb' | 'crop' | 'tile',
  id: ImageId | string,
): string {
  return `${context.host.mediaBase}${kind}/${id}`;
}
