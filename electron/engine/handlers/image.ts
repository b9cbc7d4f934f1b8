// The image list and opening one image.
import { isTiled } from '../../api/rules/tiles.ts';
import { clearLabels } from '../clearLabels.ts';
import { publishChanged } from '../commits.ts';
import type { ImageId } from '../../api/types.ts';
import type { EngineContext, HandlerGroup } from '../context.ts';
import { mediaUrl } from '../media/mediaUrl.ts';
import { setNotes } from '../fields/setNotes.ts';
import { showFile } from '../files/showFile.ts';
import { imagePath, knowImage } from '../images/imageFiles.ts';
import { addSmallerCopy } from '../images/smallerCopy.ts';
import { presentRun } from '../prelabel/present.ts';
import { annotationsOf, mostDoubtfulClass } from '../project/annotations.ts';
import {
  countImages,
  imageRecord,
  imageRow,
  nextImage,
  markImages,
} from '../project/images/images.ts';
import { listImages } from '../project/images/imagePage.ts';
import { tagCounts } from '../project/images/imageNotes.ts';
import { countLabels, undecidedOf } from '../project/labelsOf.ts';
import { parkedOf } from '../project/parked.ts';
import { latestRun } from '../project/runs.ts';

/** Offered while a tag is typed. */
const MOST_TAGS = 500;

export function imageHandlers(context: EngineContext): HandlerGroup<'image'> {
  /** Lists read the others when they come into view. */
  const recordsOf = (ids: readonly ImageId[]) =>
    ids.slice(0, 1000).map((id) => imageRecord(context.open.get().store, id));
  return {
    'image.list': async (query) => listImages(context.open.get().store, query),
    async 'image.counts'({ filters }) {
      const { store } = context.open.get();
      return { counts: filters.map((words) => countImages(store, { words })) };
    },
    async 'image.open'({ imageId }, call) {
      const project = context.open.get();
      const before = imageRecord(project.store, imageId).problem?.message;
      const { record } = await knowImage(project, context.link, imageId, { signal: call.signal });
      // A file that is back, or was mended: lists lose their warning.
      if (record.problem?.message !== before && !project.readOnly) publishChanged(context, project);
      const run = latestRun(project.store, imageId);
      return {
        image: record,
        url: mediaUrl(context, 'image', imageId),
        scaledUrl: mediaUrl(context, 'scaled', imageId),
        tileUrl: isTiled(record) ? mediaUrl(context, 'tile', imageId) : null,
        annotations: annotationsOf(project.store, imageId),
        revision: project.revision(),
        run: run && presentRun(project, run),
        parked: parkedOf(project.store, imageId),
      };
    },
    async 'image.setStatus'({ imageIds, status }) {
      const project = context.open.writable();
      const before = await markImages(project.store, imageIds, status);
      publishChanged(context, project);
      return { images: recordsOf(imageIds), before };
    },
    async 'image.undecided'({ imageIds }) {
      return { imageIds: undecidedOf(context.open.get().store, imageIds) };
    },
    async 'image.clearLabels'({ imageIds, dryRun }, { clientId }) {
      if (dryRun) return countLabels(context.open.get().store, imageIds);
      return clearLabels(context, context.open.writable(), imageIds, clientId);
    },
    async 'image.setNotes'(change, { clientId }) {
      const project = context.open.writable();
      const changed = setNotes(context, project, change, clientId);
      return { changed, images: recordsOf(change.imageIds) };
    },
    'image.tags': async () => ({ tags: tagCounts(context.open.get().store, MOST_TAGS) }),
    async 'image.reduce'({ imageId }, call) {
      return { image: await addSmallerCopy(context, imageId, call) };
    },
    async 'image.run'({ imageId }) {
      const project = context.open.get();
      const run = latestRun(project.store, imageId);
      const categoryId = mostDoubtfulClass(project.store, imageId);
      return { run: run && presentRun(project, run), categoryId };
    },
    async 'image.path'({ imageId }) {
      const project = context.open.get();
      return { path: imagePath(project, imageRow(project.store, imageId)) };
    },
    async 'image.showFile'({ imageId }) {
      const project = context.open.get();
      showFile(context, imagePath(project, imageRow(project.store, imageId)));
      return {};
    },
    async 'image.next'({ imageId, step, filter }) {
      return nextImage(context.open.get().store, imageId, step, filter);
    },
  };
}
