import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { CategoryId } from '../../../../../../electron/api/types.ts';
import type { ReviewItem } from '../../../../../../electron/api/review.ts';
import {
  columnOf,
  layoutOf,
  placeCard,
  rowOf,
  rowsInView,
  verticalNeighbour,
} from '../../../../../../renderer/src/screens/review/grid/gridLayout.ts';
import { TileCardChoice } from '../../../../../../renderer/src/screens/review/grid/tileCard.svelte.ts';
import {
  heardOf,
  leadersOf,
  saidOf,
} from '../../../../../../renderer/src/screens/review/grid/tileWords.ts';
import type { ReviewGroup } from '../../../../../../renderer/src/screens/review/reviewGroups.ts';

const group = (first: number, count: number): ReviewGroup => ({
  kind: 'all',
  categoryId: null,
  first,
  count,
  from: 0,
  to: 1,
});
// Rows: 0 1 2 | 3 4   and   5 6 7 | 8
const layout = layoutOf([group(0, 5), group(5, 4)], {
  columns: 3,
  rowHeight: 100,
  headHeight: 40,
});

describe('layout of the review grid', () => {
  it('puts a head above each group and a new row after every full one', () => {
    expect(layout.blocks.map(({ top, rows }) => [top, rows])).toEqual([
      [0, 2],
      [240, 2],
    ]);
    expect(layout.height).toBe(480);
    expect(rowOf(layout, 4)).toEqual({ top: 140, bottom: 240 });
    expect(rowOf(layout, 8)).toEqual({ top: 380, bottom: 480 });
  });

  it('draws only rows that touch the window', () => {
    const shown = rowsInView(layout, 150, 290).map(({ block, row, top }) => [
      block.group.first,
      row,
      top,
    ]);
    expect(shown).toEqual([
      [0, 1, 140],
      [5, 0, 280],
    ]);
  });

  it('counts rows on from the first that is in view', () => {
    const tall = layoutOf([group(0, 15)], { columns: 3, rowHeight: 100, headHeight: 40 });
    expect(rowsInView(tall, 240, 440).map(({ row, top }) => [row, top])).toEqual([
      [2, 240],
      [3, 340],
    ]);
  });

  it('draws no more for a million proposals than for a hundred', () => {
    const large = layoutOf([group(0, 1_000_000)], { columns: 5, rowHeight: 150, headHeight: 40 });
    expect(rowsInView(large, 9_000_000, 9_000_900).length).toBeLessThanOrEqual(7);
  });

  it('moves down and up through rows and over the edge of a group', () => {
    expect(verticalNeighbour(layout, 1, 1)).toBe(4);
    expect(verticalNeighbour(layout, 4, 1)).toBe(6);
    expect(verticalNeighbour(layout, 6, -1)).toBe(4);
    expect(verticalNeighbour(layout, 4, -1)).toBe(1);
  });

  it('takes the last tile of a short row, and stays at the ends', () => {
    expect(verticalNeighbour(layout, 2, 1)).toBe(4);
    expect(verticalNeighbour(layout, 7, -1)).toBe(4);
    expect(verticalNeighbour(layout, 7, 1)).toBe(8);
    expect(verticalNeighbour(layout, 8, 1)).toBe(8);
    expect(verticalNeighbour(layout, 0, -1)).toBe(0);
  });
});

