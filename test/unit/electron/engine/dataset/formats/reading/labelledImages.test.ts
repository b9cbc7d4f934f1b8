// Label files that name their classes in words, as a data set: pairs with images, sizes, classes and problems.
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../../../../electron/api/errors.ts';
import {
  openLabelSource,
  type FoundObject,
  type LabelledImage,
} from '../../../../../../../electron/engine/dataset/formats/reading/labelledImages.ts';
import { ImageNames } from '../../../../../../../electron/engine/dataset/imageNames.ts';
import type { ImportOptions } from '../../../../../../../electron/engine/dataset/formats/format.ts';
import { draw } from '../../../../../../helpers/fixtures/masks.ts';

const object = (
  label: string,
  rows = ['##..', '....'],
  more: Partial<FoundObject> = {},
): FoundObject => ({ label, mask: draw(...rows), score: null, extra: {}, ...more });
const labelled = (
  name: string,
  more: Partial<LabelledImage> = {},
  ...objects: FoundObject[]
): LabelledImage => ({
  place: `${name}.json`,
  wanted: { paths: [name], stems: [] },
  size: { width: 4, height: 2 },
  isEmpty: objects.length === 0,
  objects: () => objects,
  ...more,
});

async function open(
  images: readonly LabelledImage[],
  known: { readonly [name: string]: readonly [number, number] | 'broken' },
  more: Partial<ImportOptions> = {},
  classes: readonly { name: string; color: string }[] = [],
) {
  const told: [number, number][] = [];
  const data = await openLabelSource(
    {
      path: '/d',
      stage: 'Read',
      classes,
      images: async function* () {
        yield* images;
      },
    },
    {
      skipBroken: true,
      images: [],
      onProgress: ({ done, total }) => void told.push([done, total]),
      library: {
        folder: null,
        names: new ImageNames(Object.keys(known)),
        sizeOf: (name) => {
          const size = known[name]!;
          if (size === 'broken') throw new AppError('IMAGE_DAMAGED', 'is broken');
          return Promise.resolve({ width: size[0], height: size[1] });
        },
      },
      ...more,
    },
  );
  const found = [];
  for await (const image of data.images()) found.push(image);
  return {
    data,
    found,
    told,
    names: found.map(({ fileName }) => fileName),
    said: data.problems.kept.map(({ path, message }) => `${path} ${message}`),
  };
}

describe('labels of images', () => {
  it('have the classes of their source first, then others by name', async () => {
    const { data, found } = await open(
      [labelled('a.jpg', {}, object('zebra'), object('cat')), labelled('b.jpg', {}, object('ape'))],
      { 'a.jpg': [4, 2], 'b.jpg': [4, 2] },
      {},
      [
        { name: 'dog', color: '#ff0000' },
        { name: 'cat', color: '' },
      ],
    );
    expect(data.categories.map(({ id, name, color }) => [id, name, color])).toEqual([
      ...[
        [1, 'dog', '#ff0000'],
        [2, 'cat', ''],
        [3, 'ape', ''],
      ],
      [4, 'zebra', ''],
    ]);
    expect(data.imageCount).toBe(2);
    expect(found.map(({ annotations }) => annotations.map(({ categoryId }) => categoryId))).toEqual(
      [...[[4, 2], [3]]],
    );
  });

  it('say of an object what the file says', async () => {
    const { found } = await open(
      [
        labelled(
          'a.jpg',
          { extra: { note: 'n' } },
          object('cat', undefined, {
            score: 0.5,
            isProposal: true,
            isCrowd: true,
            extra: { x: 1 },
          }),
          object('cat'),
        ),
      ],
      { 'a.jpg': [4, 2] },
    );
    expect(found[0]).toMatchObject({
      id: null,
      width: 4,
      height: 2,
      isReviewed: false,
      extra: { note: 'n' },
    });
    expect(found[0]!.annotations[0]).toMatchObject({
      score: 0.5,
      isProposal: true,
      isCrowd: true,
      origin: 'import',
      extra: { x: 1 },
    });
    expect(found[0]!.annotations[1]).not.toHaveProperty('isProposal');
    expect(found[0]!.annotations[1]).toMatchObject({ isCrowd: false });
  });

  it('are told one after the other', async () => {
    const { told } = await open([labelled('a.jpg'), labelled('b.jpg')], {
      'a.jpg': [4, 2],
      'b.jpg': [4, 2],
    });
    expect(told.slice(0, 2)).toEqual([
      [0, 2],
      [1, 2],
    ]);
  });

  it('that have no image here are left out, an object without a pixel is broken', async () => {
    const { names, said, data } = await open(
      [
        labelled('a.jpg', {}, object('cat', ['....', '....']), object('cat')),
        labelled('x.jpg', {}, object('cat')),
      ],
      { 'a.jpg': [4, 2] },
    );
    expect(names).toEqual(['a.jpg']);
    expect(said).toContain('a.jpg.json an object of the class "cat" covers no pixel');
    expect([data.problems.skipped, data.imageCount]).toEqual([1, 1]);
    const strict = open(
      [labelled('a.jpg', {}, object('cat', ['....', '....']), object('cat'))],
      { 'a.jpg': [4, 2] },
      { skipBroken: false },
    );
    await expect(strict).rejects.toThrow(/import the 1 that is sound/);
  });
});

describe('the size of an image', () => {
  const at = async (
    size: LabelledImage['size'],
    known: readonly [number, number] | 'broken' | null,
  ) => {
    const { found, said } = await open(
      [labelled('a.jpg', { size }, object('cat'))],
      known === null ? {} : { 'a.jpg': known },
    );
    return { size: found.map(({ width, height }) => [width, height])[0], said: said[0] };
  };

  it('is that of the labels where the image has it, upright or turned', async () => {
    expect(await at({ width: 4, height: 2 }, [4, 2])).toMatchObject({ size: [4, 2] });
    expect(await at({ width: 4, height: 2 }, [2, 4])).toMatchObject({ size: [4, 2] });
    expect(await at(null, [4, 2])).toMatchObject({ size: [4, 2] });
  });

  it('that differs in one side, or cannot be read, leaves the image out', async () => {
    for (const known of [
      [4, 3],
      [5, 2],
      [4, 4],
      [2, 2],
    ] as const)
      expect(await at({ width: 4, height: 2 }, known)).toEqual({
        size: undefined,
        said: `a.jpg.json was labelled at 4 x 2 px; a.jpg is ${known[0]} x ${known[1]} px`,
      });
    expect(await at({ width: 4, height: 2 }, 'broken')).toEqual({
      size: undefined,
      said: 'a.jpg.json is broken',
    });
  });

  it('is that of the labels where no image is known', async () => {
    expect(await at({ width: 4, height: 2 }, null)).toMatchObject({ size: [4, 2] });
    expect(await at(null, null)).toEqual({
      size: undefined,
      said: 'a.jpg.json says no size, and no image is known',
    });
  });
});
