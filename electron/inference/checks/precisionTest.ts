// What a precision changes: the sample scenes are explained in F32 on the processor and in the
// other precision on its device, and maps and labels are compared.
import { largestDifference } from '../../link/mapDifference.ts';
import type { OpenPackOn, OpenPack } from '../session/openPack.ts';
import type { RgbImage } from '../image/rgbImage.ts';
import { classMaps } from '../pipeline/planes/classMaps.ts';
import { masksFromRun } from '../pipeline/masks/masks.ts';
import { resolveParams } from '../../link/presets.ts';
import { explainImage } from '../pipeline/explain/run.ts';
import type { PackChoice, PrecisionMeasure } from '../../link/facts.ts';
import type { TaskCall } from '../threads/threadTask.ts';

/** A picture and the class names that are asked on it. */
export interface PrecisionScene {
  readonly image: RgbImage;
  readonly names: readonly string[];
}

export interface PrecisionInput {
  readonly pack: PackChoice;
  /** Providers of the other precision, best first. */
  readonly provider: string;
  readonly parameters: { readonly [dottedName: string]: unknown };
  readonly scenes: readonly PrecisionScene[];
}

interface SceneResult {
  readonly maps: Float32Array;
  readonly labels: Uint16Array;
}

/** Compares `pack.precision` on `provider` with F32 on the processor. One model at a time is loaded. */
export async function measurePrecision(
  { pack, provider, parameters, scenes }: PrecisionInput,
  openPack: OpenPackOn,
  call: TaskCall,
): Promise<PrecisionMeasure> {
  const total = 2 * scenes.length;
  const run = async (choice: PackChoice, providers: readonly string[], from: number) => {
    call.progress({ stage: 'Load', done: from, total });
    const open = await openPack(choice, providers);
    try {
      const results: SceneResult[] = [];
      for (const [index, scene] of scenes.entries()) {
        call.progress({ stage: 'Sample scenes', done: from + index, total });
        results.push(await explainScene(open, scene, parameters, call));
      }
      return { results, precision: open.model.precision };
    } finally {
      await open.model.dispose();
    }
  };
  const exact = await run({ ...pack, precision: 'f32' }, ['cpu'], 0);
  const other = await run(pack, [provider], scenes.length);
  if (other.precision !== pack.precision)
    throw new Error(`${provider} calculates in ${other.precision}, not in ${pack.precision}`);
  let deviation = 0;
  let same = 0;
  let pixels = 0;
  for (const [index, one] of exact.results.entries()) {
    const two = other.results[index] as SceneResult;
    deviation = Math.max(deviation, largestDifference(one.maps, two.maps));
    for (let at = 0; at < one.labels.length; at += 1)
      if (one.labels[at] === two.labels[at]) same += 1;
    pixels += one.labels.length;
  }
  return { deviation, agreement: pixels === 0 ? 1 : same / pixels, scenes: scenes.length };
}

async function explainScene(
  open: OpenPack,
  { image, names }: PrecisionScene,
  parameters: PrecisionInput['parameters'],
  call: TaskCall,
): Promise<SceneResult> {
  // Edges follow the picture, not the model: without them it is quicker and says the same.
  const params = resolveParams('pack', parameters, {
    'pnp.passes': 2,
    'masks.crf': false,
    'masks.workSide': 320,
  });
  const prompts = names.map((name, index) => ({ id: index + 1, name }));
  const run = await explainImage(
    open,
    image,
    { prompts, params: params.explain },
    { cancelled: call.cancelled },
  );
  const { labels } = await masksFromRun(run, image, params.masks, { cancelled: call.cancelled });
  return { maps: classMaps(run, params.masks).maps, labels };
}
