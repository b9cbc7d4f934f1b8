// Golden family `albef`: published layouts of ALBEF's checkpoints, forward pass, masked match and GradCAM,
// against values that ALBEF's own code computed in float64.
import type { GoldenFamily } from '../goldenFamily.ts';
import { runPublishedCase } from '../itmCase.ts';

export const family: GoldenFamily = { name: 'albef', run: runPublishedCase };
