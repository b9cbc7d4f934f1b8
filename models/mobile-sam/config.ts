// Config of MobileSAM: a small encoder of convolutions and windows in front of Segment Anything's decoder. The
// tensors tell everything but the side of the image and the decoder's heads, which are published.
import * as v from 'valibot';
import {
  count,
  countLayers,
  headsOf,
  parseConfig,
  rankedTensor,
  wrongField,
} from '../configFields.ts';
import { ModelError } from '../errors.ts';
import type { WeightIndex } from '../family.ts';
import { DECODER_CONFIG, decoderNumbers, type DecoderNumbers } from '../sam/decoderNumbers.ts';
import type { NamedSam } from '../sam/names.ts';

export const STEM = 'image_encoder.patch_embed.seq.';
export const STAGES = 'image_encoder.layers.';
const MODEL = 'MobileSAM (mobile_sam.pt)';

export interface MobileSamNumbers {
  /** Pixels per side. */
  readonly side: number;
  /** Cells per side of an embedding. */
  readonly grid: number;
  readonly stemWidth: number;
  readonly stages: readonly MobileStage[];
  readonly decoder: DecoderNumbers;
}

export interface MobileStage {
  readonly width: number;
  readonly blocks: number;
  /** Cells per side while this stage works. */
  readonly grid: number;
  /** Null in the first stage, which has convolutions only. */
  readonly attention: { readonly heads: number; readonly window: number } | null;
}

/** Side of the published model; nothing in the file states it. */
const SIDE = 1024;
/** Downscaling of the image in each stage. The last stage keeps the grid of the third one. */
const REDUCTION = [4, 8, 16, 16] as const;
/** Pixels per cell of an embedding. */
const CELL = 16;

const CONFIG = v.object({
  vision_config: v.optional(v.object({ image_size: v.optional(count, SIDE) }), {}),
  mask_decoder_config: v.optional(DECODER_CONFIG, {}),
});

/** Reads the numbers; `config` is null for the published file. Throws ModelError. */
export function mobileSamNumbers(config: unknown, sam: NamedSam): MobileSamNumbers {
  const given = parseConfig(CONFIG, config ?? {});
  const side = given.vision_config.image_size ?? SIDE;
  if (side % CELL !== 0)
    throw wrongField('vision_config.image_size', `a multiple of ${CELL}`, String(side));
  const stages = countLayers(sam.named, STAGES);
  if (stages !== REDUCTION.length)
    throw new ModelError('MODEL_TENSOR_MISSING', {
      tensor: STAGES,
      expected: `${REDUCTION.length} stages, as ${MODEL} has them`,
      found: `${stages}`,
      fix: `Use a checkpoint of ${MODEL}`,
    });
  const sizeOf = (name: string) => rankedTensor(sam.named, name, 4, MODEL).shape[0] as number;
  return {
    side,
    grid: side / CELL,
    stemWidth: sizeOf(`${STEM}0.c.weight`),
    stages: REDUCTION.map((reduction, stage) => ({
      width: sizeOf(
        stage === 0 ? `${STEM}2.c.weight` : `${STAGES}${stage - 1}.downsample.conv1.c.weight`,
      ),
      blocks: countLayers(sam.named, `${STAGES}${stage}.blocks.`),
      grid: side / reduction,
      attention: stage === 0 ? null : attentionOf(sam.named, stage),
    })),
    decoder: decoderNumbers(sam, {}, given.mask_decoder_config),
  };
}

// Each head has one row of biases: one for each distance inside a window.
function attentionOf(named: WeightIndex, stage: number): { heads: number; window: number } {
  const block = `${STAGES}${stage}.blocks.0.attn`;
  const table = rankedTensor(named, `${block}.attention_biases`, 2, MODEL);
  const [heads, distances] = table.shape as readonly [number, number];
  const window = Math.round(Math.sqrt(distances));
  if (window * window !== distances)
    throw new ModelError('MODEL_TENSOR_SHAPE', {
      file: table.file,
      tensor: table.name,
      expected: 'a square number of columns',
      found: `${distances} columns`,
    });
  const width = rankedTensor(named, `${block}.proj.weight`, 2, MODEL).shape[1] as number;
  return { heads: headsOf(`the rows of ${table.name}`, heads, width), window };
}
