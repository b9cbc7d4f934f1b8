// A selection proposed on other images, as one step: each mask where the salience of its class there is
// most like what lies under it here. Nothing that is there is changed, and nothing is written before all
// images were looked at.
import { AppError } from '../../api/errors.ts';
import type { Input, Output } from '../../api/methods.ts';
import type { Annotation, AnnotationChange, AnnotationId, ImageId } from '../../api/types.ts';
import { fitMask } from '../../masks/changes/transform.ts';
import { intersectionOverUnion } from '../../masks/runs/combine.ts';
import { measureMask } from '../../masks/runs/measure.ts';
import { commitTogether, engineTransaction } from '../commits.ts';
import type { EngineContext } from '../context.ts';
import { knowImage } from '../images/imageFiles.ts';
import { topZ } from '../prelabel/proposals.ts';
import { annotationById, annotationsOf } from '../project/annotations.ts';
import { listCategories } from '../project/classes/categories.ts';
import type { Project } from '../project/project.ts';
import { fieldOf, fieldOfMap, placeBySalience, type Field } from './place.ts';
import { storedSalience } from '../prelabel/looking/salience.ts';
import { alikeImages, nextImages, pickedImages } from '../review/targets.ts';

export interface PropagateOptions {
  readonly signal: AbortSignal;
  readonly clientId: string;
  readonly onProgress: (done: number, total: number) => void;
}

type Counts = Output<'doc.propagate'>;
type Size = { readonly width: number; readonly height: number };

interface Source {
  readonly object: Annotation;
  readonly field: Field;
}

interface Placed {
  readonly mask: Annotation['mask'];
  readonly bySalience: boolean;
}

/** Masks of the class that share this much are the same object: it is there already. */
const SAME = 0.5;

export async function propagate(
  context: EngineContext,
  project: Project,
  request: Input<'doc.propagate'>,
  options: PropagateOptions,
): Promise<Counts> {
  const { signal } = options;
  const found = request.ids.flatMap((id) => annotationById(project.store, id) ?? []);
  const from = found[0]?.imageId;
  const objects = found.filter(({ imageId }) => imageId === from).map((one) => one.annotation);
  if (from === undefined) throw new AppError('PARAMS_INVALID', 'The selected masks are gone.');
  const { store } = project;
  const images = await imagesFor(store, { ...request, from, objects }, signal);
  const counts = { images: images?.length ?? 0, bySalience: 0, asDrawn: 0 };
  const leftOut = { there: 0, absent: 0, unread: 0 };
  const nothing = { ...counts, leftOut, known: images !== null };
  if (request.dryRun || images === null || images.length === 0) return nothing;

  const sources = await sourcesOf(context, project, from, { objects, signal });
  const byImage = new Map<ImageId, Annotation[]>();
  for (const [done, imageId] of images.entries()) {
    options.onProgress(done, images.length);
    signal.throwIfAborted();
    const size = await readSize(context, project, imageId, signal);
    if (size === null) {
      leftOut.unread += 1;
      continue;
    }
    const there = annotationsOf(store, imageId);
    const made: Annotation[] = [];
    for (const source of sources) {
      const placed = await placeOn(context, project, { imageId, size, source, signal });
      if (placed === null) leftOut.absent += 1;
      else if (isThere(source.object, placed, [...there, ...made])) leftOut.there += 1;
      else {
        made.push(proposalOf(source.object, placed, topZ([...there, ...made]) + 1, context.newId));
        counts[placed.bySalience ? 'bySalience' : 'asDrawn'] += 1;
      }
    }
    if (made.length > 0) byImage.set(imageId, made);
  }
  signal.throwIfAborted();
  write(context, project, byImage, { clientId: options.clientId, first: objects[0]! });
  return { ...counts, leftOut, known: true };
}

