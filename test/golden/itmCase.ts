// What golden families of image-text matching models have in common: load the case's folder, run
// image and captions, compare logits, attention, gradient and GradCAM with the recorded arrays.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Explanation, ImageFeatures, TokenBatch } from '../../electron/inference/model.ts';
import { loadItmModel } from '../../electron/inference/session/itmModel.ts';
import { familyOf } from '../../models/families.ts';
import type { WeightIndex } from '../../models/family.ts';
import { containedPath } from '../../models/files/contained.ts';
import { readWeights } from '../../models/packs/weightFiles.ts';
import { readTensorFloats } from '../../models/safetensors/reader.ts';
import { readNpyAs } from '../helpers/npy.ts';
import { largest, type Comparison } from './compare.ts';
import type { GoldenResult } from './goldenFamily.ts';

/** What F32 arithmetic may cost: absolute, or a share of the largest value where that is above 1. */
export const TOLERANCE = 1e-4;
/** Gradients scale with their own maximum, layer by layer; below this they count as zero. */
const GRADIENT_UNIT = 1e-2;
/** How many times the error of the recording's own F32 run is sensible (the goldens' README). */
const F32_MARGIN = 10;

/** One kind of captions in a case and where its recorded outputs are. */
export interface CaptionKind {
  /** Array of ids, without .npy. */
  readonly ids: string;
  /** Folder of the outputs. */
  readonly expected: string;
  /** Key of meta.json that tells how exact the recording's own F32 run is. */
  readonly check: string;
}

/** Runs the model in `folder` on every kind of captions; gives all that is to be compared. */
export async function compareItmCase(
  folder: string,
  meta: unknown,
  kinds: readonly CaptionKind[],
): Promise<Comparison[]> {
  const weights = await weightsOf(folder, meta);
  const config: unknown = JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8'));
  const read = (name: string) => readNpyAs(join(folder, `${name}.npy`), 'f4');
  const comparisons: Comparison[] = [];
  const compare = (name: string, got: Float32Array, want: Float32Array) =>
    comparisons.push({ name, got, want, tolerance: TOLERANCE });
  const model = await loadItmModel({ folder, weights, config });
  try {
    const pixels = read('pixel_values');
    const [, , height, width] = pixels.shape as [number, number, number, number];
    const features = await model.encodeImage(pixels.data, height, width);
    compare('image_embeds', embedsOf(features), read(embedsFile(kinds, folder)).data);
    const mask = readNpyAs(join(folder, 'attention_mask.npy'), 'i8');
    const [batch, length] = mask.shape as [number, number];
    for (const { ids, expected, check } of kinds) {
      const inputIds = readNpyAs(join(folder, `${ids}.npy`), 'i8').data;
      const captions: TokenBatch = { batch, length, inputIds, attentionMask: mask.data };
      const want = (name: string) => read(`${expected}/${name}`).data;
      const layers = Array.from({ length: model.info.layers }, (_, layer) => layer);
      const got = await model.explain(features, captions, layers);
      const compareLayers = (name: string, values: Float32Array) =>
        comparisons.push(
          ...perLayer(`${expected} ${name}`, values, want(name), meta, check, layers),
        );
      compare(`${expected} itm_logits`, got.itmLogits, want('itm_logits'));
      const match = await model.match(features, captions);
      compare(`${expected} match logits`, match, want('itm_logits'));
      if (existsSync(join(folder, `${expected}/itm_logits_masked.npy`))) {
        const seen = readNpyAs(join(folder, 'image_mask.npy'), 'i8').data;
        const masked = await model.match(features, captions, seen);
        compare(`${expected} masked match logits`, masked, want('itm_logits_masked'));
      }
      compare(`${expected} cross_attn`, got.attention, want('cross_attn'));
      compareLayers('cross_attn_grad', got.gradient);
      compareLayers('gradcam', gradCam(got, mask.data));
      // Another graph: it ends at the layer asked for.
      const middle = Math.floor(layers.length / 2);
      const alone = await model.explain(features, captions, [middle]);
      const size = alone.gradient.length;
      const recorded = want('cross_attn_grad').subarray(middle * size, (middle + 1) * size);
      compare(`${expected} layer ${middle} alone`, alone.gradient, recorded);
    }
    return comparisons;
  } finally {
    await model.dispose();
  }
}

