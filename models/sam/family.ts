// Segment Anything with a plain image transformer: SAM base, large and huge, SlimSAM, and their
// fine-tunes, as transformers' SamModel or in Meta's own files; and what its variants with another image
// encoder share.
import type { SegmentFamily, WeightIndex } from '../family.ts';
import type { Graph } from '../ir/graph.ts';
import { graphBytes } from '../onnx/write.ts';
import { samNumbers } from './config.ts';
import { decodeGraph } from './decoder.ts';
import type { DecoderNumbers } from './decoderNumbers.ts';
import { encodeGraph } from './encoder.ts';
import { maskPromptGraph } from './maskPrompt.ts';
import { byTransformersName, IOU_TOKEN, visionLayer, type NamedSam } from './names.ts';
import { promptTensors } from './prompts.ts';

export const sam = samFamily({
  id: 'sam',
  mark: visionLayer(0, 'attn.rel_pos_h'),
  numbers: samNumbers,
  encoder: (numbers, named) => encodeGraph(numbers, named),
  side: ({ patch, grid }) => patch * grid,
});

interface Variant<Numbers> {
  readonly id: SegmentFamily['id'];
  /** A tensor of its encoder that no other variant has. */
  readonly mark: string;
  readonly numbers: (config: unknown, sam: NamedSam) => Numbers;
  readonly encoder: (numbers: Numbers, named: WeightIndex) => Graph;
  /** Of the square that the encoder reads, in pixels. */
  readonly side: (numbers: Numbers) => number;
}

/** A family around an image encoder of its own: prompts, mask prompt and decoder are those of SAM. */
export function samFamily<
  Numbers extends { readonly grid: number; readonly decoder: DecoderNumbers },
>({ id, mark, numbers: numbersOf, encoder, side }: Variant<Numbers>): SegmentFamily {
  const read = (config: unknown, weights: WeightIndex) => {
    const sam = byTransformersName(weights);
    return { named: sam.named, numbers: numbersOf(config, sam) };
  };
  return {
    id,

    recognises(weights) {
      const { named } = byTransformersName(weights);
      return [IOU_TOKEN, mark].every((name) => named.has(name));
    },

    facts(config, weights) {
      const { numbers, named } = read(config, weights);
      const { grid, decoder } = numbers;
      // Building the graphs asks for every tensor once, with its shape.
      encoder(numbers, named);
      maskPromptGraph(decoder, named, grid);
      decodeGraph(decoder, named, grid);
      const { width, masks } = decoder;
      return { side: side(numbers), grid, width, masks, prompts: promptTensors(named, width) };
    },

    encode(config, weights) {
      const { numbers, named } = read(config, weights);
      return graphBytes(encoder(numbers, named));
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
}
