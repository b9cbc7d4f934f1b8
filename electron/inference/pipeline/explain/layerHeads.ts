// First-pass class maps of a run at other layers and heads: one text run per layer.
import type { ImageFeatures } from '../../model.ts';
import type { MapRequest } from '../../../api/run.ts';
import type { StageProgress } from '../../../link/protocol.ts';
import { throwIfCancelled, type Stoppable } from '../../cancel.ts';
import { fromTokens, type ClassMaps } from '../planes/classMaps.ts';
import type { PackModel } from '../runOptions.ts';
import type { SalienceRun } from '../salienceRun.ts';
import { batchOf } from '../tokenize/caption.ts';
import { tokenMaps } from './saliency.ts';

interface LayerHeadQuestion {
  readonly run: SalienceRun;
  /** 1-based. */
  readonly requests: readonly Extract<MapRequest, { kind: 'layerHead' }>[];
}

/** Maps of every asked pair of layer and head, layers in the order in which they are first asked for. */
export async function layerHeadMaps(
  { model, tokenizer }: PackModel,
  features: ImageFeatures,
  { run, requests }: LayerHeadQuestion,
  call: Stoppable & { progress(progress: StageProgress): void },
): Promise<{ layer: number; head: number; maps: ClassMaps }[]> {
  const tokens = batchOf(run.captions, tokenizer.padId);
  const found: { layer: number; head: number; maps: ClassMaps }[] = [];
  const layers = [...new Set(requests.map((request) => request.layer))];
  for (const [index, layer] of layers.entries()) {
    throwIfCancelled(call);
    call.progress({ stage: `Layer ${layer}`, done: index, total: layers.length });
    const explanation = await model.explain(features, tokens, [layer - 1]);
    const heads = new Set(
      requests.filter((request) => request.layer === layer).map(({ head }) => head),
    );
    for (const head of heads) {
      const perCaption = tokenMaps(explanation, run.captions, {
        kind: run.params.mapKind,
        heads: [head - 1],
        scaleMaps: false,
      });
      const maps = fromTokens(run, perCaption, { synonyms: 'max', lastClass: 'mean' });
      found.push({ layer, head, maps });
    }
  }
  return found;
}
