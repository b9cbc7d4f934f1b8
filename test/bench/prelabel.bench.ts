// The whole main job against onnxruntime alone: how much of the wall time a model run is going on, what
// the processors could do at most, and what a small image leaves in memory. The same
// images one by one, with nothing beside the model, are the yardstick. Ratios of one run.
//   npm run bench -- prelabel [--images 40] [--small 2000] [--large 3]
// `--large` takes a model of BLIP-large's shape with random weights for so many images instead.
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { CategoryId, ImageId } from '../../electron/api/types.ts';
import type { JobStatus } from '../../electron/api/job.ts';
import { openAt } from '../../electron/engine/opening/opening.ts';
import { addCategories } from '../../electron/engine/project/classes/categories.ts';
import { callEngine, startEngine } from '../../electron/hosts/startEngine.ts';
import { buildPack } from '../../models/packs/building/build.ts';
import { readManifest } from '../../models/packs/packFolder.ts';
import { heldBy, type Held } from '../helpers/drivers/childMemory.ts';
import { collectedBytes } from '../helpers/drivers/collectedBytes.ts';
import { childFiles, processorMs } from '../helpers/drivers/processorTime.ts';
import { LARGE_BLIP, writeBlipFolder } from '../helpers/fixtures/blipCheckpoint.ts';
import { photoFolder } from '../helpers/fixtures/photoFolder.ts';
import { ensureWasm } from '../../build/wasm.ts';

const { values } = parseArgs({
  options: {
    images: { type: 'string', default: '40' },
    small: { type: 'string', default: '2000' },
    large: { type: 'string', default: '0' },
  },
});

const CLASSES = ['sun', 'crab', 'water', 'sand', 'sky'];
/** Stages that are onnxruntime's own time. */
const MODEL_STAGES = ['encode', 'match', 'explain'];
const VECTORS_MIB = 32;
/** Less than the name of an image and a few numbers on it. */
const MOST_LEFT_KB = 1;

interface Measure {
  /** Of the wall time: some model run was going on. */
  readonly share: number;
  readonly wallMs: number;
  readonly modelMs: number;
  readonly stageMs: { readonly [stage: string]: number };
  /** Processor time of all processes over wall time. */
  readonly cores: number;
  /** At most, sampled over the run. */
  readonly residentMb: { engine: number; model: number };
  /** After each job where it is asked for. */
  readonly held: { readonly engine: number; readonly model: Held }[];
}

