// Sentences for errors: with the figures that came along, else the text for the code.
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../electron/api/errors.ts';
import { asAppError } from '../../../../electron/inference/errors.ts';
import { decodeImage } from '../../../../electron/inference/image/decode.ts';
import { explain } from '../../../../renderer/src/text/explain.ts';
import { png } from '../../../helpers/fixtures/imageFiles.ts';

const failure = (bytes: Uint8Array, maxPixels?: number) =>
  decodeImage(bytes, maxPixels === undefined ? {} : { maxPixels }).then(
    () => '',
    (error: unknown) => explain(asAppError(error)),
  );

describe('what is said of an image', () => {
  it('that is too large: its size and the limit', async () => {
    expect(await failure(png(21_400, 18_200, 1))).toBe(
      '21,400 × 18,200 px is over the limit of 144 million px.',
    );
  });

  it('of too many bytes: how many, and the limit', () => {
    const data = { bytes: 1_400_000_000, maxBytes: 1_073_741_824 };
    expect(explain(new AppError('IMAGE_TOO_LARGE', 'expected less', { data }))).toBe(
      'A file of 1.40 GB is over the limit of 1.07 GB.',
    );
  });

  it('that is damaged: what the decoder found, and what is safe', async () => {
    expect(await failure(png(40, 40, 10))).toMatch(
      /^This PNG file is damaged: .+\. Other images are not affected\.$/,
    );
  });

  it('that was cut: how much of it is there', async () => {
    expect(await failure(png(40, 4000, 1000))).toMatch(
      /^This PNG file stops after (2\d|1\d) % of its picture\. Other images are not affected\.$/,
    );
  });

  it('without figures: the sentence that came', () => {
    expect(explain(new AppError('IMAGE_DAMAGED', 'It was 4 x 4 when it was labelled.'))).toBe(
      'It was 4 x 4 when it was labelled.',
    );
    expect(explain(new AppError('NAME_TAKEN', 'x'))).toBe('This name is taken.');
  });
});
