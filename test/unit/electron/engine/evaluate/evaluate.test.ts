// Evaluation over whole data sets: matching, protocols, boundary bands, and what it says of gaps.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeCoco } from '../../../../../electron/engine/dataset/coco/write.ts';
import { exportFormat } from '../../../../../electron/engine/dataset/formats/registry.ts';
import { encodePng } from '../../../../../electron/engine/dataset/png/encode.ts';
import type { DatasetSource } from '../../../../../electron/engine/dataset/types.ts';
import { boundaryBand, boundaryWidth } from '../../../../../electron/engine/evaluate/boundary.ts';
import { evaluate } from '../../../../../electron/engine/evaluate/evaluate.ts';
import { evaluationTable } from '../../../../../electron/engine/evaluate/table.ts';
import {
  annotation,
  category,
  image,
  source,
  temporaryFolder,
} from '../../../../helpers/fixtures/dataset.ts';
import { draw } from '../../../../helpers/fixtures/masks.ts';

const left = draw('##..', '##..', '##..', '##..');
const top = draw('####', '####', '....', '....');
const right = draw('..##', '..##', '..##', '..##');
const categories = [category(5, 'cat'), category(2, 'dog')];
const truth = source(categories, [
  image('x/a.jpg', [annotation(5, left), annotation(2, right)]),
  image('b.jpg', [annotation(5, top)]),
]);
// Other ids for the same names, one unknown class, one image missing and one too many.
const other = [category(1, 'dog'), category(2, 'cat'), category(3, 'bird')];
const pred = source(other, [
  image('x/a.jpg', [annotation(2, top), annotation(3, draw('....', '....', '....', '####'))]),
  image('c.jpg', [annotation(1, left)]),
]);

async function coco(data: DatasetSource, folder: string, name: string): Promise<string> {
  const path = join(folder, name);
  await writeCoco(data, path, { profile: 'coco', overwrite: false });
  return path;
}

describe('evaluate', () => {
  it('matches images and classes by name and counts what is missing as wrong', async () => {
    const folder = await temporaryFolder();
    const result = await evaluate({
      truth: await coco(truth, folder, 'truth.json'),
      pred: await coco(pred, folder, 'pred.json'),
      protocol: 'standard',
    });
    expect(result).toMatchObject({
      images: 2,
      missingImages: ['b.jpg'],
      extraImages: ['c.jpg'],
      unknownClasses: ['bird'],
      // Image a: cat 8 true px, predicted on the upper 8, of which 4 agree; image b: nothing found.
      pixelAccuracy: (4 + 8) / 32,
    });
    expect(
      result.classes.map(({ name, iou, truthPx, predictedPx }) => [
        name,
        iou,
        truthPx,
        predictedPx,
      ]),
    ).toEqual([
      ['background', 8 / (8 + 16 + 4 - 0 - 8 + 0), 8, 20],
      ['cat', 4 / 20, 16, 8],
      ['dog', 0, 8, 0],
    ]);
    expect(result.meanIou).toBeCloseTo((8 / 20 + 4 / 20 + 0) / 3, 12);
    const text = evaluationTable(result);
    expect(text).toMatch(/mean IoU +20\.00/);
    expect(text).toContain('1 image not predicted (counted as background):\n  b.jpg');
    expect(text).toContain('1 class the truth does not know (counted as wrong):\n  bird');
  });

  it('gives 100 % to a data set against itself, in every form it can be stored', async () => {
    const folder = await temporaryFolder();
    const file = await coco(truth, folder, 'truth.json');
    const masks = join(folder, 'masks');
    const plain = { overwrite: false, split: null, info: {}, tolerancePx: 0 };
    await exportFormat('mask-png').write(truth, masks, plain);
    const split = join(folder, 'split');
    const halves = { ...plain, split: { validation: 0.5, seed: 1 } };
    await exportFormat('mask-png').write(truth, split, halves);
    for (const [a, b] of [
      [file, file],
      [file, masks],
      [masks, file],
      [masks, masks],
      [file, split],
    ] as const) {
      const result = await evaluate({ truth: a, pred: b, protocol: 'standard' });
      expect(result).toMatchObject({
        meanIou: 1,
        pixelAccuracy: 1,
        meanAccuracy: 1,
        frequencyWeightedIou: 1,
        meanBoundaryIou: 1,
        missingImages: [],
        extraImages: [],
      });
    }
  });

  it('leaves void pixels out by standard and counts them as background by reference', async () => {
    const folder = await temporaryFolder();
    const masks = join(folder, 'truth');
    await mkdir(masks);
    // Row 0 background, row 1 class 5, row 2 void.
    const data = Uint8Array.of(0, 0, 0, 5, 5, 5, 255, 255, 255);
    await writeFile(join(masks, 'a.png'), await encodePng({ kind: 'grey', data }, 3, 3));
    const found = source(
      [category(5, 'cat')],
      [image('a.jpg', [annotation(5, draw('...', '###', '###'))])],
    );
    const file = await coco(found, folder, 'pred.json');
    const standard = await evaluate({ truth: masks, pred: file, protocol: 'standard' });
    expect(standard).toMatchObject({ meanIou: 1, pixelAccuracy: 1 });
    const reference = await evaluate({ truth: masks, pred: file, protocol: 'reference' });
    expect(reference.pixelAccuracy).toBeCloseTo(6 / 9, 12);
    expect(reference.meanIou).toBeCloseTo((3 / 6 + 3 / 6) / 2, 12);
  });

  it('averages over predicted but absent classes by standard, not by reference', async () => {
    const folder = await temporaryFolder();
    const real = source(categories, [image('a.jpg', [annotation(5, left)])]);
    const guess = source(categories, [image('a.jpg', [annotation(5, left), annotation(2, right)])]);
    const paths = {
      truth: await coco(real, folder, 't.json'),
      pred: await coco(guess, folder, 'p.json'),
    };
    const standard = await evaluate({ ...paths, protocol: 'standard' });
    expect(standard.meanIou).toBeCloseTo((0 + 1 + 0) / 3, 12);
    const reference = await evaluate({ ...paths, protocol: 'reference' });
    expect(reference.meanIou).toBeCloseTo((0 + 1) / 2, 12);
    const objects = await evaluate({ ...paths, protocol: 'reference', background: false });
    expect(objects).toMatchObject({ meanIou: 1, pixelAccuracy: 1 });
    expect(objects.classes.map((c) => c.name)).toEqual(['cat', 'dog']);
  });

  it('says why two sources cannot be compared', async () => {
    const folder = await temporaryFolder();
    const a = await coco(truth, folder, 'a.json');
    const elsewhere = source(categories, [image('other.jpg', [annotation(5, left)])]);
    const b = await coco(elsewhere, folder, 'b.json');
    await expect(evaluate({ truth: a, pred: b, protocol: 'standard' })).rejects.toThrow(
      /no image is in both; the truth has for example "x\/a\.jpg", the prediction for example "other\.jpg"/,
    );
    const small = source(categories, [image('b.jpg', [annotation(5, draw('##', '##'))])]);
    const c = await coco(small, folder, 'c.json');
    await expect(evaluate({ truth: a, pred: c, protocol: 'standard' })).rejects.toThrow(
      /b\.jpg is 2 x 2 px in the prediction and 4 x 4 px in the truth/,
    );
    await expect(evaluate({ truth: a, pred: folder, protocol: 'standard' })).rejects.toThrow(
      /no PNG mask/,
    );
  });
});

