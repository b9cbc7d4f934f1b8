// The WASM CRF against the plain TypeScript one, one image over two threads and an image each on two against one,
// and blur as matrix products against the full-size blur. Prints ratios of one run; alone: `npm run bench -- crf`, a part
// of it with `--part blur|crf|split|threads`, `--size 1280x960` and `--classes 21`.
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { ensureWasm } from '../../build/wasm.ts';
import { createThreadCrew } from '../../electron/inference/crf/crew/threadCrew.ts';
import type { Crf } from '../../electron/inference/crf/crf.ts';
import { REFERENCE_CRF, type RgbImage } from '../../electron/inference/crf/parameters.ts';
import { createTypescriptCrf } from '../../electron/inference/crf/typescriptCrf.ts';
import { createWasmCrf } from '../../electron/inference/crf/wasmCrf.ts';
import {
  applyOperators,
  bilinearOperator,
  smoothed,
} from '../../electron/inference/pipeline/planes/axisOperator.ts';
import { createCrfMemoryPool } from '../../electron/inference/crf/wasm/wasmMemory.ts';
import { sceneImage, sceneUnary } from '../helpers/fixtures/crfScenes.ts';
import { separableBlur } from '../helpers/fixtures/separableBlur.ts';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '2' },
    quick: { type: 'boolean', default: false },
    part: { type: 'string' },
    size: { type: 'string' },
    classes: { type: 'string' },
  },
});
const rounds = Number(options.rounds);
const ITERATIONS = 10;
/** Grain in grey levels: about 0.4 and 0.7 bilateral vertices per pixel, the range of photographs. */
const SCENES = { smooth: 3, textured: 11 };
type Case = readonly [width: number, height: number, classes: readonly number[]];
const ALL_CASES: readonly Case[] = [
  [500, 375, [2, 6, 21]],
  [640, 480, [2, 6, 21]],
  [1280, 960, [2, 6, 21]],
];
const CASES: readonly Case[] = options.quick
  ? [[500, 375, [2, 6]]]
  : ALL_CASES.filter(([width, height]) => !options.size || options.size === `${width}x${height}`);
const TARGETS: Readonly<Record<number, number>> = { 2: 5, 6: 4, 21: 4 };

const median = (numbers: readonly number[]) =>
  numbers.toSorted((a, b) => a - b)[Math.floor((numbers.length - 1) / 2)] as number;

