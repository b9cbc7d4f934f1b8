// `salience cluster work`: this computer's share, until it is stopped or nothing is left.
import { mkdtemp, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ClusterError } from '../../../cluster/database/clusterError.ts';
import type { RunRequest } from '../../../cluster/order/request.ts';
import { requestOrder } from '../../../cluster/order/oneImage.ts';
import { bucketRoot, openBucket, readBucketAddress } from '../../../cluster/source/bucket.ts';
import { bucketSource, folderSource, type ImageSource } from '../../../cluster/worker/images.ts';
import { registerWorker } from '../../../cluster/worker/rows.ts';
import { createRunSets, type WorkerHost } from '../../../cluster/worker/runSets.ts';
import { USUAL_TIMES } from '../../../cluster/worker/times.ts';
import { work } from '../../../cluster/worker/work.ts';
import type { Engine } from '../../../engine/engine.ts';
import { createRoom } from '../../../engine/order/room.ts';
import { orderPacks } from '../../../engine/packs/enginePacks.ts';
import { choiceOf, packIfThere, packIn } from '../../../engine/packs/packs.ts';
import { checkedParams } from '../../../engine/prelabel/params.ts';
import { DEVICE_NAMES } from '../../../link/words/deviceWords.ts';
import { startEngine } from '../../startEngine.ts';
import { ENGINE_VERSION } from '../../../engine/version.ts';
import { UsageError } from '../arguments/usageError.ts';
import { counted } from '../../../link/words/counted.ts';
import { EXIT, onInterrupt, STOP } from '../terminal/exit.ts';
import { say, sayJson } from '../terminal/lines.ts';
import { progressPrinter, type ProgressPrinter } from '../terminal/progress.ts';
import { withQueue, type ClusterWords, type Connected } from './connect.ts';

export interface WorkWords extends ClusterWords {
  readonly root?: readonly string[];
  readonly device?: string;
  readonly threads?: string;
  readonly packFolder?: string;
  readonly untilEmpty?: boolean;
  readonly verbose?: boolean;
}

/** Time for the last words on stdout. */
const FAREWELL_MS = 2000;

export async function workCommand(words: WorkWords): Promise<number> {
  const roots = readRoots(words.root ?? []);
  checkDevice(words);
  const printer = progressPrinter(process.stderr, words);
  const interrupt = onInterrupt(STOP.worker, (line) => printer.line(line));
  const engine = await startEngine({
    kind: 'commandLine',
    log: (line) => {
      if (words.verbose) printer.line(line);
    },
  });
  engine.onEvent((event, payload) => {
    if (event === 'notice') printer.line((payload as { message: string }).message);
  });
  const folder = await mkdtemp(join(tmpdir(), 'salience-work-'));
  const tell = (line: string) => printer.line(line);
  try {
    return await withQueue(
      words,
      {
        name: 'work',
        say: tell,
        sweepSeconds: USUAL_TIMES.sweepSeconds,
        waitsUntil: interrupt.signal,
      },
      (connected) =>
        workHere(connected, {
          engine,
          words,
          folder,
          printer,
          signal: interrupt.signal,
          host: hostOf(engine, words, { roots, folder }),
        }),
    );
  } finally {
    interrupt.release();
    await engine.close();
    await rm(folder, { recursive: true, force: true });
    // Connections over a line that is cut stay open for a quarter of an hour.
    setTimeout(() => process.exit(), FAREWELL_MS).unref();
  }
}

interface Here {
  readonly engine: Engine;
  readonly words: WorkWords;
  readonly folder: string;
  readonly printer: ProgressPrinter;
  readonly signal: AbortSignal;
  readonly host: WorkerHost;
}

