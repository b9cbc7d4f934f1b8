// Learning from accepted masks: looks of each class pooled image by image, every image judged by looks that
// leave it out, and what came of it kept with the project. Nothing changes before a person takes it.
import type { Learning } from '../../api/tuning.ts';
import { spread } from '../../api/rules/spread.ts';
import type { PrelabelParams, PromptClass } from '../../api/run.ts';
import { naclip } from '../../link/engines/naclip.ts';
import type { LearnedFile, MixTried, PooledImage } from '../../link/tuneScores.ts';
import type { LabelGrid } from '../../link/tuneScores.ts';
import { acceptedLabels, ownLabels, reviewedImages } from '../benchmark/own/accepted.ts';
import type { EngineContext } from '../context.ts';
import type { LabelMapOf } from '../evaluate/imageScore.ts';
import { knowImage } from '../images/imageFiles.ts';
import { packsFor } from '../packs/enginePacks.ts';
import { choiceOf, packOf, type KnownPack } from '../packs/packs.ts';
import { checkedParams } from '../prelabel/params.ts';
import { annotationsOf } from '../project/annotations.ts';
import { listCategories } from '../project/classes/categories.ts';
import type { Project } from '../project/project.ts';
import { directionsOf } from './directions.ts';
import { learnFigures } from './gate.ts';
import { keepLearned, LEARNED, learnedId } from './stored.ts';

/** Words alone first. */
const MIXES: readonly number[] = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.65, 0.8];
/** Long side of the grids that are compared with accepted masks. */
const GRID_SIDE = 160;
/** More tell little more, and each is read twice. */
const MOST_IMAGES = 60;

interface Watch {
  readonly signal: AbortSignal;
  onProgress(progress: { stage: string; done: number; total: number }): void;
}

/** Throws PACK_UNKNOWN where no CLIP is installed. */
export async function learn(
  context: EngineContext,
  project: Project,
  { overrides, ...asked }: PrelabelParams,
  { signal, onProgress }: Watch,
): Promise<Learning> {
  const { explain: pack } = await packsFor(context, naclip, await packOf(context, project));
  const { [LEARNED]: _, ...others } = overrides;
  const params = checkedParams({ ...asked, engine: naclip.id, overrides: others }, pack.parameters);
  const images = spread(reviewedImages(project), MOST_IMAGES);
  const classes = classesOf(project);
  const labelOf = ownLabels(project);
  const total = 2 * images.length;
  const send = { signal, priority: 'batch' as const };
  const choice = choiceOf(context, pack);
  const paths: string[] = [];
  const pools: PooledImage[] = [];
  for (const [done, id] of images.entries()) {
    onProgress({ stage: `Look at masks, image ${done + 1} of ${images.length}`, done, total });
    const { path } = await knowImage(project, context.link, id, send);
    paths.push(path);
    const masks = annotationsOf(project.store, id).filter(({ status }) => status === 'accepted');
    pools.push(
      await context.link.request(
        'learn.pool',
        {
          imagePath: path,
          pack: choice,
          params: params.explain,
          masks: masks.map(({ categoryId, mask }) => ({ categoryId, mask })),
        },
        send,
      ),
    );
  }
  const overlaps: number[][] = [];
  for (const [at, id] of images.entries()) {
    const stage = `Judge without it, image ${at + 1} of ${images.length}`;
    onProgress({ stage, done: images.length + at, total });
    const directions = directionsOf(pools.filter((_pool, other) => other !== at));
    const tried = MIXES.map((mix): MixTried => ({ mix, directions }));
    const { categoryIds, grids } = await context.link.request(
      'learn.score',
      {
        imagePath: paths[at]!,
        pack: choice,
        classes,
        tried,
        side: GRID_SIDE,
        params: { engine: params.engine, explain: params.explain, masks: params.masks },
      },
      send,
    );
    const truth = acceptedLabels(project, id, labelOf);
    const labels = categoryIds.map((category) => labelOf.get(category) ?? 0);
    overlaps.push(grids.map((grid) => overlapOf(truth, grid, labels)));
  }
  return keep(context, project, { pack, pools, overlaps });
}

async function keep(
  context: EngineContext,
  project: Project,
  found: {
    readonly pack: KnownPack;
    readonly pools: readonly PooledImage[];
    readonly overlaps: readonly (readonly number[])[];
  },
): Promise<Learning> {
  const { pack, pools, overlaps } = found;
  const figures = learnFigures(overlaps, MIXES);
  const directions = directionsOf(pools);
  const file: LearnedFile = {
    packHash: pack.packHash,
    packName: pack.name,
    mix: figures.mix,
    directions: Object.fromEntries(
      directions.map(({ categoryId, vector }) => [
        categoryId,
        Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength).toString('base64'),
      ]),
    ),
  };
  const learning: Learning = {
    ...figures,
    id: learnedId(file),
    packName: pack.name,
    classes: directions.length,
    at: context.clock.now().toISOString(),
  };
  await keepLearned(context, project, learning, file);
  return learning;
}

function classesOf(project: Project): PromptClass[] {
  return listCategories(project.store).map(({ id, name, prompt, synonyms, threshold }) => ({
    categoryId: id,
    name,
    prompt,
    synonyms,
    threshold,
  }));
}

/** Mean overlap of the classes that an image has; `labels` of the grid's classes, from its 1. */
function overlapOf(truth: LabelMapOf, grid: LabelGrid, labels: readonly number[]): number {
  const shared = new Map<number, number>();
  const real = new Map<number, number>();
  const found = new Map<number, number>();
  const add = (counts: Map<number, number>, label: number) =>
    counts.set(label, (counts.get(label) ?? 0) + 1);
  for (let y = 0; y < grid.height; y++) {
    const row = Math.floor(((y + 0.5) * truth.height) / grid.height) * truth.width;
    for (let x = 0; x < grid.width; x++) {
      const is = truth.labels[row + Math.floor(((x + 0.5) * truth.width) / grid.width)] ?? 0;
      const place = grid.labels[y * grid.width + x] ?? 0;
      const said = place === 0 ? 0 : (labels[place - 1] ?? 0);
      add(real, is);
      add(found, said);
      if (is === said) add(shared, is);
    }
  }
  const present = [...real.keys()].filter((label) => label > 0);
  const overlaps = present.map((label) => {
    const both = shared.get(label) ?? 0;
    return both / ((real.get(label) ?? 0) + (found.get(label) ?? 0) - both);
  });
  return overlaps.reduce((sum, one) => sum + one, 0) / Math.max(1, overlaps.length);
}
