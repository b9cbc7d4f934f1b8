// Changing what is asked of a class's objects: values follow a field or a choice that is renamed and go with
// one that is deleted, in one step over all images.
import { AppError } from '../../api/errors.ts';
import type { FieldsChange } from '../../api/methods/notes.ts';
import type { Details, FieldValue } from '../../api/rules/fields/fields.ts';
import { fieldsFault, type FieldFault } from '../../api/rules/fields/schema.ts';
import { sameDetails, tidied } from '../../api/rules/fields/values.ts';
import type { AnnotationChange, ImageId } from '../../api/types.ts';
import { commitStep, engineTransaction } from '../commits.ts';
import type { EngineContext } from '../context.ts';
import { detailedIn } from '../project/classes/categoryUses.ts';
import { listCategories } from '../project/classes/categories.ts';
import { writeFields } from '../project/classes/categoryRows.ts';
import type { Project } from '../project/project.ts';

const FAULTS: { readonly [kind in FieldFault['kind']]: string } = {
  many: 'there are more fields than a class can have',
  name: 'it has no name that a file can hold',
  twice: 'another field has that name',
  choices: 'its choices are empty, too long or named twice',
  bounds: 'its least number is above its largest',
  unit: 'its unit is too long',
  default: 'its default is no value of it',
};

/**
 * The number of objects whose values moved or went. Throws CATEGORY_UNKNOWN, CATEGORY_CONFLICT when somebody
 * changed the fields since, BAD_REQUEST for fields that make no sense.
 */
export function setFields(
  context: EngineContext,
  project: Project,
  change: FieldsChange,
  clientId: string,
): number {
  const { store } = project;
  const { id, before, after } = change;
  const category = listCategories(store).find((one) => one.id === id);
  if (!category)
    throw new AppError('CATEGORY_UNKNOWN', `Class ${id} is not in this project any more.`);
  if (JSON.stringify(category.fields ?? []) !== JSON.stringify(before))
    throw new AppError(
      'CATEGORY_CONFLICT',
      `The fields of the class ${category.name} changed since; look at them again.`,
      { data: { id, name: category.name, fields: ['fields'] } },
    );
  const fault = fieldsFault(after);
  if (fault) {
    const name = after[fault.place]?.name ?? '';
    throw new AppError(
      'BAD_REQUEST',
      `The field ${JSON.stringify(name)} of ${category.name} cannot be kept: ${FAULTS[fault.kind]}.`,
    );
  }
  const label = `Change fields of ${category.name}`;
  const perImage = changesOf(project, change);
  const transactions = [...perImage].map(([imageId, changes]) =>
    engineTransaction(context, { imageId, label, origin: 'user', record: 'now', changes }),
  );
  const step = {
    label,
    origin: 'user' as const,
    imageId: transactions[0]?.imageId ?? (0 as ImageId),
    transactions,
    rows: [['category', id] as const],
    work: () => writeFields(store, id, after),
  };
  commitStep(context, project, step, clientId);
  return [...perImage.values()].reduce((sum, changes) => sum + changes.length, 0);
}

function changesOf(project: Project, change: FieldsChange): Map<ImageId, AnnotationChange[]> {
  const perImage = new Map<ImageId, AnnotationChange[]>();
  for (const { imageId, annotation: before } of detailedIn(project.store, change.id)) {
    const details = movedDetails(before.details, change);
    if (sameDetails(before.details, details)) continue;
    const { details: old, ...rest } = before;
    void old;
    const after = { ...rest, ...(details ? { details } : {}) };
    const changes = perImage.get(imageId) ?? [];
    changes.push({ id: before.id, before, after });
    perImage.set(imageId, changes);
  }
  return perImage;
}

/** Details after the change; values that no field had, stay. */
function movedDetails(
  details: Details | undefined,
  { before, after, renamed, choices }: FieldsChange,
): Details | undefined {
  const stays = new Set(after.map(({ name }) => name));
  const gone = new Set(before.map(({ name }) => name).filter((name) => !stays.has(name)));
  const names = new Map(renamed.map(({ from, to }) => [from, to]));
  const values: Record<string, FieldValue> = {};
  for (const [name, value] of Object.entries(details?.values ?? {})) {
    const now = names.get(name) ?? (gone.has(name) ? null : name);
    if (now === null) continue;
    const chosen = choices.find(({ field, from }) => field === now && from === value);
    values[now] = chosen?.to ?? value;
  }
  return tidied({ ...details, values });
}
