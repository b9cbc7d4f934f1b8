// Deleting a class: what it touches, and one step over all images that moves its annotations to another
// class or deletes them. Undo brings class and annotations back.
import { AppError } from '../api/errors.ts';
import type { AnnotationChange, CategoryId, ImageId } from '../api/types.ts';
import { commitStep, engineTransaction } from './commits.ts';
import type { EngineContext } from './context.ts';
import type { AnnotationRow } from './project/annotations.ts';
import { toAnnotation } from './project/annotations.ts';
import { listCategories, markRemoved } from './project/categories.ts';
import type { RowName } from './project/facts.ts';
import type { Project } from './project/project.ts';
import type { Store } from './project/store.ts';

export interface CategoryUses {
  readonly annotations: number;
  readonly accepted: number;
  readonly images: number;
}

/** What has a class; rejected proposals are nobody's objects any more and are not counted. */
export function categoryUses(store: Store, id: CategoryId): CategoryUses {
  return store.get<CategoryUses>(
    `SELECT count(*) AS annotations, coalesce(sum(status = 1), 0) AS accepted,
       count(DISTINCT image_id) AS images
     FROM annotation WHERE category_id = ? AND status <> 2`,
    id,
  )!;
}

/** Throws CATEGORY_UNKNOWN when the class, or the one to move to, is not in the list. */
export function removeCategory(
  context: EngineContext,
  project: Project,
  { id, moveTo }: { id: CategoryId; moveTo?: CategoryId },
  clientId: string,
): CategoryUses {
  const { store } = project;
  const name = nameOf(store, id);
  if (moveTo !== undefined) nameOf(store, moveTo);
  if (moveTo === id)
    throw new AppError('BAD_REQUEST', `${name} cannot be moved to the class that is deleted.`);
  const uses = categoryUses(store, id);
  const label = `Delete class ${name}`;
  const transactions = [...changesOf(store, id, moveTo)].map(([imageId, changes]) =>
    engineTransaction(context, imageId, label, 'user', 'now', changes),
  );
  const unfinished = store.all<{ id: string }>('SELECT id FROM parked WHERE category_id = ?', id);
  commitStep(
    context,
    project,
    {
      label,
      origin: 'user',
      imageId: transactions[0]?.imageId ?? (0 as ImageId),
      transactions,
      rows: [['category', id], ...unfinished.map((row): RowName => ['parked', row.id])],
      work: () => {
        markRemoved(store, id);
        if (moveTo !== undefined)
          store.run('UPDATE parked SET category_id = ? WHERE category_id = ?', moveTo, id);
      },
    },
    clientId,
  );
  return uses;
}

function changesOf(
  store: Store,
  id: CategoryId,
  moveTo: CategoryId | undefined,
): Map<ImageId, AnnotationChange[]> {
  const perImage = new Map<ImageId, AnnotationChange[]>();
  for (const row of store.iterate<AnnotationRow>(
    'SELECT * FROM annotation WHERE category_id = ? ORDER BY image_id',
    id,
  )) {
    const before = toAnnotation(row);
    const imageId = row.image_id as ImageId;
    const changes = perImage.get(imageId) ?? [];
    // What a person gave a class is not the model's to replace any more.
    const edited = before.edited || before.origin === 'model';
    const after = moveTo === undefined ? null : { ...before, categoryId: moveTo, edited };
    changes.push({ id: before.id, before, after });
    perImage.set(imageId, changes);
  }
  return perImage;
}

function nameOf(store: Store, id: CategoryId): string {
  const name = listCategories(store).find((category) => category.id === id)?.name;
  if (name === undefined)
    throw new AppError('CATEGORY_UNKNOWN', `There is no class ${id} in this project.`);
  return name;
}
