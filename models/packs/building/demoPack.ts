// Writes models/demo/pack/pack.json. Run it whenever the model's files change:
//   node models/packs/building/demoPack.ts
// The values are the card of the demonstration model: see models/demo for how they were chosen.
import type { PackWords } from './assemble.ts';
import { describeFolder } from './describeFolder.ts';
import { SOURCE_DEMO_PACK } from '../places.ts';

/** Words and defaults of the pack that ships with the program. */
export const DEMO_PACK: PackWords = {
  id: 'drawn-scenes',
  name: 'Built-in drawn scenes',
  purpose: 'Try the program without a download. Knows drawn things and textures, not photographs.',
  licence: 'Apache-2.0',
  notes: 'Trained from random weights on composed scenes; classes must be given by name.',
  defaults: {
    layers: [1, 2],
    heads: 'mean',
    prefix: 'a picture of',
    // Parameter names of the first release, as in the pack that was shipped: stored runs contain the pack's
    // hash.
    parameters: {
      'explain.captions': 'perClass',
      // 0 = the side it was trained for.
      'explain.inputSide': 0,
      'explain.matchThreshold': 0.6,
      'explain.scaleMaps': true,
      'explain.passes': 3,
      'explain.dropRule': 'fraction',
      'explain.dropFraction': 0.02,
      'masks.blur': 0.035,
      'masks.thresholdRule': 'constant',
      'masks.threshold': 0.2,
      'masks.stuffShare': 0.25,
      'masks.crfBilateralPx': 120,
      'masks.crfBilateralRgb': 11,
    },
  },
};

if (import.meta.main) {
  const { id, parameters, files } = await describeFolder(SOURCE_DEMO_PACK, DEMO_PACK);
  process.stdout.write(`${id}: ${parameters} parameters, ${files.length} files\n`);
}
