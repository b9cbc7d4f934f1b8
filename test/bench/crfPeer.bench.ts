// The WASM CRF against pydensecrf in turns: 'exact' from nothing, 'fast' from nothing (cold) and 'fast' with memory and
// Gaussian lattice kept (warm; the peer is always cold): processor seconds of lattices, ten iterations and read-out, ratios to the
// peer, and how far labels and Q agree. `npm run bench -- crfPeer --peer PYTHON`, where that Python has pydensecrf
// (its source package builds with a C++ compiler and Cython below 3 once the two generated .cpp files
// beside the .pyx are deleted). Without it the plain TypeScript CRF stands in, in the same run.
// --images FOLDER takes photographs for the synthetic scenes, --before FOLDER adds the crf folder of another checkout.
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { ensureWasm } from '../../build/wasm.ts';
import type { Crf } from '../../electron/inference/crf/crf.ts';
import { REFERENCE_CRF, type RgbImage } from '../../electron/inference/crf/parameters.ts';
import { createTypescriptCrf } from '../../electron/inference/crf/typescriptCrf.ts';
import { createWasmCrf } from '../../electron/inference/crf/wasmCrf.ts';
import { createCrfMemoryPool } from '../../electron/inference/crf/wasm/wasmMemory.ts';
import { agreementOf } from '../helpers/fixtures/crfAgreement.ts';
import { sceneImage, sceneUnary } from '../helpers/fixtures/crfScenes.ts';
import { startDensecrfPeer, type DensecrfPeer } from '../helpers/drivers/densecrfPeer.ts';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    peer: { type: 'string', default: 'python3' },
    images: { type: 'string' },
    before: { type: 'string' },
    size: { type: 'string' },
    classes: { type: 'string', default: '2,6,21' },
  },
});
const ITERATIONS = 10;
const SIZES = (options.size ?? '500x375,640x480')
  .split(',')
  .map((size) => size.split('x').map(Number) as [number, number]);
const CLASSES = options.classes.split(',').map(Number);
/** How many times as fast as the peer a cold run is meant to be. */
const TARGETS: Readonly<Record<number, number>> = { 2: 3, 6: 3, 21: 2.5 };
const LABEL_TARGET = 0.9999;

interface Case {
  readonly image: RgbImage;
  readonly unary: Float32Array;
  readonly classes: number;
}
interface Answer {
  readonly seconds: number;
  readonly q: Float32Array;
}
type Runner = (given: Case) => Answer | Promise<Answer>;

const median = (numbers: readonly number[]) =>
  numbers.toSorted((a, b) => a - b)[Math.floor((numbers.length - 1) / 2)] as number;

async function scenes(width: number, height: number): Promise<readonly [string, RgbImage][]> {
  if (!options.images)
    return [
      ['smooth', sceneImage(width, height, 3)],
      ['textured', sceneImage(width, height, 11)],
    ];
  const named = readdirSync(options.images).map(async (name): Promise<[string, RgbImage]> => {
    const photo = sharp(join(options.images as string, name))
      .removeAlpha()
      .toColourspace('srgb');
    const data = await photo.resize(width, height, { fit: 'fill' }).raw().toBuffer();
    return [name.replace(/\..*/, ''), { width, height, data: new Uint8Array(data) }];
  });
  return Promise.all(named);
}

/** Solves in this process and counts its processor seconds, those of V8's own threads included. */
function counted(create: (image: RgbImage) => Crf): Runner {
  return ({ image, unary, classes }) => {
    const before = process.cpuUsage();
    const crf = create(image);
    crf.start(unary, classes);
    for (let i = 0; i < ITERATIONS; i++) crf.step();
    const q = crf.q();
    crf.dispose();
    const { user, system } = process.cpuUsage(before);
    return { seconds: (user + system) / 1e6, q };
  };
}

