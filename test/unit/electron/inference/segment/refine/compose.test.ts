// Masks put together of old and new edges: each pixel in one of them, and nothing changes without a reason.
import { describe, expect, test } from 'vitest';
import type { KeptEdge, RefinedEdge } from '../../../../../../electron/api/clicks/edges.ts';
import type { RleMask } from '../../../../../../electron/api/types.ts';
import { depthOf } from '../../../../../../electron/inference/segment/refine/cells.ts';
import { cellsCovered } from '../../../../../../electron/inference/segment/refine/scene.ts';
import { composed } from '../../../../../../electron/inference/segment/refine/compose.ts';
import type { PartEdges } from '../../../../../../electron/inference/segment/refine/refineParts.ts';
import {
  intersect,
  intersectionOverUnion,
  subtract,
} from '../../../../../../electron/masks/runs/combine.ts';
import { components } from '../../../../../../electron/masks/regions/components.ts';
import { measureMask } from '../../../../../../electron/masks/runs/measure.ts';
import { area } from '../../../../../../electron/masks/runs/rle.ts';
import { found, inDiscs, logits, maskOf, type Disc } from './scenes.ts';

const KEPT: KeptEdge = { kind: 'kept', reason: 'disagrees', value: 0.3, limit: 0.45 };
const drawn = (edge: number): RefinedEdge => ({
  kind: 'refined',
  agrees: edge,
  fit: 1,
  steady: 1,
  edge,
});
const stays: PartEdges = { pieces: [], kept: KEPT };
const becomes = (...pieces: readonly (readonly [edge: number, ...discs: Disc[]])[]): PartEdges => ({
  pieces: pieces.map(([edge, ...discs]) => ({
    logits: logits(inDiscs(...discs)),
    finding: drawn(edge),
  })),
  kept: KEPT,
});
/** Edges of the scene's parts in order of where they begin from the left. */
function fromLeft(scene: ReturnType<typeof found>['scene'], edges: readonly PartEdges[]) {
  const order = scene.parts
    .map(({ pixels }, number) => ({ number, first: pixels.counts[0]! }))
    .toSorted((a, b) => a.first - b.first);
  const all: PartEdges[] = [];
  order.forEach(({ number }, at) => (all[number] = edges[at]!));
  return all;
}
const like = (mask: RleMask, ...discs: readonly Disc[]) =>
  intersectionOverUnion(mask, maskOf(inDiscs(...discs)));

