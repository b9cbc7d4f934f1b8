// A threshold slider on a finished run: 640x480, five classes, without and with the CRF, on kept
// intermediates and from nothing; and a preview as the engine makes it, with the run looked up in the cache and opened
// from the shelf or from its file. Prints CPU times of one process and their ratios.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCache } from '../../electron/engine/files/cacheFolder.ts';
import { createWasmCrf } from '../../electron/inference/crf/wasmCrf.ts';
import { localCrfSolver } from '../../electron/inference/pipeline/masks/crfSolver.ts';
import { draftOf } from '../../electron/inference/pipeline/masks/draft.ts';
import { createMaskCache } from '../../electron/inference/pipeline/planes/maskCache.ts';
import { masksFromRun } from '../../electron/inference/pipeline/masks/masks.ts';
import { resolveParams } from '../../electron/link/presets.ts';
import { createRunShelf, writeRun } from '../../electron/inference/runs/runFile.ts';
import type { SalienceRun } from '../../electron/inference/pipeline/salienceRun.ts';
import { ensureWasm } from '../../build/wasm.ts';
import { sceneImage } from '../helpers/fixtures/crfScenes.ts';
import { fakeRun } from '../helpers/standIns/fakeRun.ts';

const WIDTH = 640;
const HEIGHT = 480;
const GRID = 21;
// A slider moves dozens of times: the first rounds only warm the code up.
const ROUNDS = 60;
/** Milliseconds without CRF that a slider may take, and a preview in the engine. */
const TARGET_MS = 50;
const PREVIEW_TARGET_MS = 16;

const classes = Array.from({ length: 5 }, (_, c) => ({
  id: c + 1,
  map: Array.from({ length: GRID * GRID }, (_, at) => {
    const y = Math.floor(at / GRID) - 4 - 3 * c;
    const x = (at % GRID) - 3 - 4 * (c % 4);
    // A blob with a long tail, as GradCAM maps have.
    return Math.exp(-(x * x + y * y) / 9) + 0.1 * Math.abs(Math.sin(at * (c + 1)));
  }),
}));
const run = fakeRun({ rows: GRID, columns: GRID, width: WIDTH, height: HEIGHT, classes });
const { data } = sceneImage(WIDTH, HEIGHT, 3);
const image = { width: WIDTH, height: HEIGHT, rgb: data };
const params = resolveParams('default').masks;
await ensureWasm();
const crf = localCrfSolver(createWasmCrf);

const median = (numbers: readonly number[]) =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] as number;

async function medianMs(own: Partial<typeof params>, fresh = false): Promise<number> {
  const kept = createMaskCache();
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const threshold = 0.05 + 0.02 * (round % 10);
    const cache = fresh ? createMaskCache() : kept;
    const before = process.cpuUsage();
    await masksFromRun(run, image, { ...params, threshold, ...own }, { crf, cache });
    const { user, system } = process.cpuUsage(before);
    if (round >= 20) times.push((user + system) / 1000);
  }
  return median(times);
}

/** Median wall and CPU milliseconds from the look-up of the run to the cut of one class that moves. */
async function previewMs(fromShelf: boolean): Promise<{ wall: number; cpu: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'salience-preview-'));
  const files = openCache(folder, 1e9);
  await writeRun(files.pathOf('run', '.run'), run);
  const shelf = createRunShelf();
  const slider = createMaskCache({ planes: true });
  const walls: number[] = [];
  const cpus: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const startMs = performance.now();
    const before = process.cpuUsage();
    const path = await files.find('run', '.run');
    if (path === null) throw new Error('the run was not found in the cache');
    const opened = await (fromShelf ? shelf : createRunShelf()).get(path);
    const thresholds = { 1: 0.05 + 0.02 * (round % 10) };
    await masksFromRun(
      opened as SalienceRun,
      image,
      draftOf(params, false),
      // As a slider asks: labels alone, planes go back to where they were lent from.
      { thresholds, cache: slider, keepPlanes: false },
    );
    const { user, system } = process.cpuUsage(before);
    walls.push(performance.now() - startMs);
    cpus.push((user + system) / 1000);
  }
  await rm(folder, { recursive: true, force: true });
  return { wall: median(walls.slice(20)), cpu: median(cpus.slice(20)) };
}

const without = await medianMs({ crf: false });
console.log(
  `re-threshold ${WIDTH}x${HEIGHT}, ${classes.length} classes, ${GRID}x${GRID} grid (CPU time)`,
);
console.log(
  `  without CRF, operators kept       1.0x  (${without.toFixed(1)} ms; target under ${TARGET_MS} ms)`,
);
const FULL = 'CRF, 10 iterations, lattices kept';
let fullMs = 0;
for (const [label, own, fresh] of [
  ['without CRF, nothing kept', { crf: false }, true],
  ['without CRF, no clean-up', { crf: false, minRegion: 0 }, false],
  ['without CRF, no blur', { crf: false, blur: 0 }, false],
  ['CRF, 5 iterations, lattices kept', { crf: true, crfIterations: 5 }, false],
  [FULL, { crf: true }, false],
] as const) {
  const ms = await medianMs(own, fresh);
  if (label === FULL) fullMs = ms;
  console.log(`  ${label.padEnd(33)} ${(ms / without).toFixed(1)}x  (${ms.toFixed(1)} ms)`);
}
for (const fromShelf of [true, false]) {
  const { wall, cpu } = await previewMs(fromShelf);
  const label = `preview, run from the ${fromShelf ? 'shelf' : 'file each time'}`;
  console.log(
    `  ${label.padEnd(33)} ${(cpu / without).toFixed(1)}x  (${cpu.toFixed(1)} ms, wall ${wall.toFixed(1)} ms; target under ${PREVIEW_TARGET_MS} ms${cpu < PREVIEW_TARGET_MS ? '' : ', OVER'})`,
  );
  if (fromShelf)
    console.log(
      `  with the CRF on, that quick answer follows the thumb, and the full one comes ${fullMs.toFixed(0)} ms after it is let go (${(fullMs / cpu).toFixed(0)} times as long)`,
    );
}
crf.dispose();
