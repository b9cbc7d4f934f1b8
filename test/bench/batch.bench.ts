// How close a batch comes to the bound of its parts. First the real services and threads with stages that only take
// their time (a model of 30 ms, edges of 300 ms), on 1 to 16 threads: images per second against what the slower
// part allows, and memory. Then the built-in model on this machine: a job against the model alone and edges alone.
//   npm run bench -- batch [--simulated 150] [--images 24] [--rounds 3]
import { parseArgs } from 'node:util';
import { ensureWasm } from '../../build/wasm.ts';
import { createRoom } from '../../electron/engine/order/room.ts';
import { serveInference } from '../../electron/inference/service.ts';
import type { OperationOutput } from '../../electron/link/operations.ts';
import type { FromInference, ToInference } from '../../electron/link/protocol.ts';
import { EDGES_MS, MODEL_MS } from '../helpers/children/stageTimes.ts';
import { openJobBench, type Pace } from '../helpers/drivers/jobPace.ts';

const { values } = parseArgs({
  options: {
    simulated: { type: 'string', default: '150' },
    images: { type: 'string', default: '24' },
    rounds: { type: 'string', default: '3' },
  },
});
const TARGET = 0.95;
const MOST_DOUBT = 0.05;
const median = (numbers: readonly number[]) =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
const mean = (numbers: readonly number[]) =>
  numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
const percent = (ratio: number) =>
  `${(100 * ratio).toFixed(0)} %${ratio < TARGET ? ` BELOW ${100 * TARGET} %` : ''}`;

/** Asks the real service over stand-in threads; answers come in any order. */
function simulatedService(threads: number) {
  const waiting = new Map<number, (output: OperationOutput<'prelabel.run'>) => void>();
  const worker = new URL('../helpers/children/stageWorker.ts', import.meta.url);
  let ask: (message: ToInference) => void = () => undefined;
  serveInference(
    {
      post(message: FromInference) {
        if (message.kind === 'error') throw new Error(message.stack);
        if (message.kind !== 'result') return;
        waiting.get(message.id)!(message.output as OperationOutput<'prelabel.run'>);
        waiting.delete(message.id);
      },
      onMessage: (listener) => (ask = listener),
    },
    { sessionWorker: worker, pixelWorker: worker, pixelThreads: threads, exit: () => undefined },
  );
  ask({ kind: 'start', generation: 1, protocol: 1 });
  return (id: number) =>
    new Promise<OperationOutput<'prelabel.run'>>((resolve) => {
      waiting.set(id, resolve);
      ask({
        kind: 'request',
        generation: 1,
        id,
        operation: 'prelabel.run',
        priority: 'batch',
        input: { imagePath: `image-${id}`, runFile: '', options: {} },
      });
    });
}

async function simulate(threads: number, count: number): Promise<void> {
  const run = simulatedService(threads);
  const room = createRoom(threads);
  const flights = new Set<Promise<void>>();
  const resident: number[] = [];
  const landed: number[] = [];
  const spent = { encode: [] as number[], edges: [] as number[] };
  let most = 0;
  // The first images start threads and say how long stages take; the last ones run beside fewer and fewer others.
  const begins = 2 * threads + 8;
  for (let id = 0; landed.length < begins + count; id++) {
    while (flights.size >= room.size()) await Promise.race(flights);
    const flight = run(id).then(({ facts }) => {
      room.ended(facts.milliseconds);
      flights.delete(flight);
      landed.push(performance.now());
      spent.encode.push(facts.milliseconds['encode']!);
      spent.edges.push(facts.milliseconds['edges']!);
      resident.push(process.memoryUsage.rss() / 2 ** 20);
    });
    flights.add(flight);
    most = Math.max(most, flights.size);
  }
  const pace = (1000 * count) / (landed[begins + count - 1]! - landed[begins - 1]!);
  await Promise.all(flights);
  const bound = Math.min(1000 / mean(spent.encode), (1000 * threads) / mean(spent.edges));
  const third = Math.floor(count / 3);
  const steady = resident.slice(begins, begins + count);
  const growth = median(steady.slice(-third)) / median(steady.slice(0, third));
  console.log(
    `  ${String(threads).padStart(2)} threads: ${pace.toFixed(1)} images/s, ${percent(pace / bound)} of the bound ${bound.toFixed(1)}; ${most} images at once, at most ${Math.max(...steady).toFixed(0)} MB, last third over first ${growth.toFixed(2)}`,
  );
}

/** What a round measures: parts alone, what both of them contain, and a whole job. */
type Round = Record<'model' | 'edges' | 'neither' | 'whole', Pace>;

/** Jobs over images of their own, so that no part finds what another has made. */
async function realRound(count: number): Promise<Round> {
  await using bench = await openJobBench(2 * count + 2);
  const { images, job } = bench;
  await job(images.slice(0, 2));
  const [first, second] = [images.slice(2, 2 + count), images.slice(2 + count)];
  const withoutEdges = { overrides: { 'masks.crf': false, 'masks.workSide': 64 } };
  const model = await job(first, withoutEdges);
  // The maps are kept from here on: the model has no part in it.
  const edges = await job(first);
  const neither = await job(first, { overrides: { ...withoutEdges.overrides, 'masks.blur': 0 } });
  const whole = await job(second);
  return { model, edges, neither, whole };
}

/** Images a second that the slower part allows, and that the processors allow which other programs leave now. */
function boundOf({ model, edges, neither, whole }: Round): number {
  const cores = Math.max(model.cores, edges.cores, whole.cores);
  // Reading images and storing what was found is in both parts, and is done once.
  const cpu = model.cpu + edges.cpu - neither.cpu;
  return Math.min(model.imagesPerSecond, edges.imagesPerSecond, cores / cpu);
}

async function real(count: number, rounds: number): Promise<void> {
  const shares: number[] = [];
  const doubts: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const measured = await realRound(count);
    const { whole } = measured;
    const bound = boundOf(measured);
    doubts.push(whole.doubt);
    shares.push(whole.imagesPerSecond / bound);
    const said = ([name, { imagesPerSecond, cpu }]: [string, Pace]) =>
      `${name} ${imagesPerSecond.toFixed(2)} images/s (${(1000 * cpu).toFixed(0)} ms of a processor)`;
    console.log(
      `  ${Object.entries(measured).map(said).join(', ')} on ${whole.cores.toFixed(2)} processors; bound ${bound.toFixed(2)} images/s`,
    );
  }
  console.log(`  ${percent(median(shares))} of the bound that its parts set (target 95 %)`);
  const doubt = median(doubts);
  console.log(
    `  doubt by neighbouring settings takes ${(100 * doubt).toFixed(1)} % of an image's time (target at most ${100 * MOST_DOUBT} %)${doubt > MOST_DOUBT ? ' OVER' : ''}`,
  );
}

await ensureWasm();
if (Number(values.simulated) > 0) {
  console.log(`a model of ${MODEL_MS} ms and edges of ${EDGES_MS} ms, simulated (target 95 %)`);
  for (const threads of [1, 2, 4, 8, 16]) await simulate(threads, Number(values.simulated));
}
if (Number(values.images) > 0) {
  console.log('the built-in model on this machine, 640x480, 5 classes');
  await real(Number(values.images), Number(values.rounds));
}
process.exit(0);
