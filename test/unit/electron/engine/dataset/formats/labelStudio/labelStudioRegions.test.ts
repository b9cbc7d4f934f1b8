// Regions of a Label Studio task: shapes in percent of the image, classes and answers of one id together.
import { describe, expect, it } from 'vitest';
import {
  readRegions,
  sizeOfRegions,
} from '../../../../../../../electron/engine/dataset/formats/labelStudio/labelStudioRegions.ts';
import { Problems } from '../../../../../../../electron/engine/dataset/problems.ts';
import { area } from '../../../../../../../electron/masks/runs/rle.ts';
import { measureMask } from '../../../../../../../electron/masks/runs/measure.ts';

const size = { width: 40, height: 20 };
async function read(...results: object[]) {
  const report = new Problems();
  const found = await readRegions(results as never, size, { place: 'result', report });
  const said = report.kept.map(({ path, effect, message }) => `${effect} ${path} ${message}`);
  return { found, said };
}
const box = (value: object = {}, more: object = {}) => ({
  type: 'rectanglelabels',
  value: { x: 25, y: 10, width: 50, height: 40, rectanglelabels: ['cat'], ...value },
  ...more,
});

describe('a region', () => {
  it('is a rectangle, turned about the corner that it began with', async () => {
    const { found, said } = await read(box(), box({ rotation: 90 }));
    expect(measureMask(found[0]!.mask).box).toEqual([10, 2, 20, 8]);
    // Twenty pixels downwards, of which the image has eighteen; eight to the left.
    expect(measureMask(found[1]!.mask).box).toEqual([2, 2, 8, 18]);
    expect(said[0]).toContain('repaired result[0] is a box');
  });

  it('is a polygon or an ellipse, in percent of both sides', async () => {
    const points = [
      [10, 10],
      [60, 10],
      [60, 90],
      [10, 90],
    ];
    const { found, said } = await read(
      { type: 'polygonlabels', value: { points, polygonlabels: ['cat'] } },
      {
        type: 'ellipselabels',
        value: { x: 50, y: 50, radiusX: 25, radiusY: 20, ellipselabels: ['cat'] },
      },
    );
    expect(measureMask(found[0]!.mask).box).toEqual([4, 2, 20, 16]);
    expect(measureMask(found[1]!.mask).box).toEqual([10, 6, 20, 8]);
    expect(said).toEqual([]);
  });

  it('has its kind by its value where no type is said', async () => {
    const answer = { id: 'r', type: 'labels', value: { labels: ['cat'] } };
    for (const value of [
      { x: 0, y: 0, width: 50, height: 50 },
      {
        points: [
          [0, 0],
          [50, 0],
          [50, 50],
        ],
      },
      { x: 50, y: 50, radiusX: 20, radiusY: 20 },
      { x: 0, y: 0, width: 50, height: 50, rectanglelabels: ['cat'] },
    ])
      expect((await read({ id: 'r', value }, answer)).found).toHaveLength(1);
    const { found, said } = await read({ value: { text: 'hello' } });
    expect([found.length, said]).toEqual([
      0,
      [
        'repaired result[0] is something without a type of the whole image; only areas are imported',
      ],
    ]);
  });

  it('has a score between 0 and 1', async () => {
    const scores = async (...list: unknown[]) =>
      (await read(...list.map((score) => box({}, { score })))).found.map(({ score }) => score);
    expect(await scores(0, 1, 0.5, -0.1, 1.1, 'x', undefined)).toEqual([
      0,
      1,
      0.5,
      null,
      null,
      null,
      null,
    ]);
  });

  it('has the first of several classes; the others stay beside it', async () => {
    const { found, said } = await read(box({ rectanglelabels: ['cat', 'dog', 'cat'] }));
    expect(found[0]).toMatchObject({ label: 'cat', extra: { classes: ['dog'] } });
    expect(said[0]).toBe('repaired result[0] has 2 classes; read as "cat"');
  });

  it.each([
    [{ value: undefined }, 'has no value'],
    [{ value: { x: 1, y: 1, width: 5, height: 5 } }, 'has no class'],
    [{ image_rotation: 90 }, 'was drawn on the image turned by 90°'],
    [{ value: { x: 1, y: 1, width: 'wide', height: 5, labels: ['cat'] } }, 'has no width: "wide"'],
    [{ value: { rle: [1, 256], brushlabels: ['cat'] } }, 'has an rle that is no list of bytes'],
    [{ value: { rle: 'x', brushlabels: ['cat'] } }, 'has an rle that is no list of bytes'],
  ])('is skipped with %j', async (patch, why) => {
    const { found, said } = await read(box({}, patch));
    expect(found).toEqual([]);
    expect(said[0]).toContain(`skipped result[0] ${why}`);
  });

  it('of another type is named: a shape is lost, an answer to the image is no area', async () => {
    const { said } = await read(
      { type: 'keypointlabels', value: { x: 1, y: 1, keypointlabels: ['cat'] } },
      { type: 'choices', value: { choices: ['night'] } },
      { type: 'videorectangle', value: {} },
    );
    expect(said.map((line) => line.slice(0, 44))).toEqual([
      'skipped result[0] is of the type keypointlab',
      'repaired result[1] is choices of the whole i',
      'skipped result[2] is of the type videorectan',
    ]);
  });
});

describe('results of one id', () => {
  const bare = { id: 'r', type: 'rectangle', value: { x: 25, y: 10, width: 50, height: 40 } };

  it('are one region: its class and answers may stand beside its shape', async () => {
    const { found, said } = await read(
      bare,
      { id: 'r', type: 'labels', value: { labels: ['dog'] } },
      { id: 'r', type: 'choices', from_name: 'colour', value: { choices: ['red'] } },
      { id: 'r', type: 'textarea', value: { text: ['old'] } },
      { id: 'other', type: 'choices', value: { choices: ['x'] } },
    );
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      label: 'dog',
      extra: { attributes: { colour: ['red'], textarea: ['old'] } },
    });
    expect(area(found[0]!.mask)).toBe(160);
    expect(said).toEqual([
      'repaired result[0] is a box; read as the area of its rectangle',
      'repaired result[4] is choices of the whole image; only areas are imported',
    ]);
  });

  it('are told when they are relations', async () => {
    const { said } = await read(box({}, { id: 'r' }), { id: 'r', type: 'relation' });
    expect(said[1]).toContain('is relation of the whole image');
  });
});

describe('the size of the image', () => {
  it('is that of the first region that says it', () => {
    const of = (...sides: [unknown, unknown][]) =>
      sizeOfRegions(sides.map(([w, h]) => ({ original_width: w, original_height: h })) as never);
    expect(of([undefined, 4], [0, 5], [3, 0.5], ['3', 5], [640.4, 479.6], [1, 1])).toEqual({
      width: 640,
      height: 480,
    });
    expect(of([1, 1])).toEqual({ width: 1, height: 1 });
    expect(of()).toBeNull();
  });
});
