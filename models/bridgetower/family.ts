// BridgeTower for image-text matching (method.md 10.2).
import type { FamilyFacts, ItmFamily } from '../family.ts';
import { interpolatePositions } from '../layers/positions.ts';
import { graphBytes } from '../onnx/write.ts';
import { everyLayer } from '../taps.ts';
import { CLIP_PIXELS } from '../clipPixels.ts';
import { publishedDefaults } from '../publishedDefaults.ts';
import { tensorOf } from '../weights.ts';
import { bridgeTowerNumbers } from './config.ts';
import { ITM_SCORE, PATCH_KERNEL, POSITION_TABLE, crossLayer } from './names.ts';
import { explainGraph, maskedMatchGraph, matchGraph } from './text.ts';
import { visionGraph } from './vision.ts';

export const bridgeTower: ItmFamily = {
  id: 'bridgetower',
  vocabulary: { name: 'the tokenizer.json of roberta-base', shipped: null },

  recognises(weights) {
    const query = crossLayer('text', 0, 'crossattention.self.query.weight');
    return [PATCH_KERNEL, query, `${ITM_SCORE}.weight`].every((name) => weights.has(name));
  },

  facts(config, weights): FamilyFacts {
    const numbers = bridgeTowerNumbers(config, weights);
    // Building both graphs asks for every tensor once, with its shape.
    visionGraph(numbers, weights);
    matchGraph(numbers, weights);
    const { patch, grid, vision, cross, vocabSize, positions, padToken } = numbers;
    return {
      patch,
      nativeSide: patch * grid,
      layers: cross.layers,
      taps: everyLayer(cross.layers),
      heads: cross.heads,
      imageWidth: vision.width,
      // Positions start behind the padding's.
      maxTokens: positions - padToken - 1,
      vocabSize,
      firstToken: null,
      endsWithSeparator: true,
      defaults: publishedDefaults(cross, patch * grid),
      preprocessing: CLIP_PIXELS,
      positionTable: tensorOf(weights, POSITION_TABLE, [1 + grid * grid, vision.width]),
    };
  },

  position(table, { nativeSide, patch }, rows, columns) {
    return interpolatePositions(table, nativeSide / patch, rows, columns);
  },

  vision: (config, weights, rewrite = (graph) => graph) =>
    graphBytes(rewrite(visionGraph(bridgeTowerNumbers(config, weights), weights))),
  match: (config, weights, rewrite = (graph) => graph) =>
    graphBytes(rewrite(matchGraph(bridgeTowerNumbers(config, weights), weights))),
  maskedMatch: (config, weights, rewrite = (graph) => graph) =>
    graphBytes(rewrite(maskedMatchGraph(bridgeTowerNumbers(config, weights), weights))),
  explain: (config, weights, layers, rewrite = (graph) => graph) =>
    graphBytes(rewrite(explainGraph(bridgeTowerNumbers(config, weights), weights, layers))),
};
