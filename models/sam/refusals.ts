// Relatives of Segment Anything with similar files: each is refused by name, since half of their tensors would
// load and give wrong masks.
import { ModelError } from '../errors.ts';
import type { WeightIndex } from '../family.ts';

interface Relative {
  readonly is: (name: string) => boolean;
  readonly what: string;
  readonly fix: string;
}

const USE = "Use SAM, SlimSAM or MobileSAM: transformers' SamModel or Meta's .pth";
const RELATIVES: readonly Relative[] = [
  {
    is: (name) => /(^|\.)mask_decoder\.(hf|hq)_token\./.test(name),
    what: 'SAM-HQ, whose decoder has a further token',
    fix: USE,
  },
  {
    is: (name) => /adapter/i.test(name),
    what: 'a model with adapters, such as SAM-Med2D',
    fix: USE,
  },
  {
    is: (name) =>
      /(^|\.)(sam_mask_decoder|image_encoder\.trunk|vision_encoder\.backbone)\./.test(name),
    what: 'SAM 2, which has another encoder',
    fix: USE,
  },
];

/** Throws ModelError MODEL_FAMILY_UNKNOWN, with its name, where `weights` are one of the relatives. */
export function refuseRelatives(weights: WeightIndex): void {
  const names = [...weights.keys()];
  const relative = RELATIVES.find(({ is }) => names.some(is));
  if (relative) throw unknown(weights, relative.what, relative.fix);
  const has = (part: RegExp) => names.some((name) => part.test(name));
  if (has(/(^|\.)(vision|image)_encoder\./) && !has(/(^|\.)mask_decoder\./))
    throw unknown(
      weights,
      'an image encoder without its mask decoder',
      'This file holds one part of a model: use the file of the whole model',
    );
}

function unknown(weights: WeightIndex, found: string, fix: string): ModelError {
  const first = weights.values().next().value;
  return new ModelError('MODEL_FAMILY_UNKNOWN', {
    ...(first ? { file: first.file } : {}),
    expected: 'a Segment Anything model',
    found,
    fix,
  });
}
