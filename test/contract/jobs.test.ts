// The whole program at a batch, killed with its model process at random moments. SALIENCE_JOBS_IMAGES,
// SALIENCE_JOBS_KILLS and SALIENCE_JOBS_SEED make it longer or repeat it; `npm run bench -- jobs` does
// five thousand images and twenty kills.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { callEngine } from '../../electron/hosts/startEngine.ts';
import {
  acceptedIn,
  checkBetween,
  checkReport,
  drawImages,
  jobsLife,
  openProgram,
  prepareProject,
} from '../helpers/drivers/jobsHarness.ts';
import { randomFrom } from '../helpers/fixtures/random.ts';

const IMAGES = Number(process.env['SALIENCE_JOBS_IMAGES'] ?? 40);
const KILLS = Number(process.env['SALIENCE_JOBS_KILLS'] ?? 3);
const SEED = Number(process.env['SALIENCE_JOBS_SEED'] ?? Date.now() % 1_000_000);

it(
  `does every one of ${IMAGES} images once over ${KILLS} kills of the whole program (seed ${SEED})`,
  { timeout: 120_000 + IMAGES * 2000 + KILLS * 60_000 },
  async () => {
    const root = await mkdtemp(join(tmpdir(), 'salience-jobs-'));
    const home = process.env['SALIENCE_HOME'];
    process.env['SALIENCE_HOME'] = join(root, 'home');
    try {
      const folder = join(root, 'images');
      const damaged = await drawImages(folder, { count: IMAGES, damagedEvery: 20, seed: SEED });
      await prepareProject(folder);
      const random = randomFrom(SEED);
      const moments = Array.from({ length: KILLS }, () => random()).sort((a, b) => a - b);
      /** Acknowledged so far, with what they were when they were first seen. */
      const kept = new Map<string, string>();
      let kills = 0;
      for (const moment of moments) {
        // One life in five ends while the program still opens the project and starts the model.
        const starting = random() < 0.2;
        const life = await jobsLife(folder, {
          atFinished: starting ? null : Math.floor(moment * IMAGES),
          afterMs: Math.floor(random() * (starting ? 1500 : 300)),
        });
        kills += Number(!life.over);
        const what = `seed ${SEED}, life ${kills} ended at ${life.finished} of ${IMAGES}`;
        console.log(
          `${what}${starting ? ' while it started' : ''}, ${life.accepted.length} accepted`,
        );
        const engine = await openProgram(folder);
        const { store } = engine.context.open.get();
        checkBetween(store, what);
        const accepted = acceptedIn(store);
        for (const id of life.accepted)
          expect(accepted.has(id), `${what}: ${id} is lost`).toBe(true);
        for (const [id, before] of kept) expect(accepted.get(id), `${what}: ${id}`).toBe(before);
        for (const [id, now] of accepted) kept.set(id, now);
        await engine.close();
      }
      expect((await jobsLife(folder, null)).over).toBe(true);
      const engine = await openProgram(folder);
      const { store } = engine.context.open.get();
      checkBetween(store, 'at the end');
      const accepted = acceptedIn(store);
      for (const [id, before] of kept) expect(accepted.get(id), id).toBe(before);
      expect(kept.size, 'drawn by hand').toBeGreaterThanOrEqual(IMAGES / 10);
      const [job] = (await callEngine(engine, 'job.list', {})).jobs;
      checkReport(store, job!, { images: IMAGES, damaged: damaged.length });
      const { failures } = await callEngine(engine, 'job.failures', {
        id: job!.id,
        cursor: 0,
        limit: 1000,
      });
      expect(failures.map(({ name }) => name).sort()).toEqual(damaged);
      expect(new Set(failures.map(({ code }) => code))).toEqual(new Set(['IMAGE_UNSUPPORTED']));
      console.log(
        `${job!.done} with proposals, ${job!.empty} empty, ${job!.failed} failed, ${kept.size} accepted, ${job!.interruptions.length} interruptions told`,
      );
      await engine.close();
    } finally {
      if (home === undefined) delete process.env['SALIENCE_HOME'];
      else process.env['SALIENCE_HOME'] = home;
      await rm(root, { recursive: true, force: true });
    }
  },
);
