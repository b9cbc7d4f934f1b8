// Masks from clicks: images read for the click model, prompts decoded, choices recut.
import { AppError } from '../../../api/errors.ts';
import type { ClickStart } from '../../../api/clicks/clicks.ts';
import type { Box, ImageId } from '../../../api/types.ts';
import type { ClickPlace } from '../../../link/operations.ts';
import type { PixelBox } from '../../../masks/runs/rle.ts';
import type { EngineContext, HandlerGroup } from '../../context.ts';
import { knowImage } from '../../images/imageFiles.ts';
import { salienceOf } from './salience.ts';
import { choiceOf, clickPackOf } from '../../packs/packs.ts';

async function placeOf(
  context: EngineContext,
  imageId: ImageId,
  crop: Box | null,
  signal: AbortSignal,
): Promise<ClickPlace> {
  const project = context.open.get();
  const pack = await clickPackOf(context);
  const { path, hash, record } = await knowImage(project, context.link, imageId, { signal });
  const { width, height } = record;
  return {
    imagePath: path,
    imageHash: hash,
    width,
    height,
    crop: crop && insideOf(crop, width, height),
    pack: choiceOf(context, pack),
  };
}

export function segmentHandlers(context: EngineContext): HandlerGroup<'segment'> {
  return {
    async 'segment.read'({ imageId, crop, ahead }, call) {
      const jobs = context.open.jobs();
      // A batch wants every core; an image that nobody looks at yet can wait.
      if (ahead && jobs.list().some(({ state }) => state === 'running'))
        return { milliseconds: null };
      const place = await placeOf(context, imageId, crop, call.signal);
      const ask = () =>
        context.link.request(
          'segment.read',
          { ...place, ahead },
          {
            signal: call.signal,
            priority: ahead ? 'batch' : 'interactive',
            onProgress: (progress) => call.progress(progress),
          },
        );
      return ahead ? ask() : jobs.interactive(ask);
    },
    async 'segment.decode'({ imageId, crop, ...asked }, call) {
      const place = await placeOf(context, imageId, crop, call.signal);
      checkSize(asked.start, place);
      return context.open
        .jobs()
        .interactive(() =>
          context.link.request(
            'segment.decode',
            { ...place, ...asked },
            { signal: call.signal, onProgress: (progress) => call.progress(progress) },
          ),
        );
    },
    'segment.salience': (input, call) => salienceOf(context, input, call.signal),
    async 'segment.mask'({ imageId, ...asked }, call) {
      const { path } = await knowImage(context.open.get(), context.link, imageId, {
        signal: call.signal,
      });
      return context.link.request(
        'segment.mask',
        { imagePath: path, ...asked },
        { signal: call.signal },
      );
    },
  };
}

/** Throws for a mask of another image. */
function checkSize(start: ClickStart, { width, height }: ClickPlace): void {
  if (start.kind !== 'mask') return;
  const { mask } = start;
  if (mask.width !== width || mask.height !== height)
    throw new AppError(
      'BAD_REQUEST',
      `The mask is ${mask.width} x ${mask.height} pixels, the image ${width} x ${height}.`,
    );
}

/** The whole pixels that a crop touches, inside of the image. */
function insideOf([x, y, wide, tall]: Box, width: number, height: number): PixelBox {
  const left = Math.min(width - 1, Math.max(0, Math.floor(x)));
  const top = Math.min(height - 1, Math.max(0, Math.floor(y)));
  const right = Math.max(left + 1, Math.min(width, Math.ceil(x + wide)));
  const bottom = Math.max(top + 1, Math.min(height, Math.ceil(y + tall)));
  return { x: left, y: top, width: right - left, height: bottom - top };
}
