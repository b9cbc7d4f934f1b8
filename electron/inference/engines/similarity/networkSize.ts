// The size at which NACLIP sees an image: its aspect kept, its short side at the asked length.

/** Longest side, whatever the short one asks for. */
const LONGEST_PX = 2048;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Both sides rounded to whole pixels, no multiples of the patch. */
export function networkSize({ width, height }: Size, shortSide: number): Size {
  const factor = Math.min(
    LONGEST_PX / Math.max(width, height),
    shortSide / Math.min(width, height),
  );
  const fit = (side: number): number => Math.max(1, Math.floor(side * factor + 0.5));
  return { width: fit(width), height: fit(height) };
}
