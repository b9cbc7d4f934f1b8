// CLIP (method.md 10.3): an image's and a text's vector in one space, and what the engines that find
// masks with it read inside.
import { CLIP_PIXELS } from '../clipPixels.ts';
import type { EmbeddingFacts, EmbeddingFamily } from '../family.ts';
import {
  interpolatePositions,
  interpolatePositionsByTenths,
  interpolatePositionsLinearly,
} from '../layers/positions.ts';
import { graphBytes } from '../onnx/write.ts';
import { tensorOf } from '../weights.ts';
import { shareGraph, trunkGraph } from './trunk.ts';
import { clipNumbers } from './config.ts';
import { denseGraph } from './dense.ts';
import { imageGraph, textGraph } from './graphs.ts';
import {
  LOGIT_SCALE,
  PATCH_KERNEL,
  POSITION_TABLE,
  TEXT_PROJECTION,
  VISUAL_PROJECTION,
  WORD_TABLE,
} from './names.ts';

const POSITIONS = {
  exact: interpolatePositions,
  plusTenth: interpolatePositionsByTenths,
  bilinear: interpolatePositionsLinearly,
} as const;

export const clip: EmbeddingFamily = {
  id: 'clip',
  vocabulary: { name: 'the tokenizer.json of CLIP', shipped: null },

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
      preprocessing: CLIP_PIXELS,
      logitScale: tensorOf(weights, LOGIT_SCALE, []),
      positionTable: tensorOf(weights, POSITION_TABLE, [1 + grid * grid, vision.width]),
    };
  },

  position: (...asked) => clip.positionsOf('exact')(...asked),

  positionsOf:
    (kind = 'exact') =>
    (table, { nativeSide, patch }, rows, columns) =>
      POSITIONS[kind](table, nativeSide / patch, rows, columns),

  image: (config, weights) => graphBytes(imageGraph(clipNumbers(config, weights), weights)),
  judge(config, weights) {
    const numbers = clipNumbers(config, weights);
    return graphBytes(imageGraph(numbers, weights, numbers.vision.layers - 1));
  },
  dense: (config, weights, block) =>
    graphBytes(denseGraph(clipNumbers(config, weights), weights, block)),
  trunk: (config, weights) => graphBytes(trunkGraph(clipNumbers(config, weights), weights)),
  share: (config, weights) => graphBytes(shareGraph(clipNumbers(config, weights), weights)),
  text: (config, weights) => graphBytes(textGraph(clipNumbers(config, weights), weights)),
};
