// A tiny BridgeTower checkpoint with random weights, in the published names and shapes.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WeightIndex } from '../../models/family.ts';
import { readSafetensorsIndex } from '../../models/safetensors/reader.ts';
import { randomF32, safetensorsFile, type StoredTensor } from './safetensorsFile.ts';

const LAYERS = 3;
const CROSS = 2;
const VISION = 64;
const WIDTH = 12;
const MLP = 20;
const GRID = 2;
const PATCH = 8;
export const BRIDGE_TOWER_VOCABULARY = 30;
const POSITIONS = 14;

/** config.json of the checkpoint; a fresh object each time. */
export function bridgeTowerConfig() {
  return {
    model_type: 'bridgetower',
    hidden_size: WIDTH,
    num_hidden_layers: CROSS,
    layer_norm_eps: 1e-5,
    link_tower_type: 'add',
    share_cross_modal_transformer_layers: true,
    text_config: {
      hidden_size: WIDTH,
      num_hidden_layers: LAYERS,
      num_attention_heads: 3,
      intermediate_size: MLP,
      layer_norm_eps: 1e-5,
      max_position_embeddings: POSITIONS,
      vocab_size: BRIDGE_TOWER_VOCABULARY,
      pad_token_id: 1,
    } as Record<string, unknown>,
    vision_config: {
      hidden_size: VISION,
      num_hidden_layers: LAYERS,
      image_size: GRID * PATCH,
      patch_size: PATCH,
      layer_norm_eps: 1e-5,
    } as Record<string, unknown>,
  };
}

/** Writes model.safetensors into `folder`; gives its index. */
export async function writeBridgeTower(folder: string): Promise<WeightIndex> {
  const path = join(folder, 'model.safetensors');
  const tensors: Record<string, StoredTensor> = {};
  let seed = 1;
  for (const [name, shape] of shapes()) tensors[name] = randomF32(shape, seed++);
  writeFileSync(path, safetensorsFile(tensors));
  return readSafetensorsIndex(path);
}

function shapes(): Map<string, readonly number[]> {
  const all = new Map<string, readonly number[]>();
  const linear = (name: string, out: number, into: number) => {
    all.set(`${name}.weight`, [out, into]);
    all.set(`${name}.bias`, [out]);
  };
  const norm = (name: string, width: number) => {
    all.set(`${name}.weight`, [width]);
    all.set(`${name}.bias`, [width]);
  };
  const visual = 'bridgetower.vision_model.visual';
  all.set(`${visual}.embeddings.class_embedding`, [VISION]);
  all.set(`${visual}.embeddings.patch_embedding.weight`, [VISION, 3, PATCH, PATCH]);
  all.set(`${visual}.embeddings.position_embedding.weight`, [1 + GRID * GRID, VISION]);
  norm(`${visual}.ln_pre`, VISION);
  norm(`${visual}.ln_post`, VISION);
  for (let i = 0; i < LAYERS; i++) {
    const block = `${visual}.transformer.resblocks.${i}`;
    all.set(`${block}.attn.in_proj_weight`, [3 * VISION, VISION]);
    all.set(`${block}.attn.in_proj_bias`, [3 * VISION]);
    linear(`${block}.attn.out_proj`, VISION, VISION);
    norm(`${block}.ln_1`, VISION);
    norm(`${block}.ln_2`, VISION);
    linear(`${block}.mlp.c_fc`, 4 * VISION, VISION);
    linear(`${block}.mlp.c_proj`, VISION, 4 * VISION);
  }
  const text = 'bridgetower.text_model';
  all.set(`${text}.embeddings.word_embeddings.weight`, [BRIDGE_TOWER_VOCABULARY, WIDTH]);
  all.set(`${text}.embeddings.position_embeddings.weight`, [POSITIONS, WIDTH]);
  all.set(`${text}.embeddings.token_type_embeddings.weight`, [1, WIDTH]);
  norm(`${text}.embeddings.LayerNorm`, WIDTH);
  const layer = (name: string, attentions: readonly string[]) => {
    for (const attention of attentions) {
      for (const part of ['query', 'key', 'value'])
        linear(`${name}.${attention}.self.${part}`, WIDTH, WIDTH);
      linear(`${name}.${attention}.output.dense`, WIDTH, WIDTH);
      norm(`${name}.${attention}.output.LayerNorm`, WIDTH);
    }
    linear(`${name}.intermediate.dense`, MLP, WIDTH);
    linear(`${name}.output.dense`, WIDTH, MLP);
    norm(`${name}.output.LayerNorm`, WIDTH);
  };
  for (let i = 0; i < LAYERS; i++) layer(`${text}.encoder.layer.${i}`, ['attention']);
  all.set('bridgetower.token_type_embeddings.weight', [2, WIDTH]);
  for (const stream of ['text', 'image']) {
    const part = `bridgetower.cross_modal_${stream}`;
    linear(`${part}_transform`, WIDTH, stream === 'text' ? WIDTH : VISION);
    norm(`${part}_layernorm`, WIDTH);
    linear(`${part}_pooler.dense`, WIDTH, WIDTH);
    for (let i = 0; i < CROSS; i++) layer(`${part}_layers.${i}`, ['attention', 'crossattention']);
    for (let i = 0; i < CROSS - 1; i++) norm(`${part}_link_tower.${i}.LayerNorm`, WIDTH);
  }
  linear('itm_score.fc', 2, 2 * WIDTH);
  return all;
}
