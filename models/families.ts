// The table of model families. A new one is a folder and a line here.
import { albef } from './albef/family.ts';
import { blipItm } from './blip-itm/family.ts';
import { bridgeTower } from './bridgetower/family.ts';
import { clip } from './clip/family.ts';
import { ModelError } from './errors.ts';
import type { EmbeddingFamily, ItmFamily, SegmentFamily, WeightIndex } from './family.ts';
import { mobileSam } from './mobile-sam/family.ts';
import { mplug } from './mplug/family.ts';
import { sam } from './sam/family.ts';
import { refuseRelatives } from './sam/refusals.ts';

export const FAMILIES: readonly ItmFamily[] = [blipItm, bridgeTower, albef, mplug];

/** Models that compare images with texts but explain nothing. */
export const EMBEDDING_FAMILIES: readonly EmbeddingFamily[] = [clip];

/** Models that make masks from clicks and boxes. */
export const SEGMENT_FAMILIES: readonly SegmentFamily[] = [sam, mobileSam];

/** The family whose tensor names these are; throws ModelError MODEL_FAMILY_UNKNOWN. */
export function familyOf(weights: WeightIndex): ItmFamily {
  const family = FAMILIES.find((one) => one.recognises(weights));
  if (family) return family;
  throw unknownTensors(weights, FAMILIES, 'an image-text matching checkpoint');
}

/** True for a click-to-mask model and for its relatives, which segmentFamilyOf refuses by name. */
export function isSegment(weights: WeightIndex): boolean {
  const part =
    /(^|\.)((sam_)?mask_decoder|(image|vision)_encoder\.(blocks|layers|patch_embed|trunk))\./;
  return [...weights.keys()].some((name) => part.test(name));
}

/** The click-to-mask family of these tensors; throws ModelError MODEL_FAMILY_UNKNOWN. */
export function segmentFamilyOf(weights: WeightIndex): SegmentFamily {
  refuseRelatives(weights);
  const family = SEGMENT_FAMILIES.find((one) => one.recognises(weights));
  if (family) return family;
  throw unknownTensors(weights, SEGMENT_FAMILIES, 'a click-to-mask model');
}

/** The family a pack names; throws ModelError MODEL_FAMILY_UNKNOWN. */
export function familyById(id: string): ItmFamily {
  return named(FAMILIES, id);
}

/** The same of a click-to-mask pack. */
export function segmentFamilyById(id: string): SegmentFamily {
  return named(SEGMENT_FAMILIES, id);
}

/** The same of a judging pack. */
export function embeddingFamilyById(id: string): EmbeddingFamily {
  return named(EMBEDDING_FAMILIES, id);
}

function named<F extends { readonly id: string }>(families: readonly F[], id: string): F {
  const family = families.find((one) => one.id === id);
  if (family) return family;
  throw new ModelError('MODEL_FAMILY_UNKNOWN', {
    expected: `one of ${families.map((one) => one.id).join(', ')}`,
    found: id,
  });
}

function unknownTensors(
  weights: WeightIndex,
  families: readonly { readonly id: string }[],
  wanted: string,
): ModelError {
  const first = weights.values().next().value;
  return new ModelError('MODEL_FAMILY_UNKNOWN', {
    ...(first ? { file: first.file } : {}),
    expected: `the tensors of one of ${families.map(({ id }) => id).join(', ')}`,
    found: `${weights.size} tensors of another kind`,
    fix: `Use ${wanted} of a supported family`,
  });
}
