// What is looked at in images of full size: whether masks are drawn wider or narrower than proposed, and whether what
// helps on small images helps there as well.
import type { EdgeOffer } from '../../../api/corrections/corrections.ts';
import type { Category } from '../../../api/types.ts';
import type { MaskParams } from '../../../link/params.ts';
import type { EngineContext } from '../../context.ts';
import { edgeHabit, GROWTHS, type Grown } from '../fit/edgeHabit.ts';
import type { Evidence, EvidenceRow, Present } from './evidence.ts';
import { askScores, SMALL_SIDE, triedSetting, valueOf, type Watch } from './scores.ts';

interface Asked {
  readonly present: Present;
  readonly watch: Watch;
}

/** A habit of things, else one of stuff; null where masks are drawn as they are proposed. */
export async function findEdges(
  context: EngineContext,
  rows: readonly EvidenceRow[],
  { present, watch }: Asked,
): Promise<EdgeOffer | null> {
  const corrected = rows.filter(({ classes }) => classes.some((one) => one.corrected));
  const kindOf = new Map(present.categories.map(({ id, kind }) => [id, kind]));
  const growths = [true, false].flatMap((things) => GROWTHS.map((pixels) => ({ things, pixels })));
  const found: Record<Category['kind'], Grown[]> = { thing: [], stuff: [] };
  for (const [done, row] of corrected.entries()) {
    watch.signal.throwIfAborted();
    const stage = `Look at edges, image ${done + 1} of ${corrected.length}`;
    watch.onProgress({ stage, done, total: corrected.length });
    const { grown } = await askScores(context, row, [triedSetting(present, present.params.masks)], {
      scope: { side: null, growths },
      signal: watch.signal,
    });
    for (const kind of ['thing', 'stuff'] as const) {
      const from = kind === 'thing' ? 0 : GROWTHS.length;
      const places = row.classes.flatMap(({ categoryId, corrected: mine }, place) =>
        mine && kindOf.get(categoryId) === kind ? [place] : [],
      );
      found[kind].push(
        places.map((place) => GROWTHS.map((_, at) => grown[0]![from + at]![place]!)),
      );
    }
  }
  for (const kind of ['thing', 'stuff'] as const) {
    const habit = edgeHabit(found[kind]);
    const name = kind === 'thing' ? 'growThings' : 'growStuff';
    // Masks already grow as far as they may.
    if (habit && Math.abs(present.params.masks[name] + habit.pixels) <= MOST_PX)
      return { kind, ...habit };
  }
  return null;
}

const MOST_PX = Math.max(...GROWTHS);

/** What each try is worth on each image: [images][tries]. */
export async function valuesInFull(
  context: EngineContext,
  rows: readonly EvidenceRow[],
  { present, watch, tries }: Asked & { readonly tries: readonly MaskParams[] },
): Promise<number[][]> {
  const settings = tries.map((params) => triedSetting(present, params));
  const found: number[][] = [];
  for (const [done, row] of rows.entries()) {
    watch.signal.throwIfAborted();
    const stage = `Check at full size, image ${done + 1} of ${rows.length}`;
    watch.onProgress({ stage, done, total: rows.length });
    const { scores } = await askScores(context, row, settings, {
      scope: { side: null, growths: [] },
      signal: watch.signal,
    });
    found.push(scores.map((overlaps) => valueOf(row, overlaps)));
  }
  return found;
}

/** Most settings that a fit tries, and what one takes on an image of 160 px with three or four classes. */
const TRIES = 60;
const TRY_MS = 14;
const TRY_PX = 160 * 160;
const TRY_CLASSES = 3.5;
const MOST_MS = 60_000;
/** Where all would take longer. */
const FEWER_IMAGES = 16;

/** The evidence itself, or the latest of it where all would take more than a minute. */
export function withinAMinute(evidence: Evidence): Evidence {
  const { rows, leftOut } = evidence;
  const ms = rows.reduce((sum, row) => sum + TRIES * tryMs(row), 0);
  if (ms <= MOST_MS || rows.length <= FEWER_IMAGES) return evidence;
  const older = rows.length - FEWER_IMAGES;
  return {
    ...evidence,
    rows: rows.slice(older),
    leftOut: { ...leftOut, older: leftOut.older + older },
  };
}

function tryMs({ classes, run }: EvidenceRow): number {
  const { width, height } = classes[0]!.mask;
  const factor = Math.min(1, SMALL_SIDE / Math.max(width, height));
  const pixels = width * height * factor * factor;
  return (TRY_MS * pixels * run.classes.length) / (TRY_PX * TRY_CLASSES);
}
