// Deleting the labels of images that were picked in the list: counted first, then one step that undo brings back.
import type { AnnotationChange, ImageId } from '../api/types.ts';
import { commitTogether, engineTransaction } from './commits.ts';
import type { EngineContext } from './context.ts';
import { countLabels, freeLabels, type LabelCount } from './project/labelsOf.ts';
import { toAnnotation } from './project/annotations.ts';
import type { Project } from './project/project.ts';

export function clearLabels(
  context: EngineContext,
  project: Project,
  ids: readonly ImageId[],
  clientId: string,
): LabelCount {
  const { store } = project;
  const counted = countLabels(store, ids);
  const perImage = new Map<ImageId, AnnotationChange[]>();
  for (const row of freeLabels(store, ids)) {
    const imageId = row.image_id as ImageId;
    const before = toAnnotation(row);
    const changes = perImage.get(imageId) ?? [];
    changes.push({ id: before.id, before, after: null });
    perImage.set(imageId, changes);
  }
  const label = `Delete ${counted.annotations} label${counted.annotations === 1 ? '' : 's'}`;
  const transactions = [...perImage].map(([imageId, changes]) =>
    engineTransaction(context, { imageId, label, origin: 'user', record: 'now', changes }),
  );
  if (transactions.length > 0) commitTogether(context, project, transactions, { clientId });
  return counted;
}
