// ALBEF for image-text matching (families-2 2): the published .pth files of every layout and
// safetensors with their names.
import type { FamilyFacts, ItmFamily } from '../family.ts';
import { checkTensors, itmGraphs, type ItmParts } from '../itmGraphs.ts';
import { interpolatePositions } from '../layers/positions.ts';
import { someLayers } from '../taps.ts';
import { factsOfThirdLayer } from '../layers/thirdLayerFacts.ts';
import { BERT_UNCASED } from '../vocabularies/bertUncased.ts';
import { tensorOf } from '../weights.ts';
import { albefNumbers, type AlbefNumbers } from './config.ts';
import { POSITION_TABLE, byPlainName, textDepths } from './names.ts';
import { textPass } from './text.ts';
import { visionGraph } from './vision.ts';

const parts: ItmParts<AlbefNumbers> = {
  read(config, weights) {
    const named = byPlainName(weights);
    return { named, numbers: albefNumbers(config, named) };
  },
  vision: visionGraph,
  text: textPass,
};

export const albef: ItmFamily = {
  id: 'albef',
  vocabulary: BERT_UNCASED,

  // BLIP's original files have the same names, with cross-attention from the first layer on.
  recognises(weights) {
    const named = byPlainName(weights);
    const { fusion, layers } = textDepths(named);
    return named.has(POSITION_TABLE) && fusion > 0 && fusion < layers;
  },

  facts(config, weights): FamilyFacts {
    const { numbers, named } = parts.read(config, weights);
    checkTensors(parts, numbers, named);
    const { grid, vision, text, fusionLayer } = numbers;
    const reading = Array.from({ length: text.layers - fusionLayer }, (_, at) => fusionLayer + at);
    return {
      // Text layer 8 of 0 to 11, the mean of all heads: the choice of ALBEF's own GradCAM. It is the
      // third of six layers with cross-attention, the last of which explains no word.
      ...factsOfThirdLayer(numbers, someLayers('text', reading, text.layers)),
      // Its own tokenizer ends with the last piece; LAVIS trained its models without token types and
      // with [SEP].
      endsWithSeparator: numbers.tokenTypes === 0,
      positionTable: tensorOf(named, POSITION_TABLE, [1, 1 + grid * grid, vision.width]),
    };
  },

  position(table, { nativeSide, patch }, rows, columns) {
    return interpolatePositions(table, nativeSide / patch, rows, columns);
  },

  ...itmGraphs(parts),
};
