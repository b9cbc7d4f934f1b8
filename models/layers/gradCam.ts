// The end of every family's explain graph: the attention of the chosen layers, and the gradient of the match
// logit, summed over the captions, with respect to it (method.md 4.4).
import { gradient } from '../autodiff/gradient.ts';
import { output } from '../ir/builder.ts';
import type { Graph } from '../ir/graph.ts';
import type { Value } from '../ir/value.ts';
import { elementAt } from '../ops/movement.ts';
import { reduceSum } from '../ops/broadcast.ts';

/**
 * Adds the outputs attention_<layer> and gradient_<layer> [B,H,T,1+N] for each of `layers`
 * (0-based); `logits` [B,2], index 1 = match; `attentions` per layer, after softmax.
 */
export function explainOutputs(
  graph: Graph,
  logits: Value,
  attentions: readonly Value[],
  layers: readonly number[],
): void {
  const asked = layers.map((layer) => {
    const probabilities = attentions[layer];
    if (!probabilities)
      throw new RangeError(`layer ${layer} is asked for, there are ${attentions.length}`);
    return probabilities;
  });
  // Captions are independent: the gradient of the sum is each caption's own gradient.
  const match = reduceSum(graph, elementAt(graph, logits, 1, 1), [0, 1]);
  const gradients = gradient(graph, match, asked);
  layers.forEach((layer, index) => {
    output(graph, `attention_${layer}`, asked[index] as Value);
    output(graph, `gradient_${layer}`, gradients[index] as Value);
  });
}
