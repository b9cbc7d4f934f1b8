// One of each mask that an export would write twice: the others are deleted as one step that undo brings back.
import type { ExportKeptOne, ExportWanted } from '../../api/methods/exchange.ts';
import type { Annotation, ImageId } from '../../api/types.ts';
import { commitTogether, engineTransaction } from '../commits.ts';
import type { EngineContext } from '../context.ts';
import { annotationsOf } from '../project/annotations.ts';
import type { Project } from '../project/project.ts';
import { counted } from '../../link/words/counted.ts';
import { doublesIn } from './doubles.ts';
import { isOfWantedClass, isWritten, wantedImages, type WalkOptions } from './wantedImages.ts';

/** Locked masks stay, also where they are doubles. */
export async function keepOneOfEach(
  context: EngineContext,
  project: Project,
  wanted: ExportWanted,
  options: WalkOptions & { readonly clientId: string },
): Promise<ExportKeptOne> {
  const doublesOf = (imageId: ImageId): Annotation[] =>
    doublesIn(
      annotationsOf(project.store, imageId).filter(
        (one) => isOfWantedClass(wanted, one) && isWritten(wanted, one),
      ),
    ).filter(({ locked }) => !locked);
  const found: ImageId[] = [];
  for await (const { row, isUnreviewed } of wantedImages(project, wanted, options)) {
    const imageId = row.id as ImageId;
    if (!isUnreviewed && doublesOf(imageId).length > 0) found.push(imageId);
  }
  // Looked at again without a pause in between: another window may have drawn meanwhile.
  const doomed = found
    .map((imageId) => ({ imageId, doubles: doublesOf(imageId) }))
    .filter(({ doubles }) => doubles.length > 0);
  const masks = doomed.reduce((sum, { doubles }) => sum + doubles.length, 0);
  if (masks === 0) return { masks, images: 0 };
  const label = `Delete ${counted(masks, 'double mask')}`;
  const transactions = doomed.map(({ imageId, doubles }) =>
    engineTransaction(context, {
      imageId,
      label,
      origin: 'user',
      record: 'now',
      changes: doubles.map((before) => ({ id: before.id, before, after: null })),
    }),
  );
  commitTogether(context, project, transactions, options);
  return { masks, images: doomed.length };
}