/** Runs a case of the layout that albef and mplug share: positions, outputs in expected/. */
export async function runPublishedCase(folder: string, meta: unknown): Promise<GoldenResult> {
  const kinds = [{ ids: 'input_ids', expected: 'expected', check: 'check' }];
  const { family } = meta as { readonly family: string };
  const recognised = familyOf(await weightsOf(folder, meta)).id;
  if (recognised !== family) throw new Error(`the weights are taken for ${recognised}`);
  return largest([
    await comparePositions(folder, 'pos_embed', meta),
    ...(await compareItmCase(folder, meta, kinds)),
  ]);
}

/** The family's image positions for the case's image, against `name`. */
export async function comparePositions(
  folder: string,
  name: string,
  meta: unknown,
): Promise<Comparison> {
  const weights = await weightsOf(folder, meta);
  const family = familyOf(weights);
  const facts = family.facts(
    JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8')),
    weights,
  );
  const { shape } = readNpyAs(join(folder, 'pixel_values.npy'), 'f4');
  const [rows, columns] = shape.slice(2).map((side) => side / facts.patch) as [number, number];
  const table = await readTensorFloats(facts.positionTable, folder);
  return {
    name,
    got: family.position(table, facts, rows, columns),
    want: readNpyAs(join(folder, `${name}.npy`), 'f4').data,
    tolerance: 1e-5,
  };
}

// In the file that meta.json names, and in the usual one where it names none.
function weightsOf(folder: string, meta: unknown): Promise<WeightIndex> {
  const named = (meta as Record<string, unknown> | null)?.['weights_file'];
  const file = typeof named === 'string' ? named : 'model.safetensors';
  return readWeights(containedPath(folder, file), file);
}

function perLayer(
  name: string,
  got: Float32Array,
  want: Float32Array,
  meta: unknown,
  check: string,
  layers: readonly number[],
): Comparison[] {
  if (got.length !== want.length) return [{ name, got, want, tolerance: TOLERANCE }];
  const size = want.length / layers.length;
  return layers.map((layer) => ({
    name: `${name} of layer ${layer}`,
    got: got.subarray(layer * size, (layer + 1) * size),
    want: want.subarray(layer * size, (layer + 1) * size),
    tolerance: TOLERANCE,
    unit: GRADIENT_UNIT,
    atLeast: F32_MARGIN * recordedGradientError(meta, check),
  }));
}

// <check>.float32_vs_float64_max_abs of the gradient, 0 where a case does not state it.
function recordedGradientError(meta: unknown, check: string): number {
  const errors = (
    (meta as Record<string, unknown>)[check] as Record<string, unknown> | undefined
  )?.['float32_vs_float64_max_abs'] as Record<string, unknown> | undefined;
  const error = errors?.['grad'] ?? errors?.['cross_attn_grad'];
  return typeof error === 'number' ? error : 0;
}

// At the top of a case, or among its outputs.
function embedsFile(kinds: readonly CaptionKind[], folder: string): string {
  const names = ['image_embeds', ...kinds.map(({ expected }) => `${expected}/image_embeds`)];
  const found = names.find((name) => existsSync(join(folder, `${name}.npy`)));
  if (found === undefined) throw new Error(`${folder}: no image_embeds.npy`);
  return found;
}

function embedsOf(features: ImageFeatures): Float32Array {
  const { arrays } = features as unknown as { arrays: Record<string, { data: Float32Array }> };
  return arrays['image_embeds']?.data as Float32Array;
}

/** Attention times positive gradient times the query token's mask, image token 0 dropped. */
function gradCam({ attention, gradient, shape }: Explanation, mask: BigInt64Array): Float32Array {
  const [layers, batch, heads, tokens, keys] = shape;
  const rows = layers * batch * heads * tokens;
  const cam = new Float32Array(rows * (keys - 1));
  for (let row = 0; row < rows; row++) {
    const caption = Math.floor(row / (tokens * heads)) % batch;
    const present = Number(mask[caption * tokens + (row % tokens)]);
    for (let key = 1; key < keys; key++) {
      const at = row * keys + key;
      cam[row * (keys - 1) + key - 1] =
        present * (attention[at] as number) * Math.max(0, gradient[at] as number);
    }
  }
  return cam;
}
