// MobileSAM: a small image encoder for the processor, with the prompts and the decoder of Segment Anything.
import { samFamily } from '../sam/family.ts';
import { mobileSamNumbers, STEM } from './config.ts';
import { mobileEncodeGraph } from './encoder.ts';

export const mobileSam = samFamily({
  id: 'mobile-sam',
  mark: `${STEM}0.c.weight`,
  numbers: mobileSamNumbers,
  encoder: mobileEncodeGraph,
  side: ({ side }) => side,
});
