// A tiny ALBEF with random weights, by the names and shapes of each published layout.
import {
  addBertLayer,
  addEmbeddings,
  addLinear,
  addNorm,
  randomTensor,
  type Shapes,
} from './bertShapes.ts';
import { writeTorchFile } from './torchFile.ts';

const WIDTH = 64;
const MLP = 96;
const PATCH = 8;
const GRID = 2;
const VISION_LAYERS = 2;
const TEXT_LAYERS = 5;
const FUSION = 2;
export const ALBEF_VOCABULARY = 120;
const POSITIONS = 20;

/** The repository's config_bert.json with these sizes; a fresh object each time. */
export function albefConfig(): Record<string, unknown> {
  return {
    hidden_size: WIDTH,
    num_hidden_layers: TEXT_LAYERS,
    num_attention_heads: 2,
    intermediate_size: MLP,
    hidden_act: 'gelu',
    layer_norm_eps: 1e-12,
    max_position_embeddings: POSITIONS,
    type_vocab_size: 2,
    vocab_size: ALBEF_VOCABULARY,
    fusion_layer: FUSION,
    encoder_width: WIDTH,
    vision_config: {
      image_size: PATCH * GRID,
      patch_size: PATCH,
      hidden_size: WIDTH,
      num_hidden_layers: VISION_LAYERS,
      num_attention_heads: 4,
      layer_norm_eps: 1e-6,
    },
  };
}

/** A fine-tuned file: the matching model and nothing else. */
export function albefShapes(): Shapes {
  const shapes: Shapes = new Map();
  const vision = 'visual_encoder';
  shapes.set(`${vision}.cls_token`, [1, 1, WIDTH]);
  shapes.set(`${vision}.pos_embed`, [1, 1 + GRID ** 2, WIDTH]);
  shapes.set(`${vision}.patch_embed.proj.weight`, [WIDTH, 3, PATCH, PATCH]);
  shapes.set(`${vision}.patch_embed.proj.bias`, [WIDTH]);
  for (let i = 0; i < VISION_LAYERS; i++) {
    const block = `${vision}.blocks.${i}`;
    addNorm(shapes, `${block}.norm1`, WIDTH);
    addNorm(shapes, `${block}.norm2`, WIDTH);
    addLinear(shapes, `${block}.attn.qkv`, 3 * WIDTH, WIDTH);
    addLinear(shapes, `${block}.attn.proj`, WIDTH, WIDTH);
    addLinear(shapes, `${block}.mlp.fc1`, MLP, WIDTH);
    addLinear(shapes, `${block}.mlp.fc2`, WIDTH, MLP);
  }
  addNorm(shapes, `${vision}.norm`, WIDTH);
  addEmbeddings(shapes, 'text_encoder.embeddings', WIDTH, {
    words: ALBEF_VOCABULARY,
    positions: POSITIONS,
  });
  for (let i = 0; i < TEXT_LAYERS; i++)
    addBertLayer(
      shapes,
      `text_encoder.encoder.layer.${i}`,
      { width: WIDTH, mlp: MLP },
      i >= FUSION ? WIDTH : null,
    );
  for (const name of ['vision_proj', 'text_proj']) addLinear(shapes, name, 8, WIDTH);
  addLinear(shapes, 'itm_head', 2, WIDTH);
  shapes.set('temp', []);
  return shapes;
}

/** A pre-training file: "bert." inside the names, a word head, momentum copies and queues. */
export function pretrainedShapes(): Shapes {
  const named = [...albefShapes()].map(
    ([name, shape]) => [name.replace('text_encoder.', 'text_encoder.bert.'), shape] as const,
  );
  const copies = named
    .filter(([name]) => /^(visual_encoder|text_encoder|vision_proj|text_proj)\./.test(name))
    .map(([name, shape]) => [name.replace('.', '_m.'), shape] as const);
  return new Map<string, readonly number[]>([
    ...copies,
    ['image_queue', [8, 16]],
    ['text_queue', [8, 16]],
    ...named,
    ['text_encoder.cls.predictions.decoder.weight', [ALBEF_VOCABULARY, WIDTH]],
  ]);
}

/** Without the token-type table, as LAVIS fine-tunes. */
export function lavisShapes(): Shapes {
  const shapes = albefShapes();
  shapes.delete('text_encoder.embeddings.token_type_embeddings.weight');
  return shapes;
}

/** Writes a .pth whose tensors have the values of their plain names. */
export async function writeAlbefTorch(path: string, shapes: Shapes, under?: string): Promise<void> {
  const values = (name: string) =>
    Buffer.from(randomTensor(name.replace('.bert.', '.'), shapes.get(name) ?? []).bytes);
  await writeTorchFile(path, shapes, values, under);
}
