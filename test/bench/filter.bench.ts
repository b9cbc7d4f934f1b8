// Filters over 50,000 images with 150,000 objects: processor time until the first page and the count are there, for words
// that read the objects, what is said of them, and the runs behind them. Ratios to a word about images in the same run.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Box, CategoryId, ImageId, RunId } from '../../electron/api/types.ts';
import { writeAnnotation } from '../../electron/engine/project/annotations.ts';
import { addCategories } from '../../electron/engine/project/classes/categories.ts';
import { migrate } from '../../electron/engine/project/database/migrations.ts';
import { openStore, type Store } from '../../electron/engine/project/database/store.ts';
import { listImages } from '../../electron/engine/project/images/imagePage.ts';
import { annotationWith, rectangle } from '../helpers/drivers/engineBench.ts';
import { randomFrom } from '../helpers/fixtures/random.ts';

const IMAGES = 50_000;
const OBJECTS = 3;
const SIZE = { width: 640, height: 480 };
const ENGINES = ['pnp', 'naclip', 'car'];
const ROUNDS = 5;
const random = randomFrom(7);
const folder = await mkdtemp(join(tmpdir(), 'salience-filter-'));
const store = openStore(join(folder, 'large.salience'));

/** A mask of the size that a mask on a photograph has in the file. */
const MASKS = Array.from({ length: 20 }, (_, i) => rectangle(20 + i, 30, 240, 180, SIZE));
const boxOf = (at: number): Box => [20 + (at % 20), 30, 240, 180];

/** What a run of three classes says, with its passes and figures. */
function summaryOf(image: number): string {
  const classes = Array.from({ length: OBJECTS }, (_, at) => ({
    categoryId: at + 1,
    match: random(),
    absent: false,
    margin: random(),
    patches: 576,
    patchesKept: 100,
    tokens: ['cup'],
    histogram: Array.from({ length: 40 }, () => 14),
  }));
  const passes = Array.from({ length: 4 }, (_, index) => ({
    index,
    weight: 0.25,
    z: [random(), random(), random()],
    dropped: [Array.from({ length: 60 }, (_, at) => at * 9)],
  }));
  const masks = classes.map(({ categoryId }, at) => ({
    categoryId,
    box: boxOf(image + at),
    parts: [{ kind: at === 2 ? 'kept' : 'refined', edge: random(), reason: 'agrees' }],
  }));
  return JSON.stringify({
    runId: `run${image}`,
    imageId: image,
    engine: ENGINES[image % 3],
    packId: 'p',
    classes,
    passes,
    params: { preset: 'default', overrides: {} },
    edges: { packId: 'sam', packName: 'SlimSAM', masks },
  });
}

function fill(to: Store): void {
  migrate(to);
  const ids = addCategories(to, ['cup', 'saucer', 'plate']);
  to.run(
    'UPDATE category SET fields = ? WHERE id = ?',
    JSON.stringify([{ name: 'colour', kind: 'text', needed: false, default: 'white' }]),
    ids[0]!,
  );
  for (let image = 1; image <= IMAGES; image += 1) {
    const name = `folder/${String(image).padStart(6, '0')}.jpg`;
    to.run(
      'INSERT INTO image(id, name, sort, width, height) VALUES (?, ?, ?, 640, 480)',
      ...[image, name, name],
    );
    to.run(
      "INSERT INTO run(id, image_id, pack_id, pack_hash, at, summary) VALUES (?, ?, 'p', 'h', 't', ?)",
      ...[`run${image}`, image, summaryOf(image)],
    );
    for (let at = 0; at < OBJECTS; at += 1) {
      const box = boxOf(image + at);
      const more = { box, area: 240 * 180, match: random(), runId: `run${image}` as RunId };
      const details = { values: { colour: image % 5 === 0 ? 'red' : `c${image % 40}` } };
      const object = annotationWith(`${image}-${at}`, at + 1, MASKS[(image + at) % 20]!, {
        ...more,
        ...(image % 2 === 0 ? { details } : {}),
      });
      writeAnnotation(to, image as ImageId, { ...object, categoryId: ids[at] as CategoryId }, null);
    }
  }
}

function medianMs(words: string): { ms: number; total: number } {
  const times: number[] = [];
  let total = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = process.cpuUsage();
    ({ total } = listImages(store, {
      cursor: 0,
      limit: 100,
      filter: { words },
      order: 'name' as const,
    }));
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1000);
  }
  return { ms: times.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)]!, total };
}

const startMs = performance.now();
store.transaction(() => fill(store));
console.log(
  `  ${IMAGES} images, ${IMAGES * OBJECTS} objects, filled in ${((performance.now() - startMs) / 1000).toFixed(0)} s`,
);
const base = medianMs('status:untouched').ms;
for (const words of [
  'status:untouched',
  'class:cup score:>0.99',
  'engine:similarity',
  'engine:sal',
  '-engine:sal',
  'edge:<0.01',
  'edge:>0.5',
  'is:refined',
  'field:colour=red',
  'field:colour=blue',
  'field:colour=white',
]) {
  const { ms, total } = medianMs(words);
  console.log(
    `  ${words.padEnd(24)} ${ms.toFixed(0).padStart(6)} ms  ${(ms / base).toFixed(1).padStart(6)}x  ${total} images (target under 300 ms)`,
  );
}
store.close();
await rm(folder, { recursive: true, force: true });
