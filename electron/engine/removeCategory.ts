// Deleting a class: what it touches, and one step over all images that moves its annotations to another
// class or deletes them. Undo brings class and annotations back.
import { AppError } from '../api/errors.ts';
import type { Annotation, AnnotationChange, CategoryId, ImageId } from '../api/types.ts';
import { commitStep, engineTransaction } from './commits.ts';
import type { EngineContext } from './context.ts';
import { listCategories, markRemoved } from './project/classes/categories.ts';
import type { CategoryUses } from './project/classes/categoryUses.ts';
import { annotationsIn, categoryUses } from './project/classes/categoryUses.ts';
import type { RowName } from './project/log/facts.ts';
import { moveParked, parkedIn } from './project/parked.ts';
import type { Project } from './project/project.ts';
import type { Store } from './project/database/store.ts';

/** Throws CATEGORY_UNKNOWN when the class, or the one to move to, is not in the list. */
export function removeCategory(
  context: EngineContext,
  project: Project,
  { id, moveTo }: { id: CategoryId; moveTo?: CategoryId },
  clientId: string,
): CategoryUses {
  const { store } = project;
  const name = nameOf(store, id);
  const target = moveTo === undefined ? null : nameOf(store, moveTo);
  if (moveTo === id)
    throw new AppError('BAD_REQUEST', `${name} cannot be moved to the class that is deleted.`);
  const uses = categoryUses(store, id);
  const label = target === null ? `Delete class ${name}` : `Merge class ${name} into ${target}`;
  const transactions = [...annotationsIn(store, id)].map(([imageId, annotations]) => {
    const changes = annotations.map((before) => changeOf(before, moveTo));
    return engineTransaction(context, { imageId, label, origin: 'user', record: 'now', changes });
  });
  commitStep(
    context,
    project,
    {
      label,
      origin: 'user',
      imageId: transactions[0]?.imageId ?? (0 as ImageId),
      transactions,
      rows: [['category', id], ...parkedIn(store, id).map((one): RowName => ['parked', one])],
      work: () => {
        markRemoved(store, id);
        if (moveTo !== undefined) moveParked(store, id, moveTo);
      },
    },
    clientId,
  );
  return uses;
}

function changeOf(before: Annotation, moveTo: CategoryId | undefined): AnnotationChange {
  // What a person gave a class is not the model's to replace any more.
  const edited = before.edited || before.origin === 'model';
  const after = moveTo === undefined ? null : { ...before, categoryId: moveTo, edited };
  return { id: before.id, before, after };
}

function nameOf(store: Store, id: CategoryId): string {
  const name = listCategories(store).find((category) => category.id === id)?.name;
  if (name === undefined)
    throw new AppError('CATEGORY_UNKNOWN', `There is no class ${id} in this project.`);
  return name;
}
