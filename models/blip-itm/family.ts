// BLIP for image-text matching (method.md 10.1): Hugging Face checkpoints and original .pth files.
import type { FamilyFacts, ItmFamily } from '../family.ts';
import { checkTensors, itmGraphs, type ItmParts } from '../itmGraphs.ts';
import { interpolatePositions } from '../layers/positions.ts';
import { BERT_UNCASED } from '../vocabularies/bertUncased.ts';
import { tensorOf } from '../weights.ts';
import { blipNumbers, type BlipNumbers } from './config.ts';
import { everyLayer } from '../taps.ts';
import { CLIP_PIXELS } from '../clipPixels.ts';
import { publishedDefaults } from '../publishedDefaults.ts';
import { CROSS_KEY, ITM_WEIGHT, POSITION_TABLE, byHuggingFaceName } from './names.ts';
import { textPass } from './text.ts';
import { visionGraph } from './vision.ts';

const parts: ItmParts<BlipNumbers> = {
  read(config, weights) {
    const named = byHuggingFaceName(weights);
    return { named, numbers: blipNumbers(config, named) };
  },
  vision: visionGraph,
  text: textPass,
};

export const blipItm: ItmFamily = {
  id: 'blip-itm',
  vocabulary: BERT_UNCASED,

  recognises(weights) {
    const named = byHuggingFaceName(weights);
    return [POSITION_TABLE, CROSS_KEY, ITM_WEIGHT].every((name) => named.has(name));
  },

  facts(config, weights): FamilyFacts {
    const { numbers, named } = parts.read(config, weights);
    checkTensors(parts, numbers, named);
    const { patch, grid, vision, text, vocabSize, maxTokens } = numbers;
    return {
      patch,
      nativeSide: patch * grid,
      layers: text.layers,
      taps: everyLayer(text.layers),
      heads: text.heads,
      imageWidth: vision.width,
      maxTokens,
      vocabSize,
      // [ENC] is the last id; a caption starts with it instead of [CLS] (method.md 4.2).
      firstToken: vocabSize - 1,
      endsWithSeparator: true,
      defaults: publishedDefaults(text, patch * grid),
      preprocessing: CLIP_PIXELS,
      positionTable: tensorOf(named, POSITION_TABLE, [1, 1 + grid * grid, vision.width]),
    };
  },

  position(table, { nativeSide, patch }, rows, columns) {
    return interpolatePositions(table, nativeSide / patch, rows, columns);
  },

  ...itmGraphs(parts),
};
