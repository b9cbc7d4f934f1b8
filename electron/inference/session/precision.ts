// The image encoder in the precision that was asked for, where the provider is fit for it: half on
// graphics cards, 8-bit weights on the processor. The text side with its gradient stays in F32: its
// gradients are smaller than half precision can hold.
import type { ItmFamily, Rewrite, WeightIndex } from '../../../models/family.ts';
import { plainAttention } from '../../../models/forms/plainAttention.ts';
import { halfGraph } from '../../../models/forms/half.ts';
import { int8Form, type Int8Form } from '../../../models/forms/int8.ts';
import { ensureInt8File } from '../../../models/forms/int8File.ts';
import type { Precision } from '../../api/types.ts';
import type { BuildGraph } from './graphs.ts';

/** Which form of the image encoder is wanted. */
export interface FormOptions {
  /** Default 'f32'. */
  readonly precision?: Precision;
  /** Where 8-bit weights are kept; without it there are none. */
  readonly formFolder?: string;
}

interface VisionSource {
  readonly family: ItmFamily;
  readonly config: unknown;
  readonly weights: WeightIndex;
  readonly folder: string;
  readonly packHash: string;
}

/** What `wanted` becomes on a provider. */
export function precisionOn(wanted: Precision, provider: string, formFolder?: string): Precision {
  if (wanted === 'f16') return provider === 'cpu' ? 'f32' : 'f16';
  if (wanted === 'int8') return provider === 'cpu' && formFolder !== undefined ? 'int8' : 'f32';
  return 'f32';
}

/** What a provider's kernels ask of every graph. */
export function rewriteFor(provider: string): Rewrite {
  return provider === 'webgpu' ? plainAttention : (graph) => graph;
}

/** Builds the vision graph in the form that suits the provider; 8-bit weights are made on first use. */
export function visionBuilder(source: VisionSource, options: FormOptions): BuildGraph {
  const { family, config, weights, folder, packHash } = source;
  const { precision = 'f32', formFolder } = options;
  return async (provider) => {
    const form = precisionOn(precision, provider, formFolder);
    const suit = rewriteFor(provider);
    if (form === 'f16') return family.vision(config, weights, (graph) => halfGraph(suit(graph)));
    if (form === 'f32' || formFolder === undefined) return family.vision(config, weights, suit);
    const file = `${packHash.slice(0, 40) || 'pack'}-int8.bin`;
    let made: Int8Form | undefined;
    const built = family.vision(config, weights, (graph) => {
      made = int8Form(graph, file);
      return made.graph;
    });
    if (!made) throw new Error(`the family ${family.id} gave no graph to rewrite`);
    await ensureInt8File(made, folder, formFolder, file);
    return { ...built, folder: formFolder };
  };
}
