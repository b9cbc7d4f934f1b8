// Decodes the sample images and makes pictures of one in a process of its own, as an Electron process where it
// is told so; tells the hashes of all pixels and which build of sharp was loaded.
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [as, folder = ''] = process.argv.slice(2);
if (as === 'electron')
  Object.defineProperty(process.versions, 'electron', { value: '45.0.0', enumerable: true });

const { decodeImage } = await import('../../../electron/inference/image/decode.ts');
const { encodePng } = await import('../../../electron/engine/dataset/png/encode.ts');
const { writeSmaller } = await import('../../../electron/inference/image/reduce.ts');
const { writeCrop, writeReduced } =
  await import('../../../electron/inference/pictures/pictures.ts');

const pixelsOf = async (source: string | Uint8Array) => {
  const image = await decodeImage(source);
  return { image, hash: createHash('sha256').update(image.rgb).digest('hex') };
};

const samples = readdirSync(folder).filter((name) => name.endsWith('.jpg'));
const pixels: Record<string, string> = {};
for (const name of samples) pixels[name] = (await pixelsOf(join(folder, name))).hash;

const work = mkdtempSync(join(tmpdir(), 'salience-decode-'));
const sample = join(folder, samples[0]!);
const { image } = await pixelsOf(sample);
const rgb = { kind: 'rgb', data: image.rgb } as const;
pixels['png'] = (await pixelsOf(await encodePng(rgb, image.width, image.height))).hash;
await writeReduced(sample, join(work, 'reduced.webp'), 120);
pixels['reduced'] = (await pixelsOf(join(work, 'reduced.webp'))).hash;
await writeSmaller(sample, join(work, 'smaller.jpg'), { maxPixels: 9000 });
pixels['smaller'] = (await pixelsOf(join(work, 'smaller.jpg'))).hash;
const { width, height } = image;
const mask = { width, height, counts: Uint32Array.of(9 * height, 40 * height) };
// The outline is drawn by another library in each build: its place is the same, its edge pixels are not.
const look = { color: '#ff0000', doubtful: false };
const crop = await writeCrop(image, mask, look, { target: join(work, 'crop.webp'), longSide: 200 });
pixels['crop'] = `${crop.width}x${crop.height}`;
rmSync(work, { recursive: true });

const builds = Object.keys(createRequire(import.meta.url).cache)
  .map((path) => /@img[\\/](sharp-[a-z0-9-]+)/.exec(path)?.[1])
  .filter((name) => name !== undefined);
console.log(JSON.stringify({ builds: [...new Set(builds)], pixels }));
process.exit(0);
