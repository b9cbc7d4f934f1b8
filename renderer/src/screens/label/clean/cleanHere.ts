// Cleaning masks of the open image: the steps one mask after the other, then what they share with others.
import type { CleanSettings } from '../../../../../electron/api/review.ts';
import type { Annotation, AnnotationId, CategoryId } from '../../../../../electron/api/types.ts';
import type { ScoreMap } from '../../../../../electron/api/run.ts';
import { cleanMask, type Cleaned } from '../../../../../electron/masks/changes/clean.ts';
import {
  settleImage,
  type SettledImage,
} from '../../../../../electron/masks/changes/cleanImage.ts';
import { NOTHING_CLEANED } from '../../../../../electron/masks/changes/cleanSummary.ts';
import { byOrder, bySalience } from '../../../../../electron/masks/changes/overlap.ts';

/** Between two masks the window draws; longer than this one is said to be at work. */
const TURN_MS = 30;

export interface CleanHere {
  /** Everything on the image, back to front. */
  readonly objects: readonly Annotation[];
  readonly meant: readonly Annotation[];
  readonly settings: CleanSettings;
  readonly accepted: boolean;
  readonly signal: AbortSignal;
  /** It takes longer than a moment. */
  readonly onWorking: () => void;
  readonly maps: (ids: readonly CategoryId[]) => Promise<ReadonlyMap<CategoryId, ScoreMap>>;
}

/** Null when the signal ended it. */
export async function cleanHere(asked: CleanHere): Promise<SettledImage | null> {
  const { objects, settings, accepted, signal } = asked;
  const masks = asked.meant.filter((one) => !one.locked);
  const meant = new Map<AnnotationId, Cleaned>();
  let startMs = performance.now();
  for (const { id, mask } of masks) {
    meant.set(id, cleanMask(mask, settings));
    if (performance.now() - startMs < TURN_MS) continue;
    asked.onWorking();
    await new Promise((resolve) => setTimeout(resolve));
    if (signal.aborted) return null;
    startMs = performance.now();
  }
  const goDown = settings.overlap === 'keep' ? null : await ruleOf(asked);
  if (signal.aborted) return null;
  const counts = { ...NOTHING_CLEANED, locked: asked.meant.length - masks.length, images: 1 };
  const others = settings.overlap === 'keep' ? masks : objects;
  return settleImage(counts, others, meant, { goDown, accepted });
}

async function ruleOf({ settings, objects, maps }: CleanHere) {
  if (settings.overlap === 'order') return byOrder;
  return bySalience(await maps(objects.map(({ categoryId }) => categoryId)));
}
