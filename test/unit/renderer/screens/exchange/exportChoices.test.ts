// What the first page of an export asks for: classes by what is left out, and an answer that is kept.
import { expect, test } from 'vitest';
import type { CategoryId, ImageId } from '../../../../../electron/api/types.ts';
import { ExportChoices } from '../../../../../renderer/src/screens/exchange/exportChoices.svelte.ts';
import type { Session } from '../../../../../renderer/src/state/session/session.svelte.ts';

const [CUP, PLATE] = [1 as CategoryId, 2 as CategoryId];
const FORMATS = [{ id: 'coco' }, { id: 'yolo' }];

const choices = () =>
  new ExportChoices({
    categories: [{ id: CUP }, { id: PLATE }],
    call: () => Promise.resolve({ formats: FORMATS }),
  } as unknown as Session);

test('no class is named while all are wanted, and never when none is', () => {
  const asked = choices();
  expect([asked.wanted.categoryIds, asked.lacksClasses]).toEqual([[], false]);
  asked.leftOut = new Set([CUP]);
  expect([asked.wanted.categoryIds, asked.lacksClasses]).toEqual([[PLATE], false]);
  asked.leftOut = new Set([CUP, PLATE]);
  expect(asked.lacksClasses).toBe(true);
});

test('picked images stand for reviewed ones', () => {
  const asked = choices();
  asked.only = 'reviewed';
  expect(asked.wanted).toMatchObject({ only: 'reviewed' });
  asked.picked = [3 as ImageId];
  expect(asked.wanted).toMatchObject({ only: 'all', imageIds: [3] });
});

test('the first format is chosen once, and a choice is kept', async () => {
  const asked = choices();
  await asked.load();
  expect(asked.format).toBe('coco');
  asked.format = 'yolo';
  await asked.load();
  expect(asked.format).toBe('yolo');
});