async function runners(peer: DensecrfPeer | string): Promise<Record<string, Runner>> {
  const kept = createCrfMemoryPool();
  const others: Record<string, Runner> = {};
  if (options.before) {
    const load = (file: string) =>
      import(pathToFileURL(resolve(options.before as string, file)).href) as Promise<unknown>;
    const memories = existsSync(join(options.before, 'wasm'))
      ? 'wasm/wasmMemory.ts'
      : 'wasmMemory.ts';
    const { createWasmCrf: create } = (await load('wasmCrf.ts')) as {
      createWasmCrf: typeof createWasmCrf;
    };
    const { createCrfMemoryPool: pool } = (await load(memories)) as {
      createCrfMemoryPool: typeof createCrfMemoryPool;
    };
    others.before = counted((image) => create(image, REFERENCE_CRF, { pool: pool() }));
  }
  return {
    peer:
      typeof peer === 'string'
        ? counted((image) => createTypescriptCrf(image, REFERENCE_CRF))
        : (given) => peer.solve({ ...given, parameters: REFERENCE_CRF, iterations: ITERATIONS }),
    ...others,
    exact: counted((image) => createWasmCrf(image, REFERENCE_CRF, { pool: createCrfMemoryPool() })),
    cold: counted((image) =>
      createWasmCrf(image, REFERENCE_CRF, { pool: createCrfMemoryPool(), precision: 'fast' }),
    ),
    warm: counted((image) =>
      createWasmCrf(image, REFERENCE_CRF, { pool: kept, precision: 'fast' }),
    ),
  };
}

function agreement(q: Float32Array, expected: Float32Array, classes: number): string {
  const { labels: share, worst, far } = agreementOf(q, expected, classes);
  const verdict = share < LABEL_TARGET ? ' BELOW' : '';
  return `labels ${(100 * share).toFixed(4)} % (target at least ${100 * LABEL_TARGET} %${verdict}), worst Q ${worst.toExponential(0)}, Q off by over 0.01: ${(100 * far).toFixed(4)} %`;
}

async function benchCase(label: string, given: Case, all: Record<string, Runner>): Promise<void> {
  const seconds: Record<string, number[]> = {};
  const last: Record<string, Float32Array> = {};
  // The first round compiles the code and is not counted.
  for (let round = -1; round < Number(options.rounds); round++)
    for (const [name, run] of Object.entries(all)) {
      const answer = await run(given);
      last[name] = answer.q;
      if (round >= 0) (seconds[name] ??= []).push(answer.seconds);
    }
  const ratios = Object.keys(all).map((name) => {
    const own = seconds[name] as number[];
    if (name === 'peer') return `peer ${median(own).toFixed(3)} s`;
    const each = own.map((time, at) => (seconds.peer?.[at] as number) / time);
    return `${name} ${median(own).toFixed(3)} s ${median(each).toFixed(2)}x`;
  });
  const target = TARGETS[given.classes];
  console.log(
    `  ${label.padEnd(34)} ${ratios.join('; ')}${target ? ` (target cold ${target}x)` : ''}`,
  );
  for (const name of Object.keys(all).filter((name) => name !== 'peer' && name !== 'warm'))
    console.log(
      `    ${name}: ${agreement(last[name] as Float32Array, last.peer as Float32Array, given.classes)}`,
    );
}

await ensureWasm();
const peer = await startDensecrfPeer(options.peer);
console.log(
  typeof peer === 'string'
    ? `dense CRF, plain TypeScript for a peer because pydensecrf is not there (${peer}); the targets are for pydensecrf`
    : 'dense CRF against pydensecrf, one thread each, processor seconds',
);
const all = await runners(peer);
for (const [width, height] of SIZES)
  for (const [name, image] of await scenes(width, height))
    for (const classes of CLASSES)
      await benchCase(
        `${width}x${height} ${name}, ${classes} classes`,
        { image, unary: sceneUnary(image, classes), classes },
        all,
      );
if (typeof peer !== 'string') peer.close();
