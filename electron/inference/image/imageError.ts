// The one error type of image files: a stable code, and a sentence that says what is wrong with
// the file and what to do about it.

export type ImageErrorCode =
  /** No bytes at all. */
  | 'IMAGE_EMPTY'
  /** Not there, no regular file, or may not be read. */
  | 'IMAGE_UNREADABLE'
  /** A format that is not decoded here. */
  | 'IMAGE_UNSUPPORTED'
  /** Starts like an image, but is cut short or contradicts itself. */
  | 'IMAGE_DAMAGED'
  /** More pixels or bytes than the limit. */
  | 'IMAGE_TOO_LARGE';

export class ImageError extends Error {
  override readonly name = 'ImageError';
  readonly code: ImageErrorCode;
  /** Figures of the message, for those who write their own. */
  readonly data: { readonly [name: string]: string | number } | null;

  constructor(
    code: ImageErrorCode,
    message: string,
    options: ErrorOptions & { readonly data?: ImageError['data'] } = {},
  ) {
    super(message, options);
    this.code = code;
    this.data = options.data ?? null;
  }
}

/** Most pixels that are decoded unless told otherwise: 12,000 x 12,000. */
export const MAX_PIXELS = 144_000_000;
/** Largest file that is read into memory. */
export const MAX_FILE_BYTES = 1_073_741_824;

/** Refuses a size before anything is allocated for it. */
export function checkSize(width: number, height: number, maxPixels: number): void {
  if (width < 1 || height < 1)
    throw new ImageError(
      'IMAGE_DAMAGED',
      `expected a width and height of at least 1 pixel, found ${width}x${height}; the file is damaged`,
    );
  const pixels = width * height;
  // A header may claim anything: beyond a million times the limit the figure says nothing.
  const figure =
    pixels > maxPixels * 1e6
      ? 'more than a million times the limit'
      : `${(pixels / 1e6).toFixed(0)} million`;
  if (pixels > maxPixels)
    throw new ImageError(
      'IMAGE_TOO_LARGE',
      `expected at most ${(maxPixels / 1e6).toFixed(0)} million pixels, found ${width}x${height} (${figure}); reduce the image or cut it into tiles`,
      { data: { width, height, maxPixels } },
    );
}
