// One stage of a very large run set in a process of its own, so that its memory is its own: listing made images,
// working on them with a model that only waits, writing COCO. Says its figures as one line of JSON.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { exportRun } from '../../../electron/cluster/exchange/exportRun.ts';
import { parseRequest } from '../../../electron/cluster/order/request.ts';
import { countsOf, findRunSet } from '../../../electron/cluster/runs/runSets.ts';
import { registerWorker } from '../../../electron/cluster/worker/rows.ts';
import { createRunSets } from '../../../electron/cluster/worker/runSets.ts';
import { USUAL_TIMES } from '../../../electron/cluster/worker/times.ts';
import { work } from '../../../electron/cluster/worker/work.ts';
import { clusterBench, submitFolder, testHost } from '../drivers/clusterBench.ts';
import { answerOf, HEIGHT, roomFor, standInModel, WIDTH } from '../standIns/clusterModel.ts';

export interface StageWords {
  readonly stage: 'submit' | 'work' | 'export';
  readonly url: string;
  readonly images: number;
  readonly ms: number;
  readonly inFlight: number;
  readonly out: string;
  /** Files that an export is divided into. */
  readonly shards?: number;
}

const words = JSON.parse(process.argv[2] ?? '{}') as StageWords;
await using own = await clusterBench(words.url);
const begun = performance.now();
const samples: number[] = [];
const timer = setInterval(() => samples.push(process.memoryUsage().rss), 500);
const count = await { submit: list, work: workHere, export: write }[words.stage]();
clearInterval(timer);
const mib = (bytes: number) => Math.round(bytes / 2 ** 20);
const middle = (part: readonly number[]) => [...part].sort((a, b) => a - b)[part.length >> 1] ?? 0;
console.log(
  JSON.stringify({
    count,
    seconds: (performance.now() - begun) / 1000,
    peakMiB: mib(process.resourceUsage().maxRSS * 1024),
    // The second quarter against the last: flat is about 1.
    growth:
      middle(samples.slice(-samples.length >> 2)) /
      middle(samples.slice(samples.length >> 2, samples.length >> 1)),
  }),
);

async function list(): Promise<number> {
  const walk = async function* (after: string | null) {
    for (let n = 0; n < words.images; n += 1) {
      const path = `${String(n).padStart(8, '0')}.png`;
      if (after === null || path > after) yield { path, bytes: 1000 + n, stamp: String(n) };
    }
  };
  return (await submitFolder(own, '', { walk, pageImages: 10_000 })).added;
}

async function workHere(): Promise<number> {
  const { pool, queue } = own;
  const model = standInModel();
  let asked = 0;
  const before = { asked: 0, at: performance.now() };
  // A rate that falls is seen while the stage runs, not after an hour.
  const pace = setInterval(() => {
    const rate = ((asked - before.asked) * 1000) / (performance.now() - before.at);
    console.error(`work: ${asked} images, ${Math.round(rate)} a second of late`);
    Object.assign(before, { asked, at: performance.now() });
  }, 30_000);
  const request = async (operation: string, input: { path: string; imagePath: string }) => {
    const hash = createHash('sha256')
      .update(input.path ?? input.imagePath)
      .digest('hex');
    asked += operation === 'image.probe' ? 1 : 0;
    if (operation === 'image.probe') return { width: WIDTH, height: HEIGHT, hash };
    if (words.ms > 0) await sleep(words.ms);
    return answerOf(hash, [1 as never]);
  };
  const worker = await registerWorker(pool, { host: 'bench', device: 'none', version: '1' });
  const host = testHost('', {
    source: async () => ({
      place: 'nowhere',
      open: async ({ path }) => ({ imagePath: path, [Symbol.asyncDispose]: async () => undefined }),
    }),
  });
  const { done, reason } = await work(
    {
      pool,
      queue,
      worker,
      times: USUAL_TIMES,
      room: roomFor(words.inFlight),
      say: (line: string) => console.error(line),
      folder: await mkdtemp(join(tmpdir(), 'salience-stage-')),
      link: { request: request as never, restart: model.restart },
    },
    {
      runSets: createRunSets(pool, host, (line) => console.error(line)),
      untilEmpty: true,
      signal: new AbortController().signal,
    },
  );
  clearInterval(pace);
  if (reason !== null) throw new Error(reason);
  return done;
}

async function write(): Promise<number> {
  const runSet = await findRunSet(own.pool, 'test');
  const { done, images } = await countsOf(own.pool, runSet);
  const report = await exportRun(
    own.pool,
    {
      runSet: runSet.id,
      request: parseRequest(runSet),
      images,
      done,
      format: 'coco',
      out: words.out,
      shards: words.shards ?? 1,
      overwrite: true,
      createdAt: new Date().toISOString(),
    },
    { say: (line) => console.error(line), onProgress: () => undefined },
  );
  return report.images;
}
