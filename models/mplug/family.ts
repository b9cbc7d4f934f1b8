// mPLUG for image-text matching (families-2 3), base and large, in the layouts of its repositories.
import type { FamilyFacts, ItmFamily } from '../family.ts';
import { checkTensors, itmGraphs, type ItmParts } from '../itmGraphs.ts';
import { interpolatePositionsLinearly } from '../layers/positions.ts';
import { someLayers } from '../taps.ts';
import { factsOfThirdLayer } from '../layers/thirdLayerFacts.ts';
import { BERT_UNCASED } from '../vocabularies/bertUncased.ts';
import { tensorOf } from '../weights.ts';
import { mplugNumbers, type MplugNumbers } from './config.ts';
import {
  PATCH_KERNEL,
  POSITION_TABLE,
  byPlainName,
  fusionLayer,
  storedFusionLayers,
} from './names.ts';
import { textPass } from './text.ts';
import { visionGraph } from './vision.ts';

const parts: ItmParts<MplugNumbers> = {
  read(config, weights) {
    const named = byPlainName(weights);
    return { named, numbers: mplugNumbers(config, named) };
  },
  vision: visionGraph,
  text: textPass,
};

export const mplug: ItmFamily = {
  id: 'mplug',
  vocabulary: BERT_UNCASED,

  // Also recognises files without a match head (captions, questions): the error then names the missing tensor.
  recognises(weights) {
    const named = byPlainName(weights);
    const last = storedFusionLayers(named) - 1;
    const query = fusionLayer(last, 'crossattention.self.query.weight');
    return named.has(PATCH_KERNEL) && named.has(query);
  },

  facts(config, weights): FamilyFacts {
    const { numbers, named } = parts.read(config, weights);
    checkTensors(parts, numbers, named);
    const { grid, vision, fusion } = numbers;
    // Joint layers mix text and image in one attention, whose maps have another scale than those of cross
    // layers.
    const crosses = fusion.flatMap((kind, at) => (kind === 'cross' ? [at] : []));
    return {
      // No layer was published; the third cross layer is at the same height as ALBEF's.
      ...factsOfThirdLayer(numbers, someLayers('fusion', crosses, fusion.length)),
      endsWithSeparator: false,
      positionTable: tensorOf(named, POSITION_TABLE, [1 + grid * grid, vision.width]),
    };
  },

  position(table, { nativeSide, patch }, rows, columns) {
    return interpolatePositionsLinearly(table, nativeSide / patch, rows, columns);
  },

  ...itmGraphs(parts),
};
