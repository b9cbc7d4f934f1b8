// Project records to data-set records and back: nothing of an imported file is lost on the way.
import { describe, expect, it } from 'vitest';
import type { AnnotationId, CategoryId } from '../../../../../electron/api/types.ts';
import {
  fromDatasetAnnotation,
  toDatasetAnnotation,
  toDatasetImage,
  withFileId,
} from '../../../../../electron/engine/dataset/projectRecords.ts';
import { annotation } from '../../../../helpers/fixtures/dataset.ts';
import { draw } from '../../../../helpers/fixtures/masks.ts';

const given = (z: number) => ({
  id: `a${z}` as AnnotationId,
  categoryId: 4 as CategoryId,
  status: 'accepted' as const,
  z,
});

describe('records of imported files', () => {
  it('keep their number, score and unknown fields through the project', () => {
    const imported = annotation(4, draw('.##.', '.##.'), {
      id: 900,
      score: 0.25,
      origin: 'import',
      isCrowd: true,
      extra: { attributes: { occluded: true } },
    });
    const record = fromDatasetAnnotation(imported, given(0));
    expect(record).toMatchObject({ box: [1, 0, 2, 2], area: 4, match: 0.25, origin: 'import' });
    expect(toDatasetAnnotation(record)).toEqual(imported);
  });

  it('come out of the project in drawing order, with the image numbers they had', () => {
    const mask = draw('##', '##');
    const records = [2, 0, 1].map((z) =>
      fromDatasetAnnotation(annotation(4, mask, { id: z + 10 }), given(z)),
    );
    const facts = { name: 'x/a.jpg', width: 2, height: 2, status: 'reviewed' as const };
    const image = toDatasetImage(facts, records, withFileId(7, { license: 3 }));
    expect(image).toMatchObject({ id: 7, fileName: 'x/a.jpg', isReviewed: true });
    expect(image.extra).toEqual({ license: 3 });
    expect(image.annotations.map((a) => a.id)).toEqual([10, 11, 12]);
    expect(toDatasetImage({ ...facts, status: 'proposals' }, [], null)).toMatchObject({
      id: null,
      isReviewed: false,
      extra: {},
    });
  });
});
