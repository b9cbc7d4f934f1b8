// Which images of the folder a call is about. When there are none, what lies there instead is said.
import type { BatchRequest } from '../../../api/job.ts';
import type { Engine } from '../../../engine/engine.ts';
import { PassedOver } from '../../../engine/project/images/imageEndings.ts';
import type { ImageArguments } from '../arguments/imageArguments.ts';
import { imagesThatFit } from '../arguments/filterArgument.ts';
import { isAsked } from '../arguments/imageArguments.ts';
import { UsageError } from '../arguments/usageError.ts';
import { everyImage } from '../../../engine/project/images/imageNames.ts';

/** Throws UsageError when no image is left. */
export function chosenImages(
  engine: Engine,
  images: ImageArguments,
  filter?: string,
): BatchRequest['images'] {
  const { store } = engine.context.open.get();
  const rows = everyImage(store);
  // What was passed over while the folder was listed has been told.
  if (rows.length === 0)
    throw new UsageError(
      `There is no image in ${images.folder} that can be read: JPEG, PNG, WebP, TIFF, GIF, BMP and AVIF files are.`,
    );
  const fitting = filter === undefined ? null : new Set(imagesThatFit(store, filter));
  if (images.names === null && fitting === null) return { kind: 'all' };
  const ids = rows
    .filter(({ id, name }) => isAsked(name, images) && (fitting?.has(id) ?? true))
    .map(({ id }) => id);
  if (ids.length > 0) return { kind: 'ids', ids };
  const passed = new PassedOver();
  for (const name of images.names ?? []) passed.see(name);
  throw new UsageError(
    passed.told() ?? 'None of the named files has the ending of an image that can be read.',
  );
}
