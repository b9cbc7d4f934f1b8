// A loaded click model on onnxruntime: an image once, prompts on it as often as somebody clicks.
import type { SegmentFamily, WeightIndex } from '../../../models/family.ts';
import { segmentFamilyById } from '../../../models/families.ts';
import type { LoadedPack } from '../../../models/packs/load.ts';
import type { PackManifest } from '../../../models/packs/manifest.ts';
import {
  imagePositions,
  promptTokens,
  readPromptValues,
  type SegmentPrompt,
} from '../../../models/sam/prompts.ts';
import { openGraphs } from '../session/graphs.ts';
import type { LoadOptions } from '../session/itmModel.ts';
import type { Array32 } from '../session/ort.ts';
import type { ProviderFailure } from '../session/providers.ts';

export interface SegmentModelSource {
  /** Folder that every TensorRef.file is relative to. */
  readonly folder: string;
  readonly weights: WeightIndex;
  readonly config: unknown;
  readonly family: SegmentFamily;
  readonly packHash: string;
  readonly preprocessing: PackManifest['preprocessing'];
}

/** Masks of P prompts: logits [P, masks, low, low] and one score of each, as the model gives them. */
export interface Decoded {
  readonly logits: Float32Array;
  readonly iou: Float32Array;
}

export interface OrtSegmentModel {
  readonly info: {
    readonly packHash: string;
    /** Pixels per side of the square that the model sees. */
    readonly side: number;
    /** Cells per side of a mask. */
    readonly low: number;
    /** Masks of one prompt. */
    readonly masks: number;
    readonly preprocessing: PackManifest['preprocessing'];
    readonly provider: string;
  };
  readonly failures: readonly ProviderFailure[];
  /** The embedding [1,C,g,g] of pixel_values [1,3,side,side]. */
  encode(pixels: Float32Array): Promise<Float32Array>;
  /** Prompts of equally many tokens; `masks` [P,1,low,low] are logits to start from. */
  decode(
    embedding: Float32Array,
    prompts: readonly SegmentPrompt[],
    masks: Float32Array | null,
  ): Promise<Decoded>;
  endProfiles(): void;
  dispose(): Promise<void>;
}

/** The source of an opened pack; throws ModelError for one that answers no clicks. */
export function segmentSourceOf(pack: LoadedPack): SegmentModelSource {
  const { folder, weights, config, packHash, manifest } = pack;
  const family = segmentFamilyById(manifest.family);
  return { folder, weights, config, packHash, family, preprocessing: manifest.preprocessing };
}

/** Loads a model; throws ModelError for its files, Error when no provider can run it. */
export async function loadSegmentModel(
  source: SegmentModelSource,
  options: Omit<LoadOptions, 'precision' | 'formFolder' | 'halfProbe'> = {},
): Promise<OrtSegmentModel> {
  const { folder, weights, config, family } = source;
  const { providers = ['cpu'], signal, ...settings } = options;
  const { side, grid, width, masks: count, prompts: tensors } = family.facts(config, weights);
  const values = await readPromptValues(tensors, folder);
  const positions = { data: imagePositions(values.fourier, grid), shape: [1, width, grid, grid] };
  const low = 4 * grid;
  // All three stay open: an image that is read must not wait for a graph to be built again.
  const graphs = openGraphs({ folder, providers, kept: 3, ...settings });
  const build = {
    encode: () => family.encode(config, weights),
    decode: () => family.decode(config, weights),
    maskPrompt: () => family.maskPrompt(config, weights),
  };
  signal?.throwIfAborted();
  await graphs.open('decode', build.decode);

  async function denseOf(masks: Float32Array | null, prompts: number): Promise<Array32> {
    if (masks === null) return { data: values.noMask, shape: [1, width, 1, 1] };
    const feeds = { mask: { data: masks, shape: [prompts, 1, low, low] } };
    const { dense } = await graphs.run('maskPrompt', build.maskPrompt, feeds, ['dense']);
    return dense as Array32;
  }

  return {
    info: {
      packHash: source.packHash,
      side,
      low,
      masks: count,
      preprocessing: source.preprocessing,
      get provider() {
        return graphs.provider;
      },
    },
    failures: graphs.failures,
    endProfiles: () => graphs.endProfiles(),

    async encode(pixels) {
      if (pixels.length !== 3 * side * side)
        throw new RangeError(`${pixels.length} numbers are no image of 3x${side}x${side}`);
      const feeds = { pixel_values: { data: pixels, shape: [1, 3, side, side] } };
      const made = await graphs.run('encode', build.encode, feeds, ['image_embeddings']);
      return made['image_embeddings']?.data as Float32Array;
    },

    async decode(embedding, prompts, masks) {
      const dense = await denseOf(masks, prompts.length);
      const feeds = {
        image_embeddings: { data: embedding, shape: [1, width, grid, grid] },
        positions,
        tokens: promptTokens(values, prompts, side),
        dense,
      };
      const made = await graphs.run('decode', build.decode, feeds, ['masks', 'iou']);
      return {
        logits: made['masks']?.data as Float32Array,
        iou: made['iou']?.data as Float32Array,
      };
    },

    dispose: () => graphs.dispose(),
  };
}
