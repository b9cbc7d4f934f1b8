// NACLIP as an engine: class vectors from many sentences, windows, and cosines of every patch.
import type { NaclipParams } from '../../../link/engines/naclip.ts';
import { throwIfCancelled } from '../../cancel.ts';
import { resizeBilinear } from '../../image/resize.ts';
import { cleanPrompts, type CleanedPrompts } from '../../pipeline/prompts.ts';
import { stopwatch } from '../../pipeline/runOptions.ts';
import type { OpenClip } from '../../tune/judges/openClip.ts';
import type { Bench, Explainer, ExplainRequest } from '../explainer.ts';
import { ownBackground } from '../queries.ts';
import { wordSourceOf } from '../texts/wordSource.ts';
import { classVector } from '../texts/words.ts';
import { similarityChannels } from './channels.ts';
import { cosines } from '../texts/vectors.ts';
import { patchLook } from './patchLook.ts';
import { networkSize, type Size } from './networkSize.ts';
import { gridCosines, gridShares } from './gridShares.ts';
import type { Query, SimilarityRun } from './similarityRun.ts';
import { windowInput } from './windowInput.ts';
import { windowsOf, type WindowMaps } from './windows.ts';

/** Cells of class maps per patch and axis: windows may lie between patches. */
const FINER = 2;
/** A longer image than this is looked at in windows when they are left to the program. */
const WIDE = 1.5;

export const naclip: Explainer<SimilarityRun> = {
  id: 'naclip',

  async explain({ image, classes: prompts, params: values, packs }, bench) {
    // The engine's table was checked at the border, and it has a row for each of these fields.
    const params = values as NaclipParams;
    const cleaned = cleanPrompts(prompts, { joinWords: false });
    const { call, keep, shelves } = bench;
    call.progress({ stage: 'Encode', done: 0, total: 1 });
    const clip = keep(await shelves.judge(packs.explain));
    const milliseconds: Record<string, number> = {};
    const timed = stopwatch(milliseconds, () => performance.now());
    const queries = queriesOf(cleaned, params);
    const vectors = await timed('words', () => vectorsOf(queries, clip, packs, bench));
    const size = networkSize(image, params.shortSide);
    const rgb = await timed('preprocess', () =>
      Promise.resolve(resizeBilinear(image, size.width, size.height, () => throwIfCancelled(call))),
    );
    const passes = await timed('explain', () =>
      windowMaps(clip, { ...size, rgb }, params, { vectors, bench }),
    );
    bench.used(clip);
    const { patch, packHash, provider } = clip.model.info;
    return {
      ...{ format: 2, engine: 'naclip', packHash, provider, milliseconds, params, queries, passes },
      imageWidth: image.width,
      imageHeight: image.height,
      inputWidth: size.width,
      inputHeight: size.height,
      rows: gridOf(size.height, patch),
      columns: gridOf(size.width, patch),
      classes: cleaned.classes.map(({ id, name, words }) => ({
        ...{ id, name, words, match: null, asked: words.length > 0 },
      })),
      warnings: cleaned.warnings,
    };
  },

  classMaps: (run, params, upTo) => gridShares(run, params, run.passes.slice(0, upTo)),

  passMaps: (run, pass, params) => gridShares(run, params, run.passes.slice(pass, pass + 1)),

  channels: similarityChannels,

  patch: patchLook,

  evidence(run) {
    return {
      kinds: ['windows'],
      inputSide: Math.max(run.inputWidth, run.inputHeight),
      ...{ layers: [], heads: [], allLayers: 0, allHeads: 0 },
      caption: run.queries.map(({ words }) => words).join(', '),
      passes: run.passes.map((_, index) => ({ index, weight: 1, z: [], dropped: [] })),
      tokens: run.classes.map(({ words }) => words),
    };
  },

  wordMap(run, classIndex, token) {
    const mine = run.queries.flatMap((query, at) => (query.classIndex === classIndex ? [at] : []));
    const query = mine[token];
    if (query === undefined) return null;
    const maps = gridCosines(run, mine);
    const cells = run.rows * run.columns;
    const values = maps.subarray(token * cells, (token + 1) * cells);
    return { values, maximum: maps.reduce((most, value) => Math.max(most, value), 0) };
  },
};

const gridOf = (side: number, patch: number): number =>
  Math.max(1, Math.round((side * FINER) / patch));

function queriesOf({ classes }: CleanedPrompts, { backgroundWords }: NaclipParams): Query[] {
  return [
    ...classes.flatMap(({ words }, classIndex) => words.map((one) => ({ words: one, classIndex }))),
    ...ownBackground(classes, backgroundWords).map((words) => ({ words, classIndex: null })),
  ];
}

async function vectorsOf(
  queries: readonly Query[],
  clip: OpenClip,
  packs: ExplainRequest['packs'],
  { call }: Bench,
): Promise<Float32Array[]> {
  const source = wordSourceOf(clip, packs.explain, call);
  const vectors: Float32Array[] = [];
  for (const [done, { words }] of queries.entries()) {
    call.progress({ stage: 'Words', done, total: queries.length });
    vectors.push(await classVector(source, words));
  }
  return vectors;
}

interface Asked {
  readonly vectors: readonly Float32Array[];
  readonly bench: Bench;
}

async function windowMaps(
  { model }: OpenClip,
  input: Size & { readonly rgb: Uint8Array },
  params: NaclipParams,
  { vectors, bench: { call, onProgress } }: Asked,
): Promise<WindowMaps[]> {
  const { strategy, arch, nearness } = params;
  const maps: WindowMaps[] = [];
  const windows = windowsOf(input, planOf(input, params));
  for (const [at, window] of windows.entries()) {
    throwIfCancelled(call);
    onProgress({ stage: 'pass', pass: at + 1, passes: windows.length });
    await call.turn();
    const { pixels, width, height } = windowInput(input, window, model.info);
    const made = await model.densePatches(pixels, { width, height }, { strategy, arch }, nearness);
    const { rows, columns } = made;
    const found = cosines(vectors, made.patches, model.info.embeddingWidth);
    maps.push({ window, rows, columns, maps: found });
  }
  return maps;
}

function planOf(size: Size, { windows, windowSide, windowStride }: NaclipParams) {
  const [long, short] = [Math.max(size.width, size.height), Math.min(size.width, size.height)];
  const cut = windows === 'on' || (windows === 'auto' && long > WIDE * short);
  return { crop: cut ? windowSide : 0, stride: windowStride };
}
