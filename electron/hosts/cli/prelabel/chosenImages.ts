// Which images of the folder a call is about. When there are none, what lies there instead is said.
import type { BatchRequest, ImageId } from '../../../api/types.ts';
import type { Engine } from '../../../engine/engine.ts';
import { PassedOver } from '../../../engine/project/imageEndings.ts';
import type { ImageArguments } from '../arguments/imageArguments.ts';
import { isAsked } from '../arguments/imageArguments.ts';
import { UsageError } from '../arguments/usageError.ts';

/** Throws UsageError when no image is left. */
export function chosenImages(engine: Engine, images: ImageArguments): BatchRequest['images'] {
  const { store } = engine.context.open.get();
  const rows = store.all<{ id: number; name: string }>('SELECT id, name FROM image');
  // What was passed over while the folder was listed has been told.
  if (rows.length === 0)
    throw new UsageError(
      `There is no image in ${images.folder} that can be read: JPEG, PNG, WebP, TIFF, GIF, BMP and AVIF files are.`,
    );
  if (images.names === null) return { kind: 'all' };
  const ids = rows.filter(({ name }) => isAsked(name, images)).map(({ id }) => id as ImageId);
  if (ids.length > 0) return { kind: 'ids', ids };
  const passed = new PassedOver();
  for (const name of images.names) passed.see(name);
  throw new UsageError(
    passed.told() ?? 'None of the named files has the ending of an image that can be read.',
  );
}
