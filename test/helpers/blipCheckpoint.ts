// Writes BLIP-ITM checkpoints with random weights in the Hugging Face layout, of any size: names and
// shapes as published (design: method.md 10.1).
import { mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface BlipSizes {
  readonly visionLayers: number;
  readonly visionWidth: number;
  readonly visionHeads: number;
  readonly textLayers: number;
  readonly textWidth: number;
  readonly textHeads: number;
  readonly projection: number;
  readonly patch: number;
  readonly imageSide: number;
  readonly vocabSize: number;
  readonly maxTokens: number;
}

export const TINY_BLIP: BlipSizes = {
  visionLayers: 2,
  visionWidth: 16,
  visionHeads: 2,
  textLayers: 3,
  textWidth: 12,
  textHeads: 2,
  projection: 4,
  patch: 8,
  imageSide: 32,
  vocabSize: 12,
  maxTokens: 20,
};

export const LARGE_BLIP: BlipSizes = {
  visionLayers: 24,
  visionWidth: 1024,
  visionHeads: 16,
  textLayers: 12,
  textWidth: 768,
  textHeads: 12,
  projection: 256,
  patch: 16,
  imageSide: 384,
  vocabSize: 30524,
  maxTokens: 512,
};

/** Shape of every tensor by name. */
export function blipShapes(sizes: BlipSizes): Map<string, readonly number[]> {
  const { visionWidth: vision, textWidth: text, patch, projection } = sizes;
  const shapes = new Map<string, readonly number[]>();
  const linear = (name: string, out: number, into: number) => {
    shapes.set(`${name}.weight`, [out, into]);
    shapes.set(`${name}.bias`, [out]);
  };
  const norm = (name: string, width: number) => {
    shapes.set(`${name}.weight`, [width]);
    shapes.set(`${name}.bias`, [width]);
  };
  const tokens = 1 + (sizes.imageSide / patch) ** 2;
  shapes.set('vision_model.embeddings.class_embedding', [1, 1, vision]);
  shapes.set('vision_model.embeddings.position_embedding', [1, tokens, vision]);
  shapes.set('vision_model.embeddings.patch_embedding.weight', [vision, 3, patch, patch]);
  shapes.set('vision_model.embeddings.patch_embedding.bias', [vision]);
  for (let i = 0; i < sizes.visionLayers; i += 1) {
    const layer = `vision_model.encoder.layers.${i}`;
    norm(`${layer}.layer_norm1`, vision);
    norm(`${layer}.layer_norm2`, vision);
    linear(`${layer}.self_attn.qkv`, 3 * vision, vision);
    linear(`${layer}.self_attn.projection`, vision, vision);
    linear(`${layer}.mlp.fc1`, 4 * vision, vision);
    linear(`${layer}.mlp.fc2`, vision, 4 * vision);
  }
  norm('vision_model.post_layernorm', vision);
  shapes.set('text_encoder.embeddings.word_embeddings.weight', [sizes.vocabSize, text]);
  shapes.set('text_encoder.embeddings.position_embeddings.weight', [sizes.maxTokens, text]);
  norm('text_encoder.embeddings.LayerNorm', text);
  for (let i = 0; i < sizes.textLayers; i += 1) {
    const layer = `text_encoder.encoder.layer.${i}`;
    for (const [attention, into] of [
      ['attention', text],
      ['crossattention', vision],
    ] as const) {
      linear(`${layer}.${attention}.self.query`, text, text);
      linear(`${layer}.${attention}.self.key`, text, into);
      linear(`${layer}.${attention}.self.value`, text, into);
      linear(`${layer}.${attention}.output.dense`, text, text);
      norm(`${layer}.${attention}.output.LayerNorm`, text);
    }
    linear(`${layer}.intermediate.dense`, 4 * text, text);
    linear(`${layer}.output.dense`, text, 4 * text);
    norm(`${layer}.output.LayerNorm`, text);
  }
  linear('vision_proj', projection, vision);
  linear('text_proj', projection, text);
  linear('itm_head', 2, text);
  return shapes;
}

/** The keys of config.json that matter. */
export function blipConfig(sizes: BlipSizes): unknown {
  return {
    model_type: 'blip',
    image_text_hidden_size: sizes.projection,
    text_config: {
      vocab_size: sizes.vocabSize,
      hidden_size: sizes.textWidth,
      encoder_hidden_size: sizes.visionWidth,
      intermediate_size: 4 * sizes.textWidth,
      num_hidden_layers: sizes.textLayers,
      num_attention_heads: sizes.textHeads,
      max_position_embeddings: sizes.maxTokens,
      layer_norm_eps: 1e-12,
      hidden_act: 'gelu',
    },
    vision_config: {
      hidden_size: sizes.visionWidth,
      intermediate_size: 4 * sizes.visionWidth,
      num_hidden_layers: sizes.visionLayers,
      num_attention_heads: sizes.visionHeads,
      image_size: sizes.imageSide,
      patch_size: sizes.patch,
      layer_norm_eps: 1e-5,
      hidden_act: 'gelu',
    },
  };
}

/** A vocabulary of `size` lines that a BERT tokenizer takes. */
export function blipVocabulary(size: number): string {
  const words = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', 'a', 'picture', 'of', 'cat', 'dog', '##s'];
  while (words.length < size - 2) words.push(`word${words.length}`);
  return `${[...words.slice(0, size - 2), '[DEC]', '[ENC]'].join('\n')}\n`;
}

/** model.safetensors, config.json, vocab.txt and preprocessor_config.json in a new `folder`. */
export async function writeBlipFolder(folder: string, sizes: BlipSizes = TINY_BLIP): Promise<void> {
  await writeBlipWords(folder, sizes);
  await writeWeights(join(folder, 'model.safetensors'), blipShapes(sizes));
}

/** Everything of such a folder but the weights. */
export async function writeBlipWords(folder: string, sizes: BlipSizes): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'config.json'), JSON.stringify(blipConfig(sizes)));
  await writeFile(join(folder, 'vocab.txt'), blipVocabulary(sizes.vocabSize));
  await writeFile(
    join(folder, 'preprocessor_config.json'),
    JSON.stringify({ image_mean: [0.5, 0.4, 0.3], image_std: [0.2, 0.25, 0.3] }),
  );
}

