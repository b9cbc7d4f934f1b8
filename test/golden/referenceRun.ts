// Recorded token maps as a run of the tool, and the comparison of every post-processing mode with
// the recorded label maps: shared by the families reference and pipeline.
import { existsSync } from 'node:fs';
import { createWasmCrf } from '../../electron/inference/crf/wasmCrf.ts';
import { classMaps } from '../../electron/inference/pipeline/planes/classMaps.ts';
import { localCrfSolver } from '../../electron/inference/pipeline/masks/crfSolver.ts';
import { createMaskCache } from '../../electron/inference/pipeline/planes/maskCache.ts';
import { masksFromRun } from '../../electron/inference/pipeline/masks/masks.ts';
import type { MaskParams } from '../../electron/link/params.ts';
import { resolveParams } from '../../electron/link/presets.ts';
import type { SalienceRun } from '../../electron/inference/pipeline/salienceRun.ts';
import type { Caption, WordSpan } from '../../electron/inference/pipeline/tokenize/caption.ts';
import { readNpyAs } from '../helpers/fixtures/npy.ts';
import type { Checklist } from './checklist.ts';

/** "a picture of" in tokens, after the first one. */
const PREFIX_TOKENS = 3;
/** Share of pixels on which a CRF label map may differ: the lattice rounds in another order. */
const CRF_DIFFERENCE = 0.001;

/** A caption from recorded pieces: every piece without '##' begins the next class. */
export function captionOfPieces(tokens: readonly string[], classes: number): Caption {
  const end = tokens.indexOf('[SEP]');
  const spans: WordSpan[] = [];
  for (let at = 1 + PREFIX_TOKENS; at < end; at++) {
    const last = spans.at(-1);
    if (last && tokens[at]?.startsWith('##')) spans[spans.length - 1] = { ...last, end: at + 1 };
    else spans.push({ classIndex: spans.length, wordIndex: 0, start: at, end: at + 1 });
  }
  if (spans.length !== classes)
    throw new Error(`expected ${classes} words in ${tokens.join(' ')}, found ${spans.length}`);
  const ids = tokens.slice(0, end + 1).map(() => 0);
  return { text: tokens.join(' '), ids, pieces: tokens.slice(0, end + 1), spans };
}

/** One-pass run of recorded maps [B, T-1, rows, columns] of caption `row`; token 0 gets no map. */
export function runOfTokens(given: {
  readonly tokens: readonly string[];
  readonly names: readonly string[];
  readonly shape: readonly number[];
  readonly data: Float32Array;
  readonly row: number;
}): SalienceRun {
  const { tokens, names, shape, data, row } = given;
  const [, length, rows, columns] = shape as [number, number, number, number];
  const patches = rows * columns;
  const caption = captionOfPieces(tokens, names.length);
  const map = new Float32Array(caption.ids.length * patches);
  const from = row * length * patches;
  map.set(data.subarray(from, from + (caption.ids.length - 1) * patches), patches);
  return {
    format: 2,
    engine: 'pnp',
    allLayers: 12,
    allHeads: 12,
    packHash: 'recorded',
    provider: 'recorded',
    imageWidth: 0,
    imageHeight: 0,
    inputWidth: 0,
    inputHeight: 0,
    rows,
    columns,
    params: resolveParams('reference').explain,
    classes: names.map((name, index) => ({
      id: index + 1,
      name,
      words: [name],
      match: 1,
      asked: true,
    })),
    captions: [caption],
    passes: [
      {
        dropped: new Uint32Array(0),
        z: new Float32Array(1),
        match: Float32Array.of(1),
        tokenMaps: [map],
      },
    ],
    warnings: [],
    milliseconds: {},
  };
}

/** The reference preset's mask parameters with a case's own values. */
export function referenceMasks(own: Partial<MaskParams>): MaskParams {
  return { ...resolveParams('reference').masks, ...own };
}

export interface RouteFiles {
  readonly classMaps: string;
  readonly beforePostprocess: string;
  readonly blurred?: string;
  readonly unstable: string;
  readonly argmax: string;
  readonly blur: string;
  readonly crf?: string;
  readonly blurCrf: string;
}

/** Compares maps and labels of one image with the recorded ones, mode by mode. */
export async function checkRoute(given: {
  readonly name: string;
  readonly run: SalienceRun;
  readonly classIds: readonly number[];
  readonly image: { readonly shape: readonly number[]; readonly data: Uint8Array };
  readonly params: MaskParams;
  readonly files: RouteFiles;
  readonly list: Checklist;
  /** Largest difference of maps that a model computed rather than read; 0 for recorded ones. */
  readonly mapError?: number;
}): Promise<void> {
  const { name, classIds, params, files, list, mapError = 0 } = given;
  const [imageHeight, imageWidth] = given.image.shape as [number, number];
  const image = { width: imageWidth, height: imageHeight, rgb: given.image.data };
  const classes = given.run.classes.map((one, index) => ({
    ...one,
    id: classIds[index] ?? one.id,
  }));
  const run = { ...given.run, imageWidth, imageHeight, classes };
  const unstable = readNpyAs(files.unstable, 'u1').data;
  const solver = localCrfSolver(createWasmCrf);
  const cache = createMaskCache();
  try {
    const maps = classMaps(run, params).maps;
    list.close(`${name} class maps`, maps, readNpyAs(files.classMaps, 'f4').data, 1e-6 + mapError);
    for (const mode of ['argmax', 'blur', 'crf', 'blurCrf'] as const) {
      const file = files[mode];
      if (file === undefined || !existsSync(file)) continue;
      const blurs = mode === 'blur' || mode === 'blurCrf';
      const crf = mode === 'crf' || mode === 'blurCrf';
      const own = { ...params, crf, blur: blurs ? params.blur : 0 };
      const result = await masksFromRun(run, image, own, { crf: solver, cache });
      list.same(`${name} labels ${mode}`, result.labels, readNpyAs(file, 'u1').data, {
        allowed: crf ? CRF_DIFFERENCE : 0,
        ignored: unstable,
      });
      const planes =
        mode === 'argmax' ? files.beforePostprocess : mode === 'blur' ? files.blurred : undefined;
      if (planes !== undefined)
        list.close(
          `${name} planes ${mode}`,
          result.scores,
          readNpyAs(planes, 'f4').data,
          // Scaling to 0-1 divides an error of the maps by their small range.
          params.scaleSinglePass && mapError > 0
            ? 1e-3
            : mode === 'argmax'
              ? 2e-6 + mapError
              : 1e-5,
        );
    }
  } finally {
    solver.dispose();
  }
}
