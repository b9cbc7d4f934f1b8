// One import: classes by name, images by path, annotations beside what is there. What was labelled in
// the project is never changed, and importing the same file twice adds nothing.
import { sameMask } from '../../api/document.ts';
import { AppError } from '../../api/errors.ts';
import type { ImportReport, Input, Progress } from '../../api/methods.ts';
import type { AnnotationChange, AnnotationId, CategoryId, ImageId, Json } from '../../api/types.ts';
import { commitOne, engineTransaction, publishChanged } from '../commits.ts';
import type { EngineContext } from '../context.ts';
import { checkKind, recogniseFormat } from '../dataset/formats/recognise.ts';
import { importFormat } from '../dataset/formats/registry.ts';
import type { ImportedDataset, KnownImage } from '../dataset/formats/format.ts';
import { fromDatasetAnnotation, withFileId } from '../dataset/projectRecords.ts';
import type { DatasetImage, JsonObject } from '../dataset/types.ts';
import { knowImage } from '../images/imageFiles.ts';
import { KEPT_META } from './kept.ts';
import { topZ } from '../prelabel/prelabel.ts';
import { annotationsOf } from '../project/annotations.ts';
import { addCategories, listCategories, saveCategories } from '../project/categories.ts';
import { measureMask } from '../../masks/measure.ts';
import type { Project } from '../project/project.ts';

interface Control {
  readonly signal: AbortSignal;
  readonly clientId: string;
  readonly onProgress: (progress: Progress) => void;
}

/** Formats whose files do not say how large an image is. */
const NEEDS_SIZES = new Set(['yolo-seg', 'mask-png']);

const MAX_PROBLEMS = 1000;

/** Characters of JSON; more would bloat every project copy. */
const MAX_KEPT = 4 * 1024 * 1024;

/** Imports from a file or folder on this disk. Throws IMPORT_INVALID; nothing is changed then. */
export async function importDataset(
  context: EngineContext,
  project: Project,
  request: Omit<Input<'import.start'>, 'source'> & { readonly source: string },
  control: Control,
): Promise<ImportReport> {
  const format = importFormat(request.format ?? (await recogniseFormat(request.source)));
  // What was recognised is of the right kind.
  if (request.format !== null) await checkKind(format, request.source);
  const names = project.store.all<{ id: ImageId; name: string }>('SELECT id, name FROM image');
  const images = NEEDS_SIZES.has(format.id)
    ? await knownImages(context, project, names, control)
    : [];
  await using dataset = await format.open(request.source, {
    signal: control.signal,
    onProgress: control.onProgress,
    skipBroken: request.skipBroken,
    images,
  });
  const finder = imageFinder(names);
  const problems: { path: string; message: string }[] = dataset.problems.kept.map(
    ({ path, message }) => ({ path, message }),
  );
  const note = (path: string, message: string) => {
    if (problems.length < MAX_PROBLEMS) problems.push({ path, message });
  };
  const categories = request.dryRun ? null : importCategories(project, dataset);
  const report = {
    format: format.title,
    images: 0,
    annotations: 0,
    categories: dataset.categories.length,
  };
  let done = 0;
  for await (const image of dataset.images()) {
    control.signal.throwIfAborted();
    done += 1;
    if (done % 20 === 0)
      control.onProgress({ stage: 'Import', done, total: dataset.imageCount ?? 0 });
    const imageId = finder(image.fileName);
    if (imageId === null) {
      note(image.fileName, 'There is no such image in this project.');
      continue;
    }
    const fault = await sizeFault(context, project, imageId, image, control);
    if (fault !== null) {
      note(image.fileName, fault);
      continue;
    }
    report.images += 1;
    if (categories === null) report.annotations += image.annotations.length;
    else
      report.annotations += importImage(context, project, imageId, image, {
        categories,
        as: request.as,
        clientId: control.clientId,
      });
  }
  if (!request.dryRun) rememberKept(project, dataset);
  publishChanged(context, project);
  return { ...report, problems };
}

/** The first COCO file's licences and unknown fields come back out with the next COCO export. */
function rememberKept(project: Project, dataset: ImportedDataset): void {
  const { licenses = null, extra = {} } = dataset as { licenses?: Json; extra?: JsonObject };
  if (project.meta(KEPT_META) !== null || !('licenses' in dataset)) return;
  const text = JSON.stringify({ licenses, extra });
  if (text.length <= MAX_KEPT) project.setMeta(KEPT_META, text);
}

