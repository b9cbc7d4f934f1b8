// How much evidence a fit looks at: all of it, or the latest where that would take more than a minute.
import { expect, test } from 'vitest';
import { withinAMinute } from '../../../../../../electron/engine/corrections/evidence/wholeImages.ts';
import { SMALL_SIDE } from '../../../../../../electron/engine/corrections/evidence/scores.ts';

/** Images of which a fit makes 60 tries: one of 160 x 160 pixels and seven classes takes 28 ms. */
const evidence = (images: number, classes: number, width = 160, height = 160) =>
  ({
    rows: Array.from({ length: images }, (_, image) => ({
      image,
      classes: [{ mask: { width, height } }],
      run: { classes: Array.from({ length: classes }) },
    })),
    leftOut: { older: 2 },
  }) as never as Parameters<typeof withinAMinute>[0];
const kept = (...given: Parameters<typeof evidence>) =>
  withinAMinute(evidence(...given)).rows.length;

test('all is looked at where it takes a minute at most', () => {
  // 30 x 60 x 28 ms are 50 s, with nine classes 65 s.
  expect([kept(30, 7), kept(30, 8), kept(30, 9)]).toEqual([30, 30, 16]);
  expect([kept(35, 7), kept(36, 7)]).toEqual([35, 16]);
});

test('a large image costs what it does when it is made small, by its longer side', () => {
  const limits = (width: number, height: number) =>
    Array.from({ length: 60 }, (_, classes) => kept(30, classes + 1, width, height)).indexOf(16);
  const side = SMALL_SIDE;
  expect(limits(25 * side, 25 * side)).toBe(limits(side, side));
  expect(limits(25 * side, 5 * side)).toBe(limits(side, side / 5));
  expect(limits(5 * side, 25 * side)).toBe(limits(side, side / 5));
  expect(limits(side, side / 2)).toBeGreaterThan(limits(side, side));
});

test('the latest sixteen stay, however long they take, and the others count as older', () => {
  const { rows, leftOut } = withinAMinute(evidence(20, 50));
  expect(rows.map((row) => (row as never as { image: number }).image)).toEqual(
    Array.from({ length: 16 }, (_, at) => at + 4),
  );
  expect(leftOut.older).toBe(6);
  expect(kept(16, 500)).toBe(16);
});
