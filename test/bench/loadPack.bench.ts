// Loading a BLIP-large-shaped pack (random weights, true shapes): cold and warm, weights packed for
// the kernels or left in their file, and 8-bit weights against F32; on WebGPU, where there is a driver,
// F16 against F32. Each way in a process of its own, so that memory is its own. Prints ratios of CPU
// time within this run, and peak memory. `--side 224` for a shorter run, `--small` for a tiny model
// that only shows that it works, `--gpu` for the WebGPU ways too (loading only: software drivers are slow).
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Precision } from '../../electron/api/model.ts';
import { loadItmModel, sourceOfPack } from '../../electron/inference/session/itmModel.ts';
import { buildPack } from '../../models/packs/building/build.ts';
import { loadPack } from '../../models/packs/load.ts';
import { LARGE_BLIP, TINY_BLIP, writeBlipFolder } from '../helpers/fixtures/blipCheckpoint.ts';

const { values: options } = parseArgs({
  options: {
    side: { type: 'string', default: '336' },
    small: { type: 'boolean', default: false },
    gpu: { type: 'boolean', default: false },
    /** Only these ways, by number from 0; the ratios need 1. */
    ways: { type: 'string' },
    /** Used by the bench itself: one way in its own process. */
    way: { type: 'string' },
    folder: { type: 'string' },
  },
});

interface Way {
  readonly name: string;
  readonly precision: Precision;
  readonly prepack: boolean;
  readonly provider?: 'cpu' | 'webgpu';
}

const WAYS: readonly Way[] = [
  { name: 'F32, cold', precision: 'f32', prepack: true },
  { name: 'F32, warm', precision: 'f32', prepack: true },
  { name: 'F32, weights left in their file', precision: 'f32', prepack: false },
  { name: '8-bit, first time (weights are made)', precision: 'int8', prepack: true },
  { name: '8-bit, warm', precision: 'int8', prepack: true },
  { name: 'F32 on WebGPU', precision: 'f32', prepack: true, provider: 'webgpu' },
  { name: 'F16 on WebGPU', precision: 'f16', prepack: true, provider: 'webgpu' },
];

interface Cost {
  readonly loadSeconds: number;
  /** Null where only loading was measured. */
  readonly runSeconds: number | null;
  /** What it was really calculated in. */
  readonly precision: Precision;
  readonly peakMb: number;
}

async function cpuSeconds(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

async function measure(
  { precision, prepack, provider = 'cpu' }: Way,
  folder: string,
): Promise<Cost> {
  const pack = await loadPack(join(folder, 'pack'));
  const side = options.small ? TINY_BLIP.imageSide : Number(options.side);
  const pixels = Float32Array.from({ length: 3 * side * side }, (_, i) => Math.sin(i * 0.01));
  let model: Awaited<ReturnType<typeof loadItmModel>> | undefined;
  const loadSeconds = await cpuSeconds(async () => {
    model = await loadItmModel(sourceOfPack(pack), {
      providers: [provider],
      precision,
      prepack,
      threads: 1,
      formFolder: join(folder, 'forms'),
    });
  });
  if (!model) throw new Error('nothing was loaded');
  const used = model.precision;
  const peakMb = () => process.resourceUsage().maxRSS / 1024;
  if (provider !== 'cpu') {
    const cost = { loadSeconds, runSeconds: null, precision: used, peakMb: peakMb() };
    await model.dispose();
    return cost;
  }
  const encode = async () => (await model?.encodeImage(pixels, side, side))?.dispose();
  await encode();
  const runSeconds = await cpuSeconds(encode);
  await model?.dispose();
  return { loadSeconds, runSeconds, precision: used, peakMb: peakMb() };
}

if (options.way !== undefined && options.folder !== undefined) {
  console.log(JSON.stringify(await measure(WAYS[Number(options.way)] as Way, options.folder)));
} else {
  const folder = await mkdtemp(join(tmpdir(), 'salience-bench-'));
  try {
    await writeBlipFolder(join(folder, 'checkpoint'), options.small ? TINY_BLIP : LARGE_BLIP);
    await buildPack({ source: join(folder, 'checkpoint'), out: join(folder, 'pack') });
    let base: Cost | undefined;
    for (const [index, way] of WAYS.entries()) {
      if (way.provider !== undefined && !options.gpu) continue;
      if (options.ways !== undefined && !options.ways.split(',').includes(String(index))) continue;
      const { stdout, status, stderr } = spawnSync(
        process.execPath,
        [
          import.meta.filename,
          ...['--way', String(index), '--folder', folder, '--side', options.side],
          ...(options.small ? ['--small'] : []),
        ],
        { encoding: 'utf8' },
      );
      if (status !== 0) throw new Error(`${way.name}: ${stderr}`);
      const cost = JSON.parse(stdout) as Cost;
      // The second: the first also reads the weights from the disk.
      if (index === 1) base = cost;
      if (cost.precision !== way.precision) {
        console.log(`${way.name.padEnd(38)} not here: it calculates in ${cost.precision}`);
        continue;
      }
      const ratio = (part: 'loadSeconds' | 'runSeconds') => {
        const [own, first] = [cost[part], base?.[part]];
        if (own === null) return 'not run';
        return first ? `${(own / first).toFixed(2)} x F32 warm` : `${own.toFixed(2)} CPU s`;
      };
      console.log(
        `${way.name.padEnd(38)} load ${ratio('loadSeconds').padEnd(16)} image ${ratio('runSeconds').padEnd(16)} peak ${cost.peakMb.toFixed(0)} MB`,
      );
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
