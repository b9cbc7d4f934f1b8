// The self-check must find what it is there for: any change between what was meant and what is in the file.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compareCoco } from '../../../../../../electron/engine/dataset/coco/compare.ts';
import { writeCoco } from '../../../../../../electron/engine/dataset/coco/write.ts';
import {
  Fingerprints,
  ImageFingerprint,
} from '../../../../../../electron/engine/dataset/fingerprint.ts';
import {
  annotation,
  category,
  image,
  source,
  temporaryFolder,
} from '../../../../../helpers/fixtures/dataset.ts';
import { draw } from '../../../../../helpers/fixtures/masks.ts';

const box = draw('........', '.###....', '.###....', '........');
const data = source(
  [category(1, 'cat'), category(2, 'dog')],
  [image('a.jpg', [annotation(1, box)]), image('b.jpg', [annotation(2, box)])],
);

describe('the self-check of a COCO export', () => {
  it.each([
    ['nothing', '', '', null],
    ['one corner', '4,3,1,3', '4,4,1,3', /b\.jpg reads back with other masks/],
    ['a class', '"category_id":2', '"category_id":1', /b\.jpg reads back with other masks/],
    ['the crowd flag', '"iscrowd":0', '"iscrowd":1', /b\.jpg reads back/],
    ['an image name', '"b.jpg"', '"c.jpg"', /c\.jpg reads back/],
    ['an image size', '"b.jpg","width":8', '"b.jpg","width":9', /b\.jpg reads back/],
    [
      'the image of an annotation',
      '"image_id":2',
      '"image_id":1',
      /a\.jpg reads back with 2 annotations; 1/,
    ],
    ['the end of the file', /\]\}\s*$/, '', /ends here/],
    [
      'an annotation',
      /,\s*\{"id":2,"image_id".*\}(?=\s*\])/,
      '',
      /b\.jpg reads back with 0 annotations; 1/,
    ],
  ])('notices a change of %s', async (_name, find, replace, complaint) => {
    const path = join(await temporaryFolder(), 'out.json');
    await writeCoco(data, path, { profile: 'coco', overwrite: false });
    const text = await readFile(path, 'utf8');
    // The last place: the second image's record.
    const at = typeof find === 'string' ? text.lastIndexOf(find) : text.search(find);
    expect(at).toBeGreaterThanOrEqual(0);
    await writeFile(path, text.slice(0, at) + text.slice(at).replace(find, replace));
    const meant = new Fingerprints();
    for (const [name, categoryId] of [
      ['a.jpg', 1],
      ['b.jpg', 2],
    ] as const) {
      const print = new ImageFingerprint(name, 8, 4);
      print.add(categoryId, false, box);
      meant.add(print);
    }
    const check = compareCoco(path, meant, {});
    if (complaint === null) await check;
    else
      await expect(check).rejects.toThrow(
        expect.objectContaining({
          code: 'EXPORT_MISMATCH',
          message: expect.stringMatching(complaint) as string,
        }),
      );
  });
});
