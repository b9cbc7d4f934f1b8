// The shipped pack on WebGPU draws what it draws on the processor: through the inference process, on
// the software driver that comes with Chromium. Small inputs, because that driver is slow.
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CategoryId } from '../../electron/api/types.ts';
import type { Precision } from '../../electron/api/model.ts';
import { childProcessSpawner } from '../../electron/engine/inferenceLink/child.ts';
import { createInferenceHost } from '../../electron/engine/inferenceLink/host.ts';
import type { InferenceLink, LinkNotice } from '../../electron/engine/inferenceLink/link.ts';
import { bitmapFromMask } from '../../electron/masks/runs/bitmap.ts';
import { intersectionOverUnion } from '../../electron/masks/runs/combine.ts';
import { area } from '../../electron/masks/runs/rle.ts';
import { resolveParams } from '../../electron/link/presets.ts';
import { loadPack } from '../../models/packs/load.ts';
import { SOURCE_DEMO_PACK } from '../../models/packs/places.ts';
import { installClickPack } from '../helpers/fixtures/clickPack.ts';

const ENTRY = fileURLToPath(new URL('../../electron/inference/entry.ts', import.meta.url));
const SAMPLES = fileURLToPath(new URL('../../models/demo/samples', import.meta.url));
const DRIVER = process.env['SALIENCE_VK_DRIVER'] ?? '/usr/lib/chromium/vk_swiftshader_icd.json';
const missing =
  process.platform !== 'linux' || process.arch !== 'x64'
    ? 'WebGPU is tested on Linux x64 only'
    : existsSync(DRIVER)
      ? null
      : `no software driver for WebGPU at ${DRIVER}`;
if (missing) console.log(`skipped: ${missing}`);

const SCENES = [
  { image: 'beach.jpg', names: ['sea', 'sand'] },
  { image: 'pond.jpg', names: ['duck', 'water'] },
];
/** Share of pixels that must carry the same label. */
const AGREEMENT = 0.995;

