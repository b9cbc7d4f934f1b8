// From token maps to class maps: weighted sum over passes, mean over the pieces of a word,
// maximum or mean over the words of a class (method.md 4.5, 4.8).
import type { MaskParams } from '../../../link/params.ts';
import type { SalienceRun } from '../salienceRun.ts';

/** Class maps on the patch grid: [classes, N] row-major, in the order of `run.classes`. */
export interface ClassMaps {
  readonly maps: Float32Array;
  readonly classes: number;
  readonly patches: number;
}

/** What decides the weights of passes; a list of weights may be left out. */
export type PassWeights = Pick<MaskParams, 'firstPassWeight'> &
  Partial<Pick<MaskParams, 'passWeights'>>;

/** Weight of a pass; without a list a run of one pass counts once whatever the first weight is. */
export function passWeight(
  pass: number,
  passes: number,
  { firstPassWeight, passWeights = [] }: PassWeights,
): number {
  if (passWeights.length > 0) return passWeights[pass] ?? 1;
  return pass === 0 && passes > 1 ? firstPassWeight : 1;
}

/** Token maps summed over passes 0 ... upTo-1 with their weights: one [tokens, N] per caption. */
export function sumOfPasses(
  run: Pick<SalienceRun, 'captions' | 'passes'>,
  weights: PassWeights,
  upTo = run.passes.length,
): Float64Array[] {
  return run.captions.map((_, caption) => {
    const sum = new Float64Array(run.passes[0]?.tokenMaps[caption]?.length ?? 0);
    for (let pass = 0; pass < Math.min(upTo, run.passes.length); pass++) {
      const weight = passWeight(pass, run.passes.length, weights);
      run.passes[pass]?.tokenMaps[caption]?.forEach((value, at) => {
        sum[at] = (sum[at] as number) + weight * value;
      });
    }
    return sum;
  });
}

/** Class maps of a run; a class that no caption asks for is all zero. */
export function classMaps(
  run: Pick<SalienceRun, 'captions' | 'passes' | 'classes' | 'rows' | 'columns'>,
  params: PassWeights & Pick<MaskParams, 'synonyms' | 'lastClass'>,
  upTo?: number,
): ClassMaps {
  const sums = sumOfPasses(run, params, upTo);
  return fromTokens(run, sums, params);
}

/** The same from token maps that are already summed (or from those of a single pass). */
export function fromTokens(
  run: Pick<SalienceRun, 'captions' | 'classes' | 'rows' | 'columns'>,
  tokenMaps: readonly ArrayLike<number>[],
  { synonyms, lastClass }: Pick<MaskParams, 'synonyms' | 'lastClass'>,
): ClassMaps {
  const patches = run.rows * run.columns;
  const classes = run.classes.length;
  const total = new Float64Array(classes * patches);
  const words = new Float64Array(classes);
  run.captions.forEach(({ spans }, caption) => {
    const maps = tokenMaps[caption] as ArrayLike<number>;
    spans.forEach(({ classIndex, start, end }, index) => {
      // The released code divides a word's sum only when another word follows it.
      const summed = lastClass === 'sum' && index === spans.length - 1;
      const share = summed ? 1 : 1 / (end - start);
      for (let patch = 0; patch < patches; patch++) {
        let sum = 0;
        for (let row = start; row < end; row++) sum += maps[row * patches + patch] as number;
        const at = classIndex * patches + patch;
        const value = sum * share;
        total[at] =
          synonyms === 'max' ? Math.max(total[at] as number, value) : (total[at] as number) + value;
      }
      words[classIndex] = (words[classIndex] as number) + 1;
    });
  });
  const maps = new Float32Array(classes * patches);
  for (let at = 0; at < maps.length; at++) {
    const count = synonyms === 'mean' ? Math.max(1, words[Math.floor(at / patches)] as number) : 1;
    maps[at] = (total[at] as number) / count;
  }
  return { maps, classes, patches };
}