describe('boundary bands', () => {
  it('are what an erosion by a square takes away, the border counting as outside', () => {
    const map = fc
      .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }))
      .chain(([width, height]) =>
        fc
          .array(fc.integer({ min: 0, max: 8 }), {
            minLength: width * height,
            maxLength: width * height,
          })
          // Mostly one label, so that insides exist.
          .map((list) => ({
            width,
            height,
            labels: Uint8Array.from(list, (v) => (v > 0 ? 1 : 2)),
          })),
      );
    fc.assert(
      fc.property(map, fc.integer({ min: 1, max: 3 }), ({ width, height, labels }, reach) => {
        const band = boundaryBand(labels, 1, { width, height }, reach);
        for (let y = 0; y < height; y++)
          for (let x = 0; x < width; x++) {
            let inside = true;
            for (let dy = -reach; dy <= reach; dy++)
              for (let dx = -reach; dx <= reach; dx++) {
                const [u, v] = [x + dx, y + dy];
                if (u < 0 || v < 0 || u >= width || v >= height || labels[v * width + u] !== 1)
                  inside = false;
              }
            const expected = labels[y * width + x] === 1 && !inside ? 1 : 0;
            expect(band[y * width + x]).toBe(expected);
          }
      }),
    );
  });

  it('are 2 % of the diagonal wide', () => {
    expect(boundaryWidth(500, 375)).toBe(13);
    expect(boundaryWidth(4, 3)).toBe(1);
  });
});

describe('paths that are none', () => {
  it('are named in words, for files and for folders', async () => {
    const options = { protocol: 'standard', background: true } as const;
    await expect(
      evaluate({ ...options, pred: '/nowhere/a.json', truth: '/nowhere/b.json' }),
    ).rejects.toThrow(/^there is no such file.*\/nowhere\/b\.json/);
    await expect(
      evaluate({ ...options, pred: '/nowhere/a.json', truth: '/nowhere/masks' }),
    ).rejects.toThrow('there is no file or folder /nowhere/masks; check the name');
  });
});