/** CPU seconds (user and system) of `work`: on a shared machine steadier than the wall clock. */
function cpuSeconds(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

function solve(crf: Crf, unary: Float32Array, classes: number): Float32Array {
  crf.start(unary, classes);
  for (let i = 0; i < ITERATIONS; i++) crf.step();
  const q = crf.q();
  crf.dispose();
  return q;
}

function benchImplementations(): void {
  console.log('dense CRF, lattices and 10 iterations: plain TypeScript over WASM, CPU time');
  for (const [width, height, classCounts] of CASES)
    for (const [scene, noise] of Object.entries(SCENES))
      for (const classes of classCounts) {
        if (options.classes && options.classes !== String(classes)) continue;
        const image = sceneImage(width, height, noise);
        const unary = sceneUnary(image, classes);
        const ratios: number[] = [];
        for (let round = 0; round < (width > 1000 ? 1 : rounds); round++) {
          // A fresh memory each time: no lattice of the round before is re-used.
          const fast = cpuSeconds(() =>
            solve(
              createWasmCrf(image, REFERENCE_CRF, { pool: createCrfMemoryPool() }),
              unary,
              classes,
            ),
          );
          const plain = cpuSeconds(() =>
            solve(createTypescriptCrf(image, REFERENCE_CRF), unary, classes),
          );
          ratios.push(plain / fast);
        }
        const label = `${width}x${height} ${scene}, ${classes} classes`;
        console.log(
          `  ${label.padEnd(34)} ${median(ratios).toFixed(1)}x (target ${TARGETS[classes]}x)`,
        );
      }
}

/** One image alone and over two threads in turns, with the memory of the image before; others at work make the least count. */
async function benchSplit(): Promise<void> {
  console.log('one image over two threads, wall time against one (target 1.7x at 1280x960)');
  const crew = createThreadCrew();
  const pool = createCrfMemoryPool();
  for (const [width, height, classCounts] of CASES)
    for (const classes of classCounts) {
      if (options.classes && options.classes !== String(classes)) continue;
      const image = sceneImage(width, height, SCENES.textured);
      // Scores and labels, as for masks.
      const scores = sceneUnary(image, classes).map((energy) => -energy);
      const wall = (threads: number) => {
        crew.muster(threads);
        const before = performance.now();
        const help = threads > 1 ? { crew } : {};
        const crf = createWasmCrf(image, REFERENCE_CRF, { pool, precision: 'fast', ...help });
        crf.startFromScores(scores, classes, 1);
        for (let i = 0; i < ITERATIONS; i++) crf.step();
        crf.winners();
        crf.dispose();
        crew.dismiss();
        return performance.now() - before;
      };
      const leastMs = [Infinity, Infinity];
      // The first rounds start the threads and compile the code.
      for (let round = -2; round < rounds + 3; round++)
        leastMs.forEach((least, at) => {
          leastMs[at] = Math.min(wall(at + 1), least);
        });
      const offered = (await spinSeconds(1, 10)) / (await spinSeconds(2, 10));
      console.log(
        `  ${`${width}x${height} textured, ${classes} classes`.padEnd(34)} ${(leastMs[0]! / leastMs[1]!).toFixed(2)}x; pure arithmetic gained ${offered.toFixed(2)}x on this machine meanwhile`,
      );
    }
}

/** Wall and CPU time of `count` runs over `workers` threads that are warm. */
async function threadSeconds(workers: number, count: number, image: RgbImage) {
  const classes = 6;
  const unary = sceneUnary(image, classes);
  const threads = Array.from(
    { length: workers },
    () =>
      new Worker(new URL('../helpers/children/crfThread.ts', import.meta.url), {
        workerData: { image, unary, classes, iterations: ITERATIONS },
      }),
  );
  const runs = (each: number) =>
    Promise.all(
      threads.map((thread) => {
        const done = once(thread, 'message');
        thread.postMessage(each);
        return done;
      }),
    );
  await runs(1);
  const before = performance.now();
  const cpuBefore = process.cpuUsage();
  await runs(count / workers);
  const { user, system } = process.cpuUsage(cpuBefore);
  const wall = (performance.now() - before) / 1000;
  await Promise.all(threads.map((thread) => thread.terminate()));
  return { wall, cpu: (user + system) / 1e6 };
}

/** Wall time of `count` equal pieces of pure arithmetic on `workers` threads: what the machine gives now. */
async function spinSeconds(workers: number, count: number): Promise<number> {
  const source = `
    const { parentPort, workerData } = require('node:worker_threads');
    parentPort.once('message', () => {
      let x = 1;
      for (let i = 0; i < workerData * 4e7; i++) x = Math.imul(x, 1664525) + 1013904223;
      parentPort.postMessage(x);
    });`;
  const threads = Array.from(
    { length: workers },
    () => new Worker(source, { eval: true, workerData: count / workers }),
  );
  await Promise.all(threads.map((t) => new Promise((resolve) => t.once('online', resolve))));
  const before = performance.now();
  await Promise.all(
    threads.map((thread) => {
      const done = new Promise((resolve) => thread.once('message', resolve));
      thread.postMessage(0);
      return done;
    }),
  );
  const seconds = (performance.now() - before) / 1000;
  await Promise.all(threads.map((thread) => thread.terminate()));
  return seconds;
}

async function benchThreads(): Promise<void> {
  console.log('several images in flight: one worker thread over two, wall time (target 1.7x)');
  for (const [scene, noise] of Object.entries(SCENES)) {
    const image = sceneImage(640, 480, noise);
    const gained: number[] = [];
    const cost: number[] = [];
    const offered: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const one = await threadSeconds(1, 6, image);
      const two = await threadSeconds(2, 6, image);
      gained.push(one.wall / two.wall);
      cost.push(two.cpu / one.cpu);
      offered.push((await spinSeconds(1, 20)) / (await spinSeconds(2, 20)));
    }
    const free = (2 / median(cost)).toFixed(2);
    console.log(
      `  640x480 ${scene}, 6 classes: ${median(gained).toFixed(2)}x; pure arithmetic gained ${median(offered).toFixed(2)}x on this machine meanwhile`,
    );
    console.log(
      `    CPU time per image ${median(cost).toFixed(2)} of one thread's: ${free}x where two cores are free`,
    );
  }
}

function benchBlur(): void {
  console.log(
    'blurred map from a small grid: full-size blur over matrix products, CPU time (target 10x)',
  );
  for (const [width, height] of [
    [500, 375],
    [640, 480],
  ] as const)
    for (const grid of [21, 48]) {
      const map = Float32Array.from({ length: grid * grid }, (_, at) => Math.sin(at) ** 2);
      const sigma = 0.05 * Math.max(width, height);
      const ratios: number[] = [];
      for (let round = 0; round < rounds + 5; round++) {
        const plainRows = bilinearOperator(height, grid);
        const plainColumns = bilinearOperator(width, grid);
        const full = cpuSeconds(() => {
          for (let channel = 0; channel < 5; channel++)
            separableBlur(applyOperators(map, plainRows, plainColumns), { width, height }, sigma);
        });
        const products = cpuSeconds(() => {
          // The operators serve every channel of an image.
          const rows = smoothed(bilinearOperator(height, grid), sigma);
          const columns = smoothed(bilinearOperator(width, grid), sigma);
          for (let channel = 0; channel < 5; channel++) applyOperators(map, rows, columns);
        });
        // The first two rounds compile the code.
        if (round > 1) ratios.push(full / products);
      }
      const label = `${width}x${height}, ${grid}x${grid} grid, 5 maps`;
      console.log(`  ${label.padEnd(34)} ${median(ratios).toFixed(1)}x`);
    }
}

const wanted = (part: string) => !options.part || options.part === part;
await ensureWasm();
if (wanted('blur')) benchBlur();
if (wanted('crf')) benchImplementations();
if (wanted('split')) await benchSplit();
if (wanted('threads')) await benchThreads();
