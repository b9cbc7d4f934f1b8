// Facts shared by families with a text decoder over image tokens, whose third cross layer explains.
import { CLIP_PIXELS } from '../clipPixels.ts';
import type { FamilyFacts } from '../family.ts';

/** The fields of a checkpoint's config that the facts need. */
interface Numbers {
  readonly patch: number;
  /** Patches along a side. */
  readonly grid: number;
  readonly vision: { readonly width: number };
  readonly text: { readonly heads: number };
  readonly vocabSize: number;
  readonly maxTokens: number;
}

/** Facts without the position table. Of few cross layers the last one explains no word and is never chosen. */
export function factsOfThirdLayer(
  { patch, grid, vision, text, vocabSize, maxTokens }: Numbers,
  taps: readonly string[],
): Omit<FamilyFacts, 'positionTable' | 'endsWithSeparator'> {
  return {
    patch,
    nativeSide: patch * grid,
    layers: taps.length,
    taps,
    heads: text.heads,
    imageWidth: vision.width,
    maxTokens,
    vocabSize,
    firstToken: null,
    defaults: {
      layers: [Math.max(1, Math.min(3, taps.length - 1))],
      heads: 'mean',
      inputSide: patch * grid,
      prefix: 'A picture of',
    },
    preprocessing: CLIP_PIXELS,
  };
}
