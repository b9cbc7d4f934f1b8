// --filter: the window's words on the command line; what cannot be understood ends the command.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ImageId } from '../../../../../electron/api/types.ts';
import {
  checkFilter,
  imagesThatFit,
} from '../../../../../electron/hosts/cli/arguments/filterArgument.ts';
import { chosenImages } from '../../../../../electron/hosts/cli/prelabel/chosenImages.ts';
import {
  annotationWith,
  imageFolder,
  openBench,
  rectangle,
  removeBench,
  addObjects,
  type Bench,
} from '../../../../helpers/drivers/engineBench.ts';

describe('--filter', () => {
  let folder: string;
  let bench: Bench;
  beforeEach(async () => {
    folder = await imageFolder(3);
    bench = await openBench(folder);
    await bench.call('category.add', { names: ['cup'] });
    const imageId = 2 as ImageId;
    await bench.call('image.open', { imageId });
    const after = annotationWith('a', 1, rectangle(0, 0, 2, 2));
    await addObjects(bench, 't', imageId, after);
  });
  afterEach(async () => {
    await bench.close();
    await removeBench(folder);
  });
  const store = () => bench.engine.context.open.get().store;

  it('says what a word takes, and where a pattern stops', () => {
    expect(() => checkFilter('margin:4')).toThrow(
      /--filter: margin takes a number from 0 to 1, as in <0\.5, not "4"\. Words are class, status/,
    );
    expect(() => checkFilter('has:wings')).toThrow(/has takes one of labels, proposals, nothing/);
    expect(() => checkFilter('/a)/')).toThrow(/stops at character 2/);
    expect(() => checkFilter('class:cup -is:doubtful beach')).not.toThrow();
  });

  it('finds the images that fit; a class nobody has and an empty result are told', () => {
    expect(imagesThatFit(store(), 'class:cup')).toEqual([2]);
    expect(imagesThatFit(store(), '-has:labels')).toEqual([1, 3]);
    expect(() => imagesThatFit(store(), 'class:plate')).toThrow(
      /no class is called plate\. There are cup/,
    );
    expect(() => imagesThatFit(store(), 'status:reviewed')).toThrow(/No image fits/);
  });

  it('is taken together with the files that are named', () => {
    const images = { folder, names: ['img1.png', 'img2.png'] };
    expect(chosenImages(bench.engine, images, '-class:cup')).toEqual({ kind: 'ids', ids: [1] });
    expect(chosenImages(bench.engine, { folder, names: null }, 'count:1')).toEqual({
      kind: 'ids',
      ids: [2],
    });
  });
});