describe.skipIf(missing)('the shipped pack on WebGPU', () => {
  let folder: string;
  let link: InferenceLink;
  const log: string[] = [];
  const before = { ...process.env };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'salience-webgpu-'));
    process.env['VK_DRIVER_FILES'] = DRIVER;
    // The loader lies beside the driver.
    process.env['LD_LIBRARY_PATH'] = dirname(DRIVER);
    const keep = (line: string) => void log.push(line);
    link = createInferenceHost({ spawn: childProcessSpawner(ENTRY, { log: keep }), log: keep });
  });
  afterAll(async () => {
    await link?.close();
    for (const name of ['VK_DRIVER_FILES', 'LD_LIBRARY_PATH'])
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    await rm(folder, { recursive: true, force: true });
  });

  async function labels(
    provider: string,
    scene: (typeof SCENES)[number],
    precision: Precision = 'f32',
    quickEdges = false,
  ) {
    const pack = await loadPack(SOURCE_DEMO_PACK);
    const params = resolveParams('pack', pack.parameters, {
      'pnp.inputSide': 64,
      'pnp.passes': 1,
      // One graph less to compile.
      'pnp.captions': 'perClass',
      'pnp.selection': 'all',
      'masks.crf': false,
      'masks.workSide': 160,
      'masks.absentBelow': 0,
      'masks.pamr': quickEdges,
    });
    const { facts, masks } = await link.request('prelabel.run', {
      imagePath: join(SAMPLES, scene.image),
      engine: 'pnp',
      pack: { id: 'demo', folder: SOURCE_DEMO_PACK, provider, threads: 1, precision },
      classes: scene.names.map((name, index) => ({
        categoryId: (index + 1) as CategoryId,
        kind: 'thing' as const,
        name,
        prompt: '',
        synonyms: [],
        threshold: null,
      })),
      params: params.explain,
      options: { params: params.masks, thresholds: {}, draft: !quickEdges, instances: [] },
      runFile: join(folder, `${provider}-${scene.image}.run`),
    });
    const [first] = masks;
    const map = new Uint16Array((first?.mask.width ?? 0) * (first?.mask.height ?? 0));
    for (const { categoryId, mask } of masks)
      bitmapFromMask(mask).forEach((bit, at) => {
        if (bit) map[at] = categoryId;
      });
    return { map, provider: facts.provider };
  }

  it('gives the labels of the processor on the sample scenes, and really runs there', async () => {
    for (const scene of SCENES) {
      const cpu = await labels('cpu', scene);
      const gpu = await labels('webgpu', scene);
      expect(gpu.provider, log.join('\n')).toBe('webgpu');
      expect(cpu.map.length).toBeGreaterThan(0);
      expect(gpu.map.length).toBe(cpu.map.length);
      const same = cpu.map.reduce((sum, label, at) => sum + Number(gpu.map[at] === label), 0);
      expect(same / cpu.map.length, scene.image).toBeGreaterThanOrEqual(AGREEMENT);
      expect(new Set(cpu.map).size, 'an empty picture proves nothing').toBeGreaterThan(1);
    }
  });

  it('draws quick edges on the device as the processor does', async () => {
    const [scene] = SCENES as [(typeof SCENES)[number]];
    const notices: LinkNotice[] = [];
    const quiet = link.onNotice((notice) => notices.push(notice));
    const cpu = await labels('cpu', scene, 'f32', true);
    const gpu = await labels('webgpu', scene, 'f32', true);
    quiet();
    // A device that could not would have said so, and the processor would have drawn them.
    expect(notices.map(({ message }) => message)).toEqual([]);
    const rough = await labels('webgpu', scene);
    const same = (other: Uint16Array) =>
      cpu.map.reduce((sum, label, at) => sum + Number(other[at] === label), 0) / cpu.map.length;
    expect(same(gpu.map)).toBeGreaterThanOrEqual(AGREEMENT);
    expect(same(rough.map)).toBeLessThan(same(gpu.map));
  });

  it('a click model reads, decodes and goes on from a mask as it does on the processor', async () => {
    await installClickPack(folder);
    const imagePath = join(SAMPLES, SCENES[0]!.image);
    const probed = await link.request('image.probe', { path: imagePath });
    const notices: LinkNotice[] = [];
    const stop = link.onNotice((notice) => notices.push(notice));
    const clicked = async (provider: string) => {
      const pack = {
        id: 'tiny',
        folder: join(folder, 'tiny'),
        provider,
        threads: 1,
        precision: 'f32' as const,
      };
      const { width, height } = probed;
      // Another name: what one device has read is not taken for the other.
      const imageHash = `${provider} ${probed.hash}`;
      const asked = {
        imagePath,
        imageHash,
        width,
        height,
        crop: null,
        pack,
        prompt: { points: [{ x: 500, y: 575, adds: true }], box: null },
        cut: { cut: 0, specks: false, part: null },
      } as const;
      const first = await link.request('segment.decode', { ...asked, start: { kind: 'nothing' } });
      const { decode, choices } = first;
      const { candidate } = choices[0]!;
      const start = { kind: 'choice', decode, candidate } as const;
      return [
        first.mask,
        (await link.request('segment.decode', { ...asked, start })).mask,
      ] as const;
    };
    const cpu = await clicked('cpu');
    const gpu = await clicked('webgpu');
    stop();
    // It would be told that the processor took its place.
    expect(notices, log.join('\n')).toEqual([]);
    for (const at of [0, 1] as const)
      expect(intersectionOverUnion(gpu[at], cpu[at])).toBeGreaterThanOrEqual(AGREEMENT);
    const share = area(cpu[0]) / (probed.width * probed.height);
    expect(Math.min(share, 1 - share), 'an empty mask proves nothing').toBeGreaterThan(0.01);
    expect(intersectionOverUnion(cpu[0], cpu[1])).toBeLessThan(AGREEMENT);
  });

  it('half precision keeps the labels, or says why the driver calculates in full precision', async () => {
    const notices: LinkNotice[] = [];
    const stop = link.onNotice((notice) => notices.push(notice));
    const scene = SCENES[0]!;
    const cpu = await labels('cpu', scene);
    const gpu = await labels('webgpu', scene, 'f16');
    stop();
    expect(gpu.provider, log.join('\n')).toBe('webgpu');
    const half = notices.length === 0;
    const same = cpu.map.reduce((sum, label, at) => sum + Number(gpu.map[at] === label), 0);
    console.log(
      `webgpu ${half ? 'in half precision' : 'cannot calculate in half precision'}: ${((100 * same) / cpu.map.length).toFixed(2)} % same labels`,
    );
    expect(same / cpu.map.length).toBeGreaterThanOrEqual(half ? 0.97 : AGREEMENT);
    expect(notices.map(({ code, message }) => [code, message])).toEqual(
      half
        ? []
        : [
            [
              'DEVICE_FELL_BACK',
              'WebGPU on this graphics card cannot calculate in half precision. Models run there in full precision, F32.',
            ],
          ],
    );
  });
});
