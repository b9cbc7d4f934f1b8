// What is left out of a mask while a slider moves.
import { expect, test } from 'vitest';
import { draftOf } from '../../../../../../electron/inference/pipeline/masks/draft.ts';
import { resolveParams } from '../../../../../../electron/link/presets.ts';

const { masks } = resolveParams('default');
const usual = { ...masks, pamr: true, crf: true, workSide: 640 };

test('a draft has no edges, and a smaller working image where words share pixels', () => {
  expect(draftOf(usual, false)).toEqual({ ...usual, pamr: false, crf: false });
  expect(draftOf(usual, true)).toEqual({ ...usual, pamr: false, crf: false, workSide: 320 });
});

test('a working image that is small already stays, and the own size of an image is bounded', () => {
  expect(draftOf({ ...usual, workSide: 200 }, true).workSide).toBe(200);
  expect(draftOf({ ...usual, workSide: 0 }, true).workSide).toBe(320);
});
