// Masks of a run with the edges that a click model drew, at the image's size and without overlaps. A mask
// without a new edge that lost no pixel is the object that came in.
import type { EdgeFinding } from '../../../api/clicks/edges.ts';
import type { RleMask } from '../../../api/types.ts';
import type { Poll } from '../../cancel.ts';
import { components } from '../../../masks/regions/components.ts';
import { intersect, subtract, unionAll } from '../../../masks/runs/combine.ts';
import { measureMask } from '../../../masks/runs/measure.ts';
import { area } from '../../../masks/runs/rle.ts';
import { clickMask } from '../clickMask.ts';
import { between } from '../lit.ts';
import { depthOf, type Cells } from './cells.ts';
import { NO_MASK } from './choose.ts';
import { settled, type Claim } from './claims.ts';
import type { PartEdges } from './refineParts.ts';
import { cellsCovered, type RefineScene } from './scene.ts';

/** A mask after refinement. */
export interface RefinedMask {
  /** Number of the mask that it was, or was part of. */
  readonly from: number;
  /** The very one that came in, where nothing changed. */
  readonly mask: RleMask;
  readonly parts: readonly EdgeFinding[];
}

interface Held extends Claim {
  readonly from: number;
  /** Number of the part that it was drawn for; null: pixels that stay. */
  readonly part: number | null;
  readonly findings: readonly EdgeFinding[];
  /** Of an edge that was drawn, else 0. */
  readonly edge: number;
}

/** A part of which the mask of another part covers this share is a piece of that thing. */
const COVERED = 0.7;

interface Scenery {
  readonly masks: readonly RleMask[];
  readonly scene: RefineScene;
  /** Of every part of the scene. */
  readonly edges: readonly PartEdges[];
}

/**
 * `split`: every edge that was drawn, and every mask that stays, is a mask of its own. `poll` may throw to end
 * the work.
 */
export function composed(found: Scenery, split: boolean, poll?: Poll): RefinedMask[] {
  const drawn = withoutCovered(found.scene, drawnMasks(found));
  const held = [...drawn.pieces, ...stayingMasks(found, drawn.covered, drawn.pieces)];
  const final = withoutSmall(found, held, settled(held, poll));
  return found.masks.flatMap((mask, from): RefinedMask[] => {
    const own = final.filter((one) => one.from === from && area(one.mask) > 0);
    if (split) return fromLeft(own).map((one) => ({ from, mask: one.mask, parts: one.findings }));
    if (own.length === 0) return [];
    const whole =
      own.length === 1
        ? own[0]!.mask
        : unionAll(
            own.map((one) => one.mask),
            mask.width,
            mask.height,
          );
    return [{ from, mask: whole, parts: own.flatMap(({ findings }) => findings) }];
  });
}

/** Every new edge at the image's size, the surest first. */
function drawnMasks({ scene, edges }: Scenery): Held[] {
  const { framed } = scene;
  const { width: imageWidth, height: imageHeight } = framed;
  const cut = { cut: 0, specks: true, part: null };
  return edges
    .flatMap(({ pieces }, part) =>
      pieces.map(({ logits, finding }): Held => {
        const { mask } = clickMask({ logits, framed, crop: null, imageWidth, imageHeight, cut });
        const at = valueAt(logits, scene);
        return {
          mask,
          part,
          edge: finding.edge,
          findings: [finding],
          from: scene.parts[part]!.mask,
          strength: (x, y) => finding.edge / (1 + Math.exp(-at(x, y))),
        };
      }),
    )
    .toSorted((a, b) => b.edge - a.edge);
}

/** Pieces of parts that no surer piece of their class is of too, and the numbers of the parts that one is. */
function withoutCovered(scene: RefineScene, pieces: readonly Held[]) {
  const covered = new Set<number>();
  for (const { part, mask } of pieces) {
    if (covered.has(part!)) continue;
    const { of } = scene.parts[part!]!;
    scene.parts.forEach((other, number) => {
      if (number === part || other.of !== of || covered.has(number)) return;
      if (area(intersect(mask, other.pixels)) >= COVERED * area(other.pixels)) covered.add(number);
    });
  }
  return { covered, pieces: pieces.filter(({ part }) => !covered.has(part!)) };
}

