// Chooses the settings of the built-in pack on scenes that are used for nothing else:
//   node build/ablation/sweep.ts SCENES [PACK]
// One axis at a time around the best so far; the mean of both mIoUs over the seeds decides.
import type { Json } from '../../electron/api/types.ts';
import { ensureWasm } from '../wasm.ts';
import { evaluateScenes, type SceneScores, type Variant } from './scenes.ts';

type Overrides = Readonly<Record<string, Json>>;

/** Axes of a round are tried together, then the best value of each is taken if the sum of all is better. */
const ROUNDS: readonly Readonly<Record<string, readonly Json[]>>[] = [
  {
    'masks.blur': [0, 0.01, 0.02, 0.035, 0.05],
    'masks.threshold': [0.1, 0.15, 0.2, 0.25, 0.3],
    'masks.temperature': [0.2, 0.4, 0.7, 1],
  },
  {
    // Distances in pixels stay as they are: they would be tuned to the size of these scenes.
    'masks.crfBilateralRgb': [3, 5, 8, 12],
    'masks.crfBilateralWeight': [5, 10, 20],
    'masks.crfGaussianWeight': [3, 7, 12],
    'masks.crfIterations': [6, 10, 15],
  },
  {
    'pnp.layers': [[0], [0, 1], [0, 1, 2]],
    'pnp.passes': [1, 2, 3, 5],
    'pnp.dropFraction': [0.01, 0.02, 0.04],
  },
];

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const quality = (scores: readonly SceneScores[]) =>
  mean(scores.map(({ objects, all }) => (objects + all) / 2));
const shown = (scores: readonly SceneScores[]) =>
  `${(100 * mean(scores.map(({ objects }) => objects))).toFixed(1)} objects, ${(100 * mean(scores.map(({ all }) => all))).toFixed(1)} with stuff`;

const [scenes, packFolder] = process.argv.slice(2);
if (scenes === undefined) throw new Error('Give the folder of scenes: sweep.ts SCENES [PACK]');
await ensureWasm();

async function scored(variants: readonly Variant[]): Promise<SceneScores[][]> {
  return evaluateScenes({
    scenes: scenes as string,
    variants,
    style: 'trained-styles',
    ...(packFolder === undefined ? {} : { packFolder }),
  });
}

let best: Overrides = {};
for (const axes of ROUNDS) {
  const steps = Object.entries(axes).flatMap(([name, values]) =>
    values.map((value) => ({ name, value, overrides: { ...best, [name]: value } })),
  );
  const variants = [{ name: 'so far', overrides: best }, ...steps.map((step) => ({ ...step }))];
  const results = await scored(variants);
  const [now, ...changed] = results.map(quality) as [number, ...number[]];
  console.log(`so far ${JSON.stringify(best)}: ${shown(results[0]!)}`);
  const together: Record<string, Json> = { ...best };
  for (const name of Object.keys(axes)) {
    const own = steps.flatMap((step, at) => (step.name === name ? [{ ...step, at }] : []));
    for (const { value, at } of own)
      console.log(`  ${name} ${JSON.stringify(value)}: ${shown(results[at + 1]!)}`);
    const top = own.reduce((a, b) => (changed[b.at]! > changed[a.at]! ? b : a));
    if (changed[top.at]! > now) together[name] = top.value;
  }
  const single = steps.reduce((a, b, at) => (changed[at]! > changed[steps.indexOf(a)]! ? b : a));
  const [joint] = (await scored([{ name: 'together', overrides: together }])).map(quality);
  if (joint! > Math.max(now, ...changed)) best = together;
  else if (Math.max(...changed) > now) best = single.overrides;
}
const [end] = await scored([{ name: 'end', overrides: best }]);
console.log(`chosen ${JSON.stringify(best)}: ${shown(end!)}`);
