// labelme mask shapes as labelme and its relatives write them.
import { describe, expect, it } from 'vitest';
import { parseLabelme } from '../../../../../../../electron/engine/dataset/formats/labelme/labelmeShapes.ts';
import { encodePng } from '../../../../../../../electron/engine/dataset/png/encode.ts';
import { Problems } from '../../../../../../../electron/engine/dataset/problems.ts';
import { draw } from '../../../../../../helpers/fixtures/masks.ts';

const ring = draw('........', '..###...', '..#.#...', '..###...', '........');
const pixels = Uint8Array.of(1, 1, 1, 1, 0, 1, 1, 1, 1);

async function read(points: number[][], data = pixels, [width, height] = [3, 3]) {
  const png = await encodePng({ kind: 'grey', data }, width!, height!);
  const mask = Buffer.from(png).toString('base64');
  const shapes = [{ label: 'cat', shape_type: 'mask', points, mask }];
  const problems = new Problems();
  const text = JSON.stringify({ shapes, imagePath: 'a.jpg', imageWidth: 8, imageHeight: 5 });
  const file = await parseLabelme(text, 'a.json', null, problems);
  return { masks: file?.objects.map((o) => o.mask), problems: problems.kept.map((p) => p.message) };
}

describe('a labelme mask shape', () => {
  it('lies between its first and its last pixel, whichever corner comes first', async () => {
    const expected = { masks: [ring], problems: [] };
    expect(
      await read([
        [2, 1],
        [4, 3],
      ]),
    ).toEqual(expected);
    expect(
      await read([
        [4, 3],
        [2, 1],
      ]),
    ).toEqual(expected);
  });

  it('may name the pixel after its last one', async () => {
    expect(
      await read([
        [2, 1],
        [5, 4],
      ]),
    ).toEqual({ masks: [ring], problems: [] });
  });

  it('of another size than its corners say is refused', async () => {
    const { masks, problems } = await read([
      [2, 1],
      [7, 4],
    ]);
    expect(masks).toEqual([]);
    expect(problems[0]).toMatch(/PNG of 3 x 3 px; its corners say 6 x 4 px/);
  });

  it('is cut at the image border', async () => {
    const full = new Uint8Array(9).fill(255);
    expect(
      (
        await read(
          [
            [6, 3],
            [8, 5],
          ],
          full,
        )
      ).masks,
    ).toEqual([draw('........', '........', '........', '......##', '......##')]);
  });
});

describe('a labelme shape', () => {
  const shapeOf = async (shape: object, size: object = { imageWidth: 8, imageHeight: 5 }) => {
    const problems = new Problems();
    const shapes = [{ label: 'cat', ...shape }];
    const text = JSON.stringify({ shapes, ...size });
    const file = await parseLabelme(text, 'a.json', { width: 8, height: 5 }, problems);
    return {
      masks: file?.objects.map((o) => o.mask) ?? [],
      told: problems.kept.map((p) => p.message),
    };
  };
  const box = draw('........', '.####...', '.####...', '.####...', '........');

  it.each([
    [
      'polygon',
      {
        points: [
          [1, 1],
          [5, 1],
          [5, 4],
          [1, 4],
        ],
      },
    ],
    [
      'rectangle',
      {
        points: [
          [1, 1],
          [5, 4],
        ],
      },
    ],
    [
      'oriented_rectangle',
      {
        points: [
          [1, 1],
          [5, 1],
          [5, 4],
          [1, 4],
        ],
      },
    ],
    [
      'quadrilateral',
      {
        points: [
          [1, 1],
          [5, 1],
          [5, 4],
          [1, 4],
        ],
      },
    ],
  ])('%s covers its area, with or without a size in the file', async (shape_type, shape) => {
    expect(await shapeOf({ shape_type, ...shape })).toEqual({ masks: [box], told: [] });
    expect(await shapeOf({ shape_type, ...shape }, {})).toEqual({ masks: [box], told: [] });
  });

  it('without a kind is a polygon, as labelme 3 wrote it', async () => {
    const points = [
      [1, 1],
      [5, 1],
      [5, 4],
      [1, 4],
    ];
    expect(await shapeOf({ points }, {})).toEqual({ masks: [box], told: [] });
  });

  it('of a circle or an ellipse covers the pixels whose middle lies inside', async () => {
    const inside = (test: (x: number, y: number) => boolean) =>
      draw(
        ...Array.from({ length: 5 }, (_, y) =>
          Array.from({ length: 8 }, (__, x) => (test(x + 0.5, y + 0.5) ? '#' : '.')).join(''),
        ),
      );
    const circle = await shapeOf({
      shape_type: 'circle',
      points: [
        [4, 2.5],
        [6, 2.5],
      ],
    });
    expect(circle.masks).toEqual([inside((x, y) => Math.hypot(x - 4, y - 2.5) < 2)]);
    const flat = inside((x, y) => ((x - 4) / 3.9) ** 2 + ((y - 2.5) / 1.9) ** 2 < 1);
    const corners = [
      [0.1, 0.6],
      [7.9, 4.4],
    ];
    expect((await shapeOf({ shape_type: 'ellipse', points: corners })).masks).toEqual([flat]);
    const turned = [
      [7.9, 0.6],
      [7.9, 4.4],
      [0.1, 4.4],
      [0.1, 0.6],
    ];
    expect((await shapeOf({ shape_type: 'ellipse', points: turned })).masks).toEqual([flat]);
  });

  it('with holes leaves them out', async () => {
    const points = [
      [1, 1],
      [5, 1],
      [5, 4],
      [1, 4],
    ];
    const holes = [
      [
        [2, 2],
        [4, 2],
        [4, 3],
        [2, 3],
      ],
    ];
    expect(await shapeOf({ points, holes })).toEqual({
      masks: [draw('........', '.####...', '.#..#...', '.####...', '........')],
      told: [],
    });
    expect((await shapeOf({ points, holes: [[[1, 1]]] })).told[0]).toMatch(/hole \(number 0\)/);
  });

  it('without an area is named with its kind', async () => {
    for (const shape_type of ['line', 'point', 'points', 'linestrip'])
      expect(
        (
          await shapeOf({
            shape_type,
            points: [
              [1, 1],
              [2, 2],
            ],
          })
        ).told,
      ).toEqual([`is a ${shape_type}; only areas are imported`]);
  });

  it('belongs to no group where the group is an empty text', async () => {
    const problems = new Problems();
    const part = (x: number, group_id: unknown) => ({
      label: 'cat',
      shape_type: 'rectangle',
      points: [
        [x, 0],
        [x + 1, 1],
      ],
      group_id,
    });
    const shapes = [part(0, ''), part(1, ' '), part(2, null), part(3, 7), part(4, 7), part(5, 'a')];
    const text = JSON.stringify({ shapes, imageWidth: 8, imageHeight: 5 });
    const file = await parseLabelme(text, 'a.json', null, problems);
    expect(file?.objects).toHaveLength(5);
  });
});
