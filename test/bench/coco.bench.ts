// A million annotations through the COCO writer and its self-check: memory that stays, and the cost of
// an annotation against JSON.stringify of the same record. `--annotations 100000` for a shorter run.
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { writeCoco } from '../../electron/engine/dataset/coco/write.ts';
import { readCoco } from '../../electron/engine/dataset/coco/reading/read.ts';
import type { DatasetImage, DatasetSource } from '../../electron/engine/dataset/types.ts';
import { maskFromBitmap } from '../../electron/masks/runs/bitmap.ts';
import { area } from '../../electron/masks/runs/rle.ts';
import { boundingBox } from '../../electron/masks/runs/measure.ts';
import { rleToString } from '../../electron/masks/runs/rleString.ts';

const PER_IMAGE = 10;
const [width, height] = [160, 120];
const asked = process.argv.indexOf('--annotations');
const annotations = asked < 0 ? 1_000_000 : Number(process.argv[asked + 1]);
const images = annotations / PER_IMAGE;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Processor milliseconds of this process: on a busy machine steadier than the wall clock. */
function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Megabytes in use after a collection: what really stays. */
function liveMegabytes(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1e6;
}

// Blobs with holes and without, 40 different ones.
const masks = Array.from({ length: 40 }, (_, k) => {
  const pixels = new Uint8Array(width * height).map((_, p) => {
    const x = (p % width) - 40 - k;
    const y = Math.floor(p / width) - 60;
    const distance = Math.hypot(x, y) + 3 * Math.sin(Math.atan2(y, x) * (3 + (k % 5)));
    return distance < 15 + k && distance > (k % 2 ? 6 : -9) ? 1 : 0;
  });
  return maskFromBitmap(pixels, width, height);
});

const stages = new Map<string, number[]>();
let lastSample = '';
const source: DatasetSource = {
  categories: [
    { id: 1, name: 'blob', supercategory: '', isThing: true, color: '#336699', extra: {} },
  ],
  imageCount: images,
  async *images() {
    for (let i = 0; i < images; i++) yield makeImage(i);
  },
};

function makeImage(i: number): DatasetImage {
  return {
    id: null,
    fileName: `folder ${i % 100}/image ${i}.jpg`,
    width,
    height,
    isReviewed: true,
    annotations: Array.from({ length: PER_IMAGE }, (_, k) => ({
      id: null,
      categoryId: 1,
      mask: masks[(i * 7 + k) % masks.length]!,
      score: 0.5,
      origin: 'model' as const,
      isCrowd: false,
      extra: {},
    })),
    extra: {},
  };
}

const folder = await mkdtemp(join(tmpdir(), 'salience-bench-'));
try {
  const path = join(folder, 'out.json');
  const before = liveMegabytes();
  const start = processorMs();
  let writtenAt = start;
  await writeCoco(source, path, {
    profile: 'coco',
    overwrite: false,
    onProgress({ stage, done, total }) {
      if (stage === 'Write COCO file') writtenAt = processorMs();
      // A look at memory at every tenth of a stage.
      const sample = `${stage} ${Math.floor((10 * done) / Math.max(1, total))}`;
      if (sample === lastSample) return;
      lastSample = sample;
      const list = stages.get(stage) ?? [];
      list.push(liveMegabytes() - before);
      stages.set(stage, list);
    },
  });
  const writeMs = writtenAt - start;
  const checkMs = processorMs() - writtenAt;

  const sampleImages = Array.from({ length: 2000 }, (_, i) => makeImage(i));
  const plainStart = processorMs();
  let characters = 0;
  for (const image of sampleImages)
    for (const { mask } of image.annotations) {
      const box = boundingBox(mask);
      characters += JSON.stringify({
        id: 1,
        image_id: 1,
        category_id: 1,
        segmentation: { size: [height, width], counts: rleToString(mask) },
        area: area(mask),
        bbox: [box.x, box.y, box.width, box.height],
        iscrowd: 0,
        score: 0.5,
      }).length;
    }
  const plainMs = ((processorMs() - plainStart) / (sampleImages.length * PER_IMAGE)) * annotations;

  await using read = await readCoco(path);
  console.log(
    `${annotations} annotations in ${images} images, ${((await stat(path)).size / 1e6).toFixed(0)} MB; ` +
      `read back ${read.annotationCount}, plain text ${characters} characters`,
  );
  for (const [stage, list] of stages) {
    const shown = list.map((mb) => mb.toFixed(1)).join(' ');
    console.log(`live memory above start, MB, at each tenth of "${stage}": ${shown}`);
  }
  console.log(
    `writing costs ${(writeMs / plainMs).toFixed(2)} times encoding and JSON.stringify of one RLE record each; ` +
      `the check ${(checkMs / writeMs).toFixed(2)} times the writing`,
  );
  const writing = stages.get('Write COCO file')!;
  const growth = Math.max(...writing.slice(1)) - writing[0]!;
  if (annotations >= 100_000 && growth > 16) {
    console.error(`memory grew by ${growth.toFixed(1)} MB while writing; expected it to stay flat`);
    process.exitCode = 1;
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
