// What cleaning a class would change, image by image: its masks first, then what they share with others.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CleanRequest, CleanSummary } from '../../api/review.ts';
import type { Annotation, AnnotationId, ImageId } from '../../api/types.ts';
import { cleanMask, type Cleaned } from '../../masks/changes/clean.ts';
import { settleImage, type CleanedOne } from '../../masks/changes/cleanImage.ts';
import { isChanged, NOTHING_CLEANED } from '../../masks/changes/cleanSummary.ts';
import { byOrder, bySalience, sharing, type GoDown } from '../../masks/changes/overlap.ts';
import type { EngineContext } from '../context.ts';
import { annotationById, annotationsOf } from '../project/annotations.ts';
import type { Project } from '../project/project.ts';
import { storedMaps } from '../prelabel/looking/salience.ts';

/** Masks take milliseconds each: after so many others get their turn. */
const TURN_MS = 20;

export interface FoundChange extends CleanedOne {
  readonly imageId: ImageId;
}

export interface CleanOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
}

type Request = Pick<CleanRequest, 'categoryId' | 'settings' | 'accepted'>;

/** Throws what the signal was aborted with. */
export async function cleanByImage(
  context: EngineContext,
  project: Project,
  request: Request,
  { signal, onProgress }: CleanOptions,
): Promise<{ readonly summary: CleanSummary; readonly changed: readonly FoundChange[] }> {
  const { settings, accepted } = request;
  const byImage = idsByImage(project, request);
  const total = [...byImage.values()].reduce((sum, ids) => sum + ids.size, 0);
  const changed: FoundChange[] = [];
  let summary = NOTHING_CLEANED;
  let done = 0;
  let turnMs = performance.now();
  for (const [imageId, ids] of byImage) {
    const all = objectsOf(project, imageId, { ids, alone: settings.overlap === 'keep' });
    const meant = new Map<AnnotationId, Cleaned>();
    for (const { id, mask, locked } of all) {
      if (!ids.has(id)) continue;
      if (performance.now() - turnMs > TURN_MS) {
        onProgress(done, total);
        await nextTurn();
        signal.throwIfAborted();
        turnMs = performance.now();
      }
      done += 1;
      if (locked) summary = { ...summary, locked: summary.locked + 1 };
      else meant.set(id, cleanMask(mask, settings));
    }
    if (meant.size === 0) continue;
    const goDown = await ruleOn(context, project, { imageId, all, meant, settings, signal });
    const settled = settleImage(summary, all, meant, { goDown, accepted });
    summary = { ...settled.summary, images: summary.images + 1 };
    for (const one of settled.masks) if (isChanged(one.cleaned)) changed.push({ ...one, imageId });
  }
  return { summary, changed };
}

function idsByImage(
  { store }: Project,
  { categoryId, accepted }: Request,
): ReadonlyMap<ImageId, ReadonlySet<AnnotationId>> {
  const rows = store.all<{ id: AnnotationId; image_id: ImageId }>(
    `SELECT id, image_id FROM annotation WHERE category_id = ? AND status IN (0${accepted ? ', 1' : ''})
     ORDER BY image_id, seq`,
    categoryId,
  );
  const byImage = new Map<ImageId, Set<AnnotationId>>();
  for (const row of rows) {
    const ids = byImage.get(row.image_id) ?? new Set();
    byImage.set(row.image_id, ids.add(row.id));
  }
  return byImage;
}

/** Back to front, as they are at one moment; `alone`: nothing else of the image matters. */
function objectsOf(
  { store }: Project,
  imageId: ImageId,
  { ids, alone }: { readonly ids: ReadonlySet<AnnotationId>; readonly alone: boolean },
): readonly Annotation[] {
  if (!alone) return annotationsOf(store, imageId);
  return [...ids].flatMap((id) => annotationById(store, id)?.annotation ?? []);
}

/** Who gets shared pixels; maps are read only for classes that share some. */
async function ruleOn(
  context: EngineContext,
  project: Project,
  on: {
    readonly imageId: ImageId;
    readonly all: readonly Annotation[];
    readonly meant: ReadonlyMap<AnnotationId, Cleaned>;
    readonly settings: CleanRequest['settings'];
    readonly signal: AbortSignal;
  },
): Promise<GoDown | null> {
  const { overlap } = on.settings;
  if (overlap === 'keep') return null;
  if (overlap === 'order') return byOrder;
  const objects = on.all.filter(({ status }) => status !== 'rejected');
  const pairs = sharing(
    objects.map(({ id, mask, categoryId }) => ({
      mask: on.meant.get(id)?.mask ?? mask,
      categoryId,
      meant: on.meant.has(id),
    })),
  );
  const categoryIds = pairs
    .map(({ upper, lower }) => [objects[upper]!.categoryId, objects[lower]!.categoryId])
    .filter(([a, b]) => a !== b)
    .flat();
  if (categoryIds.length === 0) return byOrder;
  const wanted = { categoryIds: [...new Set(categoryIds)], signal: on.signal };
  return bySalience(await storedMaps(context, project, on.imageId, wanted));
}
