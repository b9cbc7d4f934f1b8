// "CVAT for images": labels that can be areas, the images with their tags, groups and order, and what is told.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MAX_TAG, MAX_TAGS } from '../../../../../../../electron/api/rules/fields/fields.ts';
import { importFormat } from '../../../../../../../electron/engine/dataset/formats/registry.ts';
import { area } from '../../../../../../../electron/masks/runs/rle.ts';
import { collect, temporaryFolder } from '../../../../../../helpers/fixtures/dataset.ts';

const label = (name: string, more = '') => `<label><name>${name}</name>${more}</label>`;
const box = (name: string, width: number, more = '', inside = '') =>
  `<box label="${name}" xtl="0" ytl="0" xbr="${width}" ybr="10" ${more}>${inside}</box>`;
const image = (inside: string, attributes = 'name="a.png" width="20" height="10"') =>
  `<image id="0" ${attributes}>${inside}</image>`;

async function read(body: string, labels = label('cat') + label('dog')) {
  const path = join(await temporaryFolder(), 'annotations.xml');
  await writeFile(
    path,
    `<?xml version="1.0"?><annotations><version>1.1</version><meta><task><labels>${labels}</labels></task></meta>${body}</annotations>`,
  );
  const dataset = await importFormat('cvat-images').open(path, {
    skipBroken: true,
    images: ['a.png', 'b.png'].map((fileName) => ({ fileName, width: 20, height: 10 })),
  });
  const images = await collect(dataset);
  const names = new Map(dataset.categories.map(({ id, name }) => [id, name]));
  return {
    classes: dataset.categories.map(({ name, color }) => `${name} ${color}`.trim()),
    found: images.flatMap(({ fileName, annotations }) =>
      annotations.map(
        ({ mask, categoryId }) => `${fileName} ${names.get(categoryId)} ${area(mask) / 10}`,
      ),
    ),
    tags: images.map(({ extra }) => extra['tags']),
    told: dataset.problems.told().map(({ path: place, message }) => `${place}: ${message}`),
  };
}

describe('the labels of a task', () => {
  it('are classes with their colours, but for those of points, lines, tags and skeletons', async () => {
    const other = ['skeleton', 'points', 'polyline', 'tag', 'cuboid'].map((type) =>
      label(`my ${type}`, `<type>${type}</type>`),
    );
    const { classes } = await read(
      image(''),
      label('cat', '<color>#0a0b0c</color><type>any</type>') +
        label('dog', '<type>polygon</type>') +
        other.join('') +
        label('', '<type>mask</type>') +
        label('paw', '<parent>my skeleton</parent>'),
    );
    expect(classes).toEqual(['cat #0a0b0c', expect.stringMatching(/^dog/)]);
  });

  it('are told where one is no XML', async () => {
    await expect(read(image(''), '<label><name>cat</wrong></label>')).rejects.toThrow(
      /^a <label> of the task .*annotations\.xml$/,
    );
  });
});

describe('an image', () => {
  it('has its shapes from the back to the front', async () => {
    const { found } = await read(
      image(
        box('cat', 4, 'z_order="2"') + box('dog', 6, 'z_order="1"') + box('dog', 8, 'z_order="2"'),
      ),
    );
    expect(found).toEqual(['a.png dog 6', 'a.png cat 4', 'a.png dog 8']);
  });

  it('joins shapes of one label and group, and no others', async () => {
    const shift = (name: string, group: string) =>
      `<box label="${name}" xtl="10" ytl="0" xbr="12" ybr="10" group_id="${group}"></box>`;
    const { found } = await read(
      image(
        [
          box('cat', 4, 'group_id="7"'),
          shift('cat', '7'),
          shift('dog', '7'),
          box('cat', 5, 'group_id="0"'),
          box('cat', 6, 'group_id="0"'),
          box('cat', 3),
        ].join(''),
      ),
    );
    expect(found).toEqual([
      'a.png cat 6',
      'a.png dog 2',
      'a.png cat 5',
      'a.png cat 6',
      'a.png cat 3',
    ]);
  });

  it('without a name, or that is no XML, is skipped; the others are read', async () => {
    const { found, told } = await read(
      image(box('cat', 4), 'width="20" height="10"') +
        image(box('cat', 5), 'name=a.png width="20"') +
        image(box('cat', 6), 'name="b.png" width="20" height="10"'),
    );
    expect(found).toEqual(['b.png cat 6']);
    expect(told).toContain('<image> 1: has no name');
    expect(told.filter((one) => one.startsWith('<image> 2: '))).toHaveLength(1);
  });

  it('of which the shapes are no XML has none of them, and no tags', async () => {
    const good = image(box('cat', 6), 'name="b.png" width="20" height="10"');
    const { found, told } = await read(
      image(`${box('cat', 4)}<tag label="night"></tag><box label=cat></box>`) + good,
    );
    expect(found).toEqual(['b.png cat 6']);
    expect(told.filter((one) => one.startsWith('a.png: '))).toHaveLength(1);
  });

  it('may say nothing of its size, or something that is none', async () => {
    for (const size of [
      '',
      'width="x" height="10"',
      'width="20.5" height="10"',
      'width="0" height="10"',
    ])
      expect((await read(image(box('cat', 4), `name="a.png" ${size}`))).found, size).toEqual([
        'a.png cat 4',
      ]);
    // Another size than the image has is told.
    const other = await read(image(box('cat', 4), 'name="a.png" width="40" height="10"'));
    expect(other.told.join()).toContain('40 x 10');
  });

  it('tells shapes that are no areas, and goes on', async () => {
    const { found, told } = await read(
      image(`<points label="cat" points="1,1"></points>${box('cat', 4)}`),
    );
    expect(found).toEqual(['a.png cat 4']);
    expect(told.filter((one) => one.startsWith('a.png <points> 1: '))).toHaveLength(1);
  });
});

describe('tags of an image', () => {
  const tag = (name: string) => `<tag label="${name}"></tag>`;

  it('are kept once each', async () => {
    const { tags, told } = await read(image(tag('night') + tag('Night') + tag('rain')));
    expect(tags).toEqual([['night', 'rain']]);
    expect(told).toEqual([]);
    expect((await read(image(box('cat', 4)))).tags).toEqual([undefined]);
  });

  it('are told where they have no label or too long a one', async () => {
    const { tags, told } = await read(
      image(tag(' ') + tag('x'.repeat(MAX_TAG)) + tag('y'.repeat(MAX_TAG + 1))),
    );
    expect(tags).toEqual([['x'.repeat(MAX_TAG)]]);
    expect(told).toEqual([
      'a.png <tag> 1: is a tag without a label',
      `a.png <tag> 3: is a tag of ${MAX_TAG + 1} letters; ${MAX_TAG} are the most`,
    ]);
  });

  it('are as many as an image can have', async () => {
    const many = Array.from({ length: MAX_TAGS + 1 }, (_, at) => tag(`tag ${at}`)).join('');
    expect((await read(image(many))).tags[0]).toHaveLength(MAX_TAGS);
  });
});

it('a file of another kind is none, told with what it is', async () => {
  const path = join(await temporaryFolder(), 'other.xml');
  await writeFile(path, '<annotations><track id="0" label="cat"></track></annotations>');
  await expect(
    importFormat('cvat-images').open(path, { skipBroken: true, images: [] }),
  ).rejects.toThrow(/^expected <annotations> with <image> elements, found .*other\.xml$/);
});
