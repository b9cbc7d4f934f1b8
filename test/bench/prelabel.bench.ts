// The whole main job against onnxruntime alone: how much of the wall time is spent inside the model,
// and whether memory stays flat over many small images. Ratios of one run.
//   npm run bench -- prelabel [--images 40] [--small 2000] [--pack FOLDER]
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import type { CategoryId } from '../../electron/api/types.ts';
import { openAt } from '../../electron/engine/opening.ts';
import { addCategories } from '../../electron/engine/project/categories.ts';
import { SAMPLE_FOLDER, startEngine } from '../../electron/hosts/startEngine.ts';
import { ensureWasm } from '../../build/wasm.ts';

const { values } = parseArgs({
  options: {
    images: { type: 'string', default: '40' },
    small: { type: 'string', default: '2000' },
  },
});

const CLASSES = ['sun', 'crab', 'water', 'sand', 'sky'];
/** Stages that are onnxruntime's own time. */
const MODEL_STAGES = ['encode', 'match', 'explain'];

async function folderOf(count: number, width: number, height: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'salience-bench-'));
  const images = join(folder, 'images');
  await mkdir(images);
  const source = await sharp(join(SAMPLE_FOLDER, 'beach.jpg'))
    .resize(width, height, { fit: 'fill' })
    .toBuffer();
  for (let index = 0; index < count; index++) {
    // Different bytes each: neither cache nor duplicate detection may help.
    await sharp(source)
      .modulate({ brightness: 0.8 + (0.4 * index) / count })
      .jpeg({ quality: 80 })
      .toFile(join(images, `${String(index).padStart(5, '0')}.jpg`));
  }
  return folder;
}

async function run(count: number, width: number, height: number) {
  const folder = await folderOf(count, width, height);
  process.env['SALIENCE_HOME'] = join(folder, 'home');
  const engine = await startEngine({ kind: 'commandLine', log: () => {} });
  const residentMb: number[] = [];
  try {
    await openAt(engine.context, join(folder, 'p.salience'), join(folder, 'images'), {
      complete: true,
    });
    const categoryIds: CategoryId[] = addCategories(engine.context.open.get().store, CLASSES);
    const jobs = engine.context.open.jobs();
    const start = performance.now();
    const { id } = await jobs.start(
      {
        images: { kind: 'all' },
        categoryIds,
        auto: null,
        params: { preset: 'pack', overrides: {} },
        packId: '',
        merge: 'proposals',
        thresholds: {},
      },
      'commandLine',
    );
    const sampler = setInterval(() => residentMb.push(process.memoryUsage().rss / 1024 ** 2), 500);
    const job = await jobs.settled(id);
    clearInterval(sampler);
    const wallMs = performance.now() - start;
    const modelMs = MODEL_STAGES.reduce((sum, stage) => sum + (job.stageMs[stage] ?? 0), 0);
    if (job.done + job.empty !== count)
      throw new Error(`${job.done + job.empty} of ${count} images were done`);
    return { share: modelMs / wallMs, stageMs: job.stageMs, residentMb };
  } finally {
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  }
}

await ensureWasm();
const main = await run(Number(values.images), 500, 375);
console.log(
  `model share of wall time, ${values.images} images of 500x375: ${(100 * main.share).toFixed(1)} % (target 90 % on an idle machine)`,
);
console.log(
  `  stages: ${Object.entries(main.stageMs)
    .map(
      ([stage, ms]) =>
        `${stage} ${((100 * ms) / Object.values(main.stageMs).reduce((a, b) => a + b, 0)).toFixed(0)} %`,
    )
    .join(', ')}`,
);
const small = await run(Number(values.small), 64, 48);
const third = Math.floor(small.residentMb.length / 3);
const mean = (list: readonly number[]) =>
  list.reduce((sum, value) => sum + value, 0) / Math.max(1, list.length);
console.log(
  `engine memory over ${values.small} small images: last third over first third ${(mean(small.residentMb.slice(-third)) / mean(small.residentMb.slice(0, third))).toFixed(2)} (flat = 1.0)`,
);
