// PnP-OVSS as an engine: the pipeline with the thread's models, and what its runs show.
import type { ExplainParams } from '../../link/params.ts';
import { layerHeadMaps } from '../pipeline/explain/layerHeads.ts';
import { explainImage } from '../pipeline/explain/run.ts';
import { classMaps, fromTokens, passWeight } from '../pipeline/planes/classMaps.ts';
import type { PackModel } from '../pipeline/runOptions.ts';
import type { SalienceRun } from '../pipeline/salienceRun.ts';
import { itmInTurn } from '../threads/turns.ts';
import type { Bench, Explainer, ExplainRequest } from './explainer.ts';

export const pnp: Explainer<SalienceRun> = {
  id: 'pnp',

  async ready({ image, params: values, packs }, bench) {
    const params = values as ExplainParams;
    const { pack } = await packInTurn(packs, bench);
    await bench.call.turn();
    bench.keep(await bench.shelves.vectors(pack, image, params));
    await bench.call.turn();
    await pack.model.ready(params.layers);
    bench.used(pack);
  },

  async explain({ image, classes, params: values, packs }, bench) {
    const { call, keep, shelves, onProgress } = bench;
    // The engine's table was checked at the border, and it has a row for each of these fields.
    const params = values as ExplainParams;
    call.progress({ stage: 'Encode', done: 0, total: 1 });
    const { pack, inTurn } = await packInTurn(packs, bench);
    await call.turn();
    const startMs = performance.now();
    const vectors = await shelves.vectors(pack, image, params);
    const encodeMs = vectors.fresh ? performance.now() - startMs : 0;
    const run = await explainImage(
      inTurn,
      image,
      { prompts: classes, params },
      { features: keep(vectors), cancelled: call.cancelled, onProgress },
    );
    bench.used(pack);
    const { encode = 0 } = run.milliseconds;
    return { ...run, milliseconds: { ...run.milliseconds, encode: encode + encodeMs } };
  },

  classMaps,

  passMaps: (run, pass, params) => fromTokens(run, run.passes[pass]?.tokenMaps ?? [], params),

  evidence(run, params) {
    return {
      kinds: run.captions.length > 0 ? ['passes', 'words', 'heads'] : [],
      inputSide: Math.max(run.inputWidth, run.inputHeight),
      layers: run.params.layers.map((layer) => layer + 1),
      heads: run.params.heads.map((head) => head + 1),
      allLayers: run.allLayers,
      ...(run.taps ? { taps: run.taps } : {}),
      allHeads: run.allHeads,
      caption: run.captions[0]?.text ?? '',
      passes: run.passes.map((pass, index) => ({
        index,
        weight: passWeight(index, run.passes.length, params),
        z: [...pass.z],
        dropped: [[...pass.dropped]],
      })),
      tokens: run.classes.map((_, index) => tokensOf(run, index)),
    };
  },

  wordMap(run, classIndex, token) {
    const rows = tokenRows(run, classIndex);
    const values = rows[token];
    return values ? { values, maximum: Math.max(...rows.map(maximumOf)) } : null;
  },

  async headMaps(run, requests, { image, packs }, bench) {
    const { inTurn, pack } = await packInTurn(packs, bench);
    await bench.call.turn();
    const features = bench.keep(await bench.shelves.vectors(pack, image, run.params));
    return layerHeadMaps(inTurn, features, { run, requests }, bench.call);
  },
};

/** The pack, and the same with a model that lets visitors in between its runs. */
async function packInTurn({ explain }: ExplainRequest['packs'], { shelves, keep, call }: Bench) {
  const pack = keep(await shelves.pack(explain));
  const inTurn: PackModel = { model: itmInTurn(pack.model, call.turn), tokenizer: pack.tokenizer };
  return { pack, inTurn };
}

/** Word pieces that a class is asked with, in the order of captions. */
function tokensOf(run: Pick<SalienceRun, 'captions'>, classIndex: number): string[] {
  return run.captions.flatMap(({ spans, pieces }) =>
    spans
      .filter((span) => span.classIndex === classIndex)
      .flatMap(({ start, end }) => pieces.slice(start, end)),
  );
}

/** Map of each word piece of a class, summed over passes. */
function tokenRows(run: SalienceRun, classIndex: number): Float32Array[] {
  const patches = run.rows * run.columns;
  return run.captions.flatMap(({ spans }, caption) =>
    spans
      .filter((span) => span.classIndex === classIndex)
      .flatMap(({ start, end }) =>
        Array.from({ length: end - start }, (_, offset) => {
          const sum = new Float32Array(patches);
          for (const pass of run.passes) {
            const maps = pass.tokenMaps[caption];
            if (!maps) continue;
            const from = (start + offset) * patches;
            for (let patch = 0; patch < patches; patch += 1)
              sum[patch] = sum[patch]! + maps[from + patch]!;
          }
          return sum;
        }),
      ),
  );
}

function maximumOf(values: ArrayLike<number>): number {
  let maximum = 0;
  for (let i = 0; i < values.length; i += 1) maximum = Math.max(maximum, values[i]!);
  return maximum;
}
