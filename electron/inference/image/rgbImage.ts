// A decoded image: 8-bit RGB with its orientation applied.

/** 8-bit RGB, row-major [height, width, 3], orientation already applied. */
export interface RgbImage {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

export interface SharedImage extends RgbImage {
  /** SHA-256 of the file. */
  readonly sha256: string;
}
