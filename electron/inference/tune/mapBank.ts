// First-pass class maps of every layer and head of one image, from a single forward and backward
// (method.md 5): what makes trying a layer and head cost no run of the model.
import type { Explanation } from '../model.ts';
import type { ClassMaps } from '../pipeline/planes/classMaps.ts';
import { fromTokens } from '../pipeline/planes/classMaps.ts';
import type { ExplainParams, MaskParams } from '../../link/params.ts';
import { tokenMaps } from '../pipeline/explain/saliency.ts';
import type { SalienceRun } from '../pipeline/salienceRun.ts';

/** What the maps belong to: captions, classes and the patch grid. */
export type MapFrame = Pick<SalienceRun, 'captions' | 'classes' | 'rows' | 'columns'>;

export interface MapBank {
  readonly layers: number;
  readonly heads: number;
  readonly classes: number;
  readonly patches: number;
  /** [layers, heads, classes, patches]. */
  readonly values: Float32Array;
}

/** The bank of an explanation of all layers, in order. */
export function mapBank(
  explanation: Explanation,
  frame: MapFrame,
  { mapKind }: Pick<ExplainParams, 'mapKind'>,
  params: Pick<MaskParams, 'synonyms' | 'lastClass'>,
): MapBank {
  const [layers, batch, heads, tokens, keys] = explanation.shape;
  const classes = frame.classes.length;
  const patches = frame.rows * frame.columns;
  const values = new Float32Array(layers * heads * classes * patches);
  const perLayer = batch * heads * tokens * keys;
  let at = 0;
  for (let layer = 0; layer < layers; layer++) {
    const one: Explanation = {
      itmLogits: explanation.itmLogits,
      attention: explanation.attention.subarray(layer * perLayer, (layer + 1) * perLayer),
      gradient: explanation.gradient.subarray(layer * perLayer, (layer + 1) * perLayer),
      shape: [1, batch, heads, tokens, keys],
    };
    for (let head = 0; head < heads; head++) {
      const maps = tokenMaps(one, frame.captions, {
        kind: mapKind,
        heads: [head],
        scaleMaps: false,
      });
      values.set(fromTokens(frame, maps, params).maps, at);
      at += classes * patches;
    }
  }
  return { layers, heads, classes, patches, values };
}

/**
 * Class maps of chosen layers and heads (empty = mean over all heads). Several layers are scaled by
 * each class's maximum and added up, as the pipeline does; with synonyms it scales each word.
 */
export function mapsOf(
  bank: MapBank,
  layers: readonly number[],
  heads: readonly number[],
): ClassMaps {
  const { classes, patches, values } = bank;
  const size = classes * patches;
  const chosen = heads.length > 0 ? heads : Array.from({ length: bank.heads }, (_, head) => head);
  const total = new Float32Array(size);
  for (const layer of layers) {
    const mean = new Float32Array(size);
    for (const head of chosen) {
      const from = (layer * bank.heads + head) * size;
      for (let i = 0; i < size; i++)
        mean[i] = (mean[i] as number) + (values[from + i] as number) / chosen.length;
    }
    if (layers.length > 1) scaleClassesInPlace(mean, patches);
    for (let i = 0; i < size; i++) total[i] = (total[i] as number) + (mean[i] as number);
  }
  return { maps: total, classes, patches };
}

/** Divides each class by its own maximum. */
function scaleClassesInPlace(maps: Float32Array, patches: number): void {
  for (let from = 0; from < maps.length; from += patches) {
    const map = maps.subarray(from, from + patches);
    const highest = map.reduce((most, value) => Math.max(most, value), 0);
    if (highest > 0) for (let i = 0; i < patches; i++) map[i] = (map[i] as number) / highest;
  }
}
