// Maps of a run for the eye: any step from a single pass to the final probability, scaled to 0-255.
import type { MapRequest, ScoreMap } from '../../api/run.ts';
import type { ClassMaps } from '../pipeline/planes/classMaps.ts';
import type { MaskParams } from '../../link/params.ts';
import type { MaskResult } from '../pipeline/masks/maskResult.ts';
import { explainerOf, type AnyRun } from '../engines/engines.ts';
import type { HeadMap } from '../engines/explainer.ts';
import { applyOperatorsInto, bilinearOperator, smoothed } from '../pipeline/planes/axisOperator.ts';
import { quantised } from './quantised.ts';
import { cutMaps } from '../pipeline/planes/threshold.ts';

export interface MapSources {
  readonly run: AnyRun;
  readonly params: MaskParams;
  readonly thresholds: { readonly [categoryId: number]: number };
  /** Only when a blurred or probability map is asked. */
  readonly result: MaskResult | null;
  readonly layerHeads: readonly HeadMap[];
  readonly maxSide: number;
}

const EMPTY: ScoreMap = { rows: 1, columns: 1, values: new Uint8Array(1), maximum: 0 };

/** One map; a class or step that the run does not have gives an empty one. */
export function scoreMap(request: MapRequest, sources: MapSources): ScoreMap {
  const { run, params } = sources;
  const engine = explainerOf(run);
  const index = run.classes.findIndex((one) => one.id === request.categoryId);
  if (index < 0) return EMPTY;
  const grid = (values: ArrayLike<number>, maximum: number) =>
    quantised(values, run.rows, run.columns, maximum);
  switch (request.kind) {
    case 'pass': {
      const passes = run.passes.map((_, pass) => engine.passMaps(run, pass, params));
      const mine = passes[request.pass];
      if (!mine) return EMPTY;
      // One scale for all classes, so that an absent class looks as faint as it is.
      const maximum = Math.max(...(request.scale === 'pass' ? [mine] : passes).map(largest));
      return grid(rowOf(mine, index), maximum);
    }
    case 'sum': {
      const sum = engine.classMaps(run, params, Math.min(run.passes.length, request.upTo + 1));
      return grid(rowOf(sum, index), largest(sum));
    }
    case 'cut': {
      const maps = engine.classMaps(run, params);
      const thresholds = run.classes.map(({ id }) => sources.thresholds[id] ?? params.threshold);
      const cut = cutMaps(maps, params.thresholdRule, thresholds);
      return grid(rowOf(cut, index), largest(cut));
    }
    case 'token': {
      const found = engine.wordMap(run, index, request.token);
      return found ? grid(found.values, found.maximum) : EMPTY;
    }
    case 'layerHead': {
      const found = sources.layerHeads.find(
        (one) => one.layer === request.layer && one.head === request.head,
      );
      return found ? grid(rowOf(found.maps, index), largest(found.maps)) : EMPTY;
    }
    case 'blurred':
    case 'probability': {
      const { result } = sources;
      const channel = result?.channelIds.indexOf(request.categoryId) ?? -1;
      if (!result) return EMPTY;
      if (channel < 0) return faint(index, sources);
      const planes =
        request.kind === 'probability' ? (result.probabilities ?? result.scores) : result.scores;
      const pixels = result.workWidth * result.workHeight;
      return reduced(
        planes.subarray(channel * pixels, (channel + 1) * pixels),
        result.workHeight,
        result.workWidth,
        sources.maxSide,
      );
    }
  }
}

/** Longer side of maps of classes without a channel; they are blurred, so more shows nothing more. */
const FAINT_SIDE = 160;

/** A class that is not painted, blurred on the scale of the strongest class: as faint as it is. */
function faint(index: number, { run, params, maxSide }: MapSources): ScoreMap {
  const maps = explainerOf(run).classMaps(run, params);
  const factor = Math.min(FAINT_SIDE, maxSide) / Math.max(run.imageWidth, run.imageHeight);
  const rows = Math.max(1, Math.round(run.imageHeight * factor));
  const columns = Math.max(1, Math.round(run.imageWidth * factor));
  const sigma = params.blur * Math.max(rows, columns);
  const plane = new Float64Array(rows * columns);
  applyOperatorsInto(
    plane,
    rowOf(maps, index),
    smoothed(bilinearOperator(rows, run.rows, 'exact'), sigma),
    smoothed(bilinearOperator(columns, run.columns, 'exact'), sigma),
  );
  return quantised(plane, rows, columns, largest(maps));
}

function rowOf({ maps, patches }: ClassMaps, index: number): Float32Array {
  return maps.subarray(index * patches, (index + 1) * patches);
}

function largest({ maps }: ClassMaps): number {
  let maximum = 0;
  for (let i = 0; i < maps.length; i += 1) maximum = Math.max(maximum, maps[i]!);
  return maximum;
}

/** Mean over blocks so that the long side fits; values are 0-1 already. */
function reduced(values: Float32Array, rows: number, columns: number, maxSide: number): ScoreMap {
  const factor = Math.max(1, Math.ceil(Math.max(rows, columns) / maxSide));
  if (factor === 1) return quantised(values, rows, columns, 1);
  const outRows = Math.ceil(rows / factor);
  const outColumns = Math.ceil(columns / factor);
  const means = new Float32Array(outRows * outColumns);
  for (let row = 0; row < outRows; row += 1)
    for (let column = 0; column < outColumns; column += 1) {
      let sum = 0;
      let count = 0;
      for (let y = row * factor; y < Math.min(rows, (row + 1) * factor); y += 1)
        for (let x = column * factor; x < Math.min(columns, (column + 1) * factor); x += 1) {
          sum += values[y * columns + x]!;
          count += 1;
        }
      means[row * outColumns + column] = sum / count;
    }
  return quantised(means, outRows, outColumns, 1);
}
