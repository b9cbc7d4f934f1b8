// Token maps from cross-attention and its gradient: GradCAM, plain attention or plain gradient,
// over chosen heads and layers (method.md 4.4). Image token 0 is left out.
import type { Explanation } from '../../model.ts';
import { PipelineError } from '../../../link/pipelineError.ts';
import type { Caption } from '../tokenize/caption.ts';
import type { MapKind } from '../../../link/params.ts';

export interface SaliencyOptions {
  readonly kind: MapKind;
  /** 0-based heads; empty = the mean over all. Several are averaged. */
  readonly heads: readonly number[];
  /**
   * Divides each layer's map of each word by its maximum. Always on for several layers, whose
   * gradients differ by orders of magnitude.
   */
  readonly scaleMaps: boolean;
}

/**
 * One [tokens, N] array per caption: row = token position ([ENC] is row 0), column = patch.
 * Several layers are added up. Throws PipelineError MODEL_OUTPUT_INVALID when the model gave
 * numbers that are not finite or another shape than it states.
 */
export function tokenMaps(
  explanation: Explanation,
  captions: readonly Caption[],
  options: SaliencyOptions,
): Float32Array[] {
  const [layers, batch, heads, tokens, keys] = explanation.shape;
  checkShape(explanation, captions);
  const chosen =
    options.heads.length > 0 ? options.heads : Array.from({ length: heads }, (_, h) => h);
  const absent = chosen.find((head) => !Number.isInteger(head) || head < 0 || head >= heads);
  if (absent !== undefined)
    throw new PipelineError(
      'PARAM_INVALID',
      `expected heads from 1 to ${heads}, found ${absent + 1}; choose a head this model has`,
    );
  const patches = keys - 1;
  const scaled = options.scaleMaps || layers > 1;
  return captions.map(({ ids, spans }, row) => {
    const total = new Float32Array(ids.length * patches);
    for (let layer = 0; layer < layers; layer++) {
      const maps = new Float32Array(ids.length * patches);
      for (const head of chosen) {
        const from = ((layer * batch + row) * heads + head) * tokens * keys;
        addHead(maps, explanation, { from, tokens: ids.length, keys, kind: options.kind });
      }
      const share = 1 / chosen.length;
      for (let i = 0; i < maps.length; i++) maps[i] = at(maps, i) * share;
      if (scaled) scaleWords(maps, spans, patches);
      for (let i = 0; i < maps.length; i++) total[i] = at(total, i) + at(maps, i);
    }
    if (!total.every(Number.isFinite))
      throw new PipelineError(
        'MODEL_OUTPUT_INVALID',
        'expected finite attention and gradients from the model, found NaN or infinity; run the pack in 32-bit precision',
      );
    return total;
  });
}

interface HeadSlice {
  readonly from: number;
  readonly tokens: number;
  readonly keys: number;
  readonly kind: MapKind;
}

function addHead(maps: Float32Array, { attention, gradient }: Explanation, slice: HeadSlice): void {
  const { from, tokens, keys, kind } = slice;
  let to = 0;
  for (let token = 0; token < tokens; token++) {
    const line = from + token * keys;
    for (let key = 1; key < keys; key++, to++) {
      const weight = kind === 'gradient' ? 1 : at(attention, line + key);
      const slope = kind === 'attention' ? 1 : at(gradient, line + key);
      // NaN must stay visible for the check above, so no "slope > 0 ? slope : 0" here.
      maps[to] = at(maps, to) + weight * Math.max(0, slope);
    }
  }
}

/** Divides the rows of each word by the maximum of the word's mean map; other rows by their own. */
function scaleWords(
  maps: Float32Array,
  spans: readonly { readonly start: number; readonly end: number }[],
  patches: number,
): void {
  const rows = maps.length / patches;
  const groups = [...spans];
  for (let row = 0; row < rows; row++)
    if (!spans.some(({ start, end }) => row >= start && row < end))
      groups.push({ start: row, end: row + 1 });
  for (const { start, end } of groups) {
    let highest = 0;
    for (let patch = 0; patch < patches; patch++) {
      let sum = 0;
      for (let row = start; row < end; row++) sum += at(maps, row * patches + patch);
      highest = Math.max(highest, sum / (end - start));
    }
    if (highest > 0)
      for (let i = start * patches; i < end * patches; i++) maps[i] = at(maps, i) / highest;
  }
}

function checkShape(explanation: Explanation, captions: readonly Caption[]): void {
  const [layers, batch, heads, tokens, keys] = explanation.shape;
  const longest = Math.max(...captions.map((one) => one.ids.length));
  const size = layers * batch * heads * tokens * keys;
  const { attention, gradient, itmLogits } = explanation;
  if (
    batch !== captions.length ||
    tokens < longest ||
    attention.length !== size ||
    gradient.length !== size ||
    itmLogits.length !== 2 * batch
  )
    throw new PipelineError(
      'MODEL_OUTPUT_INVALID',
      `expected attention and gradient of ${captions.length} captions with at least ${longest} tokens, found shape [${explanation.shape.join(', ')}] with ${attention.length} and ${gradient.length} numbers and ${itmLogits.length} logits`,
    );
}

const at = (values: Float32Array, index: number): number => values[index] as number;
