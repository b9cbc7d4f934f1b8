// Salience DropOut pass by pass: explain, keep the maps, choose patches, hide them, encode again
// (method.md 4.5).
import type { ImageFeatures } from '../../model.ts';
import { throwIfCancelled } from '../../cancel.ts';
import { chooseDrops, dropCounts, dropScores, type DropRule } from './dropout.ts';
import { fillImage, hidePatchesInPlace, type InputPixels } from './fill.ts';
import { probability } from './match.ts';
import type { ExplainParams } from '../../../link/params.ts';
import type { ExplainOptions, PackModel, Stopwatch } from '../runOptions.ts';
import type { RunPass } from '../salienceRun.ts';
import { tokenMaps } from './saliency.ts';
import { batchOf, type Caption } from '../tokenize/caption.ts';

/** Captions per model run; more are run one chunk after the other. */
const CAPTIONS_PER_RUN = 32;

export interface PassesInput {
  readonly pack: PackModel;
  readonly input: InputPixels;
  readonly captions: readonly Caption[];
  readonly params: ExplainParams;
  readonly options: ExplainOptions;
  readonly first: ImageFeatures;
  readonly encode: (pixels: Float32Array) => Promise<ImageFeatures>;
  readonly timed: Stopwatch;
}

/** All passes of the captions. `onFirst` gets the match of each caption after pass 0. */
export async function runPasses(
  given: PassesInput,
  onFirst: (matches: Float32Array) => void,
): Promise<RunPass[]> {
  const { pack, input, captions, params, options, first, encode, timed } = given;
  const { patch } = pack.model.info;
  const patches = (input.height / patch) * (input.width / patch);
  const counts = dropCounts(dropRule(params), patches, params.passes);
  const hidden = new Uint8Array(patches);
  const order: number[] = [];
  const passes: RunPass[] = [];
  const working = { ...input, pixels: params.passes > 1 ? input.pixels.slice() : input.pixels };
  const fill =
    params.passes > 1 ? fillImage(input, params.dropFill, pack.model.info, patch) : input.pixels;

  for (let pass = 0; pass < params.passes; pass++) {
    throwIfCancelled(options);
    options.onProgress?.({ stage: 'pass', pass: pass + 1, passes: params.passes });
    const features = pass === 0 ? first : await encode(working.pixels);
    try {
      const result = await timed('explain', () => explainPass(given, features));
      for (const map of result.tokenMaps)
        for (let at = 0; at < map.length; at++) if (hidden[at % patches] === 1) map[at] = 0;
      passes.push({ dropped: Uint32Array.from(order), ...result });
      if (pass === 0) onFirst(result.match);
    } finally {
      if (pass > 0) features.dispose();
    }
    // The choice after the last pass would not be used.
    const count = counts[pass];
    if (count === undefined) continue;
    const scores = dropScores(passes[pass]?.tokenMaps ?? [], captions, patches, {
      score: params.dropScore,
      paddedLength: options.paddedLength,
    });
    const chosen = chooseDrops(scores, hidden, count, params.excludeDropped);
    for (const number of chosen) {
      if (hidden[number] === 0) order.push(number);
      hidden[number] = 1;
    }
    hidePatchesInPlace(working, fill, chosen, patch);
  }
  return passes;
}

async function explainPass(
  { pack, captions, params, options }: PassesInput,
  features: ImageFeatures,
): Promise<Omit<RunPass, 'dropped'>> {
  const z = new Float32Array(captions.length);
  const match = new Float32Array(captions.length);
  const maps: Float32Array[] = [];
  for (let from = 0; from < captions.length; from += CAPTIONS_PER_RUN) {
    throwIfCancelled(options);
    const chunk = captions.slice(from, from + CAPTIONS_PER_RUN);
    const batch = batchOf(chunk, pack.tokenizer.padId);
    const explanation = await pack.model.explain(features, batch, params.layers);
    maps.push(
      ...tokenMaps(explanation, chunk, {
        kind: params.mapKind,
        heads: params.heads,
        scaleMaps: params.scaleMaps,
      }),
    );
    chunk.forEach((_, row) => {
      z[from + row] = explanation.itmLogits[2 * row + 1] as number;
      match[from + row] = probability(explanation.itmLogits, row);
    });
  }
  return { z, match, tokenMaps: maps };
}

function dropRule({ dropRule: kind, dropCount, dropFraction }: ExplainParams): DropRule {
  if (kind === 'count') return { kind, patches: dropCount };
  return kind === 'fraction' ? { kind, fraction: dropFraction } : { kind };
}
