// Cleaning masks of the open image: which of them, by which rule, and how it ends.
import { expect, test } from 'vitest';
import type { CategoryId } from '../../../../../../electron/api/types.ts';
import { NO_CLEANING } from '../../../../../../electron/masks/changes/clean.ts';
import { area } from '../../../../../../electron/masks/runs/rle.ts';
import {
  cleanHere,
  type CleanHere,
} from '../../../../../../renderer/src/screens/label/clean/cleanHere.ts';
import { draw } from '../../../../../helpers/fixtures/masks.ts';
import { objectOf } from '../../../../../helpers/drivers/toolBench.ts';

const back = objectOf('back', 1, draw('####..', '####..', '.....#'), { z: 1 });
const front = objectOf('front', 2, draw('..###.', '..###.', '......'), { z: 2 });
const locked = objectOf('locked', 2, draw('#.....', '......', '......'), { z: 3, locked: true });

function clean(more: Partial<CleanHere>, settings = {}) {
  const asked: (readonly CategoryId[])[] = [];
  const working: true[] = [];
  const maps = (ids: readonly CategoryId[]) => {
    asked.push(ids);
    return Promise.resolve(new Map());
  };
  const found = cleanHere({
    objects: [back, front],
    meant: [back],
    accepted: true,
    settings: { ...NO_CLEANING, ...settings },
    signal: new AbortController().signal,
    onWorking: () => void working.push(true),
    maps,
    ...more,
  });
  return { found, asked, working };
}

test('only what is meant and free is cleaned; the locked ones are counted', async () => {
  const { found, working } = clean({ meant: [back, locked] }, { islandsPx: 2 });
  const { masks, summary } = (await found)!;
  expect(masks.map(({ annotation, cleaned }) => [annotation.id, area(cleaned.mask)])).toEqual([
    ['back', 8],
  ]);
  expect(summary).toMatchObject({ masks: 1, locked: 1, images: 1, changed: 1, removedPx: 1 });
  // A moment's work is not said to be any.
  expect(working).toEqual([]);
});

test('pixels that two masks share go by their order, or by salience of the classes', async () => {
  const byOrder = clean({ meant: [back, front] }, { overlap: 'order' });
  const order = (await byOrder.found)!;
  expect(order.masks.map(({ cleaned }) => area(cleaned.mask))).toEqual([5, 6]);
  expect(byOrder.asked).toEqual([]);
  const bySalience = clean({ meant: [back, front] }, { overlap: 'salience' });
  const { summary } = (await bySalience.found)!;
  expect(bySalience.asked).toEqual([[back.categoryId, front.categoryId]]);
  // No map is stored: they stay with both.
  expect(summary).toMatchObject({ changed: 0, overlaps: { found: 1, unsalient: 1 } });
});

test('with both keeping their pixels, others than the meant are not looked at', async () => {
  const { found } = clean({}, { overlap: 'keep' });
  expect((await found)!.summary).toMatchObject({ masks: 1, overlaps: { found: 0 } });
});

test('once ended it has no answer', async () => {
  const { found } = clean({ signal: AbortSignal.abort() }, { islandsPx: 2 });
  expect(await found).toBeNull();
});
