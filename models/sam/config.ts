// Config of a Segment Anything model with a plain image transformer. Published config.json files state little
// and carry keys of other models, so whatever the tensors tell is measured on them.
import * as v from 'valibot';
import { ModelError } from '../errors.ts';
import { agree, count, countLayers, epsilon, parseConfig, rankedTensor } from '../configFields.ts';
import {
  DECODER_CONFIG,
  decoderNumbers,
  PROMPT_CONFIG,
  type DecoderNumbers,
} from './decoderNumbers.ts';
import {
  PATCH_KERNEL,
  POSITION_TABLE,
  VISION_LAYERS,
  visionLayer,
  type NamedSam,
} from './names.ts';

export interface SamNumbers {
  readonly patch: number;
  /** Cells per side of the stored position table. */
  readonly grid: number;
  readonly vision: SamTower;
  readonly decoder: DecoderNumbers;
}

export interface SamTower {
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
  readonly mlpWidth: number;
  /** Cells per side of a window. */
  readonly window: number;
  /** Layers whose one window is the whole grid. */
  readonly global: ReadonlySet<number>;
  readonly epsilon: number;
}

const MODEL = "Segment Anything (SamModel, or Meta's sam_vit_...pth)";
const layerIndex = v.pipe(v.number(), v.integer(), v.minValue(0));
const yes = v.optional(v.literal(true));

const VISION_CONFIG = v.object({
  hidden_size: v.optional(count),
  num_hidden_layers: v.optional(count),
  num_attention_heads: v.optional(count),
  image_size: v.optional(count),
  patch_size: v.optional(count),
  window_size: v.optional(count),
  global_attn_indexes: v.optional(v.array(layerIndex)),
  output_channels: v.optional(count),
  mlp_dim: v.nullish(count),
  layer_norm_eps: v.optional(epsilon),
  hidden_act: v.optional(v.literal('gelu')),
  qkv_bias: yes,
  use_abs_pos: yes,
  use_rel_pos: yes,
});

const CONFIG = v.object({
  vision_config: v.optional(VISION_CONFIG, {}),
  prompt_encoder_config: v.optional(PROMPT_CONFIG, {}),
  mask_decoder_config: v.optional(DECODER_CONFIG, {}),
});

/** Reads the numbers; `config` is null where a checkpoint has none. Throws ModelError. */
export function samNumbers(config: unknown, sam: NamedSam): SamNumbers {
  const given = parseConfig(CONFIG, config ?? {});
  const decoder = decoderNumbers(sam, given.prompt_encoder_config, given.mask_decoder_config);
  const measured = fromWeights(sam);
  const stated = given.vision_config;
  const held = (field: keyof typeof stated, value: number) => {
    const said = stated[field];
    if (typeof said === 'number') agree(`vision_config.${field}`, said, value);
  };
  held('hidden_size', measured.vision.width);
  held('num_hidden_layers', measured.vision.layers);
  held('num_attention_heads', measured.vision.heads);
  held('image_size', measured.patch * measured.grid);
  held('patch_size', measured.patch);
  held('output_channels', decoder.width);
  held('mlp_dim', measured.vision.mlpWidth);
  const global = new Set(stated.global_attn_indexes ?? measured.vision.global);
  const vision = { ...measured.vision, global, epsilon: stated.layer_norm_eps ?? 1e-6 };
  const window = windowOf(sam, vision, measured.grid);
  if (global.size < vision.layers) held('window_size', window);
  return { ...measured, vision: { ...vision, window }, decoder };
}

function fromWeights({ named }: NamedSam): Omit<SamNumbers, 'decoder'> {
  const shapeOf = (name: string, rank: number) => rankedTensor(named, name, rank, MODEL).shape;
  const [width, , patch] = shapeOf(PATCH_KERNEL, 4) as readonly [number, number, number];
  const [, grid, columns] = shapeOf(POSITION_TABLE, 4) as readonly [number, number, number];
  if (grid !== columns)
    throw new ModelError('MODEL_TENSOR_SHAPE', {
      tensor: POSITION_TABLE,
      expected: 'as many rows of cells as columns',
      found: `${grid} by ${columns}`,
    });
  const layers = countLayers(named, VISION_LAYERS);
  const table = (layer: number) => shapeOf(visionLayer(layer, 'attn.rel_pos_h'), 2);
  const headWidth = table(0)[1] as number;
  if (width % headWidth !== 0)
    throw new ModelError('MODEL_TENSOR_SHAPE', {
      tensor: visionLayer(0, 'attn.rel_pos_h'),
      expected: `a number of columns that divides the width ${width}`,
      found: `${headWidth} columns`,
    });
  const numbers = Array.from({ length: layers }, (_, layer) => layer);
  const global = new Set(numbers.filter((layer) => table(layer)[0] === 2 * grid - 1));
  const mlpWidth = shapeOf(visionLayer(0, 'mlp.lin1.weight'), 2)[0] as number;
  const vision = { width, layers, heads: width / headWidth, mlpWidth, global };
  return { patch, grid, vision: { ...vision, window: grid, epsilon: 1e-6 } };
}

// The first windowed layer's tables tell; a model without one has one window, the grid.
function windowOf({ named }: NamedSam, vision: SamTower, grid: number): number {
  for (let layer = 0; layer < vision.layers; layer++) {
    if (vision.global.has(layer)) continue;
    const name = visionLayer(layer, 'attn.rel_pos_h');
    const table = rankedTensor(named, name, 2, MODEL);
    const rows = table.shape[0] as number;
    if (rows % 2 === 1) return (rows + 1) / 2;
    throw new ModelError('MODEL_TENSOR_SHAPE', {
      file: table.file,
      tensor: name,
      expected: 'an odd number of rows, twice the window less one',
      found: `${rows} rows`,
    });
  }
  return grid;
}
