// What is wrong with an image file in a person's words.
import { expect, it } from 'vitest';
import { AppError, type ErrorCode } from '../../../../../electron/api/errors.ts';
import { plainProblem } from '../../../../../electron/engine/images/plainProblem.ts';

const said = (code: ErrorCode, data: object | null = null) =>
  plainProblem(new AppError(code, 'own words', data === null ? {} : { data: data as never }))
    .message;

it.each<[ErrorCode, object | null, RegExp]>([
  ['IMAGE_EMPTY', null, /empty/],
  ['IMAGE_UNSUPPORTED', null, /Convert it to PNG/],
  ['IMAGE_DAMAGED', null, /^own words$/],
  ['IMAGE_DAMAGED', { share: 40 }, /^own words$/],
  ['IMAGE_DAMAGED', { format: 'png', share: 40 }, /This png file stops after 40 %/],
  ['IMAGE_DAMAGED', { format: 'png', reason: 'bad checksum' }, /This png file is damaged/],
  [
    'IMAGE_TOO_LARGE',
    { width: 50_000, height: 20_000, maxPixels: 268_900_000 },
    /^50000 x 20000 px is over the limit of 268 million px\.$/,
  ],
  ['IMAGE_TOO_LARGE', { width: 50_000, height: 20_000 }, /^own words$/],
  ['IMAGE_TOO_LARGE', { width: 50_000, maxPixels: 1 }, /^own words$/],
  ['IMAGE_TOO_LARGE', { height: 50_000, maxPixels: 1 }, /^own words$/],
  ['IMAGE_TOO_LARGE', [1], /^own words$/],
  ['DISK_FULL', null, /^own words$/],
])('%s %j', (code, data, sentence) => {
  expect(said(code, data)).toMatch(sentence);
});
