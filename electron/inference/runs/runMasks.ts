// A run and its mask result in the words of the engine: facts for the page, masks as run lengths.
import { measureMask } from '../../masks/measure.ts';
import type { CategoryId, ClassResult, PassInfo } from '../../api/types.ts';
import { masksOfParts, maskOfLabel } from '../../masks/labelRuns.ts';
import { lookOf } from './look.ts';
import { passWeight } from '../pipeline/classMaps.ts';
import type { MaskResult } from '../pipeline/masks.ts';
import type { RgbImage } from '../image/rgbImage.ts';
import type { SalienceRun } from '../pipeline/salienceRun.ts';
import type { ClassMask, MaskOptions, RunFacts } from '../../link/protocol.ts';
import type { StoredSalienceRun } from './runFile.ts';

/** Classes whose mask is split into parts give at most this many. */
const MAX_PARTS = 200;

export function factsOf(
  { run, allLayers, allHeads }: Omit<StoredSalienceRun, 'magic'>,
  result: MaskResult,
  options: MaskOptions,
  milliseconds: { readonly [stage: string]: number },
): RunFacts {
  return {
    packHash: run.packHash,
    provider: run.provider,
    gridRows: run.rows,
    gridColumns: run.columns,
    inputSide: Math.max(run.inputWidth, run.inputHeight),
    layers: run.params.layers.map((layer) => layer + 1),
    heads: run.params.heads.map((head) => head + 1),
    allLayers,
    allHeads,
    passes: run.passes.map((pass, index): PassInfo => ({
      index,
      weight: passWeight(index, run.passes.length, options.params),
      z: [...pass.z],
      dropped: [[...pass.dropped]],
    })),
    classes: result.classes.map((one, index): ClassResult => ({
      categoryId: one.id as CategoryId,
      match: one.match,
      absent: one.absent,
      margin: Math.min(1, one.margin),
      patchesKept: one.patchesKept,
      patches: one.patches,
      histogram: one.histogram,
      tokens: tokensOf(run, index),
    })),
    caption: run.captions[0]?.text ?? '',
    milliseconds: { ...run.milliseconds, ...milliseconds },
  };
}

/** Word pieces that a class is asked with, in the order of captions. */
function tokensOf(run: Pick<SalienceRun, 'captions'>, classIndex: number): string[] {
  return run.captions.flatMap(({ spans, pieces }) =>
    spans
      .filter((span) => span.classIndex === classIndex)
      .flatMap(({ start, end }) => pieces.slice(start, end)),
  );
}

/** Masks of the classes that were painted on `image`, or of those among them that are wanted. */
export function masksOf(
  result: MaskResult,
  options: MaskOptions,
  image: RgbImage,
  only?: readonly CategoryId[],
): ClassMask[] {
  const { labels, width, height } = result;
  return result.classes.flatMap((one): ClassMask[] => {
    const categoryId = one.id as CategoryId;
    if (one.absent || one.area === 0 || only?.includes(categoryId) === false) return [];
    const masks = options.instances.includes(categoryId)
      ? masksOfParts(labels, width, height, one.id).slice(0, MAX_PARTS)
      : [maskOfLabel(labels, width, height, one.id)];
    return masks.map((mask) => {
      const { area, box } = measureMask(mask);
      return {
        categoryId,
        mask,
        match: one.match,
        margin: Math.min(1, one.margin),
        crfChange: one.crfChange,
        doubtful: one.doubtful,
        look: lookOf(mask, box, area, image),
      };
    });
  });
}
