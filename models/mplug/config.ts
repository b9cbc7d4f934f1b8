// Config of an mPLUG model, from its tensors and from config.json (config_bert.json in the repository) where
// there is one. No tensor tells which fusion layers join the streams.
import * as v from 'valibot';
import { BERT_FIELDS, agreeBert, bertSizes, bertTower } from '../bertNumbers.ts';
import {
  agreeAll,
  count,
  countLayers,
  gridSide,
  headsOf,
  parseConfig,
  rankedTensor,
  type Tower,
} from '../configFields.ts';
import type { WeightIndex } from '../family.ts';
import {
  IMAGE_PROJECTION,
  PATCH_KERNEL,
  POSITION_TABLE,
  TEXT_LAYERS,
  TOKEN_POSITIONS,
  TOKEN_TYPES,
  VISION_BLOCKS,
  WORD_TABLE,
  fusionLayer,
  storedFusionLayers,
  textLayer,
  visionBlock,
} from './names.ts';

/** Text reads image, or both read both. */
export type FusionKind = 'cross' | 'joint';

/** All that the graphs need besides the weights. */
export interface MplugNumbers {
  readonly patch: number;
  /** Patches per side of the stored position table. */
  readonly grid: number;
  readonly vision: Tower;
  /** The text encoder; the fusion encoder's layers are made like its own. */
  readonly text: Tower;
  /** The first stored fusion layer that runs. */
  readonly firstFusion: number;
  /** The fusion layers that run, in order. */
  readonly fusion: readonly FusionKind[];
  /** True for large models: the image's vectors are projected to the width of the text. */
  readonly projected: boolean;
  /** Rows of the token-type table; 0 where there is none. */
  readonly tokenTypes: number;
  readonly vocabSize: number;
  readonly maxTokens: number;
}

const CONFIG = v.object({
  ...BERT_FIELDS,
  text_encoder_layers: v.optional(count),
  fusion_layers: v.optional(count),
  stride_layer: v.optional(count),
});

const VISION_EPSILON = 1e-5;
/** Width of an image head: CLIP's, whatever the size. */
const VISION_HEAD_WIDTH = 64;
/** Fusion layers that run in every published model. */
const FUSION_RUN = 6;
/** Every n-th fusion layer joins the streams; with 6 of 6 layers, none. */
const STRIDE = { large: 6, base: 3 };
const MODEL = 'mPLUG for image-text matching';

/** Reads the numbers; `named` by plain names. Throws ModelError. */
export function mplugNumbers(config: unknown, named: WeightIndex): MplugNumbers {
  const given = config === null || config === undefined ? null : parseConfig(CONFIG, config);
  const sizes = bertSizes(
    named,
    {
      words: WORD_TABLE,
      positions: TOKEN_POSITIONS,
      types: TOKEN_TYPES,
      inner: textLayer(0, 'intermediate.dense.weight'),
    },
    MODEL,
  );
  const textLayers = countLayers(named, TEXT_LAYERS);
  const stored = storedFusionLayers(named);
  const lastKey = fusionLayer(stored - 1, 'crossattention.self.key.weight');
  const key = rankedTensor(named, lastKey, 2, MODEL);
  if (given) {
    agreeBert(given, sizes, stored);
    agreeAll([
      ['text_encoder_layers', given.text_encoder_layers, textLayers],
      ['encoder_width', given.encoder_width, key.shape[1]],
    ]);
  }
  const projected = named.has(`${IMAGE_PROJECTION}.weight`);
  // A config without a stride has no joint layer. Published models without a config take the stride of their
  // size.
  const stride = given ? (given.stride_layer ?? Infinity) : STRIDE[projected ? 'large' : 'base'];
  const run = Math.min(stored, given?.fusion_layers ?? FUSION_RUN);
  const { tokenTypes, vocabSize, maxTokens } = sizes;
  return {
    ...imageSizes(named),
    text: bertTower(given, sizes, textLayers),
    firstFusion: stored - run,
    fusion: Array.from({ length: run }, (_, at) =>
      at > 0 && at % stride === 0 ? 'joint' : 'cross',
    ),
    projected,
    tokenTypes,
    vocabSize,
    maxTokens,
  };
}

/** Sizes that the image tower's tensors show. */
function imageSizes(named: WeightIndex): Pick<MplugNumbers, 'patch' | 'grid' | 'vision'> {
  const kernel = rankedTensor(named, PATCH_KERNEL, 4, MODEL);
  const table = rankedTensor(named, POSITION_TABLE, 2, MODEL);
  const inner = rankedTensor(named, visionBlock(0, 'mlp.c_fc.weight'), 2, MODEL);
  const [width, , patch] = kernel.shape as readonly [number, number, number, number];
  const heads = Math.max(1, Math.floor(width / VISION_HEAD_WIDTH));
  return {
    patch,
    grid: gridSide(table, table.shape[0] as number),
    vision: {
      layers: countLayers(named, VISION_BLOCKS),
      width,
      heads: headsOf('image width / 64', heads, width),
      mlpWidth: inner.shape[0] as number,
      epsilon: VISION_EPSILON,
    },
  };
}

/** The cross layers before the first joint one: no joint layer has changed the image that they read. */
export function crossesBeforeJoint({ fusion }: MplugNumbers): number {
  const joint = fusion.indexOf('joint');
  return joint < 0 ? fusion.length : joint;
}
