// A run and its mask result as the engine stores them: facts for the page, masks as run lengths.
import { measureMask } from '../../masks/runs/measure.ts';
import type { CategoryId } from '../../api/types.ts';
import type { ClassResult } from '../../api/run.ts';
import { masksOfParts, maskOfLabel } from '../../masks/regions/labelRuns.ts';
import { lookOf } from './look.ts';
import type { MaskResult } from '../pipeline/masks/maskResult.ts';
import type { SteadyResult } from './steadyMasks.ts';
import type { RgbImage } from '../image/rgbImage.ts';
import type { RefinedMask } from '../segment/refine/compose.ts';
import type { ClassMask, MaskOptions, RunFacts } from '../../link/facts.ts';
import { explainerOf, type AnyRun } from '../engines/engines.ts';

/** Most masks of one class that is split into parts. */
const MAX_PARTS = 200;

/** A run's facts with its masks. */
export function factsOf(
  run: AnyRun,
  result: MaskResult,
  options: MaskOptions,
  milliseconds: { readonly [stage: string]: number },
): RunFacts {
  const { kinds, tokens, ...shown } = explainerOf(run).evidence(run, options.params);
  return {
    engine: run.engine,
    evidence: kinds,
    packHash: run.packHash,
    provider: run.provider,
    gridRows: run.rows,
    gridColumns: run.columns,
    ...shown,
    classes: result.classes.map((one, index): ClassResult => ({
      categoryId: one.id as CategoryId,
      match: one.match,
      absent: one.absent,
      margin: Math.min(1, one.margin),
      patchesKept: one.patchesKept,
      patches: one.patches,
      histogram: one.histogram,
      tokens: tokens[index] ?? [],
    })),
    milliseconds: { ...run.milliseconds, ...milliseconds },
  };
}

/**
 * On the drawn test scenes neighbouring settings tell wrong masks from right ones in 81 of 100 pairs, the
 * margin in 60: where they were tried, the margin and the share moved by the CRF do not count.
 */
const isDoubtful = (
  { match }: Pick<MaskResult['classes'][number], 'match'>,
  unsteady: number,
  { doubtMatch, doubtUnsteady }: MaskOptions['params'],
): boolean => (match !== null && match < doubtMatch) || unsteady > doubtUnsteady;

function leadOf({
  height,
  rival,
}: Pick<MaskResult['classes'][number], 'height' | 'rival'>): Pick<ClassMask, 'lead'> {
  // Maps of a broken model may hold no numbers.
  if (rival === null || !Number.isFinite(height) || !Number.isFinite(rival.height)) return {};
  const rivalId = rival.id === 0 ? null : (rival.id as CategoryId);
  return { lead: { height: asShare(height), rivalId, rivalHeight: asShare(rival.height) } };
}

const asShare = (value: number) => Math.min(1, Math.max(0, value));

/** Masks of the classes that were painted on `image`, or of those among them that are wanted. */
export function masksOf(
  result: SteadyResult,
  options: MaskOptions,
  image: RgbImage,
  only?: readonly CategoryId[],
): ClassMask[] {
  const { labels, width, height } = result;
  return result.classes.flatMap((one): ClassMask[] => {
    const categoryId = one.id as CategoryId;
    if (one.absent || one.area === 0 || only?.includes(categoryId) === false) return [];
    const moves = result.unsteady?.get(one.id);
    const masks = options.instances.includes(categoryId)
      ? masksOfParts(labels, width, height, one.id).slice(0, MAX_PARTS)
      : [maskOfLabel(labels, width, height, one.id)];
    return masks.map((mask) => {
      const { area, box } = measureMask(mask);
      return {
        categoryId,
        mask,
        match: one.match,
        margin: Math.min(1, one.margin),
        crfChange: one.crfChange,
        ...leadOf(one),
        ...(moves === undefined ? {} : { unsteady: moves }),
        doubtful: moves === undefined ? one.doubtful : isDoubtful(one, moves, options.params),
        look: lookOf(mask, box, area, image),
      };
    });
  });
}

/**
 * The masks with redrawn edges; masks without one stay as they were. A part on which salience and the click
 * model disagree is marked as doubtful.
 */
export function masksWithEdges(
  before: readonly ClassMask[],
  refined: readonly RefinedMask[],
  image: RgbImage,
): ClassMask[] {
  const pieces = new Map<number, number>();
  for (const { from } of refined) pieces.set(from, (pieces.get(from) ?? 0) + 1);
  return refined.map(({ from, mask, parts }) => {
    const was = before[from]!;
    const doubtful = was.doubtful || parts.some(({ kind }) => kind === 'kept');
    const edges = {
      doubtful,
      ...(parts.length > 0 ? { edges: parts } : {}),
      ...(pieces.get(from)! > 1 ? { apart: from } : {}),
    };
    if (mask === was.mask) return { ...was, ...edges };
    const { area, box } = measureMask(mask);
    return { ...was, ...edges, mask, look: lookOf(mask, box, area, image) };
  });
}
