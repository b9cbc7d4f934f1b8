// The whole main job against onnxruntime alone: how much of the wall time a model run is going on, what
// the processors could do at most, and whether memory stays flat over many small images. The same
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
import { startEngine } from '../../electron/hosts/startEngine.ts';
import { buildPack } from '../../models/packs/building/build.ts';
import { readManifest } from '../../models/packs/packFolder.ts';
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

interface Measure {
  /** Of the wall time: some model run was going on. */
  readonly share: number;
  readonly wallMs: number;
  readonly modelMs: number;
  readonly stageMs: { readonly [stage: string]: number };
  /** Processor time of all processes over wall time. */
  readonly cores: number;
  /** Sampled over the run. */
  readonly residentMb: { readonly engine: number[]; readonly model: number[] };
}

/** Runs a job over `count` images, all in one or each after the other. */
async function run(
  { count, width, height }: { count: number; width: number; height: number },
  { packId = '', alone = false } = {},
): Promise<Measure> {
  const folder = await photoFolder(count, width, height);
  process.env['SALIENCE_HOME'] = join(folder, 'home');
  const engine = await startEngine({ kind: 'commandLine', log: () => {} });
  const residentMb = { engine: [] as number[], model: [] as number[] };
  try {
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
    const before = await processorMs();
    const start = performance.now();
    const sampler = setInterval(() => {
      residentMb.engine.push(process.memoryUsage().rss / 1024 ** 2);
      void modelResidentMb().then((mb) => residentMb.model.push(mb));
    }, 500);
    const ended: JobStatus[] = [];
    for (const part of alone ? rest.map((id) => [id]) : [rest]) ended.push(await job(part));
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
    return { share: modelMs / wallMs, wallMs, modelMs, stageMs, cores, residentMb };
  } finally {
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  }
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
    { packId, alone: true },
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
  const small = await run({ count: Number(values.small), width: 64, height: 48 });
  const mean = (list: readonly number[]) =>
    list.reduce((sum, value) => sum + value, 0) / Math.max(1, list.length);
  // The engine's grows by what SQLite keeps of the project's pages, at most 64 MiB.
  for (const [name, samples] of Object.entries(small.residentMb)) {
    const third = Math.floor(samples.length / 3);
    const growth = mean(samples.slice(-third)) / mean(samples.slice(0, third));
    console.log(
      `memory of the ${name} process over ${values.small} small images: last third over first third ${growth.toFixed(2)} (flat = 1.0), at most ${Math.max(...samples).toFixed(0)} MB`,
    );
  }
}
