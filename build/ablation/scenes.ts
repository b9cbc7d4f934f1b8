// Scenes with ground truth through the benchmark, one run for each setting, scored by style and seed.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { figuresOf } from '../../electron/engine/benchmark/figures.ts';
import { runBenchmark } from '../../electron/engine/benchmark/run.ts';
import type { Json } from '../../electron/api/types.ts';
import { createEngine, type Engine } from '../../electron/engine/engine.ts';
import { childProcessSpawner } from '../../electron/engine/inferenceLink/child.ts';
import { createInferenceHost } from '../../electron/engine/inferenceLink/host.ts';
import { SOURCE_DEMO_PACK } from '../../models/packs/places.ts';
import { KINDS, openScenes, type SceneKind } from './sceneSet.ts';

export interface SceneScores {
  readonly style: string;
  readonly seed: number;
  readonly images: number;
  /** Mean IoU over things and background, 0-1. */
  readonly objects: number;
  /** Mean IoU over things and stuff, unlabelled pixels left out, 0-1. */
  readonly all: number;
}

/** Settings to score: changes to the pack's own, by dotted name. */
export interface Variant {
  readonly name: string;
  readonly overrides: Readonly<Record<string, Json>>;
}

export interface SceneOptions {
  /** Folder with pictures and truth.json. */
  readonly scenes: string;
  readonly variants: readonly Variant[];
  readonly packFolder?: string;
  /** Leaves scenes of other styles out. */
  readonly style?: string;
}

const INFERENCE_ENTRY = fileURLToPath(
  new URL('../../electron/inference/entry.ts', import.meta.url),
);

/**
 * For each variant the scores of every (style, seed) group, in the order of the truth file. Variants
 * that only differ in what follows the model share its runs, which are kept.
 */
export async function evaluateScenes(options: SceneOptions): Promise<SceneScores[][]> {
  const home = await mkdtemp(join(tmpdir(), 'salience-ablation-'));
  const engine = await engineWith(home, options.packFolder ?? SOURCE_DEMO_PACK);
  try {
    const scores: SceneScores[][] = [];
    for (const [place, variant] of options.variants.entries())
      scores.push(await variantScores(engine, options, variant, join(home, String(place))));
    return scores;
  } finally {
    await engine.close();
    await rm(home, { recursive: true, force: true });
  }
}

function engineWith(home: string, packFolder: string): Promise<Engine> {
  const log = () => undefined;
  return createEngine({
    userDataFolder: home,
    inference: createInferenceHost({
      spawn: childProcessSpawner(INFERENCE_ENTRY, { log }),
      log,
    }),
    host: {
      kind: 'commandLine',
      nativeDialogs: false,
      mediaBase: '/media/',
      roots: [],
      sampleFolder: null,
      packs: { builtIn: [packFolder], installed: join(home, 'packs') },
    },
    log,
  });
}

async function variantScores(
  engine: Engine,
  { scenes, style }: SceneOptions,
  { overrides }: Variant,
  folder: string,
): Promise<SceneScores[]> {
  const found = new Map<string, { -readonly [K in keyof SceneScores]: SceneScores[K] }>();
  for (const kind of KINDS)
    for (const [key, score] of await kindScores(
      engine,
      { scenes, style, kind },
      overrides,
      folder,
    )) {
      const group = found.get(key) ?? { ...score.group, images: 0, objects: 0, all: 0 };
      found.set(key, group);
      group.images = Math.max(group.images, score.images);
      group[kind] = score.meanIou;
    }
  return [...found.values()];
}

interface GroupScore {
  readonly group: { readonly style: string; readonly seed: number };
  readonly images: number;
  readonly meanIou: number;
}

async function kindScores(
  engine: Engine,
  asked: { readonly scenes: string; readonly style: string | undefined; readonly kind: SceneKind },
  overrides: Variant['overrides'],
  folder: string,
): Promise<Map<string, GroupScore>> {
  await using set = await openScenes(asked);
  const measured = await runBenchmark(
    engine.context,
    {
      folder: join(folder, asked.kind),
      set,
      packId: '',
      params: { preset: 'pack', overrides },
      selection: { kind: 'truth' },
      limit: null,
      synonyms: false,
      boundary: false,
      retryFailed: false,
    },
    { signal: new AbortController().signal },
  );
  const [failure] = measured.failures;
  if (failure) throw new Error(`${failure.name}: ${failure.message}`);
  // A scene without a class of the kind was asked for nothing and says nothing.
  const named = new Set(
    measured.truths.filter(({ present }) => present.length > 0).map(({ item }) => item.name),
  );
  const scores = new Map<string, GroupScore>();
  for (const [key, group] of set.groups) {
    const images = measured.images.filter(({ name }) => group.names.has(name) && named.has(name));
    const { meanIou } = figuresOf(images, set.facts, 'standard');
    scores.set(key, { group: group.of, images: group.names.size, meanIou: meanIou ?? 0 });
  }
  return scores;
}
