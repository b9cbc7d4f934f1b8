// The annotations of an image as each COCO profile wants them.
import { describe, expect, it } from 'vitest';
import { arrange } from '../../../../../../electron/engine/dataset/coco/arrange.ts';
import type { DatasetAnnotation } from '../../../../../../electron/engine/dataset/types.ts';
import { annotation, image } from '../../../../../helpers/fixtures/dataset.ts';
import { draw } from '../../../../../helpers/fixtures/masks.ts';

const [LEFT, RIGHT, BOTH, ALL] = [
  draw('#...', '#...'),
  draw('...#', '...#'),
  draw('#..#', '#..#'),
  draw('####', '####'),
];
const scene = (...annotations: readonly DatasetAnnotation[]) => image('a.png', annotations);

describe('annotations', () => {
  it('stay as they are where they are written whole', () => {
    const all = scene(annotation(2, BOTH, { id: 7 }), annotation(1, ALL));
    for (const profile of ['coco', 'coco-polygon'] as const)
      expect(arrange(all, profile)).toBe(all.annotations);
  });

  it('are one per part as instances; what is in one part keeps its number', () => {
    const [whole, left, right, ...others] = arrange(
      scene(annotation(1, LEFT, { id: 7 }), annotation(2, BOTH, { id: 8 })),
      'instances',
    );
    expect(whole).toMatchObject({ id: 7, mask: LEFT });
    expect([left, right]).toMatchObject([
      { id: null, categoryId: 2, mask: LEFT },
      { id: null, categoryId: 2, mask: RIGHT },
    ]);
    expect(others).toEqual([]);
    // Pixels that touch by a corner are one part.
    expect(arrange(scene(annotation(1, draw('#.', '.#'))), 'instances')).toHaveLength(1);
  });

  it('are one per class as stuff, by the numbers of the classes', () => {
    const extra = { note: 'x' };
    const all = scene(
      annotation(10, LEFT, { id: 5, score: 0.2, isCrowd: true, extra }),
      annotation(9, RIGHT, { id: 6, extra, isCrowd: true }),
      annotation(10, RIGHT, { id: 7, score: 0.7 }),
    );
    expect(arrange(all, 'stuff')).toEqual([
      { ...annotation(9, RIGHT), id: 6, extra },
      { ...annotation(10, BOTH), score: 0.7 },
    ]);
    expect(arrange(scene(), 'stuff')).toEqual([]);
  });
});
