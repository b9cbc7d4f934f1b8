// The click model's mask that is the part salience found, or the reason why none is.
import type { EdgeReason, KeptEdge, RefinedEdge } from '../../../api/clicks/edges.ts';
import { logitsOf, type DecodedMasks } from '../choices.ts';
import type { PartPrompt } from './prompts.ts';
import { findingOf, type EdgePiece } from './rate.ts';
import { REST, type RefineScene } from './scene.ts';

/** Limits that a mask must reach; the first one missed is the reason. */
const LIMITS = { disagrees: 0.45, unsure: 0.7, unstable: 0.8, elsewhere: 0.5 } as const;
/** Times the size of the part, or that share of it. */
const MOST_SIZE = 4;
/** Values closer than this count as equal: the earlier set and the lower number win. */
const TIE = 0.01;
/** A mask of which more lies outside the box shows something else. */
const MOST_OUTSIDE = 0.2;

/** A mask of the click model with its scores by salience. */
interface Rated {
  readonly logits: Float32Array;
  readonly finding: RefinedEdge;
  /** Share of the mask on pixels of the class. */
  readonly own: number;
  /** Cells, as a share of the part's. */
  readonly size: number;
}

/** `sets` in the order of their worth. */
export function chooseMask(
  sets: readonly DecodedMasks[],
  scene: RefineScene,
  number: number,
  asked: Pick<PartPrompt, 'bounds' | 'cells'>,
): EdgePiece | KeptEdge {
  const low = scene.frame.low;
  const best = sets
    .flatMap((set) => Array.from(set.iou, (iou, at) => ({ iou, logits: logitsOf(set, at) })))
    .filter(({ logits }) => isOfPart(logits, asked, low))
    .map(({ iou, logits }) => ratedOf(logits, iou, scene, number))
    .reduce<Rated | null>(
      (first, one) => (first === null || one.finding.edge > first.finding.edge + TIE ? one : first),
      null,
    );
  if (best === null) return NO_MASK;
  const refused = refusalOf(best);
  if (refused) return refused;
  // The decode's other masks need not be kept.
  return { finding: best.finding, logits: best.logits.slice() };
}

function ratedOf(
  logits: Float32Array,
  iou: number,
  { classes, parts }: RefineScene,
  number: number,
): Rated {
  const { part, soft } = classes[parts[number]!.of]!;
  const foreign = uncovered(logits, part, number + 1);
  let [both, either, own, mask, whole] = [0, 0, 0, 0, 0];
  for (let cell = 0; cell < logits.length; cell++) {
    const at = part[cell]!;
    // Another part of the class speaks for the mask only where the mask is of it too.
    const wanted = foreign[at] === 1 ? 0 : soft[cell]!;
    if (at === number + 1) whole++;
    if (logits[cell]! > 0) {
      mask++;
      if (at > 0) own++;
      both += wanted;
      either += 1;
    } else either += wanted;
  }
  const agrees = either === 0 ? 0 : both / either;
  return {
    logits,
    finding: findingOf(logits, iou, agrees),
    own: mask === 0 ? 0 : own / mask,
    size: whole === 0 ? Infinity : mask / whole,
  };
}

/** 1 for the numbers of the class's other parts of which the mask covers less than half. */
function uncovered(logits: Float32Array, part: Uint16Array, own: number): Uint8Array {
  const all = new Uint32Array(REST + 1);
  const covered = new Uint32Array(REST + 1);
  for (let cell = 0; cell < part.length; cell++) {
    const at = part[cell]!;
    if (at === 0 || at === own) continue;
    all[at]!++;
    if (logits[cell]! > 0) covered[at]!++;
  }
  return Uint8Array.from(all, (cells, at) => Number(covered[at]! < cells / 2));
}

function refusalOf({ finding: { agrees, fit, steady }, own, size }: Rated): KeptEdge | null {
  if (agrees < LIMITS.disagrees) return kept('disagrees', agrees, LIMITS.disagrees);
  if (fit < LIMITS.unsure) return kept('unsure', fit, LIMITS.unsure);
  if (steady < LIMITS.unstable) return kept('unstable', steady, LIMITS.unstable);
  if (own < LIMITS.elsewhere) return kept('elsewhere', own, LIMITS.elsewhere);
  if (size > MOST_SIZE) return kept('size', size, MOST_SIZE);
  if (size < 1 / MOST_SIZE) return kept('size', size, 1 / MOST_SIZE);
  return null;
}

const kept = (reason: EdgeReason, value: number, limit: number): KeptEdge => ({
  kind: 'kept',
  reason,
  value,
  limit,
});

/** The click model gave no mask for the place at all. */
export const NO_MASK = kept('disagrees', 0, LIMITS.disagrees);

function isOfPart(
  logits: Float32Array,
  { bounds: [left, top, right, bottom], cells }: Pick<PartPrompt, 'bounds' | 'cells'>,
  low: number,
): boolean {
  let [mask, outside] = [0, 0];
  for (let cell = 0; cell < logits.length; cell++) {
    if (logits[cell]! <= 0) continue;
    mask++;
    const column = cell % low;
    const row = (cell - column) / low;
    if (column < left || column >= right || row < top || row >= bottom) outside++;
  }
  const isIn = (cell: number) => logits[cell]! > 0;
  if (mask === 0 || outside > MOST_OUTSIDE * mask) return false;
  return cells.adding.some(isIn) && !cells.against.some(isIn);
}