/** Ids of the file's classes in the project, by name; new ones are added with their colour. */
function importCategories(project: Project, dataset: ImportedDataset): Map<number, CategoryId> {
  return project.store.transaction(() => {
    const before = new Set(listCategories(project.store).map((category) => category.id));
    const ids = addCategories(
      project.store,
      dataset.categories.map((category) => category.name),
      dataset.categories.map((category) => category.id),
    );
    const now = new Map(listCategories(project.store).map((one) => [one.id, one]));
    const fresh = dataset.categories.flatMap((category, index) => {
      const mine = now.get(ids[index]!);
      if (!mine || before.has(mine.id)) return [];
      return [
        {
          ...mine,
          color: /^#[0-9a-fA-F]{6}$/.test(category.color) ? category.color : mine.color,
          supercategory: category.supercategory,
          kind: category.isThing ? ('thing' as const) : ('stuff' as const),
          extra: category.extra,
        },
      ];
    });
    saveCategories(project.store, fresh);
    return new Map(dataset.categories.map((category, index) => [category.id, ids[index]!]));
  });
}

function importImage(
  context: EngineContext,
  project: Project,
  imageId: ImageId,
  image: DatasetImage,
  options: {
    categories: ReadonlyMap<number, CategoryId>;
    as: 'accepted' | 'proposal';
    clientId: string;
  },
): number {
  const existing = annotationsOf(project.store, imageId);
  const above = topZ(existing);
  const changes: AnnotationChange[] = [];
  for (const [index, one] of image.annotations.entries()) {
    const categoryId = options.categories.get(one.categoryId);
    if (categoryId === undefined || measureMask(one.mask).area === 0) continue;
    const known = existing.some(
      (other) => other.categoryId === categoryId && sameMask(other.mask, one.mask),
    );
    if (known) continue;
    const after = fromDatasetAnnotation(one, {
      id: context.newId() as AnnotationId,
      categoryId,
      status: options.as,
      z: above + 1 + index,
    });
    changes.push({ id: after.id, before: null, after });
  }
  const extra = withFileId(image.id, image.extra);
  if (Object.keys(extra).length > 0)
    project.store.run(
      'UPDATE image SET extra = ? WHERE id = ? AND extra IS NULL',
      JSON.stringify(extra),
      imageId,
    );
  if (changes.length === 0) return 0;
  commitOne(
    context,
    project,
    engineTransaction(context, imageId, 'Import annotations', 'import', 'never', changes),
    { clientId: options.clientId, keepChanges: false },
  );
  return changes.length;
}

async function sizeFault(
  context: EngineContext,
  project: Project,
  imageId: ImageId,
  image: DatasetImage,
  control: Control,
): Promise<string | null> {
  if (image.annotations.length === 0) return null;
  try {
    const { record } = await knowImage(project, context.link, imageId, {
      signal: control.signal,
      priority: 'batch',
    });
    if (record.width === image.width && record.height === image.height) return null;
    return `The file says ${image.width} x ${image.height}, the image is ${record.width} x ${record.height}.`;
  } catch (error) {
    control.signal.throwIfAborted();
    if (error instanceof AppError) return error.message;
    throw error;
  }
}

async function knownImages(
  context: EngineContext,
  project: Project,
  names: readonly { id: ImageId; name: string }[],
  control: Control,
): Promise<KnownImage[]> {
  const known: KnownImage[] = [];
  for (const [index, { id, name }] of names.entries()) {
    if (index % 20 === 0)
      control.onProgress({ stage: 'Read sizes', done: index, total: names.length });
    try {
      const { record } = await knowImage(project, context.link, id, {
        signal: control.signal,
        priority: 'batch',
      });
      known.push({ fileName: name, width: record.width, height: record.height });
    } catch (error) {
      control.signal.throwIfAborted();
      // An image that cannot be read has no size; its labels are reported as not attached.
      if (!(error instanceof AppError)) throw error;
    }
  }
  return known;
}

/** Finds images by relative path, then by a file name that only one image has. */
export function imageFinder(
  names: readonly { readonly id: ImageId; readonly name: string }[],
): (fileName: string) => ImageId | null {
  const byPath = new Map(names.map(({ id, name }) => [name, id]));
  const byBase = new Map<string, ImageId | null>();
  const baseOf = (name: string) => name.slice(name.lastIndexOf('/') + 1);
  for (const { id, name } of names) {
    const base = baseOf(name);
    byBase.set(base, byBase.has(base) ? null : id);
  }
  return (fileName) => {
    const path = fileName.replaceAll('\\', '/').replace(/^\.\//, '');
    return byPath.get(path) ?? byBase.get(baseOf(path)) ?? null;
  };
}
