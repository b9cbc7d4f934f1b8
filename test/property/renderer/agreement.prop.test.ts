// Coverage of patches and agreement with a mask against the plain way of counting.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agreement, coverage } from '../../../renderer/src/screens/evidence/heads/agreement.ts';
import { draw } from '../../helpers/fixtures/masks.ts';

const picture = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }))
  .chain(([width, height]) =>
    fc.array(fc.array(fc.boolean(), { minLength: width, maxLength: width }), {
      minLength: height,
      maxLength: height,
    }),
  );
const maskOf = (rows: readonly (readonly boolean[])[]) =>
  draw(...rows.map((row) => row.map((on) => (on ? '#' : '.')).join('')));

describe('coverage', () => {
  it('is the share of each patch that lies under a mask', () => {
    fc.assert(
      fc.property(
        picture,
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 12 }),
        (rows, down, across) => {
          const [height, width] = [rows.length, rows[0]!.length];
          const [on, all] = [new Map<number, number>(), new Map<number, number>()];
          rows.forEach((row, y) =>
            row.forEach((isOn, x) => {
              const cell =
                Math.floor((y * down) / height) * across + Math.floor((x * across) / width);
              all.set(cell, (all.get(cell) ?? 0) + 1);
              if (isOn) on.set(cell, (on.get(cell) ?? 0) + 1);
            }),
          );
          const cover = coverage([maskOf(rows)], down, across);
          expect(cover.length).toBe(down * across);
          cover.forEach((share, cell) =>
            expect(share).toBeCloseTo((on.get(cell) ?? 0) / (all.get(cell) ?? 1), 6),
          );
        },
      ),
    );
  });

  it('of masks over each other is never more than whole, of none nothing', () => {
    const mask = draw('##', '#.');
    expect([...coverage([mask, mask], 1, 1)]).toEqual([1]);
    expect([...coverage([mask, draw('..', '.#')], 1, 1)]).toEqual([1]);
    expect([...coverage([], 1, 2)]).toEqual([0, 0]);
  });
});

describe('agreement', () => {
  it('is the chance that a patch inside has the higher value, ties half', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(fc.constantFrom(0, 1, 2, 128, 254, 255), fc.constantFrom(0, 0.25, 0.5, 1)),
          { minLength: 1, maxLength: 12 },
        ),
        (patches) => {
          let [wins, pairs, inside] = [0, 0, 0];
          for (const [value, share] of patches) {
            inside += share;
            for (const [other, covered] of patches) {
              const weight = share * (1 - covered);
              pairs += weight;
              wins += value > other ? weight : value === other ? weight / 2 : 0;
            }
          }
          const outside = patches.length - inside;
          const found = agreement(
            {
              rows: 1,
              columns: patches.length,
              values: Uint8Array.from(patches.map(([value]) => value)),
              maximum: 1,
            },
            Float32Array.from(patches.map(([, share]) => share)),
          );
          if (inside === 0 || outside === 0) expect(found).toBeNull();
          else expect(found).toBeCloseTo(wins / pairs, 9);
        },
      ),
    );
  });

  it('of another grid is none', () => {
    const map = { rows: 1, columns: 2, values: Uint8Array.of(0, 9), maximum: 1 };
    expect(agreement(map, new Float32Array(3))).toBeNull();
  });
});
