// Golden family `bridgetower`: forward pass and GradCAM of the text-to-image cross-attention, against
// values that transformers computed in float64.
import { largest } from '../compare.ts';
import type { GoldenFamily } from '../goldenFamily.ts';
import { compareItmCase } from '../itmCase.ts';

export const family: GoldenFamily = {
  name: 'bridgetower',
  async run(folder, meta) {
    const kinds = [{ ids: 'input_ids', expected: 'expected', check: 'check' }];
    return largest(await compareItmCase(folder, meta, kinds));
  },
};
