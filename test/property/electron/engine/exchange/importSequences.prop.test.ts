// Any sequence of imports into one project, then every export, then an import of what came out: each
// annotation is there once with its class and pixels, or a report named it. SEQUENCES=1000 runs more.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { classKey } from '../../../../../electron/api/rules/classNames.ts';
import type { ImageId } from '../../../../../electron/api/types.ts';
import { EXPORT_FORMATS } from '../../../../../electron/engine/dataset/formats/registry.ts';
import { openAt } from '../../../../../electron/engine/opening/opening.ts';
import { annotationsOf } from '../../../../../electron/engine/project/annotations.ts';
import { listCategories } from '../../../../../electron/engine/project/classes/categories.ts';
import { bitmapFromMask, maskFromBitmap } from '../../../../../electron/masks/runs/bitmap.ts';
import type { Bench } from '../../../../helpers/drivers/engineBench.ts';
import {
  imageFolder,
  openBench,
  removeBench,
  SIDE,
} from '../../../../helpers/drivers/engineBench.ts';
import type { Random } from '../../../../helpers/fixtures/labelFiles.ts';
import { randomLabels } from '../../../../helpers/fixtures/labelFiles.ts';

const SEQUENCES = Number(process.env['SEQUENCES'] ?? 12);
const FIRST_SEED = Number(process.env['SEED'] ?? 1);
const IMAGES = ['img1.png', 'img2.png', 'img3.png'];
/** Formats that hold single objects, and come back as they went out. */
const EXACT = new Map([
  ['coco', 'coco'],
  ['coco-polygon', 'coco'],
  ['labelme', 'labelme'],
  ['yolo-seg', 'yolo-seg'],
]);

/** A small generator that a seed starts anew. */
function seeded(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

const keyOf = (image: string, className: string, counts: Iterable<number>) =>
  `${image} | ${classKey(className)} | ${[...counts].join(' ')}`;

/** What the open project holds, sorted; equal annotations stand as often as they are there. */
function held({ engine }: Bench): string[] {
  const { store } = engine.context.open.get();
  const names = new Map(listCategories(store).map(({ id, name }) => [id, name]));
  return store
    .all<{ id: ImageId; name: string }>('SELECT id, name FROM image')
    .flatMap(({ id, name }) =>
      annotationsOf(store, id).map(({ categoryId, mask }) =>
        keyOf(name, names.get(categoryId)!, mask.counts),
      ),
    )
    .sort();
}

/** The same as a label map shows it: one mask per class, upper annotations over lower ones. */
function painted({ engine }: Bench): string[] {
  const { store } = engine.context.open.get();
  const names = new Map(listCategories(store).map(({ id, name }) => [id, name]));
  return store
    .all<{ id: ImageId; name: string }>('SELECT id, name FROM image')
    .flatMap(({ id, name }) => {
      const map = new Int32Array(SIDE.width * SIDE.height);
      const above = [...annotationsOf(store, id)].sort((a, b) => a.z - b.z);
      for (const { categoryId, mask } of above)
        bitmapFromMask(mask).forEach((value, p) => (map[p] = value ? categoryId : map[p]!));
      return [...new Set(map)]
        .filter((categoryId) => categoryId > 0)
        .map((categoryId) => {
          const own = Uint8Array.from(map, (value) => Number(value === categoryId));
          const { counts } = maskFromBitmap(own, SIDE.width, SIDE.height);
          return keyOf(name, names.get(categoryId as never)!, counts);
        });
    })
    .sort();
}

async function openProject(bench: Bench, name: string): Promise<void> {
  const file = join(bench.userData, `${name}.salience`);
  await openAt(bench.engine.context, file, bench.folder, { complete: true });
}

const importInto = (bench: Bench, source: string, format: string) =>
  bench.call('import.start', {
    format,
    source: bench.engine.handleOf(source),
    as: 'accepted',
    dryRun: false,
    skipBroken: false,
  });

async function runSequence(bench: Bench, seed: number): Promise<void> {
  const random = seeded(seed);
  const root = join(bench.folder, '..', `run${seed}`);
  await openProject(bench, `s${seed}`);
  const expected = new Set<string>();
  for (let step = 0, steps = 1 + random(4); step < steps; step++) {
    const set = await randomLabels(join(root, `in${step}`), IMAGES, random);
    if (set.objects.length === 0 && set.strangers.length > 0) {
      await expect(importInto(bench, set.source, set.format)).rejects.toThrow(/none of the labels/);
      continue;
    }
    const report = await importInto(bench, set.source, set.format);
    const told = report.problems.map(({ path, message }) => `${path} ${message}`).join('\n');
    for (const name of set.strangers) expect(told).toContain(name.replace('.png', ''));
    expect(report.leftOut > 0, `${set.format}: ${told}`).toBe(set.strangers.length > 0);
    for (const { image, className, mask } of set.objects)
      expected.add(keyOf(image, className, mask.counts));
    expect(held(bench), `${set.format}: ${told}`).toEqual([...expected].sort());
  }
  const map = painted(bench);
  const out = join(root, 'out');
  await mkdir(out, { recursive: true });
  const exported = new Map<string, string>();
  for (const { id, kind, extension } of EXPORT_FORMATS) {
    const target = join(out, id);
    await mkdir(target);
    const report = await bench.call('export.start', {
      format: id,
      target: bench.engine.handleOf(target),
      fileName: 'labels',
      only: 'all',
      categoryIds: [],
      split: null,
      includeProposals: false,
    });
    expect({ id, leftOut: report.leftOut }).toEqual({ id, leftOut: 0 });
    exported.set(id, join(target, kind === 'file' ? `labels${extension}` : 'labels'));
  }
  for (const [id, format] of [...EXACT, ['mask-png', 'mask-png'] as const]) {
    await openProject(bench, `s${seed}-${id}`);
    await importInto(bench, exported.get(id)!, format);
    expect({ id, held: held(bench) }).toEqual({
      id,
      held: id === 'mask-png' ? map : [...expected].sort(),
    });
  }
}

it(
  `${SEQUENCES} sequences of imports keep every annotation through every export, once`,
  async () => {
    const folder = await imageFolder(IMAGES.length);
    const bench = await openBench(folder, { startProject: false });
    try {
      for (let seed = FIRST_SEED; seed < FIRST_SEED + SEQUENCES; seed++) {
        await runSequence(bench, seed).catch((error: unknown) => {
          throw new Error(`SEED=${seed} SEQUENCES=1`, { cause: error });
        });
        if (seed % 100 === 0) console.log(`import sequences: ${seed} done`);
      }
    } finally {
      await bench.close();
      await removeBench(folder);
    }
  },
  60_000 + SEQUENCES * 5000,
);
