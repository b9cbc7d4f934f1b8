// Quick edges against the dense CRF: processor time, and how far their labels agree with the CRF's and
// with the masks of the scenes, at the default settings. Maps are the scenes' masks, coarse and blurred,
// as a model's grid gives them. Prints ratios of one process. Quick edges are drawn in both of their forms: the
// processor's own, and the graph for devices, here on onnxruntime's CPU provider or on SALIENCE_EDGE_DEVICE.
import { ensureWasm } from '../../build/wasm.ts';
import { createWasmCrf } from '../../electron/inference/crf/wasmCrf.ts';
import { localCrfSolver } from '../../electron/inference/pipeline/masks/crfSolver.ts';
import type { DeviceEdges } from '../../electron/inference/pamr/deviceEdges.ts';
import { createEdgeSessions } from '../../electron/inference/pamr/edgeSessions.ts';
import { createMaskCache } from '../../electron/inference/pipeline/planes/maskCache.ts';
import { masksFromRun } from '../../electron/inference/pipeline/masks/masks.ts';
import type { MaskParams } from '../../electron/link/params.ts';
import { resolveParams } from '../../electron/link/presets.ts';
import { randomFrom } from '../helpers/fixtures/random.ts';
import { fakeRun } from '../helpers/standIns/fakeRun.ts';

const WIDTH = 640;
const HEIGHT = 480;
const GRID = 24;
const CLASSES = 5;
const SCENES = 4;

/** Discs of one colour each on another, all with noise: where they end is known exactly. */
function scene(seed: number) {
  const random = randomFrom(seed);
  const discs = Array.from({ length: CLASSES }, () => ({
    x: WIDTH * (0.1 + 0.8 * random()),
    y: HEIGHT * (0.1 + 0.8 * random()),
    radius: 40 + 70 * random(),
    colour: [0, 1, 2].map(() => Math.floor(40 + 200 * random())),
  }));
  const ground = [0, 1, 2].map(() => Math.floor(40 + 200 * random()));
  const rgb = new Uint8Array(WIDTH * HEIGHT * 3);
  const truth = new Uint8Array(WIDTH * HEIGHT);
  for (let at = 0; at < truth.length; at++) {
    const [x, y] = [at % WIDTH, Math.floor(at / WIDTH)];
    const inside = discs.findLastIndex((disc) => Math.hypot(x - disc.x, y - disc.y) < disc.radius);
    truth[at] = inside + 1;
    const colour = discs[inside]?.colour ?? ground;
    for (let plane = 0; plane < 3; plane++)
      rgb[at * 3 + plane] = Math.min(255, (colour[plane] as number) + Math.floor(30 * random()));
  }
  const classes = discs.map((_, index) => ({ id: index + 1, map: coarse(truth, index + 1) }));
  const run = fakeRun({ rows: GRID, columns: GRID, width: WIDTH, height: HEIGHT, classes });
  return { run, truth, image: { width: WIDTH, height: HEIGHT, rgb } };
}

/** Share of a class in each cell and its neighbours. */
function coarse(truth: Uint8Array, id: number): number[] {
  const [wide, high] = [WIDTH / GRID, HEIGHT / GRID];
  return Array.from({ length: GRID * GRID }, (_, cell) => {
    const [x, y] = [(cell % GRID) * wide, Math.floor(cell / GRID) * high];
    let [inside, all] = [0, 0];
    for (let dy = -high; dy < 2 * high; dy += 4)
      for (let dx = -wide; dx < 2 * wide; dx += 4) {
        const [px, py] = [Math.floor(x + dx), Math.floor(y + dy)];
        if (px < 0 || py < 0 || px >= WIDTH || py >= HEIGHT) continue;
        all++;
        if (truth[py * WIDTH + px] === id) inside++;
      }
    return inside / all;
  });
}

function meanIou(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const both = new Float64Array(CLASSES + 1);
  const either = new Float64Array(CLASSES + 1);
  for (let at = 0; at < a.length; at++) {
    const [one, other] = [a[at] as number, b[at] as number];
    either[one] = (either[one] as number) + 1;
    if (one === other) both[one] = (both[one] as number) + 1;
    else either[other] = (either[other] as number) + 1;
  }
  const seen = [...both.keys()].filter((at) => (either[at] as number) > 0);
  const shares = seen.map((at) => (both[at] as number) / (either[at] as number));
  return shares.reduce((sum, one) => sum + one, 0) / shares.length;
}

await ensureWasm();
const crf = localCrfSolver(createWasmCrf);
const params: MaskParams = {
  ...resolveParams('default').masks,
  thresholdRule: 'constant',
  threshold: 0.3,
};
const device = process.env['SALIENCE_EDGE_DEVICE'] ?? 'cpu';
const sessions = createEdgeSessions();
const onDevice: DeviceEdges = (maps, { width, height, rgb }, settings) =>
  sessions.refine({ provider: device, width, height, rgb, maps, ...settings }, {});
const WAYS = [
  ['without edges', { crf: false }, undefined],
  ['quick edges, 10 steps', { crf: false, pamr: true }, undefined],
  [`the same, graph on ${device}`, { crf: false, pamr: true }, onDevice],
  ['CRF, 10 iterations', { crf: true }, undefined],
] as const;
const sums = WAYS.map(() => ({ first: 0, again: 0, truth: 0, crf: 0 }));
for (let seed = 1; seed <= SCENES; seed++) {
  const { run, truth, image } = scene(seed);
  const made = [];
  for (const [index, [, own, deviceEdges]] of WAYS.entries()) {
    const cache = createMaskCache();
    const timed = async () => {
      const [before, startMs] = [process.cpuUsage(), performance.now()];
      const options = { crf, cache, deviceEdges };
      const { labels } = await masksFromRun(run, image, { ...params, ...own }, options);
      const { user, system } = process.cpuUsage(before);
      // A device's time is no time of this processor.
      const ms = deviceEdges && device !== 'cpu' ? performance.now() - startMs : 0;
      return { labels, ms: Math.max(ms, (user + system) / 1000) };
    };
    const [first, again] = [await timed(), await timed()];
    const sum = sums[index]!;
    sum.first += first.ms / SCENES;
    sum.again += again.ms / SCENES;
    sum.truth += meanIou(again.labels, truth) / SCENES;
    made.push(again.labels);
  }
  for (const [index, labels] of made.entries())
    sums[index]!.crf += meanIou(labels, made.at(-1)!) / SCENES;
}
crf.dispose();
for (const { provider, reason } of sessions.failures) console.log(`${provider}: ${reason}`);
await sessions.close();
const base = sums.at(-1)!;
console.log(
  `edges ${WIDTH}x${HEIGHT}, ${CLASSES} classes and background, mean of ${SCENES} scenes (CPU time; 1.0x = the CRF on a new image)`,
);
for (const [index, [label]] of WAYS.entries()) {
  const { first, again, truth, crf: agreement } = sums[index]!;
  console.log(
    `  ${label.padEnd(26)} new image ${(first / base.first).toFixed(2)}x (${first.toFixed(0)} ms), again ${(again / base.first).toFixed(2)}x; IoU with the scene ${(100 * truth).toFixed(1)} %, with the CRF ${(100 * agreement).toFixed(1)} %`,
  );
}
