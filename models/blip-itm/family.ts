// BLIP for image-text matching (method.md 10.1): Hugging Face checkpoints and original .pth files.
import type { FamilyFacts, ItmFamily, WeightIndex } from '../family.ts';
import { interpolatePositions } from '../layers/positions.ts';
import { graphBytes } from '../onnx/write.ts';
import { tensorOf } from '../weights.ts';
import { blipNumbers } from './config.ts';
import { CROSS_KEY, ITM_WEIGHT, POSITION_TABLE, byHuggingFaceName } from './names.ts';
import { explainGraph, maskedMatchGraph, matchGraph } from './text.ts';
import { visionGraph } from './vision.ts';

export const blipItm: ItmFamily = {
  id: 'blip-itm',

  recognises(weights) {
    const named = byHuggingFaceName(weights);
    return [POSITION_TABLE, CROSS_KEY, ITM_WEIGHT].every((name) => named.has(name));
  },

  facts(config, weights): FamilyFacts {
    const { numbers, named } = read(config, weights);
    // Building both graphs asks for every tensor once, with its shape.
    visionGraph(numbers, named);
    matchGraph(numbers, named);
    const { patch, grid, vision, text, vocabSize, maxTokens } = numbers;
    return {
      patch,
      nativeSide: patch * grid,
      layers: text.layers,
      heads: text.heads,
      imageWidth: vision.width,
      maxTokens,
      vocabSize,
      // [ENC] is the last id; a caption starts with it instead of [CLS] (method.md 4.2).
      firstToken: vocabSize - 1,
      positionTable: tensorOf(named, POSITION_TABLE, [1, 1 + grid * grid, vision.width]),
    };
  },

  position(table, { nativeSide, patch }, rows, columns) {
    return interpolatePositions(table, nativeSide / patch, rows, columns);
  },

  vision(config, weights, rewrite = (graph) => graph) {
    const { numbers, named } = read(config, weights);
    return graphBytes(rewrite(visionGraph(numbers, named)));
  },

  match(config, weights, rewrite = (graph) => graph) {
    const { numbers, named } = read(config, weights);
    return graphBytes(rewrite(matchGraph(numbers, named)));
  },

  maskedMatch(config, weights, rewrite = (graph) => graph) {
    const { numbers, named } = read(config, weights);
    return graphBytes(rewrite(maskedMatchGraph(numbers, named)));
  },

  explain(config, weights, layers, rewrite = (graph) => graph) {
    const { numbers, named } = read(config, weights);
    return graphBytes(rewrite(explainGraph(numbers, named, layers)));
  },
};

function read(config: unknown, weights: WeightIndex) {
  const named = byHuggingFaceName(weights);
  return { named, numbers: blipNumbers(config, named) };
}
