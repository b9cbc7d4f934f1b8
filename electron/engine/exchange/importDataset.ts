// One import: classes by name, images by path, annotations beside what is there. What was labelled in
// the project is never changed, and importing the same file twice adds nothing.
import { sameMask } from '../../api/rules/document.ts';
import { MAX_TAGS } from '../../api/rules/fields/fields.ts';
import { tidiedTags } from '../../api/rules/fields/values.ts';
import { AppError } from '../../api/errors.ts';
import { toldBy, type ImportReason } from '../../api/said/importWords.ts';
import type { Input } from '../../api/methods.ts';
import type { Progress } from '../../api/methods/method.ts';
import type { ImportReport } from '../../api/methods/exchange.ts';
import type { AnnotationChange, AnnotationId, CategoryId, ImageId, Json } from '../../api/types.ts';
import { commitOne, engineTransaction, publishChanged } from '../commits.ts';
import type { EngineContext } from '../context.ts';
import { checkKind, recogniseFormat } from '../dataset/formats/recognise.ts';
import { importFormat } from '../dataset/formats/registry.ts';
import type { ImportedDataset } from '../dataset/formats/format.ts';
import type { Problems } from '../dataset/problems.ts';
import { splitImageNotes } from '../dataset/details/details.ts';
import { fromDatasetAnnotation, withFileId } from '../dataset/projectRecords.ts';
import type { DatasetImage, JsonObject } from '../dataset/types.ts';
import { topZ } from '../prelabel/proposals.ts';
import { annotationsOf } from '../project/annotations.ts';
import { measureMask } from '../../masks/runs/measure.ts';
import { isTurnedSideways, uprightMask } from '../../masks/changes/turn.ts';
import type { Project } from '../project/project.ts';
import { projectLibrary } from './imageLibrary.ts';
import type { ProjectLibrary } from './imageLibrary.ts';
import { importClasses, planClasses } from './importClasses.ts';
import { ImportedFields } from './importFields.ts';
import { KEPT_META } from './kept.ts';
import { notesOf, writeNotes, type ImageNotes } from '../project/images/imageNotes.ts';
import { keepImageExtra } from '../project/images/imageFacts.ts';

interface Control {
  readonly signal: AbortSignal;
  readonly clientId: string;
  readonly onProgress: (progress: Progress) => void;
}

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
  const { asStored = false } = request;
  const library = projectLibrary(context, project, { asStored, signal: control.signal });
  await using dataset = await format.open(request.source, {
    signal: control.signal,
    onProgress: control.onProgress,
    skipBroken: request.skipBroken,
    images: [],
    library,
  });
  const { problems } = dataset;
  if (dataset.imageCount === 0 && problems.leftOut > 0 && !request.dryRun)
    refuseAll(problems, request.source);
  const plan = planClasses(project, dataset, problems);
  const categories = request.dryRun ? null : importClasses(project, plan);
  const report = { images: 0, annotations: 0, turnedLeftOut: 0 };
  const seen = new Set<ImageId>();
  const fields = new ImportedFields(plan.categories);
  let done = 0;
  for await (const image of dataset.images()) {
    control.signal.throwIfAborted();
    done += 1;
    if (done % 20 === 0)
      control.onProgress({ stage: 'Import', done, total: dataset.imageCount ?? 0 });
    const place = await placeOf(library, image, problems);
    if (place === null) continue;
    if (place.fault !== null) {
      problems.leaveOut(image.fileName, place.fault);
      if (place.isStoredFrame) report.turnedLeftOut += 1;
      continue;
    }
    report.images += seen.has(place.id) ? 0 : 1;
    seen.add(place.id);
    for (const one of image.annotations) fields.see(one);
    const upright = asStored ? turned(image, place.orientation) : image;
    if (categories === null) report.annotations += upright.annotations.length;
    else
      report.annotations += importImage(context, project, upright, {
        imageId: place.id,
        categories,
        as: request.as,
        clientId: control.clientId,
      });
  }
  const told = fields.settle(project, plan.categories, request.dryRun);
  if (!request.dryRun) rememberKept(project, dataset);
  publishChanged(context, project);
  return {
    ...report,
    format: { id: format.id, title: format.title },
    categories: plan.count,
    leftOut: problems.skipped + problems.leftOut,
    notes: [...(plan.note === null ? [] : [plan.note]), ...told],
    problems: problems.told(),
  };
}

