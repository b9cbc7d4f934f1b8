// Batches of photographs through the whole program, for benches: images per second, processor time, and what share
// of the wall clock the model was at work.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImageId } from '../../../electron/api/types.ts';
import { openAt } from '../../../electron/engine/opening/opening.ts';
import { addCategories } from '../../../electron/engine/project/classes/categories.ts';
import { startEngine } from '../../../electron/hosts/startEngine.ts';
import { photoFolder } from '../fixtures/photoFolder.ts';
import { processorMs } from './processorTime.ts';

export interface Pace {
  readonly imagesPerSecond: number;
  /** Processor seconds of an image. */
  readonly cpu: number;
  /** Processors at work. */
  readonly cores: number;
  /** Of the time of all stages, that of asking neighbouring settings. */
  readonly doubt: number;
  /** Of the wall clock, that in which the model was at work. */
  readonly model: number;
}

/** Stages of the thread that has the model. */
const OF_MODEL = ['encode', 'match', 'explain'];

export interface JobBench extends AsyncDisposable {
  readonly images: readonly ImageId[];
  /** Does a job over these images from start to end. */
  job(
    images: readonly ImageId[],
    asked?: { overrides?: Record<string, number | boolean>; packId?: string },
  ): Promise<Pace>;
}

/** An engine of its own over a new folder of photographs of 640x480. */
export async function openJobBench(
  images: number,
  classes = ['sun', 'crab', 'water', 'sand', 'sky'],
): Promise<JobBench> {
  const folder = await photoFolder(images, 640, 480);
  process.env['SALIENCE_HOME'] = join(folder, 'home');
  const engine = await startEngine({ kind: 'commandLine', log: () => undefined });
  const { context } = engine;
  const file = join(folder, 'p.salience');
  await openAt(context, file, join(folder, 'images'), { complete: true });
  const { store } = context.open.get();
  const categoryIds = addCategories(store, classes);
  return {
    images: store.all<{ id: ImageId }>('SELECT id FROM image').map(({ id }) => id),
    async job(ids, { overrides = {}, packId = '' } = {}) {
      const jobs = context.open.jobs();
      const before = await processorMs();
      const startMs = performance.now();
      const { id } = await jobs.start(
        {
          images: { kind: 'ids', ids: [...ids] },
          categoryIds,
          auto: null,
          packId,
          params: { preset: 'pack', overrides },
          merge: 'proposals',
          thresholds: {},
        },
        'commandLine',
      );
      const { done, empty, stageMs, reason } = await jobs.settled(id);
      if (done + empty !== ids.length)
        throw new Error(`${done + empty} of ${ids.length} images were done: ${reason}`);
      const wall = performance.now() - startMs;
      const cpu = (await processorMs()) - before;
      const sum = (stages: readonly string[]) =>
        stages.reduce((total, stage) => total + (stageMs[stage] ?? 0), 0);
      return {
        imagesPerSecond: (1000 * ids.length) / wall,
        cpu: cpu / 1000 / ids.length,
        cores: cpu / wall,
        doubt: sum(['doubt']) / sum(Object.keys(stageMs)),
        model: sum(OF_MODEL) / wall,
      };
    },
    async [Symbol.asyncDispose]() {
      await engine.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
