// Segment Anything checkpoints of any size with random weights, in transformers' layout: shapes by
// name, and a file of them.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { randomFrom } from './random.ts';
import { safetensorsFile, type StoredTensor } from './safetensorsFile.ts';

/** Sizes of one model; all that its tensors' shapes follow from. */
export interface SamSizes {
  readonly width: number;
  readonly headWidth: number;
  readonly mlpWidth: number;
  readonly layers: number;
  readonly global: readonly number[];
  readonly window: number;
  readonly grid: number;
  readonly patch: number;
  readonly promptWidth: number;
  readonly maskChannels: number;
  readonly decoderMlp: number;
}

/** A model that runs in milliseconds: one layer in windows of 3 on a grid of 4, one over the grid. */
export const TINY_SAM: SamSizes = {
  width: 12,
  headWidth: 6,
  mlpWidth: 20,
  layers: 2,
  global: [1],
  window: 3,
  grid: 4,
  patch: 4,
  promptWidth: 32,
  maskChannels: 8,
  decoderMlp: 24,
};

/** Shape of every tensor by transformers' name. */
export function samShapes(sizes: SamSizes): Map<string, readonly number[]> {
  return new Map([...visionShapes(sizes), ...promptShapes(sizes), ...decoderShapes(sizes)]);
}

/** Writes model.safetensors into `folder` and gives its path. */
export async function writeSam(folder: string, sizes: SamSizes = TINY_SAM): Promise<string> {
  const tensors = [...samShapes(sizes)].map(([name, shape], at) => [name, random(shape, at + 1)]);
  const path = join(folder, 'model.safetensors');
  await writeFile(path, safetensorsFile(Object.fromEntries(tensors)));
  return path;
}

// Large enough that no layer's work is lost in the sums that it is added to.
function random(shape: readonly number[], seed: number): StoredTensor {
  const next = randomFrom(seed);
  const values = new Float32Array(shape.reduce((product, side) => product * side, 1));
  const size = shape.length === 1 ? 3 : 6 / Math.sqrt(values.length / (shape[0] as number));
  for (let at = 0; at < values.length; at++) values[at] = (next() - 0.5) * size;
  return { dtype: 'F32', shape, bytes: new Uint8Array(values.buffer) };
}

type Shapes = (readonly [string, readonly number[]])[];

const layer = (name: string, out: number, inner: number): Shapes => [
  [`${name}.weight`, [out, inner]],
  [`${name}.bias`, [out]],
];
const norm = (name: string, width: number): Shapes => [
  [`${name}.weight`, [width]],
  [`${name}.bias`, [width]],
];

function visionShapes(sizes: SamSizes): Shapes {
  const { width, grid, patch, promptWidth: out } = sizes;
  const shapes: Shapes = [
    ['vision_encoder.patch_embed.projection.weight', [width, 3, patch, patch]],
    ['vision_encoder.patch_embed.projection.bias', [width]],
    ['vision_encoder.pos_embed', [1, grid, grid, width]],
    ['vision_encoder.neck.conv1.weight', [out, width, 1, 1]],
    ...norm('vision_encoder.neck.layer_norm1', out),
    ['vision_encoder.neck.conv2.weight', [out, out, 3, 3]],
    ...norm('vision_encoder.neck.layer_norm2', out),
  ];
  for (let at = 0; at < sizes.layers; at++) {
    const name = (part: string) => `vision_encoder.layers.${at}.${part}`;
    const rows = 2 * (sizes.global.includes(at) ? grid : sizes.window) - 1;
    shapes.push(
      ...norm(name('layer_norm1'), width),
      ...norm(name('layer_norm2'), width),
      ...layer(name('attn.qkv'), 3 * width, width),
      ...layer(name('attn.proj'), width, width),
      [name('attn.rel_pos_h'), [rows, sizes.headWidth]],
      [name('attn.rel_pos_w'), [rows, sizes.headWidth]],
      ...layer(name('mlp.lin1'), sizes.mlpWidth, width),
      ...layer(name('mlp.lin2'), width, sizes.mlpWidth),
    );
  }
  return shapes;
}

function promptShapes({ promptWidth: width, maskChannels: channels }: SamSizes): Shapes {
  const embed = (part: string) => `prompt_encoder.mask_embed.${part}`;
  return [
    ['shared_image_embedding.positional_embedding', [2, width / 2]],
    ...[0, 1, 2, 3].map(
      (kind) => [`prompt_encoder.point_embed.${kind}.weight`, [1, width]] as const,
    ),
    ['prompt_encoder.not_a_point_embed.weight', [1, width]],
    ['prompt_encoder.no_mask_embed.weight', [1, width]],
    [embed('conv1.weight'), [channels / 4, 1, 2, 2]],
    [embed('conv1.bias'), [channels / 4]],
    ...norm(embed('layer_norm1'), channels / 4),
    [embed('conv2.weight'), [channels, channels / 4, 2, 2]],
    [embed('conv2.bias'), [channels]],
    ...norm(embed('layer_norm2'), channels),
    [embed('conv3.weight'), [width, channels, 1, 1]],
    [embed('conv3.bias'), [width]],
  ];
}

function decoderShapes({ promptWidth: width, decoderMlp }: SamSizes): Shapes {
  const name = (part: string) => `mask_decoder.${part}`;
  const attention = (path: string, inner: number): Shapes => [
    ...['q', 'k', 'v'].flatMap((part) => layer(name(`${path}.${part}_proj`), inner, width)),
    ...layer(name(`${path}.out_proj`), width, inner),
  ];
  const head = (path: string, out: number): Shapes => [
    ...layer(name(`${path}.proj_in`), width, width),
    ...layer(name(`${path}.layers.0`), width, width),
    ...layer(name(`${path}.proj_out`), out, width),
  ];
  return [
    [name('iou_token.weight'), [1, width]],
    [name('mask_tokens.weight'), [4, width]],
    ...[0, 1].flatMap((at): Shapes => {
      const path = `transformer.layers.${at}`;
      return [
        ...attention(`${path}.self_attn`, width),
        ...attention(`${path}.cross_attn_token_to_image`, width / 2),
        ...attention(`${path}.cross_attn_image_to_token`, width / 2),
        ...[1, 2, 3, 4].flatMap((number) => norm(name(`${path}.layer_norm${number}`), width)),
        ...layer(name(`${path}.mlp.lin1`), decoderMlp, width),
        ...layer(name(`${path}.mlp.lin2`), width, decoderMlp),
      ];
    }),
    ...attention('transformer.final_attn_token_to_image', width / 2),
    ...norm(name('transformer.layer_norm_final_attn'), width),
    [name('upscale_conv1.weight'), [width, width / 4, 2, 2]],
    [name('upscale_conv1.bias'), [width / 4]],
    ...norm(name('upscale_layer_norm'), width / 4),
    [name('upscale_conv2.weight'), [width / 4, width / 8, 2, 2]],
    [name('upscale_conv2.bias'), [width / 8]],
    ...[0, 1, 2, 3].flatMap((mask) => head(`output_hypernetworks_mlps.${mask}`, width / 8)),
    ...head('iou_prediction_head', 4),
  ];
}
