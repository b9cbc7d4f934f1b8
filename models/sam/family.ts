// Segment Anything with a plain image transformer: SAM base, large and huge, SlimSAM, and their
// fine-tunes, as transformers' SamModel or in Meta's own files.
import type { SegmentFamily, WeightIndex } from '../family.ts';
import { graphBytes } from '../onnx/write.ts';
import { samNumbers } from './config.ts';
import { decodeGraph } from './decoder.ts';
import { encodeGraph } from './encoder.ts';
import { maskPromptGraph } from './maskPrompt.ts';
import { byTransformersName, IOU_TOKEN, visionLayer } from './names.ts';
import { promptTensors } from './prompts.ts';

export const sam: SegmentFamily = {
  id: 'sam',

  recognises(weights) {
    const { named } = byTransformersName(weights);
    return [IOU_TOKEN, visionLayer(0, 'attn.rel_pos_h')].every((name) => named.has(name));
  },

  facts(config, weights) {
    const { numbers, named } = read(config, weights);
    const { patch, grid, decoder } = numbers;
    // Building the graphs asks for every tensor once, with its shape.
    encodeGraph(numbers, named);
    maskPromptGraph(decoder, named, grid);
    decodeGraph(decoder, named, grid);
    return {
      side: patch * grid,
      grid,
      width: decoder.width,
      masks: decoder.masks,
      prompts: promptTensors(named, decoder.width),
    };
  },

  encode(config, weights) {
    const { numbers, named } = read(config, weights);
    return graphBytes(encodeGraph(numbers, named));
  },

  maskPrompt(config, weights) {
    const { numbers, named } = read(config, weights);
    return graphBytes(maskPromptGraph(numbers.decoder, named, numbers.grid));
  },

  decode(config, weights) {
    const { numbers, named } = read(config, weights);
    return graphBytes(decodeGraph(numbers.decoder, named, numbers.grid));
  },
};

function read(config: unknown, weights: WeightIndex) {
  const sam = byTransformersName(weights);
  return { named: sam.named, numbers: samNumbers(config, sam) };
}
