// Masks that are often slips of the brush.

/** An export's check tells of masks with fewer pixels, and the filter that shows them says the same number. */
export const TINY_PX = 16;
