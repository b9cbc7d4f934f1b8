// The input of refinement: salience, labels and parts of a run's masks on the cells of the click model's
// decoder.
import type { ClassMask } from '../../../link/facts.ts';
import type { CategoryId, RleMask } from '../../../api/types.ts';
import { partsOf } from '../../../masks/regions/components.ts';
import { area } from '../../../masks/runs/rle.ts';
import type { MaskResult } from '../../pipeline/masks/maskResult.ts';
import { logitsOfMask, type Framed } from '../logitMask.ts';
import { cellFrame, cellsOf, type CellFrame, type Cells } from './cells.ts';

/** A part has at least so many pixels, */
const LEAST_PX = 64;
/** and at least this share of the image; what is smaller keeps its edge and is not asked about. */
const LEAST_SHARE = 0.0005;
/** Parts that are asked about per image, the largest ones: each costs two decodes or more. */
const MOST_PARTS = 64;
/** In SceneClass.part: a cell of the class outside every part that is asked about. */
export const REST = MOST_PARTS + 1;

export interface SceneClass {
  readonly categoryId: CategoryId;
  /** A new edge may move the outline only: the body stays as salience found it. */
  readonly outlineOnly: boolean;
  /** Per cell: 0 where the class is not, else 1 + the number of the part in RefineScene.parts, or REST. */
  readonly part: Uint16Array;
  /** Height of the class's channel before the CRF, its highest 1. */
  readonly salience: Cells;
  /** How far that channel is ahead of the best other one; above 0 it wins. */
  readonly lead: Cells;
  /** The same channel after the CRF, where one ran. */
  readonly soft: Cells;
}

export interface ScenePart {
  /** Number in RefineScene.classes. */
  readonly of: number;
  /** Number of the mask that it is part of. */
  readonly mask: number;
  readonly pixels: RleMask;
}

export interface RefineScene {
  readonly framed: Framed;
  readonly frame: CellFrame;
  /** Side of a patch of the run, in cells. */
  readonly patch: number;
  readonly leastPx: number;
  readonly classes: readonly SceneClass[];
  /** Number of the class of every mask. */
  readonly classOf: readonly number[];
  readonly parts: readonly ScenePart[];
}

/** What it needs of a run's masks: channels before and after the CRF, at working size. */
type Planes = Pick<
  MaskResult,
  'width' | 'height' | 'workWidth' | 'workHeight' | 'channelIds' | 'scores' | 'probabilities'
>;

interface Looked {
  /** Patches of the run. */
  readonly rows: number;
  readonly columns: number;
  readonly framed: Framed;
  /** Cells per side of the decoder's masks. */
  readonly low: number;
  /** Classes whose edges are refined; the others only say where their own pixels are. */
  readonly classes: readonly CategoryId[];
  /** Those among them whose outline alone may move. */
  readonly outlines?: readonly CategoryId[] | undefined;
}

/** The scene of a run's masks; `result` has kept its planes. */
export function refineScene(
  result: Planes,
  masks: readonly ClassMask[],
  { rows, columns, framed, low, classes, outlines = [] }: Looked,
): RefineScene {
  const frame = cellFrame(framed, low);
  const { width, height } = framed;
  const leastPx = Math.max(LEAST_PX, Math.ceil(LEAST_SHARE * width * height));
  const found = [...new Set(masks.map(({ categoryId }) => categoryId))];
  const parts = masks
    .flatMap(({ mask, categoryId }, number) =>
      classes.includes(categoryId)
        ? partsOf(mask).map((pixels) => ({
            of: found.indexOf(categoryId),
            mask: number,
            pixels,
            size: area(pixels),
          }))
        : [],
    )
    .filter(({ size }) => size >= leastPx)
    .toSorted((a, b) => b.size - a.size)
    .slice(0, MOST_PARTS)
    .map(({ size: _, ...part }): ScenePart => part);
  const heights = planeCells(result, result.scores, frame);
  const lead = leads(heights, low * low);
  const after = result.probabilities && planeCells(result, result.probabilities, frame);
  return {
    framed,
    frame,
    leastPx,
    parts,
    classOf: masks.map(({ categoryId }) => found.indexOf(categoryId)),
    patch: Math.max(frame.columns, frame.rows) / Math.max(rows, columns),
    classes: found.map((categoryId, of): SceneClass => {
      const at = result.channelIds.indexOf(categoryId);
      const salience = toUnit(heights[at] ?? new Float32Array(low * low));
      return {
        categoryId,
        salience,
        outlineOnly: outlines.includes(categoryId),
        part: partNumbers(
          masks.filter((one) => one.categoryId === categoryId).map(({ mask }) => mask),
          parts.flatMap((part, number) => (part.of === of ? [{ number, part }] : [])),
          framed,
          low,
        ),
        lead: lead(at),
        soft: after?.[at] ?? salience,
      };
    }),
  };
}

/** Which cells a mask covers by more than half. */
export function cellsCovered(mask: RleMask, framed: Framed, low: number): Uint8Array {
  const logits = logitsOfMask(mask, framed, low);
  const covered = new Uint8Array(logits.length);
  for (let cell = 0; cell < logits.length; cell++) if (logits[cell]! > 0) covered[cell] = 1;
  return covered;
}

function partNumbers(
  masks: readonly RleMask[],
  parts: readonly { readonly number: number; readonly part: ScenePart }[],
  framed: Framed,
  low: number,
): Uint16Array {
  const numbers = new Uint16Array(low * low);
  const paint = (mask: RleMask, value: number) => {
    const covered = cellsCovered(mask, framed, low);
    for (let cell = 0; cell < covered.length; cell++)
      if (covered[cell] === 1) numbers[cell] = value;
  };
  for (const mask of masks) paint(mask, REST);
  for (const { number, part } of parts) paint(part.pixels, number + 1);
  return numbers;
}

/** Every channel of `planes` at the middle of the cells. */
function planeCells(
  { workWidth: width, workHeight: height, channelIds, width: across, height: down }: Planes,
  planes: Float32Array,
  frame: CellFrame,
): Cells[] {
  const pixels = width * height;
  return channelIds.map((_, channel) =>
    cellsOf(
      { width, height, values: planes.subarray(channel * pixels, (channel + 1) * pixels) },
      frame,
      { width: across, height: down },
    ),
  );
}

function toUnit(cells: Cells): Cells {
  let highest = 0;
  for (const value of cells) if (value > highest) highest = value;
  return highest > 0 ? cells.map((value) => value / highest) : cells;
}

/** Per cell how far each channel is ahead of the best other one. */
function leads(heights: readonly Cells[], cells: number): (at: number) => Cells {
  const first = new Float32Array(cells);
  const second = new Float32Array(cells);
  // Where no channel is above 0 the first one stands: both heights are 0 there.
  const winner = new Uint16Array(cells);
  heights.forEach((height, channel) => {
    for (let cell = 0; cell < cells; cell++) {
      const value = height[cell]!;
      if (value > first[cell]!) {
        second[cell] = first[cell]!;
        first[cell] = value;
        winner[cell] = channel;
      } else if (value > second[cell]!) second[cell] = value;
    }
  });
  return (at) => {
    const lead = new Float32Array(cells);
    for (let cell = 0; cell < cells; cell++)
      lead[cell] =
        (heights[at]?.[cell] ?? 0) - (winner[cell] === at ? second[cell]! : first[cell]!);
    return lead;
  };
}
