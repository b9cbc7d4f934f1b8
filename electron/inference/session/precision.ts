// The image encoder in the precision that was asked for, where the provider is fit for it: half on
// graphics cards, 8-bit weights on the processor. The text side with its gradient stays in F32: its
// gradients are smaller than half precision can hold.
import type { ItmFamily, Rewrite, WeightIndex } from '../../../models/family.ts';
import { plainAttention } from '../../../models/precision/plainAttention.ts';
import { halfGraph } from '../../../models/precision/half.ts';
import { int8Form, type Int8Form } from '../../../models/precision/int8.ts';
import { ensureInt8File } from '../../../models/precision/int8File.ts';
import type { Precision } from '../../api/model.ts';
import type { BuildGraph } from './graphs.ts';
import { createHalfProbe, type HalfProbe } from './halfProbe.ts';
import type { ProviderFailure } from './providers.ts';

/** Which form of the image encoder is wanted. */
export interface FormOptions {
  /** Default 'f32'. */
  readonly precision?: Precision;
  /** Where 8-bit weights are kept; without it there are none. */
  readonly formFolder?: string;
  /** Replaceable for tests. */
  readonly halfProbe?: HalfProbe;
}

/** A device is probed once per process. */
const HALF_PROBE = createHalfProbe();

interface VisionSource {
  readonly family: ItmFamily;
  readonly config: unknown;
  readonly weights: WeightIndex;
  readonly folder: string;
  readonly packHash: string;
}

/** What a provider's kernels ask of every graph. */
export function rewriteFor(provider: string): Rewrite {
  return provider === 'webgpu' ? plainAttention : (graph) => graph;
}

/** The vision graph in the form that suits the provider in use, and which form that was. */
export interface VisionForms {
  /** 8-bit weights are made on first use. */
  readonly build: BuildGraph;
  /** Of the graph that was built last. */
  readonly precision: Precision;
  /** A provider that should calculate in half precision but cannot. */
  readonly failure: ProviderFailure | null;
}

export function visionForms(source: VisionSource, options: FormOptions): VisionForms {
  const { family, config, weights, folder, packHash } = source;
  const { precision: wanted = 'f32', formFolder, halfProbe = HALF_PROBE } = options;
  let precision: Precision = 'f32';
  let failure: ProviderFailure | null = null;

  const formOn = async (provider: string): Promise<Precision> => {
    failure = null;
    if (wanted === 'int8') return provider === 'cpu' && formFolder !== undefined ? 'int8' : 'f32';
    if (wanted === 'f32' || provider === 'cpu') return 'f32';
    const reason = await halfProbe(provider);
    failure = reason === null ? null : { provider, reason };
    return reason === null ? 'f16' : 'f32';
  };

  return {
    get precision() {
      return precision;
    },
    get failure() {
      return failure;
    },
    async build(provider) {
      precision = await formOn(provider);
      const suit = rewriteFor(provider);
      if (precision === 'f16')
        return family.vision(config, weights, (graph) => halfGraph(suit(graph)));
      if (precision === 'f32' || formFolder === undefined)
        return family.vision(config, weights, suit);
      const file = `${packHash.slice(0, 40) || 'pack'}-int8.bin`;
      let made: Int8Form | undefined;
      const built = family.vision(config, weights, (graph) => {
        made = int8Form(graph, file);
        return made.graph;
      });
      if (!made) throw new Error(`the family ${family.id} gave no graph to rewrite`);
      await ensureInt8File(made, { source: folder, folder: formFolder, file });
      return { ...built, folder: formFolder };
    },
  };
}