/** What of the masks is of no part that has a new edge, and what is left between the things of one. */
function stayingMasks(
  { masks, scene, edges }: Scenery,
  covered: ReadonlySet<number>,
  pieces: readonly Held[],
): Held[] {
  const { parts, classes, classOf } = scene;
  const soft = classes.map((one) => valueAt(one.soft, scene));
  const staying = (from: number, mask: RleMask, findings: readonly EdgeFinding[]): Held => ({
    from,
    mask,
    findings,
    part: null,
    edge: 0,
    strength: (x, y) => soft[classOf[from]!]!(x, y) / 2,
  });
  return masks.flatMap((mask, from) => {
    const numbers = parts.flatMap((one, number) => (one.mask === from ? [number] : []));
    const gone = numbers.filter((one) => covered.has(one) || edges[one]!.pieces.length > 0);
    const gonePixels = gone.map((one) => parts[one]!.pixels);
    const rest =
      gone.length === 0 ? mask : subtract(mask, unionAll(gonePixels, mask.width, mask.height));
    const said = numbers.filter((one) => !gone.includes(one)).map((one) => edges[one]!.kept);
    const between = gone
      .filter((one) => edges[one]!.pieces.length > 1 && !covered.has(one))
      .flatMap((one) => leftBetween(scene, one, pieces))
      .map((left) => staying(from, left, [NO_MASK]));
    return [staying(from, rest, said), ...between];
  });
}

/** Connected pixels of a part beside its things, where they are no mere seam. */
function leftBetween(scene: RefineScene, part: number, pieces: readonly Held[]): RleMask[] {
  const { framed, frame, leastPx, patch } = scene;
  const { pixels } = scene.parts[part]!;
  const things = pieces.filter((one) => one.part === part).map(({ mask }) => mask);
  const left = subtract(pixels, unionAll(things, pixels.width, pixels.height));
  return components(left, 4).filter((one) => {
    if (area(one) < leastPx) return false;
    const depth = depthOf(cellsCovered(one, framed, frame.low), frame.low);
    return depth.some((value) => value >= patch / 2);
  });
}

/**
 * A new edge that lost nearly all pixels to others is rejected: its part stays, less what others have of it,
 * and without the scraps that they leave.
 */
function withoutSmall(
  { scene, edges }: Scenery,
  held: readonly Held[],
  after: readonly RleMask[],
): Held[] {
  return held.map((one, at): Held => {
    const mask = after[at]!;
    if (one.part === null) return { ...one, mask: withoutScraps(one.mask, mask, scene.leastPx) };
    if (area(mask) >= scene.leastPx) return { ...one, mask };
    const { pixels } = scene.parts[one.part]!;
    if (edges[one.part]!.pieces.length > 1)
      return { ...one, mask: subtract(mask, mask), findings: [] };
    const others = after.filter((_, other) => other !== at);
    const value = area(mask) / area(pixels);
    return {
      ...one,
      mask: subtract(pixels, unionAll(others, pixels.width, pixels.height)),
      findings: [{ kind: 'kept', reason: 'size', value, limit: 0.25 }],
    };
  });
}

/** `after` without what is left of parts of `before` that lost pixels, where it is too small for one. */
function withoutScraps(before: RleMask, after: RleMask, leastPx: number): RleMask {
  if (before === after) return after;
  const left = components(before, 4).filter((part) => {
    const rest = area(intersect(part, after));
    return rest === area(part) || rest >= leastPx;
  });
  return intersect(after, unionAll(left, after.width, after.height));
}

/** Cells as a value at every pixel. */
function valueAt(values: Cells, { frame: { low, across, down } }: RefineScene) {
  const plane = { width: low, height: low, values };
  return (x: number, y: number) => between(plane, (x + 0.5) / across, (y + 0.5) / down);
}

/** From left to right, those above each other from the top. */
function fromLeft<T extends { readonly mask: RleMask }>(masks: readonly T[]): T[] {
  return masks
    .map((one) => ({ one, box: measureMask(one.mask).box }))
    .toSorted((a, b) => a.box[0] - b.box[0] || a.box[1] - b.box[1])
    .map(({ one }) => one);
}
