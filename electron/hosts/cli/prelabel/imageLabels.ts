// Classes per image of a `salience prelabel` call: in the spelling of a list, and as jobs over the images
// that have the same ones.
import { classKey } from '../../../api/classNames.ts';
import type { BatchRequest, CategoryId, ImageId } from '../../../api/types.ts';
import { ImageNames } from '../../../engine/dataset/imageNames.ts';
import type { Engine } from '../../../engine/engine.ts';
import { listCategories } from '../../../engine/project/categories.ts';
import { namedImages } from '../../../engine/project/imageNames.ts';
import type { ClassWish, ImageLabels } from '../arguments/classList.ts';
import { UsageError } from '../arguments/usageError.ts';

/** Labels in the spelling of a list of classes. Throws UsageError for names that the list does not have. */
export function asListed(
  labels: ImageLabels,
  wishes: readonly ClassWish[],
  labelFile: string,
  listFile: string,
): ImageLabels {
  const spelling = new Map(wishes.map(({ name }) => [classKey(name), name]));
  const unknown = new Map<string, string>();
  for (const [image, names] of labels)
    for (const name of names)
      if (!spelling.has(classKey(name)) && !unknown.has(name)) unknown.set(name, image);
  if (unknown.size > 0)
    throw new UsageError(
      `${labelFile} names classes that ${listFile} does not have: ${namedOf(
        [...unknown].map(([name, image]) => `"${name}" (at ${image})`),
      )}.`,
    );
  return new Map(
    [...labels].map(([image, names]) => [
      image,
      names.map((name) => spelling.get(classKey(name))!),
    ]),
  );
}

/** The first few of a list, and how many more there are. */
const namedOf = (items: readonly string[]) =>
  items.slice(0, 10).join(', ') + (items.length > 10 ? ` and ${items.length - 10} more` : '');

/** One request per list of classes, in the order of the labels; images without labels are left out. */
export function requestsByLabels(
  engine: Engine,
  request: BatchRequest,
  labels: ImageLabels,
): { readonly requests: readonly BatchRequest[]; readonly unknown: readonly string[] } {
  const { store } = engine.context.open.get();
  const classOf = new Map(listCategories(store).map(({ id, name }) => [classKey(name), id]));
  const rows = namedImages(store);
  const imageOf = new Map(rows.map(({ id, name }) => [name, id]));
  const names = new ImageNames(rows.map(({ name }) => name));
  const asked = request.images.kind === 'ids' ? new Set(request.images.ids) : null;
  const groups = new Map<string, { categoryIds: CategoryId[]; ids: Set<ImageId> }>();
  const unknown: string[] = [];
  for (const [label, classes] of labels) {
    if (classes.length === 0) continue;
    const found = names.find({ paths: [label], stems: [] });
    if (found.kind !== 'one') {
      unknown.push(found.kind === 'none' ? label : `${label} (${found.names.join(' or ')}?)`);
      continue;
    }
    const id = imageOf.get(found.name)!;
    if (asked && !asked.has(id)) continue;
    const categoryIds = classes.map((one) => classOf.get(classKey(one))!);
    const group = groups.get(categoryIds.join()) ?? { categoryIds, ids: new Set() };
    group.ids.add(id);
    groups.set(categoryIds.join(), group);
  }
  if (groups.size === 0)
    throw new UsageError(
      unknown.length > 0
        ? `No image of the folder is named in the file of image labels; it names ${namedOf(unknown)}.`
        : 'No image of the folder is named in the file of image labels.',
    );
  return {
    requests: [...groups.values()].map(({ categoryIds, ids }) => ({
      ...request,
      categoryIds,
      images: { kind: 'ids', ids: [...ids] },
    })),
    unknown,
  };
}
