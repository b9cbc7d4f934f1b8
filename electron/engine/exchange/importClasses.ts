// The classes of an imported data set in a project: which of them are one class here, what is told about
// that before anything is written, and the table that is made.
import { classKey, MAX_CLASSES, MAX_CLASS_NAME } from '../../api/rules/classNames.ts';
import { AppError } from '../../api/errors.ts';
import type { CategoryId } from '../../api/types.ts';
import type { ImportedDataset } from '../dataset/formats/format.ts';
import type { Problems } from '../dataset/problems.ts';
import { splitFields } from '../dataset/details/details.ts';
import { shown } from '../dataset/shown.ts';
import type { DatasetCategory } from '../dataset/types.ts';
import {
  addCategories,
  listCategories,
  planCategories,
  saveCategories,
} from '../project/classes/categories.ts';
import type { Project } from '../project/project.ts';

export interface ClassPlan {
  /** As they can stand in a project, in the file's order. */
  readonly categories: readonly DatasetCategory[];
  /** Classes that the project has of them. */
  readonly count: number;
  /** Numbers that an export will have where they are not those of the file; null when all are. */
  readonly note: string | null;
}

/** What becomes of the classes, with a note for everything that differs from the file. Writes nothing. */
export function planClasses(
  project: Project,
  dataset: ImportedDataset,
  problems: Problems,
): ClassPlan {
  const { categories: given, hasOwnNumbers = false } = dataset;
  if (given.length > MAX_CLASSES)
    throw new AppError(
      'IMPORT_INVALID',
      `${given.length} classes; a project holds ${MAX_CLASSES} at most. Leave out the ones that are not used.`,
    );
  const categories = given.map((category) => withinLimits(category, problems));
  const { ids } = planCategories(project.store, ...wishes(categories));
  const mine = new Map(listCategories(project.store, true).map(({ id, name }) => [id, name]));
  const spellings = new Map<CategoryId, DatasetCategory[]>();
  for (const [index, category] of categories.entries()) {
    const id = ids[index]!;
    spellings.set(id, [...(spellings.get(id) ?? []), category]);
  }
  for (const [id, same] of spellings) tellJoined(same, mine.get(id), hasOwnNumbers, problems);
  const note = hasOwnNumbers ? otherNumbers(categories, ids) : null;
  return { categories, count: spellings.size, note };
}

/** Ids of the file's classes in the project, by name; new ones are added with their colour. */
export function importClasses(
  project: Project,
  { categories }: ClassPlan,
): ReadonlyMap<number, CategoryId> {
  return project.store.transaction(() => {
    const before = new Set(listCategories(project.store).map((category) => category.id));
    const ids = addCategories(project.store, ...wishes(categories));
    const now = new Map(listCategories(project.store).map((one) => [one.id, one]));
    const fresh = new Map<CategoryId, ReturnType<typeof withFile>>();
    for (const [index, category] of categories.entries()) {
      const mine = now.get(ids[index]!);
      // Of spellings that became one class the first one's colour and fields stay.
      if (mine && !before.has(mine.id) && !fresh.has(mine.id))
        fresh.set(mine.id, withFile(mine, category));
    }
    saveCategories(project.store, [...fresh.values()]);
    return new Map(categories.map((category, index) => [category.id, ids[index]!]));
  });
}

const wishes = (categories: readonly DatasetCategory[]): [string[], number[]] => [
  categories.map(({ name }) => name),
  categories.map(({ id }) => id),
];

function withFile(
  mine: ReturnType<typeof listCategories>[number],
  { color, supercategory, isThing, extra }: DatasetCategory,
) {
  return {
    ...mine,
    color: /^#[0-9a-fA-F]{6}$/.test(color) ? color : mine.color,
    supercategory,
    kind: isThing ? ('thing' as const) : ('stuff' as const),
    // Fields that make sense become fields of the class (importFields.ts).
    extra: splitFields(extra).extra,
  };
}

/** The same class with texts that the class table can be saved with. */
function withinLimits(category: DatasetCategory, problems: Problems): DatasetCategory {
  const cut = (text: string, code: 'classNameCut' | 'groupNameCut') => {
    if (text.length <= MAX_CLASS_NAME) return text;
    problems.repair(shown(text.slice(0, 40)), { code, values: [text.length, MAX_CLASS_NAME] });
    return text.slice(0, MAX_CLASS_NAME);
  };
  return {
    ...category,
    name: cut(category.name, 'classNameCut'),
    supercategory: cut(category.supercategory, 'groupNameCut'),
  };
}

function tellJoined(
  same: readonly DatasetCategory[],
  mine: string | undefined,
  hasOwnNumbers: boolean,
  problems: Problems,
): void {
  const name = mine ?? same[0]!.name;
  const [first, ...others] = same;
  if (others.length > 0) {
    const list = same
      .slice(0, 20)
      .map((one) => (hasOwnNumbers ? `${shown(one.name)} (${one.id})` : shown(one.name)));
    problems.repair('classes', { code: 'joined', values: [list, shown(name)] });
  } else if (first!.name !== name && classKey(first!.name) === classKey(name))
    problems.repair('classes', { code: 'goesTo', values: [shown(first!.name), shown(name)] });
}

function otherNumbers(
  categories: readonly DatasetCategory[],
  ids: readonly CategoryId[],
): string | null {
  const given = new Set<CategoryId>();
  const changed = categories.flatMap(({ id, name }, index) => {
    const mine = ids[index]!;
    // Of spellings that became one class the first one says whether the class keeps its number.
    if (given.has(mine)) return [];
    given.add(mine);
    return (id as CategoryId) === mine ? [] : [`${shown(name)} ${id} -> ${mine}`];
  });
  if (changed.length === 0) return null;
  const more = changed.length > 20 ? ` and ${changed.length - 20} more` : '';
  return `Classes have other numbers in this project than in the file: ${changed.slice(0, 20).join(', ')}${more}.`;
}
