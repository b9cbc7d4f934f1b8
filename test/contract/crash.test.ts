// kill -9 of a working engine at random moments. SALIENCE_CRASH_CYCLES and SALIENCE_CRASH_SEED repeat
// a longer or an earlier run; `npm run bench -- crash` does two hundred.
import { expect, it } from 'vitest';
import { crashCycle, finishJobs } from '../helpers/drivers/crashHarness.ts';
import { imageFolder, removeBench } from '../helpers/drivers/engineBench.ts';

const CYCLES = Number(process.env['SALIENCE_CRASH_CYCLES'] ?? 4);
const SEED = Number(process.env['SALIENCE_CRASH_SEED'] ?? Date.now() % 1_000_000);
const IMAGES = 60;

it(
  `loses no acknowledged edit over ${CYCLES} kills of the engine`,
  { timeout: 120_000 + CYCLES * 30_000 },
  async () => {
    const folder = await imageFolder(IMAGES);
    try {
      let acknowledged = 0;
      for (let cycle = 0; cycle < CYCLES; cycle += 1) {
        const done = await crashCycle(folder, SEED + cycle);
        acknowledged += done.acknowledged;
        console.log(
          `seed ${done.seed}: killed after ${done.killedAfterMs} ms, ${done.acknowledged} edits acknowledged`,
        );
      }
      // A run that never edited would prove nothing.
      expect(acknowledged).toBeGreaterThan(0);
      await finishJobs(folder, IMAGES);
    } finally {
      await removeBench(folder);
    }
  },
);
