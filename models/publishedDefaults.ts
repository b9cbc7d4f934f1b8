// The settings that the published runs of the method used, carried over to models of other sizes.
import type { Tower } from './configFields.ts';
import type { FamilyDefaults } from './family.ts';

/**
 * Layer 8 and head 10 of BLIP large and base, as published (method.md 2). Models of another depth have
 * no published choice: the layer at the same height, and all heads.
 */
export function publishedDefaults(
  { layers, heads }: Pick<Tower, 'layers' | 'heads'>,
  nativeSide: number,
): FamilyDefaults {
  return {
    layers: [layers === 12 ? 8 : Math.max(1, Math.min(layers - 1, Math.round((layers * 8) / 12)))],
    heads: layers === 12 && heads === 12 ? [10] : 'mean',
    // The published runs use 336, the method's usual side, for models of 384; others get their own.
    inputSide: nativeSide === 384 ? null : nativeSide,
    prefix: 'A picture of',
  };
}
