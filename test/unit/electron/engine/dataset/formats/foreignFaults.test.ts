// What the readers of other programs' files leave out is told by its place; hostile files cost little.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importFormat } from '../../../../../../electron/engine/dataset/formats/registry.ts';
import { encodeBrush } from '../../../../../../electron/engine/dataset/formats/brushRle.ts';
import { encodePng } from '../../../../../../electron/engine/dataset/png/encode.ts';
import { emptyMask, maskFromCounts } from '../../../../../../electron/masks/rle.ts';
import { collect } from '../../../../../helpers/dataset.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'salience-foreign-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const IMAGES = ['a.png', 'b.png'].map((fileName) => ({ fileName, width: 20, height: 10 }));

async function put(name: string, content: string | Uint8Array) {
  await mkdir(dirname(join(folder, name)), { recursive: true });
  await writeFile(join(folder, name), content);
}

/** What was read with broken entries skipped: areas by class, and everything that was told. */
async function read(id: string, name = '') {
  const format = importFormat(id);
  await using dataset = await format.open(join(folder, name), { skipBroken: true, images: IMAGES });
  const names = new Map(dataset.categories.map((one) => [one.id, one.name]));
  const objects = (await collect(dataset)).flatMap(({ fileName, annotations }) =>
    annotations.map(({ categoryId }) => `${fileName} ${names.get(categoryId)}`),
  );
  const told = dataset.problems.told().map(({ path, message }) => `${path} ${message}`);
  return { objects, told };
}

const cvat = (images: string) =>
  `<?xml version="1.0"?>\n<annotations><version>1.1</version>${images}</annotations>`;
const cvatImage = (shapes: string) =>
  cvat(`<image id="0" name="a.png" width="20" height="10">${shapes}</image>`);
const SQUARE = 'points="1,1;9,1;9,9;1,9"';

describe('CVAT for images', () => {
  it('tells what is no area, and what makes no sense, each by image and place', async () => {
    await put(
      'a.xml',
      cvatImage(
        `<polygon label="cat" ${SQUARE}/><polyline label="cat" ${SQUARE}/><points label="cat" points="1,1"/>` +
          `<skeleton label="s"><points label="p" points="1,1"/></skeleton><tag label="night"/>` +
          `<polygon label="cat" points="1,1;2,x;3,3"/><polygon ${SQUARE}/>` +
          `<mask label="cat" rle="3, 4" left="0" top="0" width="4" height="4"/>` +
          `<mask label="cat" rle="3, 40" left="0" top="0" width="4" height="4"/>` +
          `<mask label="cat" rle="1" left="0" top="0" width="90000" height="90000"/>` +
          `<ellipse label="cat" cx="3" cy="3" rx="0" ry="2"/><box label="dog" xtl="1" ytl="1" xbr="5" ybr="5"/>`,
      ),
    );
    expect(await read('cvat-images', 'a.xml')).toEqual({
      objects: ['a.png cat', 'a.png dog'],
      told: [
        'a.png <polyline> 2 is a polyline; only areas are imported',
        'a.png <points> 3 is a set of points; only areas are imported',
        'a.png <skeleton> 4 is a skeleton; only areas are imported',
        'a.png <tag> 5 is a tag of the whole image; only areas are imported',
        'a.png <polygon> 6 has the point "2,x"; expected x,y',
        'a.png <polygon> 7 has no label',
        'a.png <mask> 8 has runs for 7 of the 16 px of its box; they were cut off',
        'a.png <mask> 9 has runs that reach past its box of 4 x 4 px',
        expect.stringMatching(/^a\.png <mask> 10 .*90000/) as string,
        'a.png <ellipse> 11 is an ellipse with radii 0 and 2',
        'a.png <box> 12 is a box; read as the area of its rectangle',
      ],
    });
    const format = importFormat('cvat-images');
    const open = () => format.open(join(folder, 'a.xml'), { skipBroken: false, images: IMAGES });
    await expect(open()).rejects.toThrow(/a\.png <polyline> 2: is a polyline/);
  });

  it('expands no entity and reads no document type', async () => {
    const type = '<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;&x;">]>';
    const shape = `<polygon label="&y;" ${SQUARE}/>`;
    await put('a.xml', `${type}<annotations><image name="a.png">${shape}</image></annotations>`);
    await expect(read('cvat-images', 'a.xml')).rejects.toThrow(/declares a document type/);
    await put('b.xml', cvatImage(`<!DOCTYPE a [<!ENTITY y "z">]>${shape}`));
    expect((await read('cvat-images', 'b.xml')).told).toEqual([
      'a.png declares a document type, which is not read',
    ]);
  });

  it('says where a file is cut off, no XML, or nested without end', async () => {
    await put('cut.xml', cvatImage(`<polygon label="cat" ${SQUARE}/>`).slice(0, -30));
    await expect(read('cvat-images', 'cut.xml')).rejects.toThrow(/ends inside <image>.*cut\.xml/s);
    await put('bad.xml', cvatImage('<polygon label="cat"></image-x>'));
    expect((await read('cvat-images', 'bad.xml')).told[0]).toMatch(/^a\.png is not valid XML/);
    await put('deep.xml', cvatImage('<a>'.repeat(20_000) + '</a>'.repeat(20_000)));
    expect((await read('cvat-images', 'deep.xml')).told[0]).toMatch(/^a\.png .*(nested|valid XML)/);
    await put('latin.xml', Buffer.from(cvatImage('<polygon label="B\u00e4r"/>'), 'latin1'));
    await expect(read('cvat-images', 'latin.xml')).rejects.toThrow(/not UTF-8 text.*latin\.xml/s);
  });

  it('finds images whose tags are cut by the pieces in which the file is read', async () => {
    const long = ' '.repeat(1024 * 1024 - 90);
    const image = (name: string) =>
      `<image name="${name}" width="20" height="10"><polygon label="cat" ${SQUARE}/></image>`;
    for (let shift = 0; shift < 40; shift += 3) {
      await put('a.xml', cvat(long + ' '.repeat(shift) + image('a.png') + image('b.png')));
      expect(await read('cvat-images', 'a.xml')).toEqual({
        objects: ['a.png cat', 'b.png cat'],
        told: [],
      });
    }
  });
});

