// What the readers of Label Studio, Supervisely and colour masks leave out is told by its place; files that
// unpack to more than they should are stopped.
import { deflateSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { encodeBrush } from '../../../../../../electron/engine/dataset/formats/labelStudio/brushRle.ts';
import { encodePng } from '../../../../../../electron/engine/dataset/png/encode.ts';
import { emptyMask, maskFromCounts } from '../../../../../../electron/masks/runs/rle.ts';
import { labelFolder, type LabelFolder } from '../../../../../helpers/fixtures/labelFolder.ts';

let put: LabelFolder['put'];
let read: LabelFolder['read'];
beforeEach(async () => {
  ({ put, read } = await labelFolder());
});

describe('Label Studio', () => {
  const size = { original_width: 20, original_height: 10, image_rotation: 0 };
  const result = (type: string, value: object, more: object = {}) => ({
    id: `${Math.random()}`,
    type,
    ...size,
    value,
    ...more,
  });
  const corners = [
    [10, 10],
    [50, 10],
    [50, 80],
  ];
  const outline = result('polygonlabels', { points: corners, polygonlabels: ['cat'] });
  const task = (more: object) => JSON.stringify([{ id: 1, data: { image: '/x/a.png' }, ...more }]);

  it('tells key points, answers about the image, turned images and broken brushes', async () => {
    const rle = encodeBrush(maskFromCounts([0, 200], 20, 10));
    const results = [
      outline,
      result('keypointlabels', { x: 1, y: 1, keypointlabels: ['cat'] }),
      result('choices', { choices: ['night'] }),
      result('polygonlabels', { points: corners, polygonlabels: [] }),
      { ...outline, image_rotation: 90 },
      result('brushlabels', { rle: rle.slice(0, 5), brushlabels: ['cat'] }),
      result('brushlabels', { rle: ['x'], brushlabels: ['cat'] }),
      result('brushlabels', { rle: encodeBrush(emptyMask(30, 10)), brushlabels: ['cat'] }),
    ];
    await put('ls.json', task({ annotations: [{ result: results }] }));
    const at = '$[0].annotations[0].result';
    expect(await read('label-studio', 'ls.json')).toEqual({
      objects: ['a.png cat'],
      told: [
        `${at}[1] is of the type keypointlabels; only areas are imported`,
        `${at}[2] is choices of the whole image; only areas are imported`,
        `${at}[3] has no class`,
        `${at}[4] was drawn on the image turned by 90°; turn it back in Label Studio`,
        `${at}[5] breaks off in the middle`,
        `${at}[6] has an rle that is no list of bytes`,
        `${at}[7] holds 1200 numbers; expected 20 x 10 x 4`,
      ],
    });
  });

  it('takes one of several annotations and no prediction beside it, and says so', async () => {
    const [first, second] = ['2024-01-02', '2024-01-03'].map((created_at, i) => ({
      created_at,
      result: [result('polygonlabels', { points: corners, polygonlabels: [`c${i}`] })],
    }));
    const predictions = [{ result: [outline] }];
    await put('ls.json', task({ annotations: [first, second], predictions }));
    expect(await read('label-studio', 'ls.json')).toEqual({
      objects: ['a.png c1'],
      told: [
        '$[0].annotations 1 of 2 annotations of this task are left out: one is taken, the ground truth or else the newest',
        '$[0].predictions are not imported: the task has an annotation',
      ],
    });
    const truth = { ...first, ground_truth: true };
    await put('ls.json', task({ annotations: [second, truth] }));
    expect((await read('label-studio', 'ls.json')).objects).toEqual(['a.png c0']);
  });

  it('unpacks no brush of a size that its image does not have', async () => {
    const huge = { original_width: 16_000, original_height: 16_000 };
    const brush = { rle: encodeBrush(emptyMask(16, 16)), brushlabels: ['cat'] };
    const before = process.memoryUsage().arrayBuffers;
    await put('ls.json', task({ annotations: [{ result: [result('brushlabels', brush, huge)] }] }));
    expect(await read('label-studio', 'ls.json')).toEqual({
      objects: [],
      told: ['$[0] (/x/a.png) was labelled at 16000 x 16000 px; a.png is 20 x 10 px'],
    });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 1024 * 1024);
  });
});

