// Size and format of a smaller copy of an image.

export interface ReducedCopy {
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  readonly ending: CopyEnding;
}

/** The ending that a copy gets: its own format for photographs and TIFF, PNG without loss for the rest. */
export type CopyEnding = '.jpg' | '.tif' | '.png';