describe('VIA', () => {
  const via = (regions: object[]) =>
    JSON.stringify({ 'a.png1': { filename: 'a.png', size: 1, regions, file_attributes: {} } });
  const rect = { name: 'rect', x: 1, y: 1, width: 4, height: 4 };

  it('tells lines, points and lists that do not fit, and classes that are missing or several', async () => {
    await put(
      'via.json',
      via([
        { shape_attributes: { name: 'polyline' }, region_attributes: { class: 'cat' } },
        { shape_attributes: { name: 'point', cx: 1, cy: 1 }, region_attributes: { class: 'cat' } },
        {
          shape_attributes: { name: 'polygon', all_points_x: [1, 2], all_points_y: [1] },
          region_attributes: { class: 'cat' },
        },
        { shape_attributes: { ...rect, x: null }, region_attributes: { class: 'cat' } },
        { shape_attributes: rect, region_attributes: { class: { cat: true, dog: true } } },
        { region_attributes: {} },
      ]),
    );
    expect(await read('via', 'via.json')).toEqual({
      objects: ['a.png cat'],
      told: [
        'a.png regions[0] is a polyline; only areas are imported',
        'a.png regions[1] is a point; only areas are imported',
        'a.png regions[2] has all_points_x and all_points_y that are no equal lists of numbers',
        'a.png regions[3] has no x: null',
        'a.png regions[4] has several classes; read as "cat", the others are kept',
        'a.png regions[4] is a box; read as the area of its rectangle',
        'a.png regions[5] has no shape_attributes',
      ],
    });
  });

  it('without a single image is refused', async () => {
    await put('via.json', '{"_via_settings": {}, "_via_img_metadata": {}}');
    await expect(read('via', 'via.json')).rejects.toThrow(/this VIA project holds no images/);
  });
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
        'ds/ann/a.png.json $.objects[6] has 1 points; an outline needs 3',
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
