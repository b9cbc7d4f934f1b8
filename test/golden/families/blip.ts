// Golden family `blip`: BLIP-ITM from a Hugging Face folder, its forward pass and GradCAM, against
// values that transformers computed in float64.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { largest } from '../compare.ts';
import type { GoldenFamily } from '../goldenFamily.ts';
import { compareItmCase, comparePositions } from '../itmCase.ts';

export const family: GoldenFamily = {
  name: 'blip',
  async run(folder, meta) {
    // Ids that begin with [ENC], as this model was trained, and with [CLS], as Hugging Face's class
    // is given them.
    const kinds = ['enc', 'cls']
      .map((kind) => ({
        ids: `input_ids_${kind}`,
        expected: `expected_${kind}`,
        check: `check_${kind}`,
      }))
      .filter(({ expected }) => existsSync(join(folder, expected)));
    return largest([
      await comparePositions(folder, 'pos_embed', meta),
      ...(await compareItmCase(folder, meta, kinds)),
    ]);
  },
};
