// CLIP (method.md 10.3): judges how well an image fits a text; explains nothing.
import type { EmbeddingFacts, EmbeddingFamily } from '../family.ts';
import { interpolatePositions } from '../layers/positions.ts';
import { graphBytes } from '../onnx/write.ts';
import { tensorOf } from '../weights.ts';
import { clipNumbers } from './config.ts';
import { imageGraph, textGraph } from './graphs.ts';
import {
  LOGIT_SCALE,
  PATCH_KERNEL,
  POSITION_TABLE,
  TEXT_PROJECTION,
  VISUAL_PROJECTION,
  WORD_TABLE,
} from './names.ts';

export const clip: EmbeddingFamily = {
  id: 'clip',

  recognises(weights) {
    const own = [PATCH_KERNEL, WORD_TABLE, `${VISUAL_PROJECTION}.weight`];
    return [...own, `${TEXT_PROJECTION}.weight`].every((name) => weights.has(name));
  },

  facts(config, weights): EmbeddingFacts {
    const numbers = clipNumbers(config, weights);
    // Building both graphs asks for every tensor once, with its shape.
    imageGraph(numbers, weights);
    textGraph(numbers, weights);
    const { patch, grid, vision, embeddingWidth, maxTokens, vocabSize, endToken } = numbers;
    return {
      patch,
      nativeSide: patch * grid,
      imageWidth: vision.width,
      embeddingWidth,
      maxTokens,
      vocabSize,
      endToken,
      logitScale: tensorOf(weights, LOGIT_SCALE, []),
      positionTable: tensorOf(weights, POSITION_TABLE, [1 + grid * grid, vision.width]),
    };
  },

  position(table, { nativeSide, patch }, rows, columns) {
    return interpolatePositions(table, nativeSide / patch, rows, columns);
  },

  image: (config, weights) => graphBytes(imageGraph(clipNumbers(config, weights), weights)),
  text: (config, weights) => graphBytes(textGraph(clipNumbers(config, weights), weights)),
};
