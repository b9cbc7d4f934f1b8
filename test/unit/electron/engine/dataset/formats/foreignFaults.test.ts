// What the readers of CVAT and VIA files leave out is told by its place; hostile files cost little.
import { beforeEach, describe, expect, it } from 'vitest';
import { cpuMsOf } from '../../../../../helpers/drivers/loopTurns.ts';
import { labelFolder, type LabelFolder } from '../../../../../helpers/fixtures/labelFolder.ts';

let put: LabelFolder['put'];
let read: LabelFolder['read'];
let readWhole: LabelFolder['readWhole'];
beforeEach(async () => {
  ({ put, read, readWhole } = await labelFolder());
});

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
        'a.png <polygon> 6 has the point "2,x"; expected x,y',
        'a.png <polygon> 7 has no label',
        'a.png <mask> 8 has runs for 7 of the 16 px of its box; they were cut off',
        'a.png <mask> 9 has runs that reach past its box of 4 x 4 px',
        expect.stringMatching(/^a\.png <mask> 10 .*90000/) as string,
        'a.png <ellipse> 11 is an ellipse with radii 0 and 2',
        'a.png <box> 12 is a box; read as the area of its rectangle',
      ],
    });
    await expect(readWhole('cvat-images', 'a.xml')).rejects.toThrow(
      /a\.png <polyline> 2: is a polyline/,
    );
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

  it('takes no time for tags and labels without an end', async () => {
    const endless = '<label>'.repeat(200_000);
    await put('a.xml', cvat(endless + `<image name="a.png" ${' '.repeat(3_000_000)}/>`));
    const ms = await cpuMsOf(async () => {
      expect((await read('cvat-images', 'a.xml')).objects).toEqual([]);
    });
    expect(ms).toBeLessThan(5000);
    await put('b.xml', cvat('<label><name>cat</label><image name="a.png"/>'));
    await expect(read('cvat-images', 'b.xml')).rejects.toThrow(
      /a <label> of the task is not valid/,
    );
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
