// Golden family `mplug`: published layouts of mPLUG's checkpoints with and without joint layers, forward
// pass, masked match and GradCAM, against values that mPLUG's own code computed in float64.
import type { GoldenFamily } from '../goldenFamily.ts';
import { runPublishedCase } from '../itmCase.ts';

export const family: GoldenFamily = { name: 'mplug', run: runPublishedCase };
