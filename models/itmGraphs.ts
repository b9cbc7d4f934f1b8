// The four graphs of a family that differs from others only in the layers of its text side: match, match of a
// part of the image, and explain all wrap one forward pass.
import type { GraphBytes, ItmFamily, Rewrite, WeightIndex } from './family.ts';
import { createGraph, type Graph } from './ir/graph.ts';
import type { Value } from './ir/value.ts';
import { imageMaskInput } from './layers/caption.ts';
import { explainOutputs } from './layers/gradCam.ts';
import { graphBytes } from './onnx/write.ts';
import type { Network } from './weights.ts';

/** Outputs of a text graph. */
export interface TextPass {
  /** [B,2]; index 1 = match. */
  readonly logits: Value;
  /** Text-to-image attention [B,H,T,1+N] per layer that has it, after softmax. */
  readonly attentions: readonly Value[];
}

/** How a family reads a checkpoint and builds its two sides. */
export interface ItmParts<Numbers> {
  /** The numbers, and the tensors by the names that the graphs use. Throws ModelError. */
  read(
    config: unknown,
    weights: WeightIndex,
  ): { readonly numbers: Numbers; readonly named: WeightIndex };
  /** pixel_values, position -> image_embeds and whatever `text` takes of an image. */
  vision(numbers: Numbers, named: WeightIndex): Graph;
  /** Adds all inputs, nodes and the output itm_logits; `seen` is added to image tokens' scores. */
  text(net: Network, numbers: Numbers, seen: Value | null): TextPass;
}

type Graphs = Pick<ItmFamily, 'vision' | 'match' | 'maskedMatch' | 'explain'>;

/** The four graphs of ItmFamily. */
export function itmGraphs<Numbers>({ read, vision, text }: ItmParts<Numbers>): Graphs {
  const made = (
    [config, weights, rewrite = (graph) => graph]: Parameters<ItmFamily['match']>,
    build: (numbers: Numbers, named: WeightIndex) => Graph,
  ): GraphBytes => {
    const { numbers, named } = read(config, weights);
    return graphBytes(rewrite(build(numbers, named)));
  };
  return {
    vision: (...asked) => made(asked, vision),
    match: (...asked) =>
      made(asked, (numbers, named) => {
        const graph = createGraph('match');
        text({ graph, weights: named }, numbers, null);
        return graph;
      }),
    maskedMatch: (...asked) =>
      made(asked, (numbers, named) => {
        const graph = createGraph('masked match');
        text({ graph, weights: named }, numbers, imageMaskInput(graph));
        return graph;
      }),
    explain: (config: unknown, weights: WeightIndex, layers, rewrite?: Rewrite) =>
      made([config, weights, rewrite], (numbers, named) => {
        const graph = createGraph('explain');
        const { logits, attentions } = text({ graph, weights: named }, numbers, null);
        explainOutputs(graph, logits, attentions, layers);
        return graph;
      }),
  };
}

/** Builds both sides once, which asks for each tensor with its shape. Throws ModelError. */
export function checkTensors<Numbers>(
  { vision, text }: ItmParts<Numbers>,
  numbers: Numbers,
  named: WeightIndex,
): void {
  vision(numbers, named);
  text({ graph: createGraph('match'), weights: named }, numbers, null);
}