/** No label matches an image: the wrong folder was chosen, which is an error and not an empty import. */
function refuseAll({ kept, leftOut }: Problems, source: string): never {
  const lines = kept.filter(({ effect }) => effect === 'skipped').slice(0, 20);
  const more = leftOut - lines.length;
  throw new AppError(
    'IMPORT_INVALID',
    `none of the labels belongs to an image of this project; nothing was imported. Choose the folder with their images.\n` +
      lines.map(({ path, message }) => `  ${path} ${message}`).join('\n') +
      (more > 0 ? `\n  and ${more} more` : '') +
      `\n${source}`,
    { data: { problems: kept.map(({ path, message }) => ({ path, message })) } },
  );
}

interface Place {
  readonly id: ImageId;
  readonly orientation: number;
  /** Why the labels do not fit the image. */
  readonly fault: ImportReason | null;
  /** They would fit the picture as it is stored. */
  readonly isStoredFrame: boolean;
}

/** The image that labels go to; null after a note. Images without labels are not looked at. */
async function placeOf(
  library: ProjectLibrary,
  image: DatasetImage,
  problems: Problems,
): Promise<Place | null> {
  const id = library.idOf(image.fileName);
  if (id === undefined)
    return problems.leaveOut(image.fileName, { code: 'notInProject', values: [] });
  const fits = { id, orientation: 1, fault: null, isStoredFrame: false };
  if (image.annotations.length === 0) return fits;
  try {
    const { width, height, orientation } = await library.sizeOf(image.fileName);
    if (width === image.width && height === image.height) return { ...fits, orientation };
    const isStoredFrame =
      isTurnedSideways(orientation) && width === image.height && height === image.width;
    const [said, size] = [[image.width, image.height] as const, [width, height] as const];
    return {
      id,
      orientation,
      isStoredFrame,
      fault: isStoredFrame
        ? { code: 'storedFrame', values: [said, size, orientation] }
        : { code: 'otherSize', values: [said, size] },
    };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return problems.leaveOut(image.fileName, toldBy(error));
  }
}

/** Labels of the picture as it is stored, on the upright one. */
function turned(image: DatasetImage, orientation: number): DatasetImage {
  const isSideways = isTurnedSideways(orientation);
  return {
    ...image,
    width: isSideways ? image.height : image.width,
    height: isSideways ? image.width : image.height,
    annotations: image.annotations.map((one) => ({
      ...one,
      mask: uprightMask(one.mask, orientation),
    })),
  };
}

/** The first COCO file's licences and unknown fields come back out with the next COCO export. */
function rememberKept(project: Project, dataset: ImportedDataset): void {
  const { licenses = null, extra = {} } = dataset as { licenses?: Json; extra?: JsonObject };
  if (project.meta(KEPT_META) !== null || !('licenses' in dataset)) return;
  const text = JSON.stringify({ licenses, extra });
  if (text.length <= MAX_KEPT) project.setMeta(KEPT_META, text);
}

/** Tags come beside those that are there; a note only where there is none. */
function takeNotes(project: Project, imageId: ImageId, { tags, note }: ImageNotes): void {
  if (tags.length === 0 && note === null) return;
  const before = notesOf(project.store, imageId);
  writeNotes(project.store, imageId, {
    tags: tidiedTags([...before.tags, ...tags]).slice(0, MAX_TAGS),
    note: before.note ?? note,
  });
}

function importImage(
  context: EngineContext,
  project: Project,
  image: DatasetImage,
  options: {
    imageId: ImageId;
    categories: ReadonlyMap<number, CategoryId>;
    as: 'accepted' | 'proposal';
    clientId: string;
  },
): number {
  const { imageId } = options;
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
      status: one.isProposal ? 'proposal' : options.as,
      z: above + 1 + index,
    });
    changes.push({ id: after.id, before: null, after });
  }
  const { tags, note, extra: others } = splitImageNotes(image.extra);
  takeNotes(project, imageId, { tags, note });
  const extra = withFileId(image.id, others);
  if (Object.keys(extra).length > 0) keepImageExtra(project.store, imageId, extra);
  if (changes.length === 0) return 0;
  commitOne(
    context,
    project,
    engineTransaction(context, {
      imageId,
      label: 'Import annotations',
      origin: 'import',
      record: 'never',
      changes,
    }),
    { clientId: options.clientId, keepChanges: false },
  );
  return changes.length;
}
