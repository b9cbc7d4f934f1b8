// MobileSAM: a small image encoder for a CPU before Segment Anything's own prompts and decoder.
import type { SegmentFamily, WeightIndex } from '../family.ts';
import { graphBytes } from '../onnx/write.ts';
import { decodeGraph } from '../sam/decoder.ts';
import { maskPromptGraph } from '../sam/maskPrompt.ts';
import { byTransformersName, IOU_TOKEN } from '../sam/names.ts';
import { promptTensors } from '../sam/prompts.ts';
import { mobileSamNumbers, STEM } from './config.ts';
import { mobileEncodeGraph } from './encoder.ts';

export const mobileSam: SegmentFamily = {
  id: 'mobile-sam',

  recognises(weights) {
    const { named } = byTransformersName(weights);
    return [IOU_TOKEN, `${STEM}0.c.weight`].every((name) => named.has(name));
  },

  facts(config, weights) {
    const { numbers, named } = read(config, weights);
    const { side, grid, decoder } = numbers;
    // Building the graphs asks for every tensor once, with its shape.
    mobileEncodeGraph(numbers, named);
    maskPromptGraph(decoder, named, grid);
    decodeGraph(decoder, named, grid);
    const { width, masks } = decoder;
    return { side, grid, width, masks, prompts: promptTensors(named, width) };
  },

  encode(config, weights) {
    const { numbers, named } = read(config, weights);
    return graphBytes(mobileEncodeGraph(numbers, named));
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
  return { named: sam.named, numbers: mobileSamNumbers(config, sam) };
}