/** Runs jobs over `count` images, of all or of `each` so many; `keeps` asks what memory is held after each. */
async function run(
  { count, width, height }: { count: number; width: number; height: number },
  { packId = '', each = count, keeps = false } = {},
): Promise<Measure> {
  const folder = await photoFolder(count, width, height);
  process.env['SALIENCE_HOME'] = join(folder, 'home');
  const engine = await startEngine({ kind: 'commandLine', log: () => {} });
  const residentMb = { engine: 0, model: 0 };
  const held: Measure['held'] = [];
  try {
    // Vectors of so few images that there is no room for more long before the first half is over.
    if (keeps) await callEngine(engine, 'settings.set', { vectorsMib: VECTORS_MIB });
    await openAt(engine.context, join(folder, 'p.salience'), join(folder, 'images'), {
      complete: true,
    });
    const { store } = engine.context.open.get();
    const categoryIds: CategoryId[] = addCategories(store, CLASSES);
    const ids = store.all<{ id: ImageId }>('SELECT id FROM image').map(({ id }) => id);
    const jobs = engine.context.open.jobs();
    const job = async (images: readonly ImageId[]) => {
      const { id } = await jobs.start(
        {
          images: { kind: 'ids', ids: [...images] },
          categoryIds,
          auto: null,
          params: { preset: 'pack', overrides: {} },
          packId,
          merge: 'proposals',
          thresholds: {},
        },
        'commandLine',
      );
      return jobs.settled(id);
    };
    // Loading the model is not the pipeline's matter.
    const [first = 1 as ImageId, ...rest] = ids;
    await job([first]);
    // Asking takes some memory itself, once.
    if (keeps) await heldBy(await modelId());
    const before = await processorMs();
    const start = performance.now();
    const sampler = setInterval(() => {
      residentMb.engine = Math.max(residentMb.engine, process.memoryUsage.rss() / 2 ** 20);
      void modelResidentMb().then((mb) => (residentMb.model = Math.max(residentMb.model, mb)));
    }, 500);
    const ended: JobStatus[] = [];
    for (let at = 0; at < rest.length; at += each) {
      ended.push(await job(rest.slice(at, at + each)));
      if (keeps)
        held.push({ engine: collectedBytes() / 2 ** 20, model: await heldBy(await modelId()) });
    }
    clearInterval(sampler);
    const wallMs = performance.now() - start;
    const cores = ((await processorMs()) - before) / wallMs;
    const stageMs: { [stage: string]: number } = {};
    for (const one of ended)
      for (const [stage, ms] of Object.entries(one.stageMs))
        stageMs[stage] = (stageMs[stage] ?? 0) + ms;
    const done = ended.reduce((sum, one) => sum + one.done + one.empty, 0);
    if (done !== rest.length) throw new Error(`${done} of ${rest.length} images were done`);
    const modelMs = MODEL_STAGES.reduce((sum, stage) => sum + (stageMs[stage] ?? 0), 0);
    return { share: modelMs / wallMs, wallMs, modelMs, stageMs, cores, residentMb, held };
  } finally {
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function modelId(): Promise<number> {
  const [stat = ''] = await childFiles('stat');
  return Number.parseInt(stat);
}

async function modelResidentMb(): Promise<number> {
  const pages = (await childFiles('statm')).map((text) => Number(text.split(' ')[1] ?? 0));
  return (pages.reduce((sum, count) => sum + count, 0) * 4096) / 1024 ** 2;
}

const percent = (ratio: number) => `${(100 * ratio).toFixed(1)} %`;

async function pipeline(count: number, target: string, packId = ''): Promise<void> {
  const size = { count, width: 500, height: 375 };
  const alone = await run(
    { ...size, count: Math.max(2, Math.ceil(count / 3)) },
    { packId, each: 1 },
  );
  const whole = await run(size, { packId });
  const perImage = (measure: Measure, images: number) => measure.modelMs / (images - 1);
  const aloneMs = perImage(alone, Math.max(2, Math.ceil(count / 3)));
  const wallMs = whole.wallMs / (count - 1);
  console.log(
    `${count} images of 500x375: a model run goes on for ${percent(whole.share)} of the wall time (target ${target})`,
  );
  console.log(
    `  pace: ${percent(aloneMs / wallMs)} of what the model alone would do; one by one it is ${percent(alone.share)}`,
  );
  console.log(
    `  ${whole.cores.toFixed(2)} of ${availableParallelism()} processors at work, ${alone.cores.toFixed(2)} one by one`,
  );
  const all = Object.values(whole.stageMs).reduce((sum, ms) => sum + ms, 0);
  const stages = Object.entries(whole.stageMs).map(
    ([stage, ms]) => `${stage} ${percent(ms / all)}`,
  );
  console.log(`  stages: ${stages.join(', ')}`);
}

/** What an image leaves behind in the second half of so many, when every bounded store is full. */
async function memory(count: number): Promise<void> {
  const half = Math.ceil((count - 1) / 2);
  const size = { count, width: 64, height: 48 };
  const { held, residentMb } = await run(size, { each: half, keeps: true });
  const [first, last] = [held[0]!, held.at(-1)!];
  const left = (of: (one: typeof first) => number) =>
    (1024 * (of(last) - of(first))) / (count - 1 - half);
  const verdict = (kb: number, most: number) =>
    `${kb.toFixed(2)} KB (target at most ${most}${kb > most ? ', OVER' : ''})`;
  console.log(
    `memory over ${count} small images, with what nobody needs collected; each of the second half leaves`,
  );
  const objects = verdict(
    left(({ model }) => model.held),
    MOST_LEFT_KB,
  );
  const resident = left(({ model }) => model.resident).toFixed(1);
  const { model, engine } = residentMb;
  console.log(
    `  model process: objects and arrays ${objects} of ${first.model.held.toFixed(0)} MB; resident ${resident} KB of ${first.model.resident.toFixed(0)} MB; at most ${model.toFixed(0)} MB before collecting`,
  );
  console.log(
    `  engine and bench: objects and arrays ${verdict(
      left((one) => one.engine),
      MOST_LEFT_KB,
    )}; at most ${engine.toFixed(0)} MB, in which SQLite keeps 64 MiB of pages`,
  );
}

await ensureWasm();
if (Number(values.large) > 0) {
  const packs = await mkdtemp(join(tmpdir(), 'salience-bench-packs-'));
  try {
    process.env['SALIENCE_PACKS'] = packs;
    await writeBlipFolder(join(packs, '.checkpoint'), LARGE_BLIP);
    await buildPack({ source: join(packs, '.checkpoint'), out: join(packs, 'large') });
    const { id } = await readManifest(join(packs, 'large'));
    await pipeline(1 + Number(values.large), '97 %', id);
  } finally {
    await rm(packs, { recursive: true, force: true });
  }
} else {
  await pipeline(Number(values.images), '90 %');
  await memory(Number(values.small));
}
