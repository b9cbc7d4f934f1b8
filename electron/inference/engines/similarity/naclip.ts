// NACLIP as an engine: class vectors from many sentences, windows, and cosines of every patch.
import type { NaclipParams } from '../../../link/engines/naclip.ts';
import { cleanPrompts, type ClassPrompt, type CleanedPrompts } from '../../pipeline/prompts.ts';
import { stopwatch } from '../../pipeline/runOptions.ts';
import type { OpenClip } from '../../tune/judges/openClip.ts';
import type { Bench, Explainer, ExplainRequest } from '../explainer.ts';
import { ownBackground } from '../queries.ts';
import { cosines } from '../texts/vectors.ts';
import { wordSourceOf } from '../texts/wordSource.ts';
import { classVector } from '../texts/words.ts';
import { similarityChannels } from './channels.ts';
import { denseImage, type DenseImage } from './dense.ts';
import { gridCosines, gridShares } from './gridShares.ts';
import { movedWords, readLearned } from './learned.ts';
import { patchLook } from './patchLook.ts';
import type { Query, SimilarityRun } from './similarityRun.ts';
import type { WindowMaps } from './windows.ts';

/** Cells of class maps per patch and axis: windows may lie between patches. */
const FINER = 2;

export const naclip: Explainer<SimilarityRun> = {
  id: 'naclip',

  async ready({ packs }, { shelves, keep, used }) {
    used(keep(await shelves.judge(packs.explain)));
  },

  async explain({ image, classes: prompts, params: values, packs }, bench) {
    // The engine's table was checked at the border, and it has a row for each of these fields.
    const params = values as NaclipParams;
    const { call, keep, shelves } = bench;
    call.progress({ stage: 'Encode', done: 0, total: 1 });
    const clip = keep(await shelves.judge(packs.explain));
    const milliseconds: Record<string, number> = {};
    const timed = stopwatch(milliseconds, () => performance.now());
    const asked = questionsOf(prompts, params);
    const vectors = await timed('words', async () => {
      const texts = await textsOf(asked.queries, clip, packs, bench);
      if (params.learned === '') return texts;
      const { learnedFolder } = packs.explain;
      const learned = await readLearned(learnedFolder, params.learned, clip.model.info);
      return movedWords(texts, asked, learned);
    });
    const dense = await timed('explain', () => denseImage(clip, image, params, bench));
    const passes = dense.windows.map(({ patches, ...place }) => ({
      ...place,
      maps: cosines(vectors, patches, clip.model.info.embeddingWidth),
    }));
    bench.used(clip);
    return runOf({ clip, image, dense, params, milliseconds }, asked, passes);
  },

  classMaps: (run, params, upTo) => gridShares(run, params, run.passes.slice(0, upTo)),

  passMaps: (run, pass, params) => gridShares(run, params, run.passes.slice(pass, pass + 1)),

  channels: similarityChannels,

  patch: patchLook,

  evidence(run) {
    return {
      kinds: ['windows'],
      inputSide: Math.max(run.inputWidth, run.inputHeight),
      layers: [],
      heads: [],
      allLayers: 0,
      allHeads: 0,
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

/** What an image is asked. */
export interface Questions extends CleanedPrompts {
  readonly queries: readonly Query[];
}

export function questionsOf(
  prompts: readonly ClassPrompt[],
  { backgroundWords }: NaclipParams,
): Questions {
  const cleaned = cleanPrompts(prompts, { joinWords: false });
  const { classes } = cleaned;
  const queries = [
    ...classes.flatMap(({ words }, classIndex) => words.map((one) => ({ words: one, classIndex }))),
    ...ownBackground(classes, backgroundWords).map((words) => ({ words, classIndex: null })),
  ];
  return { ...cleaned, queries };
}

/** One vector for each query. */
export async function textsOf(
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

interface Looked {
  readonly clip: OpenClip;
  readonly image: Pick<ExplainRequest['image'], 'width' | 'height'>;
  readonly dense: DenseImage;
  readonly params: NaclipParams;
  readonly milliseconds: Record<string, number>;
}

/** The run that similarities of all windows make. */
export function runOf(
  { clip, image, dense, params, milliseconds }: Looked,
  { classes, queries, warnings }: Questions,
  passes: readonly WindowMaps[],
): SimilarityRun {
  const { patch, packHash, provider } = clip.model.info;
  return {
    format: 2,
    engine: 'naclip',
    packHash,
    provider,
    milliseconds,
    params,
    queries,
    passes,
    imageWidth: image.width,
    imageHeight: image.height,
    inputWidth: dense.width,
    inputHeight: dense.height,
    rows: gridOf(dense.height, patch),
    columns: gridOf(dense.width, patch),
    classes: classes.map(({ id, name, words }) => ({
      id,
      name,
      words,
      match: null,
      asked: words.length > 0,
    })),
    warnings,
  };
}
