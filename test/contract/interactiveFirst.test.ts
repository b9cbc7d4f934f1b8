// The real inference process with the shipped pack: what a person asks goes between two model runs of a batch,
// on another image, and the batch's run is the same as without it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CategoryId } from '../../electron/api/types.ts';
import { childProcessSpawner } from '../../electron/engine/inferenceLink/child.ts';
import { createInferenceHost } from '../../electron/engine/inferenceLink/host.ts';
import type { AskedClass, PackChoice } from '../../electron/link/facts.ts';
import type { OperationInput } from '../../electron/link/operations.ts';
import { resolveParams } from '../../electron/link/presets.ts';
import { readRun } from '../../electron/inference/runs/runFile.ts';
import { loadPack } from '../../models/packs/load.ts';
import { SOURCE_DEMO_PACK } from '../../models/packs/places.ts';

const ENTRY = fileURLToPath(new URL('../../electron/inference/entry.ts', import.meta.url));
const SAMPLES = fileURLToPath(new URL('../../models/demo/samples', import.meta.url));

const classes: readonly AskedClass[] = ['tree', 'person'].map((name, index) => ({
  categoryId: (index + 1) as CategoryId,
  kind: 'thing',
  name,
  prompt: '',
  synonyms: [],
  threshold: null,
}));

let root: string;
const host = createInferenceHost({
  spawn: childProcessSpawner(ENTRY, { log: () => undefined, onSpawn: () => undefined }),
  log: () => undefined,
});
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'salience-first-'));
});
afterAll(async () => {
  await host.close();
  await rm(root, { recursive: true, force: true });
});

it('answers a person between two passes of a batch run, and the run does not notice', async () => {
  const { parameters } = await loadPack(SOURCE_DEMO_PACK);
  const params = resolveParams('pack', parameters, { 'pnp.passes': 8, 'masks.crf': false });
  const pack: PackChoice = {
    id: 'demo',
    folder: SOURCE_DEMO_PACK,
    provider: 'cpu',
    threads: 1,
    precision: 'f32',
    // The smallest shelves: the person's image pushes out what the batch does not hold.
    lowMemory: true,
  };
  const batchOf = (runFile: string): OperationInput<'prelabel.run'> => ({
    imagePath: join(SAMPLES, 'beach.jpg'),
    engine: 'pnp',
    pack,
    classes,
    params: params.explain,
    options: { params: params.masks, thresholds: {}, draft: true, instances: [] },
    runFile: join(root, runFile),
  });
  await host.request('prelabel.run', batchOf('alone'));

  const passes: string[] = [];
  let answer: Promise<number> | null = null;
  await host.request('prelabel.run', batchOf('visited'), {
    priority: 'batch',
    onProgress({ stage }) {
      if (!stage.startsWith('Pass')) return;
      passes.push(stage);
      const other = { imagePath: join(SAMPLES, 'pond.jpg'), pack, classes, params: params.explain };
      answer ??= host.request('prelabel.suggest', other).then(() => passes.length);
    },
  });
  expect(passes).toHaveLength(8);
  expect(await answer!).toBeLessThan(8);
  const untimed = async (name: string) => ({
    ...(await readRun(join(root, name))),
    milliseconds: {},
  });
  expect(await untimed('visited')).toEqual(await untimed('alone'));
});
