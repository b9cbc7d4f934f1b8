// A project that is asked for while its program edits, runs a batch and loses its model process: all that was
// acknowledged is there for the one who asked, and nobody writes beside it.
import { expect, it } from 'vitest';
import { finishJobs, handOverCycle } from '../helpers/drivers/crashHarness.ts';
import { imageFolder, removeBench } from '../helpers/drivers/engineBench.ts';

const CYCLES = 3;
const SEED = Number(process.env['SALIENCE_CRASH_SEED'] ?? Date.now() % 1_000_000);
const IMAGES = 60;

it(`loses no acknowledged edit over ${CYCLES} hand-overs, and its batch goes on`, async () => {
  const folder = await imageFolder(IMAGES);
  try {
    let acknowledged = 0;
    for (let cycle = 0; cycle < CYCLES; cycle += 1) {
      const done = await handOverCycle(folder, SEED + cycle);
      acknowledged += done.acknowledged;
      console.log(`seed ${done.seed}: ${done.acknowledged} edits acknowledged before`);
    }
    expect(acknowledged).toBeGreaterThan(0);
    await finishJobs(folder, IMAGES);
  } finally {
    await removeBench(folder);
  }
});
