// Stored forms read back as they were, and damaged ones are one clear error.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../../electron/api/errors.ts';
import type { RleMask } from '../../../../../electron/api/types.ts';
import { measureMask } from '../../../../../electron/masks/runs/measure.ts';
import { decodeMask, encodeMask } from '../../../../../electron/engine/project/maskBlob.ts';
import { annotationWith } from '../../../../helpers/drivers/engineBench.ts';
import { undoable } from '../../../../../electron/engine/project/log/history.ts';
import { encodeChanges } from '../../../../../electron/engine/project/log/changeBlob.ts';
import type { LogMark } from '../../../../../electron/engine/project/log/history.ts';
import { historyOf } from '../../../../../electron/engine/project/log/history.ts';
import { naturalSortKey } from '../../../../../electron/engine/project/images/naturalOrder.ts';
import { redoable } from '../../../../../electron/engine/project/log/history.ts';
import { decodeChanges } from '../../../../../electron/engine/project/log/changeBlob.ts';

/** Any bitmap as a mask. */
const mask = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }))
  .chain(([width, height]) =>
    fc
      .array(fc.boolean(), { minLength: width * height, maxLength: width * height })
      .map((pixels) => ({ width, height, pixels })),
  );

function toRle({
  width,
  height,
  pixels,
}: {
  width: number;
  height: number;
  pixels: boolean[];
}): RleMask {
  const counts: number[] = [];
  let value = false;
  let run = 0;
  for (const pixel of pixels) {
    if (pixel !== value) {
      counts.push(run);
      run = 0;
      value = pixel;
    }
    run += 1;
  }
  counts.push(run);
  return { width, height, counts: new Uint32Array(counts) };
}

describe('stored masks', () => {
  it('read back exactly', () => {
    fc.assert(
      fc.property(mask, (bitmap) => {
        const rle = toRle(bitmap);
        expect(decodeMask(encodeMask(rle), rle.width, rle.height)).toEqual(rle);
      }),
    );
  });

  it('keep runs of any size up to the largest image', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 65_535 * 4 }), { minLength: 1, maxLength: 40 }),
        (runs) => {
          const total = runs.reduce((sum, run) => sum + run, 0);
          const last = 65_535 * 32_000 - total;
          const rle = {
            width: 65_535,
            height: 32_000,
            counts: new Uint32Array([...runs, last]),
          };
          expect(decodeMask(encodeMask(rle), rle.width, rle.height)).toEqual(rle);
        },
      ),
    );
  });

  it('measure area and box as counting pixels does', () => {
    fc.assert(
      fc.property(mask, (bitmap) => {
        const { width, height, pixels } = bitmap;
        const set = pixels.flatMap((pixel, at) =>
          pixel ? [[Math.floor(at / height), at % height] as const] : [],
        );
        const xs = set.map(([x]) => x);
        const ys = set.map(([, y]) => y);
        const box =
          set.length === 0
            ? [0, 0, 0, 0]
            : [
                Math.min(...xs),
                Math.min(...ys),
                Math.max(...xs) - Math.min(...xs) + 1,
                Math.max(...ys) - Math.min(...ys) + 1,
              ];
        expect(measureMask(toRle(bitmap))).toEqual({ area: set.length, box });
        expect(width * height).toBe(pixels.length);
      }),
    );
  });

  it('of more bytes than their pixels need are refused before anything is made of them', () => {
    const before = process.memoryUsage().arrayBuffers;
    const bytes = new Uint8Array(64 * 1024 ** 2);
    expect(() => decodeMask(bytes, 7, 9)).toThrow(/more runs than pixels/);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100 * 1024 ** 2);
  });

  it('are refused as damaged whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        try {
          const { counts } = decodeMask(bytes, 7, 9);
          expect(counts.reduce((sum, count) => sum + count, 0)).toBe(63);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
          expect((error as AppError).code).toBe('PROJECT_DAMAGED');
        }
      }),
    );
  });
});

describe('logged changes', () => {
  it('read back exactly', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(mask, fc.option(mask, { nil: null }))), (pairs) => {
        const changes = pairs.map(([before, after], index) => {
          const id = `id${index}`;
          return {
            id: annotationWith(id, 1, toRle(before)).id,
            before: annotationWith(id, 1, toRle(before), { extra: { note: 'ä"\\' } }),
            after: after && annotationWith(id, 2, toRle(after)),
          };
        });
        expect(decodeChanges(encodeChanges(changes))).toEqual(changes);
      }),
    );
  });

  it('are refused as damaged when cut or changed', () => {
    const whole = encodeChanges([
      {
        id: annotationWith(
          'a',
          1,
          toRle({ width: 2, height: 2, pixels: [true, false, true, true] }),
        ).id,
        before: null,
        after: annotationWith(
          'a',
          1,
          toRle({ width: 2, height: 2, pixels: [true, false, true, true] }),
        ),
      },
    ]);
    fc.assert(
      fc.property(fc.nat({ max: whole.length - 1 }), (length) => {
        expect(() => decodeChanges(whole.subarray(0, length))).toThrow(AppError);
      }),
    );
  });
});

describe('history', () => {
  it('read from the log is what two stacks would hold', () => {
    const action = fc.constantFrom('do', 'undo', 'redo', 'note');
    fc.assert(
      fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
        const undo: number[] = [];
        const redo: number[] = [];
        const clientId = 'window';
        const marks: LogMark[] = [];
        actions.forEach((kind, index) => {
          const revision = index + 1;
          if (kind === 'do') {
            undo.push(revision);
            redo.length = 0;
            marks.push({ revision, step: revision, kind, target: null, clientId });
          } else if (kind === 'undo' && undo.length > 0) {
            const target = undo.pop()!;
            redo.push(target);
            marks.push({ revision, step: revision, kind, target, clientId });
          } else if (kind === 'redo' && redo.length > 0) {
            const target = redo.pop()!;
            undo.push(target);
            marks.push({ revision, step: revision, kind, target, clientId });
          } else marks.push({ revision, step: revision, kind: 'note', target: null, clientId });
        });
        const history = historyOf(marks);
        expect(undoable(history, clientId).toReversed()).toEqual(undo);
        expect(redoable(history, clientId).toReversed()).toEqual(redo);
      }),
    );
  });
});

describe('natural order', () => {
  it('sorts numbers inside names by value, as the platform’s own collator does', () => {
    const name = fc
      .array(fc.oneof(fc.constantFrom('a', 'img', '_', '-'), fc.nat({ max: 12_000 }).map(String)), {
        minLength: 1,
        maxLength: 4,
      })
      .map((parts) => parts.join('x'));
    fc.assert(
      fc.property(fc.array(name, { maxLength: 12 }), (names) => {
        const numbers = (text: string) => text.match(/\d+/g)?.map(Number) ?? [];
        const sorted = [...names].sort((a, b) =>
          naturalSortKey(a) < naturalSortKey(b)
            ? -1
            : naturalSortKey(a) > naturalSortKey(b)
              ? 1
              : 0,
        );
        for (const [index, later] of sorted.slice(1).entries()) {
          const earlier = sorted[index]!;
          const shape = (text: string) => text.replace(/\d+/g, '#');
          if (shape(earlier) !== shape(later)) continue;
          const [a, b] = [numbers(earlier), numbers(later)];
          const differs = a.findIndex((value, at) => value !== b[at]);
          if (differs >= 0) expect(a[differs]).toBeLessThan(b[differs]!);
        }
      }),
    );
  });
});