describe('Supervisely', () => {
  const ann = (objects: object[], more: object = {}) =>
    JSON.stringify({ size: { width: 20, height: 10 }, tags: [], objects, ...more });
  const bitmap = (bytes: Uint8Array) => ({
    classTitle: 'cat',
    geometryType: 'bitmap',
    bitmap: { data: deflateSync(bytes).toString('base64'), origin: [1, 1] },
  });

  it('tells points, lines and data that cannot be unpacked, by file and object', async () => {
    const png = await encodePng({ kind: 'grey', data: Uint8Array.of(1, 1, 0, 1) }, 2, 2);
    const exterior = [[1, 1]];
    await put(
      'ds/ann/a.png.json',
      ann(
        [
          bitmap(png),
          { classTitle: 'cat', geometryType: 'point', points: { exterior } },
          { classTitle: 'cat', geometryType: 'graph', nodes: {} },
          { geometryType: 'bitmap' },
          bitmap(png.subarray(0, 30)),
          { classTitle: 'cat', geometryType: 'bitmap', bitmap: { data: '%%%', origin: [0, 0] } },
          { classTitle: 'cat', geometryType: 'polygon', points: { exterior, interior: [] } },
        ],
        { tags: [{ name: 'night' }] },
      ),
    );
    await put('ds/ann/gone.png.json', ann([bitmap(png)]));
    expect(await read('supervisely')).toEqual({
      objects: ['a.png cat'],
      told: [
        expect.stringMatching(/^ds\/ann\/gone\.png\.json names the image .*; no image/) as string,
        'ds/ann/a.png.json has tags of the whole image; only areas are imported',
        'ds/ann/a.png.json $.objects[1] is a point; only areas are imported',
        'ds/ann/a.png.json $.objects[2] is a graph; only areas are imported',
        'ds/ann/a.png.json $.objects[3] has no classTitle',
        'ds/ann/a.png.json $.objects[4] is not a PNG file',
        'ds/ann/a.png.json $.objects[5] has bitmap data that cannot be unpacked',
        'ds/ann/a.png.json $.objects[6] has 1 point; an outline needs 3',
      ],
    });
  });

  it('stops at data that unpack to more than a mask has', async () => {
    const bomb = deflateSync(new Uint8Array(80 * 1024 * 1024)).toString('base64');
    const object = {
      classTitle: 'cat',
      geometryType: 'bitmap',
      bitmap: { data: bomb, origin: [0, 0] },
    };
    await put('ann/a.png.json', ann([object]));
    expect((await read('supervisely')).told.at(-1)).toMatch(/cannot be unpacked$/);
  });
});

describe('colour masks', () => {
  const rgb = (...pixels: number[][]) => {
    const data = new Uint8Array(600);
    pixels.forEach((pixel, i) => data.set(pixel, 3 * i));
    return encodePng({ kind: 'rgb', data }, 20, 10);
  };

  it('count the pixels of colours that the table does not name', async () => {
    await put('labelmap.txt', '# label:color_rgb:parts:actions\nbackground:0,0,0::\ncat:9,9,9::\n');
    await put('masks/a.png', await rgb([9, 9, 9], [1, 2, 3], [1, 2, 3], [224, 224, 192]));
    await put('masks/b_mask.png', await rgb([9, 9, 9], [1, 2, 3], [3, 2, 1], [3, 2, 1]));
    expect(await read('pascal-voc')).toEqual({
      objects: ['a.png cat', 'b.png cat'],
      told: [
        'masks/a.png has 2 px of #010203, which the table of classes does not name',
        expect.stringMatching(
          /^masks\/b_mask\.png has 3 px in 2 colours .* most of them #030201/,
        ) as string,
      ],
    });
  });

  it.each([
    ['class_dict.csv', 'name,r,g,b\nunlabeled,0,0,0\n"cat",9,9,9\n'],
    ['label_colors.txt', '0 0 0\tVoid\n9 9 9\tcat\n'],
    ['palette.txt', 'background #000000\ncat #090909\n'],
    ['classes.json', '{"classes": [{"name": "cat", "color": "#090909"}]}'],
    ['colormap.json', '{"background": [0, 0, 0], "cat": [9, 9, 9]}'],
  ])('are read with a %s', async (name, table) => {
    await put(name, table);
    await put('masks/a.png', await rgb([9, 9, 9]));
    expect(await read('pascal-voc')).toEqual({ objects: ['a.png cat'], told: [] });
  });

  it('are refused without a table, or with one colour for two classes', async () => {
    await put('masks/a.png', await rgb([9, 9, 9]));
    await expect(read('pascal-voc')).rejects.toThrow(/put a labelmap\.txt with lines like/);
    await put('labelmap.txt', 'cat:9,9,9::\ndog:9,9,9::\n');
    await expect(read('pascal-voc')).rejects.toThrow(/#090909 is the colour of "cat" and of "dog"/);
  });
});
