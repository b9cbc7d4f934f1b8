// CLIP's preprocessing, which every family here was trained with (method.md 4.1).
import type { Preprocessing } from './family.ts';

export const CLIP_PIXELS: Preprocessing = {
  mean: [0.48145466, 0.4578275, 0.40821073],
  std: [0.26862954, 0.26130258, 0.27577711],
  resize: 'bicubic',
};
