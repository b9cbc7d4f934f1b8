// Golden family `blip`: BLIP-ITM from a Hugging Face folder, its forward pass and GradCAM, against
// values that transformers computed in float64.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadItmModel } from '../../../electron/inference/session/itmModel.ts';
import { blipItm } from '../../../models/blip-itm/family.ts';
import { readSafetensorsIndex, readTensorFloats } from '../../../models/safetensors/reader.ts';
import { readNpyAs } from '../../helpers/npy.ts';
import type { GoldenFamily } from '../goldenFamily.ts';
import { largest, type Comparison } from '../compare.ts';

/** What F32 arithmetic may cost: absolute, or a share of the largest value where that is above 1. */
const TOLERANCE = 1e-4;
/** Gradients scale with their own maximum, layer by layer; below this they count as zero. */
const GRADIENT_UNIT = 1e-2;
/** How many times the error of the recording's own F32 run is sensible (the goldens' README). */
const F32_MARGIN = 10;

export const family: GoldenFamily = {
  name: 'blip',
  async run(folder, meta) {
    const weights = await readSafetensorsIndex(join(folder, 'model.safetensors'));
    const config: unknown = JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8'));
    const model = await loadItmModel({ folder, weights, config });
    const read = (name: string) => readNpyAs(join(folder, `${name}.npy`), 'f4');
    const ids = (name: string) => readNpyAs(join(folder, `${name}.npy`), 'i8');
    const mask = ids('attention_mask');
    const [batch, length] = mask.shape as [number, number];
    const comparisons: Comparison[] = [];
    const compare = (name: string, got: Float32Array, want: Float32Array) =>
      comparisons.push({ name, got, want, tolerance: TOLERANCE });
    const compareLayers = (kind: string, what: string, got: Float32Array, want: Float32Array) => {
      const size = want.length / model.info.layers;
      for (let at = 0; at < Math.max(got.length, want.length); at += size)
        comparisons.push({
          name: `${kind} ${what} of layer ${at / size}`,
          got: got.subarray(at, at + size),
          want: want.subarray(at, at + size),
          tolerance: TOLERANCE,
          unit: GRADIENT_UNIT,
          atLeast: F32_MARGIN * recordedGradientError(meta, kind),
        });
    };
    try {
      const pixels = read('pixel_values');
      const [, , height, width] = pixels.shape as [number, number, number, number];
      const facts = blipItm.facts(config, weights);
      const table = await readTensorFloats(facts.positionTable, folder);
      const [rows, columns] = [height / facts.patch, width / facts.patch];
      compare('pos_embed', blipItm.position(table, facts, rows, columns), read('pos_embed').data);
      const features = await model.encodeImage(pixels.data, height, width);
      compare('image_embeds', embedsOf(features), read('image_embeds').data);
      for (const kind of ['enc', 'cls'].filter((one) =>
        existsSync(join(folder, `expected_${one}`)),
      )) {
        const captions = {
          batch,
          length,
          inputIds: ids(`input_ids_${kind}`).data,
          attentionMask: mask.data,
        };
        const want = (name: string) => read(`expected_${kind}/${name}`).data;
        const all = Array.from({ length: model.info.layers }, (_, layer) => layer);
        const got = await model.explain(features, captions, all);
        compare(`${kind} itm_logits`, got.itmLogits, want('itm_logits'));
        compare(`${kind} match logits`, await model.match(features, captions), want('itm_logits'));
        compare(`${kind} itm_match_prob`, matchProbability(got.itmLogits), want('itm_match_prob'));
        compare(`${kind} cross_attn`, got.attention, want('cross_attn'));
        compareLayers(kind, 'cross_attn_grad', got.gradient, want('cross_attn_grad'));
        compareLayers(kind, 'gradcam', gradCam(got, mask.data), want('gradcam'));
        const one = await model.explain(features, captions, [0]);
        const size = one.gradient.length;
        compare(`${kind} layer 0 alone`, one.gradient, want('cross_attn_grad').subarray(0, size));
      }
      return largest(comparisons);
    } finally {
      await model.dispose();
    }
  },
};

// check_<kind>.float32_vs_float64_max_abs.grad, 0 where a case does not state it.
function recordedGradientError(meta: unknown, kind: string): number {
  const check = (meta as Record<string, unknown>)[`check_${kind}`];
  const errors = (check as { float32_vs_float64_max_abs?: { grad?: unknown } } | undefined)
    ?.float32_vs_float64_max_abs;
  return typeof errors?.grad === 'number' ? errors.grad : 0;
}

function embedsOf(features: object): Float32Array {
  const { arrays } = features as { arrays: Record<string, { data: Float32Array }> };
  return arrays['image_embeds']?.data as Float32Array;
}

function matchProbability(logits: Float32Array): Float32Array {
  return Float32Array.from({ length: logits.length / 2 }, (_, caption) => {
    const [no, yes] = [logits[2 * caption] as number, logits[2 * caption + 1] as number];
    return 1 / (1 + Math.exp(no - yes));
  });
}

// Attention times positive gradient times the query token's mask, image token 0 dropped.
function gradCam(
  explanation: {
    readonly attention: Float32Array;
    readonly gradient: Float32Array;
    readonly shape: readonly [number, number, number, number, number];
  },
  mask: BigInt64Array,
): Float32Array {
  const { attention, gradient, shape } = explanation;
  const [layers, batch, heads, tokens, keys] = shape;
  const cam = new Float32Array(layers * batch * heads * tokens * (keys - 1));
  for (let row = 0; row < layers * batch * heads * tokens; row++) {
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
