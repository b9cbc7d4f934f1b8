// What is wrong with an image file in a person's words, kept with the image for lists and reports. The
// decoder's own words go to the log.
import type { AppError, ErrorPayload } from '../../api/errors.ts';
import type { Json } from '../../api/types.ts';
import { endsEarly } from '../../api/rules/imageDamage.ts';

export const plainProblem = (error: AppError): ErrorPayload => ({
  code: error.code,
  message: plainWords(error),
  data: error.data,
});

function plainWords(error: AppError): string {
  const { format, reason, share, width, height, maxPixels } = figuresOf(error.data);
  switch (error.code) {
    case 'IMAGE_EMPTY':
      return 'The file is empty. Copy it again.';
    case 'IMAGE_UNSUPPORTED':
      return 'This is no picture that can be read here. Convert it to PNG.';
    case 'IMAGE_DAMAGED':
      if (!format) return error.message;
      if (share)
        return `This ${String(format)} file stops after ${String(share)} % of its picture. Copy or export it again.`;
      return endsEarly(String(reason))
        ? `This ${String(format)} file ends too early. Copy or export it again.`
        : `This ${String(format)} file is damaged. Copy or export it again.`;
    case 'IMAGE_TOO_LARGE':
      if (!width || !height || !maxPixels) return error.message;
      return `${String(width)} x ${String(height)} px is over the limit of ${Math.floor(Number(maxPixels) / 1e6)} million px.`;
    default:
      return error.message;
  }
}

function figuresOf(data: Json): { readonly [name: string]: Json | undefined } {
  const isRecord = typeof data === 'object' && data !== null && !Array.isArray(data);
  return isRecord ? (data as { readonly [name: string]: Json }) : {};
}