/** The same tensors by the names of the original .pth files. */
export function originalNames(
  shapes: ReadonlyMap<string, readonly number[]>,
): Map<string, readonly number[]> {
  const embeddings = 'vision_model.embeddings.';
  const renamed = [...shapes].map(([name, shape]) => {
    const original = name
      .replace(`${embeddings}class_embedding`, 'visual_encoder.cls_token')
      .replace(`${embeddings}position_embedding`, 'visual_encoder.pos_embed')
      .replace(`${embeddings}patch_embedding`, 'visual_encoder.patch_embed.proj')
      .replace('vision_model.post_layernorm', 'visual_encoder.norm')
      .replace('vision_model.encoder.layers', 'visual_encoder.blocks')
      .replace(/^(visual_encoder.*)layer_norm/, '$1norm')
      .replace('self_attn.qkv', 'attn.qkv')
      .replace('self_attn.projection', 'attn.proj');
    return [original, shape] as const;
  });
  return new Map(renamed);
}

async function writeWeights(path: string, shapes: Map<string, readonly number[]>): Promise<void> {
  const header: Record<string, unknown> = {};
  let end = 0;
  for (const [name, shape] of shapes) {
    const bytes = 4 * shape.reduce((a, b) => a * b, 1);
    header[name] = { dtype: 'F32', shape, data_offsets: [end, end + bytes] };
    end += bytes;
  }
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  const block = randomBlock(Math.min(end, 4 * 1024 * 1024));
  const file = await open(path, 'wx');
  try {
    await file.write(Buffer.concat([length, json]));
    for (let at = 0; at < end; at += block.length)
      await file.write(block, 0, Math.min(block.length, end - at));
  } finally {
    await file.close();
  }
}

// Small values around zero, so that sums over wide layers stay in range; repeats in large files.
export function randomBlock(bytes: number): Buffer {
  const values = new Float32Array(bytes / 4);
  let state = 12345;
  for (let i = 0; i < values.length; i += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    values[i] = (state / 2 ** 32 - 0.5) * 0.08;
  }
  return Buffer.from(values.buffer);
}