describe('masks', () => {
  test('are the very same where every part stays, whole or split', () => {
    for (const split of [false, true]) {
      const { scene, masks } = found(
        [
          [
            [14, 20, 9],
            [44, 20, 8],
          ],
          [[30, 48, 10]],
        ],
        { split },
      );
      expect(scene.parts).toHaveLength(3);
      const after = composed({ masks, scene, edges: scene.parts.map(() => stays) }, split);
      expect(after.map(({ mask }) => mask)).toEqual(masks);
      after.forEach(({ mask }, at) => expect(mask).toBe(masks[at]));
      expect(after.flatMap(({ parts }) => parts)).toEqual([KEPT, KEPT, KEPT]);
    }
  });

  test('take new edges for the parts that have them, and say so part by part', () => {
    const { scene, masks } = found([
      [
        [14, 20, 9],
        [44, 20, 8],
      ],
    ]);
    const edges = fromLeft(scene, [becomes([0.8, [14, 20, 7]]), stays]);
    const [one, ...others] = composed({ masks, scene, edges }, false);
    expect(others).toEqual([]);
    expect(like(one!.mask, [14, 20, 7], [44, 20, 8])).toBeGreaterThan(0.97);
    expect(one!.parts).toEqual([drawn(0.8), KEPT]);
  });

  test('never share a pixel: the surer claim wins, whoever it is', () => {
    const { scene, masks } = found([[[22, 30, 12]], [[44, 30, 11]]]);
    const overlap = (first: PartEdges, second: PartEdges) => {
      const after = composed({ masks, scene, edges: fromLeft(scene, [first, second]) }, false);
      expect(area(intersect(after[0]!.mask, after[1]!.mask))).toBe(0);
      return after.map(({ mask }) => area(mask));
    };
    const [a, b] = overlap(becomes([0.9, [24, 30, 14]]), becomes([0.5, [42, 30, 13]]));
    const [c, d] = overlap(becomes([0.5, [24, 30, 14]]), becomes([0.9, [42, 30, 13]]));
    expect(a! - c!).toBeGreaterThan(20);
    expect(d! - b!).toBe(a! - c!);
    // What stays holds its pixels half as firmly as its probability says.
    const [weak] = overlap(becomes([0.45, [26, 30, 15]]), stays);
    const [sure] = overlap(becomes([0.95, [26, 30, 15]]), stays);
    expect(sure! - weak!).toBeGreaterThan(10);
  });

  test('of two edges that are as sure the one that is surer of a pixel has it', () => {
    const { scene, masks } = found([[[22, 30, 12]], [[44, 30, 11]]]);
    const edge = (disc: Disc, logit: number): PartEdges => ({
      pieces: [
        {
          logits: logits(inDiscs(disc)).map((value) => (value > 0 ? logit : value)),
          finding: drawn(0.8),
        },
      ],
      kept: KEPT,
    });
    const shared = intersect(maskOf(inDiscs([24, 30, 14])), maskOf(inDiscs([42, 30, 13])));
    const first = (left: number, right: number) => {
      const edges = fromLeft(scene, [edge([24, 30, 14], left), edge([42, 30, 13], right)]);
      const [one] = composed({ masks, scene, edges }, false);
      return area(intersect(one!.mask, shared)) / area(shared);
    };
    expect(first(6, 2)).toBeGreaterThan(0.8);
    expect(first(2, 6)).toBeLessThan(0.2);
  });

  test('stand at the pixels of an image that is larger than its cells', () => {
    // The left half of what both have is surer on the left, the right half on the right.
    const { scene, masks } = found([[[22, 30, 12]], [[44, 30, 11]]]);
    const bitmap = inDiscs([32, 30, 20]);
    const slope = (sign: 1 | -1): PartEdges => ({
      pieces: [
        {
          logits: logits(bitmap).map((value, at) =>
            value > 0 ? 3 + (sign * 2 * (31.5 - (at % 64))) / 32 : value,
          ),
          finding: drawn(0.8),
        },
      ],
      kept: KEPT,
    });
    const after = composed({ masks, scene, edges: fromLeft(scene, [slope(1), slope(-1)]) }, false);
    const whole = maskOf(bitmap);
    const left = maskOf(bitmap.map((value, at) => (at % 64 < 32 ? value : 0)));
    expect(after[0]!.mask).toEqual(left);
    expect(after[1]!.mask).toEqual(subtract(whole, left));
  });

  test('of a thing that two edges of its class have is that of the surer one, whichever it is', () => {
    const row: readonly Disc[] = [
      [20, 30, 9],
      [42, 30, 8],
    ];
    const { scene, masks } = found([row], { split: true });
    for (const [first, second] of [
      [0.9, 0.6],
      [0.6, 0.9],
    ] as const) {
      const edges = fromLeft(scene, [becomes([first, ...row]), becomes([second, ...row])]);
      const after = composed({ masks, scene, edges }, true);
      expect(after.map(({ parts }) => parts)).toEqual([[drawn(0.9)]]);
    }
  });

  test('are one where a new edge is of two parts of its class', () => {
    const { scene, masks } = found(
      [
        [
          [20, 30, 9],
          [42, 30, 8],
        ],
      ],
      { split: true },
    );
    const whole: readonly [number, ...Disc[]] = [0.9, [20, 30, 9], [42, 30, 8], [31, 30, 6]];
    const edges = fromLeft(scene, [becomes(whole), becomes([0.6, [42, 30, 8]])]);
    const after = composed({ masks, scene, edges }, true);
    expect(after).toHaveLength(1);
    expect(like(after[0]!.mask, [20, 30, 9], [42, 30, 8], [31, 30, 6])).toBeGreaterThan(0.97);
  });

  test('stay two where a new edge takes a little of another part of its class', () => {
    const { scene, masks } = found(
      [
        [
          [20, 30, 9],
          [42, 30, 8],
        ],
      ],
      { split: true },
    );
    const edges = fromLeft(scene, [becomes([0.9, [24, 30, 13]]), becomes([0.6, [42, 30, 8]])]);
    expect(composed({ masks, scene, edges }, true)).toHaveLength(2);
    // Of another class it may take nearly all.
    const two = found([[[20, 30, 9]], [[42, 30, 8]]], { split: true });
    const over = fromLeft(two.scene, [becomes([0.9, [30, 30, 21]]), becomes([0.95, [42, 30, 8]])]);
    expect(composed({ masks: two.masks, scene: two.scene, edges: over }, true)).toHaveLength(2);
  });

  test('of the things of a part go from left to right, and what lies between them is kept', () => {
    const { scene, masks } = found(
      [
        [
          [14, 30, 10],
          [32, 30, 10],
          [50, 30, 10],
        ],
      ],
      { split: true },
    );
    expect(scene.parts).toHaveLength(1);
    const edges = [becomes([0.7, [50, 30, 9]], [0.9, [14, 30, 9]])];
    const after = composed({ masks, scene, edges }, true);
    expect(after).toHaveLength(3);
    expect(like(after[0]!.mask, [14, 30, 9])).toBeGreaterThan(0.95);
    expect(after[1]!.parts).toEqual([expect.objectContaining({ kind: 'kept' })]);
    expect(like(after[2]!.mask, [50, 30, 9])).toBeGreaterThan(0.95);
  });

  test('above each other go from the top', () => {
    const column: readonly Disc[] = [
      [30, 14, 9],
      [30, 32, 10],
      [30, 50, 9],
    ];
    const { scene, masks } = found([column], { split: true });
    const edges = [becomes([0.9, [30, 50, 8]], [0.7, [30, 14, 8]], [0.8, [30, 32, 8]])];
    const tops = composed({ masks, scene, edges }, true).flatMap(({ parts, mask }) =>
      parts[0]!.kind === 'refined' ? [measureMask(mask).box[1]] : [],
    );
    expect(tops).toEqual(tops.toSorted((a, b) => a - b));
    expect(tops).toHaveLength(3);
  });

  test('keep what lies between things where it is large and wide enough, at the limits themselves', () => {
    const { scene, masks } = found(
      [
        [
          [14, 30, 10],
          [32, 30, 10],
          [50, 30, 10],
        ],
      ],
      { split: true },
    );
    const edges = [becomes([0.7, [50, 30, 9]], [0.9, [14, 30, 9]])];
    const between = (more: object) =>
      composed({ masks, scene: { ...scene, ...more }, edges }, true).filter(
        ({ parts }) => parts[0]!.kind === 'kept',
      );
    const things = maskOf(inDiscs([50, 30, 9], [14, 30, 9]));
    const left = components(subtract(scene.parts[0]!.pixels, things), 4).toSorted(
      (a, b) => area(b) - area(a),
    )[0]!;
    const pixels = area(left);
    expect([pixels, pixels + 1].map((leastPx) => between({ leastPx }).length)).toEqual([1, 0]);
    // A cell is a pixel here: the deepest one tells how wide a patch may be.
    const { framed, frame } = scene;
    const deepest = Math.max(...depthOf(cellsCovered(left, framed, frame.low), frame.low));
    expect([2, 2.001].map((half) => between({ patch: half * deepest }).length)).toEqual([1, 0]);
  });

  test('leave no scraps of what another edge has taken nearly all of', () => {
    const { scene, masks } = found([
      [[20, 30, 11]],
      [
        [44, 30, 6],
        [44, 54, 5],
      ],
    ]);
    // The smaller part of the second class is of the first one's thing, but for its rim.
    const edges = fromLeft(scene, [
      becomes([0.95, [20, 30, 11], [44, 30, 5.5], [32, 30, 5]]),
      stays,
      stays,
    ]);
    const after = composed({ masks, scene, edges }, false);
    expect(like(after[1]!.mask, [44, 54, 5])).toBe(1);
  });

  test('lose no part to an edge of which others leave nothing', () => {
    const { scene, masks } = found([[[20, 30, 12]], [[44, 30, 10]]]);
    // The second class's new edge lies all under the surer one of the first.
    const edges = fromLeft(scene, [becomes([0.9, [22, 30, 12]]), becomes([0.5, [22, 30, 8]])]);
    const after = composed({ masks, scene, edges }, false);
    expect(after[1]!.parts).toEqual([expect.objectContaining({ kind: 'kept', reason: 'size' })]);
    expect(like(after[1]!.mask, [44, 30, 10])).toBeGreaterThan(0.9);
    // What the other edge has of the part stays with it.
    const near = fromLeft(scene, [becomes([0.9, [28, 30, 12]]), becomes([0.5, [26, 30, 6]])]);
    const [one, two] = composed({ masks, scene, edges: near }, false);
    expect(area(intersect(one!.mask, two!.mask))).toBe(0);
    expect(two!.mask).toEqual(subtract(scene.parts[scene.classOf.length - 1]!.pixels, one!.mask));
    // What is said is the share of the part that the new edge would have kept.
    const some = composed(
      {
        masks,
        scene,
        edges: fromLeft(scene, [becomes([0.9, [22, 30, 12]]), becomes([0.5, [29, 30, 8]])]),
      },
      false,
    );
    const [finding] = some[1]!.parts as [KeptEdge];
    const free = subtract(maskOf(inDiscs([29, 30, 8])), maskOf(inDiscs([22, 30, 12])));
    expect(finding).toMatchObject({ kind: 'kept', reason: 'size', limit: 0.25 });
    expect(finding.value).toBeCloseTo(area(free) / area(masks[1]!), 1);
    expect(finding.value).toBeGreaterThan(0.02);
  });
});
