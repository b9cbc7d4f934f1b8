// Label files of other tools: whatever they hold gives masks of the right size or a named fault.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeBrush,
  encodeBrush,
} from '../../../../../electron/engine/dataset/formats/labelStudio/brushRle.ts';
import { parseLabelme } from '../../../../../electron/engine/dataset/formats/labelme/labelmeShapes.ts';
import { parseYoloLine } from '../../../../../electron/engine/dataset/formats/yolo/yoloLines.ts';
import { parseNames } from '../../../../../electron/engine/dataset/formats/yolo/yoloYaml.ts';
import { decodePng } from '../../../../../electron/engine/dataset/png/decode.ts';
import { encodePng } from '../../../../../electron/engine/dataset/png/encode.ts';
import { Problems } from '../../../../../electron/engine/dataset/problems.ts';
import { masksOf } from '../../../../helpers/fixtures/masks.ts';

const pixels = (mask: { counts: Uint32Array }) => mask.counts.reduce((sum, run) => sum + run, 0);

describe('YOLO lines', () => {
  it('of anything give a mask or a fault', () => {
    const word = fc.oneof(
      fc.double({ min: -2, max: 2 }).map(String),
      fc.integer().map(String),
      fc.constantFrom('NaN', 'Infinity', '1e999', '0x10', '-', '', '1_0', '٣'),
      fc.string({ maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 14 }), (words) => {
        const read = parseYoloLine(words.join(' '), 13, 9);
        if ('fault' in read) expect(read.fault).not.toBe('');
        else {
          expect(pixels(read.mask)).toBe(13 * 9);
          expect(Number.isSafeInteger(read.classNumber) || read.classNumber > 1e15).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('keep class names that are written as YAML', () => {
    const names = fc.array(fc.string({ minLength: 1, maxLength: 12 }), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(names, (list) => {
        const block = list.map((name, i) => `  ${i}: ${JSON.stringify(name)}\n`).join('');
        expect(parseNames(`path: .\nnames:\n${block}nc: 3\n`)).toEqual(list);
        const dashes = list.map((name) => `- ${JSON.stringify(name)}\n`).join('');
        expect(parseNames(`names:\n${dashes}`)).toEqual(list);
      }),
    );
    expect(parseNames('names: [\'a b\', "c, d", e]  # three')).toEqual(['a b', 'c, d', 'e']);
    expect(parseNames('names:\n  1: b\n')).toEqual(['class 0', 'b']);
    expect(parseNames('train: x')).toBeNull();
  });
});

describe('labelme files', () => {
  it('of anything give masks of the image size or named problems', async () => {
    const number = fc.oneof(fc.double(), fc.integer({ min: -20, max: 40 }));
    const point = fc.oneof(fc.tuple(number, number), fc.jsonValue({ maxDepth: 1 }));
    const shape = fc.oneof(
      fc.record({
        label: fc.oneof(fc.constant('cat'), fc.jsonValue({ maxDepth: 1 })),
        points: fc.array(point, { maxLength: 6 }),
        shape_type: fc.oneof(
          fc.constantFrom('polygon', 'rectangle', 'circle', 'mask', 'line', null),
          fc.jsonValue({ maxDepth: 1 }),
        ),
        group_id: fc.oneof(fc.constantFrom(null, 1, 'a'), fc.jsonValue({ maxDepth: 1 })),
        mask: fc.oneof(fc.constant(null), fc.base64String()),
      }),
      fc.jsonValue({ maxDepth: 2 }),
    );
    const file = fc.oneof(
      fc.record({
        shapes: fc.array(shape, { maxLength: 5 }),
        imagePath: fc.jsonValue({ maxDepth: 1 }),
        imageWidth: fc.oneof(fc.constant(17), fc.jsonValue({ maxDepth: 1 })),
        imageHeight: fc.oneof(fc.constant(11), fc.jsonValue({ maxDepth: 1 })),
      }),
      fc.jsonValue(),
    );
    await fc.assert(
      fc.asyncProperty(file, async (content) => {
        const problems = new Problems();
        const read = await parseLabelme(JSON.stringify(content), 'x.json', null, problems);
        if (!read) expect(problems.skipped).toBeGreaterThan(0);
        for (const { mask } of read?.objects ?? [])
          expect(pixels(mask)).toBe(read!.width * read!.height);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('Label Studio brush bytes', () => {
  it('give back every mask, and one clear error for anything else', () => {
    fc.assert(
      fc.property(
        fc
          .tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 }))
          .chain(([w, h]) => masksOf(w, h)),
        fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 30 }),
        (mask, noise) => {
          const bytes = encodeBrush(mask);
          expect(bytes.every((byte) => byte >= 0 && byte < 256)).toBe(true);
          expect(decodeBrush(bytes, mask.width, mask.height)).toEqual(mask);
          for (const broken of [noise, [...bytes.slice(0, 7), ...noise]])
            try {
              expect(pixels(decodeBrush(broken, mask.width, mask.height))).toBe(
                mask.width * mask.height,
              );
            } catch (error) {
              expect(error).toBeInstanceOf(RangeError);
            }
        },
      ),
    );
  });
});

describe('PNG files', () => {
  it('damaged anywhere give pixels or one clear error', async () => {
    const data = Uint8Array.from({ length: 12 * 9 }, (_, i) => (i * 37) % 5);
    const palette = new Uint8Array(768);
    const png = Buffer.from(await encodePng({ kind: 'palette', data, palette }, 12, 9));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(png.length - 1), fc.nat(255)), { maxLength: 3 }),
        fc.nat(png.length),
        async (changes, length) => {
          const broken = Buffer.from(
            png.subarray(0, Math.max(length, changes.length ? png.length : 0)),
          );
          for (const [at, value] of changes) broken[at] = value;
          try {
            expect((await decodePng(broken)).data.length).toBeGreaterThan(0);
          } catch (error) {
            expect(error).toBeInstanceOf(RangeError);
          }
        },
      ),
      { numRuns: 400 },
    );
  });
});
