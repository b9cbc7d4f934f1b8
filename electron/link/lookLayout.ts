// How the look of a proposal's crop lies in its bytes: the inference process writes it, the engine compares it.

/**
 * Bytes of each part in order, and what a difference of its whole range (0-255) weighs. What tells most
 * stands first: a comparison may stop as soon as two looks are too far apart.
 */
export const LOOK_PARTS = [
  { name: 'colour', bytes: 3, weight: 2 },
  { name: 'aspect', bytes: 1, weight: 1.5 },
  { name: 'size', bytes: 1, weight: 1 },
  { name: 'surroundings', bytes: 3, weight: 1 },
  { name: 'colourSpread', bytes: 3, weight: 1 },
  { name: 'place', bytes: 2, weight: 0.3 },
  { name: 'shape', bytes: 16, weight: 0.03 },
] as const;

export const LOOK_BYTES: number = LOOK_PARTS.reduce((sum, { bytes }) => sum + bytes, 0);
