// COCO files: any data set survives the way to a file and back; any broken file gives a dataset, or
// one clear error, and never anything else.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../../../electron/api/errors.ts';
import { writeCoco } from '../../../../../../electron/engine/dataset/coco/write.ts';
import { area } from '../../../../../../electron/masks/runs/rle.ts';
import {
  annotation,
  category,
  collect,
  image,
  source,
  temporaryFolder,
} from '../../../../../helpers/fixtures/dataset.ts';
import { masksOf } from '../../../../../helpers/fixtures/masks.ts';
import { JsonSplitter } from '../../../../../../electron/engine/dataset/coco/reading/splitJson.ts';
import { readCoco } from '../../../../../../electron/engine/dataset/coco/reading/read.ts';

const categories = [category(1, 'cat'), category(4, 'traffic light', { isThing: false })];
const images = fc.array(
  fc
    .record({ width: fc.integer({ min: 1, max: 9 }), height: fc.integer({ min: 1, max: 9 }) })
    .chain(({ width, height }) =>
      fc
        .array(
          fc.record({
            categoryId: fc.constantFrom(1, 4),
            mask: masksOf(width, height).filter((mask) => area(mask) > 0),
            isCrowd: fc.boolean(),
            score: fc.option(fc.integer({ min: 0, max: 1000 }).map((n) => n / 1000)),
            extra: fc.dictionary(
              fc.string().filter((key) => key !== '__proto__' && key !== 'attributes'),
              fc.jsonValue({ maxDepth: 2 }),
              { maxKeys: 2 },
            ),
          }),
          { maxLength: 4 },
        )
        .map((list) => ({ width, height, list })),
    ),
  { maxLength: 4 },
);

describe('COCO files', () => {
  it('give back every data set that was written', async () => {
    const folder = await temporaryFolder();
    await fc.assert(
      fc.asyncProperty(images, fc.constantFrom('coco', 'coco-polygon'), async (list, profile) => {
        const known = ['id', 'image_id', 'category_id', 'segmentation', 'area', 'bbox'];
        const taken = [...known, 'iscrowd', 'score', 'segments_info'];
        const meant = list.map(({ width, height, list: found }, i) =>
          image(
            `${i}/ä "${i}".jpg`,
            found.map(({ categoryId, mask, extra, ...rest }, k) =>
              annotation(categoryId, mask, {
                ...rest,
                id: k,
                origin: 'import',
                extra: JSON.parse(
                  JSON.stringify(
                    Object.fromEntries(
                      Object.entries(extra).filter(([key]) => !taken.includes(key)),
                    ),
                  ),
                ) as never,
              }),
            ),
            { id: i + 1, width, height, isReviewed: false },
          ),
        );
        const path = join(folder, 'x.json');
        await writeCoco(source(categories, meant), path, {
          profile: profile as 'coco',
          overwrite: true,
        });
        await using read = await readCoco(path);
        expect(read.problems.kept).toEqual([]);
        let id = 0;
        expect(await collect(read)).toEqual(
          meant.map((m) => ({
            ...m,
            annotations: m.annotations.map((a) => ({ ...a, id: ++id })),
          })),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('damaged anywhere give a data set or one clear error', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'x.json');
    const text = JSON.stringify({
      info: {},
      images: [{ id: 1, file_name: 'a.jpg', width: 8, height: 4 }],
      categories: [{ id: 1, name: 'cat' }],
      annotations: [
        {
          id: 1,
          image_id: 1,
          category_id: 1,
          segmentation: [[1, 1, 4, 1, 4, 3]],
          area: 3,
          bbox: [1, 1, 3, 2],
          iscrowd: 0,
        },
        {
          id: 2,
          image_id: 1,
          category_id: 1,
          segmentation: { size: [4, 8], counts: '54L4' },
          area: 4,
          bbox: [1, 1, 3, 2],
          iscrowd: 1,
        },
      ],
    });
    const pieces = [
      '{',
      '}',
      '[',
      ']',
      ',',
      '"',
      ':',
      '-',
      '1e999',
      'null',
      '\\',
      '\u0000',
      '9'.repeat(30),
    ];
    const damage = fc.tuple(
      fc.integer({ min: 0, max: text.length }),
      fc.integer({ min: 0, max: 6 }),
      fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 3 })),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 4 }), async (list) => {
        let broken = text;
        for (const [at, remove, insert] of list)
          broken = broken.slice(0, at) + insert + broken.slice(at + remove);
        await writeFile(path, broken);
        try {
          await using read = await readCoco(path, { skipBroken: true });
          for (const { annotations, width, height } of await collect(read))
            for (const { mask } of annotations) {
              const runs = mask.counts.reduce((sum, run) => sum + run, 0);
              expect(runs).toBe(width * height);
            }
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
          expect((error as AppError).code).toBe('IMPORT_INVALID');
        }
      }),
      { numRuns: 400 },
    );
  });

  it('are cut into the same parts whatever the chunks are', () => {
    const value = fc.jsonValue({ maxDepth: 3 });
    fc.assert(
      fc.property(
        fc.record({ images: fc.array(value), info: value, annotations: fc.array(value) }),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
        fc.constantFrom(0, 2),
        (object, sizes, indent) => {
          const bytes = Buffer.from(JSON.stringify(object, null, indent));
          const splitter = new JsonSplitter(new Set(['images', 'annotations']));
          const found: Record<string, unknown> = {};
          const take = (chunk: Uint8Array) => {
            for (const part of splitter.push(chunk)) {
              if (part.kind === 'list') found[part.key] = [];
              if (part.kind === 'problem') throw new Error(part.message);
              if (part.kind !== 'value') continue;
              const text = Buffer.from(part.bytes).toString();
              expect(bytes.subarray(part.offset, part.offset + part.bytes.length).toString()).toBe(
                text,
              );
              if (part.index === null) found[part.key] = JSON.parse(text);
              else (found[part.key] as unknown[]).push(JSON.parse(text));
            }
          };
          for (let at = 0, i = 0; at < bytes.length; i++) {
            const size = sizes[i % sizes.length]!;
            // A copy that is wiped afterwards: parts must not live on in a reused buffer.
            const chunk = Buffer.from(bytes.subarray(at, at + size));
            take(chunk);
            chunk.fill(0);
            at += size;
          }
          expect(splitter.end()).toEqual([]);
          expect(found).toEqual(JSON.parse(bytes.toString()));
        },
      ),
      { numRuns: 300 },
    );
  });
});
