// Tiny mPLUGs with random weights, by the names and shapes of the published base and large models.
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
const MLP = 80;
const PATCH = 8;
const GRID = 2;
const TEXT_LAYERS = 1;
const STORED = 7;
const VOCABULARY = 30;
const POSITIONS = 20;

/** The repository's config with these sizes; base models join the streams in every third layer. */
export function mplugConfig(size: 'base' | 'large'): Record<string, unknown> {
  return {
    hidden_size: WIDTH,
    num_hidden_layers: STORED,
    num_attention_heads: 2,
    intermediate_size: MLP,
    hidden_act: 'gelu',
    layer_norm_eps: 1e-12,
    max_position_embeddings: POSITIONS,
    type_vocab_size: 2,
    vocab_size: VOCABULARY,
    text_encoder_layers: TEXT_LAYERS,
    fusion_layers: 6,
    stride_layer: size === 'base' ? 3 : 6,
    encoder_width: WIDTH,
  };
}

/** The matching model, with what large models have beyond base ones. */
export function mplugShapes(size: 'base' | 'large'): Shapes {
  const shapes: Shapes = new Map();
  const vision = size === 'base' ? WIDTH : 2 * WIDTH;
  const visual = 'visual_encoder.visual';
  shapes.set(`${visual}.class_embedding`, [vision]);
  shapes.set(`${visual}.positional_embedding`, [1 + GRID ** 2, vision]);
  shapes.set(`${visual}.conv1.weight`, [vision, 3, PATCH, PATCH]);
  addNorm(shapes, `${visual}.ln_pre`, vision);
  addNorm(shapes, `${visual}.ln_post`, vision);
  const block = `${visual}.transformer.resblocks.0`;
  addNorm(shapes, `${block}.ln_1`, vision);
  addNorm(shapes, `${block}.ln_2`, vision);
  shapes.set(`${block}.attn.in_proj_weight`, [3 * vision, vision]);
  shapes.set(`${block}.attn.in_proj_bias`, [3 * vision]);
  addLinear(shapes, `${block}.attn.out_proj`, vision, vision);
  addLinear(shapes, `${block}.mlp.c_fc`, 4 * vision, vision);
  addLinear(shapes, `${block}.mlp.c_proj`, vision, 4 * vision);
  if (size === 'large') {
    addLinear(shapes, 'visn_fc', WIDTH, vision);
    addNorm(shapes, 'visn_layer_norm', WIDTH);
  }
  const rows = { words: VOCABULARY, positions: POSITIONS };
  addEmbeddings(shapes, 'text_encoder.embeddings', WIDTH, rows);
  const bert = { width: WIDTH, mlp: MLP };
  for (let i = 0; i < TEXT_LAYERS; i++)
    addBertLayer(shapes, `text_encoder.encoder.layer.${i}`, bert, null);
  for (let i = 0; i < STORED; i++)
    addBertLayer(shapes, `fusion_encoder.encoder.layer.${i}`, bert, WIDTH);
  addLinear(shapes, 'itm_head', 2, WIDTH);
  return shapes;
}

/** A pre-training file: inner parts in the names, CLIP's text side, a decoder, momentum copies. */
export function pretrainedMplugShapes(size: 'base' | 'large'): Shapes {
  const named = [...mplugShapes(size)].map(
    ([name, shape]) =>
      [
        name
          .replace('text_encoder.', 'text_encoder.bert.')
          .replace('fusion_encoder.', 'fusion_encoder.fusion.'),
        shape,
      ] as const,
  );
  const copies = named.map(([name, shape]) => [name.replace('.', '_m.'), shape] as const);
  return new Map<string, readonly number[]>([
    ...copies.filter(([name]) => !name.startsWith('itm_head')),
    ['image_queue', [8, 16]],
    ['visual_encoder.positional_embedding', [8, WIDTH]],
    ['visual_encoder.transformer.resblocks.5.ln_1.weight', [WIDTH]],
    ['text_decoder.bert.encoder.layer.9.output.dense.bias', [WIDTH]],
    ['fusion_encoder.fusion.embeddings.word_embeddings.weight', [VOCABULARY, WIDTH]],
    ...named,
  ]);
}

/** Writes a .pth whose tensors have the values of their plain names. */
export async function writeMplugTorch(path: string, shapes: Shapes, under?: string): Promise<void> {
  const plain = (name: string) => name.replace(/^model\./, '').replace(/\.(bert|fusion)\./, '.');
  const values = (name: string) =>
    Buffer.from(randomTensor(plain(name), shapes.get(name) ?? []).bytes);
  await writeTorchFile(path, shapes, values, under);
}