async function workHere({ connection, queue }: Connected, here: Here): Promise<number> {
  const { engine, words, folder, printer, signal, host } = here;
  const { pool, revive } = connection;
  const refused = (why: string) => printer.line(`Not done here: ${why}`);
  const runSets = createRunSets(pool, host, refused);
  const device = words.device ?? engine.context.settings.value().provider;
  const worker = await registerWorker(pool, { host: hostname(), device, version: ENGINE_VERSION });
  const begun = performance.now();
  const result = await work(
    {
      pool,
      queue,
      worker,
      folder,
      times: USUAL_TIMES,
      room: createRoom(),
      ...(revive ? { revive } : {}),
      link: engine.context.link,
      say: (line) => printer.line(line),
    },
    {
      runSets,
      signal,
      untilEmpty: words.untilEmpty === true,
      onProgress: ({ done, failed }) => {
        if (done + failed === 0) return;
        printer.update({
          stage: 'Working',
          done,
          total: 0,
          failed,
          imagesPerSecond: (1000 * (done + failed)) / Math.max(1, performance.now() - begun),
        });
      },
    },
  );
  printer.end();
  if (words.json) sayJson(result);
  else {
    if (result.reason !== null) printer.line(`This worker stopped: ${result.reason}`);
    say(`${counted(result.done, 'image')} done here, ${result.failed} failed.`);
  }
  return result.reason === null ? EXIT.ok : EXIT.someFailed;
}

/** `NAME=FOLDER` each. */
function readRoots(given: readonly string[]): Map<string, string> {
  return new Map(
    given.map((text): [string, string] => {
      const [name = '', folder = ''] = text.split(/=(.*)/s);
      if (name === '' || folder === '')
        throw new UsageError(`--root takes NAME=FOLDER, e.g. photos=/mnt/photos, not ${text}.`);
      return [name, resolve(folder)];
    }),
  );
}

function checkDevice({ device, threads }: WorkWords): void {
  if (device !== undefined && device !== 'auto' && !(device in DEVICE_NAMES))
    throw new UsageError(
      `There is no device ${device}: use auto or one of ${Object.keys(DEVICE_NAMES).join(', ')}.`,
    );
  if (threads !== undefined && !(Number.isInteger(Number(threads)) && Number(threads) >= 0))
    throw new UsageError(`--threads takes a whole number, not ${threads}.`);
}

function hostOf(
  engine: Engine,
  words: WorkWords,
  { roots, folder }: { readonly roots: ReadonlyMap<string, string>; readonly folder: string },
): WorkerHost {
  const { context } = engine;
  return {
    version: ENGINE_VERSION,
    async order(request) {
      const explain =
        words.packFolder === undefined
          ? await installedPack(context, request.pack)
          : await packIn(resolve(words.packFolder), false);
      const judge = request.judge ? await installedPack(context, request.judge) : null;
      const params = checkedParams(request.params, explain.parameters);
      const packs = orderPacks({ explain, judge }, (pack) => ({
        ...choiceOf(context, pack),
        ...(words.device === undefined || words.device === 'auto'
          ? {}
          : { provider: words.device }),
        ...(words.threads === undefined ? {} : { threads: Number(words.threads) }),
      }));
      return requestOrder(request.classes, { packs, params });
    },
    source: (runSet, request) => sourceOf(runSet, request, { roots, folder }),
  };
}

async function installedPack(context: Engine['context'], { id }: RunRequest['pack']) {
  const found = await packIfThere(context, id);
  if (found) return found;
  throw new ClusterError(
    `The pack ${id} is not installed here: "salience pack add ${id}" where the catalogue has it, or give --pack-folder FOLDER.`,
  );
}

/** Where images are comes from this call and this computer; a row names roots and nothing else. */
async function sourceOf(
  runSet: number,
  { source: { kind, root } }: RunRequest,
  { roots, folder }: { readonly roots: ReadonlyMap<string, string>; readonly folder: string },
): Promise<ImageSource> {
  if (kind === 'bucket') {
    const place = readBucketAddress(root);
    return bucketSource(await openBucket(process.env), runSet, {
      ...place,
      root: bucketRoot(place),
      folder,
    });
  }
  const mount = roots.get(root);
  if (mount === undefined)
    throw new ClusterError(
      `Run set ${runSet} has its images under the root "${root}", and this worker does not know where that is. Give --root "${root}=FOLDER".`,
    );
  return folderSource(runSet, { name: root, folder: mount });
}