describe('the card of a tile', () => {
  const tile = { left: 300, top: 140, bottom: 240 };
  const card = { width: 282, height: 120 };
  const at = (more: Partial<Parameters<typeof placeCard>[0]>) =>
    placeCard({ tile, card, width: 600, view: { top: 0, bottom: 400 }, ...more });

  it('stands under its caption, and over the tile where there is no room below', () => {
    expect(at({})).toEqual({ left: 300, top: 246 });
    expect(at({ view: { top: 0, bottom: 365 } })).toEqual({ left: 300, top: 14 });
    expect(at({ view: { top: 0, bottom: 370 } }).top).toBe(246);
    expect(at({ view: { top: 0, bottom: 369 } }).top).toBe(14);
    expect(at({ view: { top: 10, bottom: 369 } }).top).toBe(14);
    expect(at({ view: { top: 11, bottom: 369 } }).top).toBe(246);
    // Where neither has room it still leaves the tile to be seen.
    expect(at({ view: { top: 100, bottom: 300 } })).toEqual({ left: 300, top: 246 });
  });

  it('keeps inside of the list', () => {
    expect(at({ width: 500 }).left).toBe(218);
    expect(at({ width: 200 }).left).toBe(0);
    expect([0, 2, 3, 5, 8].map((index) => columnOf(layout, index))).toEqual([0, 2, 0, 0, 0]);
  });

  it('comes when its tile is rested on, not on the way to another', () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const choice = new TileCardChoice();
    choice.rest(3);
    vi.advanceTimersByTime(300);
    choice.rest(4);
    vi.advanceTimersByTime(300);
    expect(choice.index).toBeNull();
    vi.advanceTimersByTime(100);
    expect(choice.index).toBe(4);
    choice.rest(5);
    expect(choice.index).toBeNull();
    choice.rest(null);
    vi.advanceTimersByTime(1000);
    expect(choice.index).toBeNull();
  });

  it('says what each number means, and why a mask is doubtful where no number tells', () => {
    const said = (more: object) =>
      saidOf({ match: 0.91, margin: 0.34, crfChange: null, ...more } as ReviewItem['annotation']);
    expect(said({})).toEqual([
      'Match 0.91: how sure the model is that the class is in the image.',
      'Margin 0.34: how far the class leads the next one inside this mask.',
    ]);
    expect(said({ crfChange: 0.65 }).at(-1)).toMatch(/^CRF moved 65/);
    expect(said({ margin: 0.04 })).toHaveLength(2);
    expect(said({ unsteady: 0.3 }).at(-1)).toMatch(/^Settings next to these change 30/);
    expect(said({ match: null, margin: null })).toEqual([]);
  });

  it('shows the two leading classes as long as the mask is the model’s and both are known', () => {
    const [SAUCER, CUP] = [1 as CategoryId, 2 as CategoryId];
    const classes = new Map([
      [SAUCER, { name: 'saucer', color: '#ff0' }],
      [CUP, { name: 'cup', color: '#00f' }],
    ]);
    const one = (more: object) =>
      ({
        match: 0.91,
        margin: 0.08,
        crfChange: null,
        edited: false,
        categoryId: SAUCER,
        lead: { height: 0.54, rivalId: CUP, rivalHeight: 0.46 },
        ...more,
      }) as ReviewItem['annotation'];
    const shown = (more: object) =>
      leadersOf(one(more), classes)?.map(({ name, color, height }) => [name, color, height]);
    const saucer = ['saucer', '#ff0', 0.54];
    expect(shown({})).toEqual([saucer, ['cup', '#00f', 0.46]]);
    const onGround = { lead: { height: 0.54, rivalId: null, rivalHeight: 0.2 } };
    expect(shown(onGround)).toEqual([saucer, ['background', null, 0.2]]);
    // Older projects know none; a class may be gone; a person's mask is no model's.
    expect(shown({ lead: undefined })).toBeUndefined();
    expect(shown({ lead: { height: 0.5, rivalId: 9, rivalHeight: 0.4 } })).toBeUndefined();
    expect(shown({ edited: true })).toBeUndefined();
    const said =
      'Margin 0.08: how far saucer leads whatever comes next inside this mask, above all cup.';
    expect(saidOf(one({}), leadersOf(one({}), classes))[1]).toBe(said);
    expect(heardOf(one({}), leadersOf(one({}), classes))).toMatch(
      /above all cup\. saucer 0\.54, cup 0\.46\.$/,
    );
    expect(heardOf(one({}), null)).toBe(saidOf(one({})).join(' '));
  });
});
