// Every operator that graphs may use, keyed by type: the table that the gradient walk reads.
import { ATTENTION } from './attention.ts';
import { BROADCAST } from './broadcast.ts';
import { CONVOLUTION } from './convolution.ts';
import { COUNTING } from './counting.ts';
import { ELEMENTWISE } from './elementwise.ts';
import { LINALG } from './linalg.ts';
import { MOVEMENT } from './movement.ts';
import { NORMALIZATION } from './normalization.ts';
import { REDUCTION } from './reduction.ts';
import type { Rules } from './rule.ts';

export const OPS: Rules = {
  ...ELEMENTWISE,
  ...BROADCAST,
  ...LINALG,
  ...CONVOLUTION,
  ...MOVEMENT,
  ...REDUCTION,
  ...NORMALIZATION,
  ...ATTENTION,
  ...COUNTING,
};