/** Null: nothing is known of how the objects look. */
function imagesFor(
  store: Project['store'],
  {
    to,
    count,
    images = [],
    from,
    objects,
  }: Pick<Input<'doc.propagate'>, 'to' | 'count' | 'images'> & {
    readonly from: ImageId;
    readonly objects: readonly Annotation[];
  },
  signal: AbortSignal,
): Promise<ImageId[] | null> {
  if (to === 'alike') return alikeImages(store, from, objects, { count, signal });
  const found = to === 'next' ? nextImages(store, from, count) : pickedImages(store, from, images);
  return Promise.resolve(found);
}

async function sourcesOf(
  context: EngineContext,
  project: Project,
  from: ImageId,
  { objects, signal }: { readonly objects: readonly Annotation[]; readonly signal: AbortSignal },
): Promise<Source[]> {
  const sources: Source[] = [];
  for (const object of objects) {
    const { map } = await storedSalience(context, project, from, {
      categoryId: object.categoryId,
      signal,
    });
    sources.push({ object, field: map ? fieldOfMap(map) : fieldOf(object.mask) });
  }
  return sources;
}

/** Null where the model looked and saw nothing of the class. */
async function placeOn(
  context: EngineContext,
  project: Project,
  on: {
    readonly imageId: ImageId;
    readonly size: Size;
    readonly source: Source;
    readonly signal: AbortSignal;
  },
): Promise<Placed | null> {
  const { object, field } = on.source;
  const { mask } = object;
  const { map, absent } = await storedSalience(context, project, on.imageId, {
    categoryId: object.categoryId,
    signal: on.signal,
  });
  if (absent) return null;
  const [x, y, w, h] = object.box;
  const box = [x / mask.width, y / mask.height, w / mask.width, h / mask.height] as const;
  const move = map ? placeBySalience(box, field, fieldOfMap(map)) : null;
  const { width, height } = on.size;
  const target = [
    (box[0] + (move?.dx ?? 0)) * width,
    (box[1] + (move?.dy ?? 0)) * height,
    box[2] * width,
    box[3] * height,
  ] as const;
  return { mask: fitMask(mask, target, on.size), bySalience: move !== null };
}

async function readSize(
  context: EngineContext,
  project: Project,
  imageId: ImageId,
  signal: AbortSignal,
): Promise<Size | null> {
  try {
    return (await knowImage(project, context.link, imageId, { signal })).record;
  } catch (error) {
    if (signal.aborted || !(error instanceof AppError)) throw error;
    return null;
  }
}

/** Also where it left the image: a mask without pixels is none. */
function isThere(object: Annotation, { mask }: Placed, others: readonly Annotation[]): boolean {
  return (
    measureMask(mask).area === 0 ||
    others.some(
      (other) =>
        other.categoryId === object.categoryId && intersectionOverUnion(other.mask, mask) >= SAME,
    )
  );
}

/** As it is here, but undecided; what was placed without salience is doubtful. */
function proposalOf(
  object: Annotation,
  { mask, bySalience }: Placed,
  z: number,
  newId: () => string,
): Annotation {
  const { unsteady: _unsteady, lead: _lead, ...kept } = object;
  return {
    ...kept,
    id: newId() as AnnotationId,
    status: 'proposal',
    origin: 'user',
    mask,
    ...measureMask(mask),
    z,
    locked: false,
    edited: false,
    match: null,
    margin: null,
    crfChange: null,
    doubtful: !bySalience,
    runId: null,
  };
}

function write(
  context: EngineContext,
  project: Project,
  byImage: ReadonlyMap<ImageId, readonly Annotation[]>,
  { clientId, first }: { readonly clientId: string; readonly first: Annotation },
): void {
  if (byImage.size === 0) return;
  const name = listCategories(project.store).find(({ id }) => id === first.categoryId)?.name;
  const transactions = [...byImage].map(([imageId, made]) => {
    const changes = made.map((after): AnnotationChange => ({ id: after.id, before: null, after }));
    const label = `Propagate ${name ?? ''}`;
    return engineTransaction(context, { imageId, label, origin: 'user', record: 'now', changes });
  });
  commitTogether(context, project, transactions, { clientId });
}
