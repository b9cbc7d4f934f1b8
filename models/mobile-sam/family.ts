// MobileSAM: a small image encoder for a CPU before Segment Anything's own prompts and decoder.
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
