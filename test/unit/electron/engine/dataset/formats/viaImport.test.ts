// Regions of VGG Image Annotator: which attribute is the class, the shapes, and what is told.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importFormat } from '../../../../../../electron/engine/dataset/formats/registry.ts';
import { area } from '../../../../../../electron/masks/runs/rle.ts';
import { boundingBox } from '../../../../../../electron/masks/runs/measure.ts';
import { collect, temporaryFolder } from '../../../../../helpers/fixtures/dataset.ts';

const SIZE = { width: 40, height: 20 };

async function read(root: unknown) {
  const path = join(await temporaryFolder(), 'via.json');
  await writeFile(path, JSON.stringify(root));
  const dataset = await importFormat('via').open(path, {
    skipBroken: true,
    images: ['a.png', 'b.png'].map((fileName) => ({ fileName, ...SIZE })),
  });
  const images = await collect(dataset);
  const names = new Map(dataset.categories.map(({ id, name }) => [id, name]));
  const objects = images.flatMap(({ annotations }) => annotations);
  return {
    names: objects.map(({ categoryId }) => names.get(categoryId)),
    extras: objects.map(({ extra }) => extra['attributes']),
    masks: objects.map(({ mask }) => mask),
    told: dataset.problems.told().map(({ path: place, message }) => `${place}: ${message}`),
  };
}
const rect = { name: 'rect', x: 2, y: 3, width: 10, height: 5 };
const region = (attributes: object, shape: object = rect) => ({
  shape_attributes: shape,
  region_attributes: attributes,
});
const file = (...regions: object[]) => ({ 'a.png123': { filename: 'a.png', size: 123, regions } });

describe('the class of a region', () => {
  it.each([
    ['an attribute of a usual name', { colour: 'red', Label: 'cat' }, 'cat'],
    ['the first of several of those', { type: 'dog', name: 'cat' }, 'dog'],
    ['the first attribute otherwise', { kind: 'cat', colour: 'red' }, 'cat'],
    ['a number', { class: 7 }, '7'],
    ['a text without blanks around it', { class: ' cat ' }, 'cat'],
    ['the box that is ticked', { class: { dog: false, cat: true } }, 'cat'],
  ])('is %s', async (_what, attributes, name) => {
    expect((await read(file(region(attributes)))).names).toEqual([name]);
  });

  it('is named by the project, though the first region does not have it', async () => {
    const project = {
      _via_attributes: { region: { class: {} } },
      _via_img_metadata: file(region({ colour: 'red' }), region({ class: 'cat' })),
    };
    const { names, told } = await read(project);
    expect(names).toEqual(['object', 'cat']);
    expect(told).toContain('a.png regions[0]: has no class in "class"; read as "object"');
  });

  it('is "object" where no region has any attribute', async () => {
    const { names, told, extras } = await read(file(region({})));
    expect([names, extras]).toEqual([['object'], [undefined]]);
    expect(told).toContain('a.png regions[0]: has no class; read as "object"');
  });

  it('is one of several that are ticked; the others are kept, as other attributes are', async () => {
    const several = await read(file(region({ class: { cat: true, dog: true } })));
    expect([several.names, several.extras]).toEqual([
      ['cat'],
      [{ class: { cat: true, dog: true } }],
    ]);
    expect(several.told).toContain(
      'a.png regions[0]: has several classes; read as "cat", the others are kept',
    );
    // Those that are empty everywhere are none.
    const { extras } = await read(
      file(region({ class: 'cat', colour: 'red', size: 3, note: '', more: {}, odd: null })),
    );
    expect(extras).toEqual([{ colour: 'red', size: 3 }]);
  });
});

describe('a shape', () => {
  const drawn = async (shape: object) => {
    const { masks, told } = await read(file(region({ class: 'cat' }, shape)));
    return { mask: masks[0], told };
  };

  it('is a rectangle, told as such', async () => {
    const { mask, told } = await drawn(rect);
    expect([area(mask!), boundingBox(mask!)]).toEqual([50, { x: 2, y: 3, width: 10, height: 5 }]);
    expect(told).toContain('a.png regions[0]: is a box; read as the area of its rectangle');
  });

  it('is a polygon', async () => {
    const { mask, told } = await drawn({
      name: 'polygon',
      all_points_x: [1, 5, 5, 1],
      all_points_y: [2, 2, 8, 8],
    });
    expect([area(mask!), told]).toEqual([24, []]);
  });

  it('is a circle or an ellipse, which may be turned by radians', async () => {
    const circle = (await drawn({ name: 'circle', cx: 20, cy: 10, r: 6 })).mask!;
    expect(boundingBox(circle)).toEqual({ x: 14, y: 4, width: 12, height: 12 });
    expect(Math.abs(area(circle) - Math.PI * 36)).toBeLessThan(4);
    const flat = { name: 'ellipse', cx: 20, cy: 10, rx: 8, ry: 4 };
    const box = async (shape: object) => {
      const { width, height } = boundingBox((await drawn(shape)).mask!);
      return [width, height];
    };
    expect(await box(flat)).toEqual([16, 8]);
    expect(await box({ ...flat, theta: Math.PI / 2 })).toEqual([8, 16]);
    expect(await box({ ...flat, theta: 'x' })).toEqual([16, 8]);
  });

  it.each([
    [
      'no equal lists of numbers',
      { name: 'polygon', all_points_x: [1, 2, 3], all_points_y: [1, 2] },
    ],
    [
      'no equal lists of numbers',
      { name: 'polygon', all_points_x: [1, 2, 3], all_points_y: [1, 2, 'x'] },
    ],
    [
      'no equal lists of numbers',
      { name: 'polygon', all_points_x: ['x', 2, 3], all_points_y: [1, 2, 3] },
    ],
    ['is a point; only areas are imported', { name: 'point', cx: 1, cy: 1 }],
    ['is a shape without a name; only', {}],
    [`is a ${'x'.repeat(40)};`, { name: 'x'.repeat(50) }],
    ['has no shape_attributes', null],
  ])('is told where it %s', async (fault, shape) => {
    const { mask, told } = await drawn(shape as object);
    expect(mask).toBeUndefined();
    expect(told.join()).toContain(fault);
  });
});

describe('a file', () => {
  it('may be that of VIA 1, whose regions are numbered', async () => {
    const old = { 'a.png1': { filename: 'a.png', regions: { 0: region({ class: 'cat' }) } } };
    expect((await read(old)).names).toEqual(['cat']);
  });

  it('has images, or is none', async () => {
    await expect(read({ _via_img_metadata: {} })).rejects.toThrow(
      'this VIA project holds no images',
    );
    for (const nothing of [{}, [], { a: { regions: [] } }, { a: { filename: ' ' } }])
      await expect(read(nothing)).rejects.toThrow('expected a VIA project');
  });

  it('has a bounded number of regions an image', async () => {
    const many = (count: number) => ({
      a: { filename: 'a.png', regions: Array.from({ length: count }, () => 0) },
      b: { filename: 'b.png', regions: [region({ class: 'cat' })] },
    });
    // What is no region counts as none.
    expect((await read(many(100_001))).told).toEqual([
      expect.stringContaining('b.png regions[0]: is a box'),
    ]);
    const full = Array.from({ length: 100_001 }, () => ({}));
    const { told, names } = await read({ ...many(0), a: { filename: 'a.png', regions: full } });
    expect(told).toContain('a: has 100001 regions; at most 100000 are read');
    expect(names).toEqual(['cat']);
  });
});
