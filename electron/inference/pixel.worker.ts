// A thread for pixels without the model: decoding, pictures, masks and maps of stored runs, edges.
// It holds no native session, so it may be ended at any time.
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { workerData } from 'node:worker_threads';
import { createThreadCrew } from './crf/crew/threadCrew.ts';
import { createWasmCrf } from './crf/wasmCrf.ts';
import { imageInfo, readBytes } from './image/decode.ts';
import { checkSize, MAX_PIXELS } from './image/imageError.ts';
import { writeSmaller } from './image/reduce.ts';
import { createImageShelf, type KeptImage } from './image/imageShelf.ts';
import type { SharedBound } from './image/sharedBound.ts';
import { writeCrop, writeReduced, writeScaled } from './pictures/pictures.ts';
import { throwIfCancelled } from './cancel.ts';
import { deviceEdges } from './pamr/deviceEdges.ts';
import { draftOf } from './pipeline/masks/draft.ts';
import { localCrfSolver, overThreads } from './pipeline/masks/crfSolver.ts';
import type { ChannelRequest } from './pipeline/planes/engineChannels.ts';
import { createMaskCache } from './pipeline/planes/maskCache.ts';
import { checkImage, masksFromMaps } from './pipeline/masks/masks.ts';
import type { MaskOptions } from '../link/facts.ts';
import { explainerOf, type AnyRun } from './engines/engines.ts';
import { createRunShelf, writeRun } from './runs/runFile.ts';
import { factsOf, masksOf, masksWithEdges } from './runs/runMasks.ts';
import { writePrompt } from './runs/writePrompt.ts';
import { steadied, type SteadyResult } from './runs/steadyMasks.ts';
import { scoreMap } from './runs/scoreMaps.ts';
import { triedScores } from './runs/triedMasks.ts';
import { clickImage } from './segment/clickImage.ts';
import { composed } from './segment/refine/compose.ts';
import { refinable } from './runs/refinable.ts';
import { salienceClick } from './segment/salienceClick.ts';
import { clickMask, startLogits } from './segment/clickMask.ts';
import type { PixelTasks } from './tasks.ts';
import type { TaskCall } from './threads/threadTask.ts';
import { serveTasks } from './threads/threadTask.ts';
import { writeTile } from './pictures/tiles.ts';
import { wandMask } from './image/wand.ts';

const shelf = createImageShelf((workerData as SharedBound | null) ?? undefined);
const cache = createMaskCache();
/** For a threshold that is being dragged: the planes of the other classes stay as they are. */
const slider = createMaskCache({ planes: true });
const runs = createRunShelf();
/** Other threads help this one with an image that a person waits for. */
const crew = createThreadCrew();
const crf = localCrfSolver(createWasmCrf, crew);
/** A solver of its own: a click must not discard the lattices of a whole image. */
const clickCrf = localCrfSolver(createWasmCrf);

interface MaskWork {
  readonly path: string;
  readonly run: AnyRun;
  readonly options: MaskOptions;
  readonly keepPlanes: boolean;
}

async function maskResult(
  { path, run, options, keepPlanes }: MaskWork,
  call: TaskCall,
): Promise<{ image: KeptImage; result: SteadyResult; milliseconds: { [stage: string]: number } }> {
  const startMs = performance.now();
  const image = await shelf.get(path);
  const decodedMs = performance.now();
  let mapsEndMs = 0;
  checkImage(run, image);
  const engine = explainerOf(run);
  const params = options.draft
    ? draftOf(options.params, engine.channels !== undefined)
    : options.params;
  const maps = engine.classMaps(run, params);
  const channels = engine.channels && ((request: ChannelRequest) => engine.channels!(run, request));
  const result = await masksFromMaps({ run, maps }, image, params, {
    thresholds: options.thresholds,
    stuff: options.stuff,
    cache: options.draft ? slider : cache,
    channels,
    crf: overThreads(crf, call.threads),
    keepPlanes,
    // What follows a slider is looked at, not kept.
    findsRivals: !options.draft,
    deviceEdges: deviceEdges(run.provider, call),
    cancelled: call.cancelled,
    onProgress(progress) {
      if (progress.stage === 'maps') call.progress({ stage: 'Maps', done: 0, total: 1 });
      else {
        mapsEndMs ||= performance.now();
        call.progress({ stage: 'Edges', done: progress.done, total: progress.total });
      }
    },
  });
  const masksEndMs = performance.now();
  const made = { run, maps, cache, image, params, options, channels };
  const steady = await steadied(result, made, call);
  return {
    image,
    result: steady,
    milliseconds: {
      decode: decodedMs - startMs,
      maps: (mapsEndMs || masksEndMs) - decodedMs,
      edges: mapsEndMs === 0 ? 0 : masksEndMs - mapsEndMs,
      doubt: performance.now() - masksEndMs,
    },
  };
}

serveTasks<PixelTasks>({
  async probe({ path }) {
    const bytes = await readBytes(path);
    const { width, height, orientation } = await imageInfo(bytes);
    checkSize(width, height, MAX_PIXELS);
    const { mtimeMs } = await stat(path);
    const hash = createHash('sha256').update(bytes).digest('hex');
    return { width, height, orientation, bytes: bytes.length, mtimeMs, hash };
  },

  decode: ({ path }) => shelf.get(path),

  async scaled({ path, target, maxSide }) {
    const reduced = await writeReduced(path, target, maxSide);
    return reduced ?? writeScaled(await shelf.once(path), target, maxSide);
  },

  async reduce({ path, target }, call) {
    return writeSmaller(path, target, {
      cancelled: call.cancelled,
      onWritten: (bytes) => call.progress({ stage: 'Reduce', done: bytes, total: 0 }),
    });
  },

  async tile(input) {
    return writeTile(await shelf.get(input.path), input);
  },

  async crop(input) {
    const image = await shelf.once(input.path);
    const { salience, mask, target, longSide } = input;
    if (!salience) return writeCrop(image, mask, input, { target, longSide });
    const run = await runs.get(salience.runFile);
    const { categoryId, params } = salience;
    const map = scoreMap(
      { kind: 'sum', categoryId, upTo: run.passes.length - 1 },
      { run, params, thresholds: {}, result: null, layerHeads: [], maxSide: longSide },
    );
    return writeCrop(image, mask, { map }, { target, longSide });
  },

  async clickImage({ path, crop, square }, call) {
    return clickImage(await shelf.get(path), crop, square, () => throwIfCancelled(call));
  },

  async clickStart({ mask, crop, framed, low }) {
    return startLogits(mask, crop, framed, low);
  },

  async clickMask(input) {
    return clickMask(input);
  },

  async clickSalience({ imagePath, runFile, ...asked }, call) {
    const run = await runs.get(runFile);
    const image = await shelf.get(imagePath);
    return salienceClick({ ...asked, run, image }, clickCrf, { cancelled: call.cancelled });
  },

  async wand(input, call) {
    call.progress({ stage: 'Read image', done: 0, total: 2 });
    const image = await shelf.get(input.path);
    call.progress({ stage: 'Similar pixels', done: 1, total: 2 });
    return wandMask(image, input, input.contiguous, () => throwIfCancelled(call));
  },

  async finish(input, call) {
    const { path, image: read, run, options, runFile, look } = input;
    shelf.keep(read);
    await writeRun(runFile, run);
    const work = { path, run, options, keepPlanes: look !== undefined };
    const { image, result, milliseconds } = await maskResult(work, call);
    const masks = masksOf(result, options, image);
    return {
      ...refinable(run, result, masks, input),
      facts: {
        ...factsOf(run, result, options, milliseconds),
        ...(image.notes.length > 0 ? { imageNotes: image.notes } : {}),
      },
      masks,
    };
  },

  async reapply(input, call) {
    const run = await runs.get(input.runFile);
    const { options, only, requests = [], maxSide = 1024, look } = input;
    const keepPlanes = requests.length > 0 || look !== undefined;
    const work = { path: input.imagePath, run, options, keepPlanes };
    const { image, result, milliseconds } = await maskResult(work, call);
    const { params, thresholds } = options;
    // What a new edge takes from other classes can only be told with all of them.
    const masks = masksOf(result, options, image, look ? undefined : only);
    const sources = { run, params, thresholds, result, layerHeads: [], maxSide };
    return {
      ...refinable(run, result, masks, input),
      facts: factsOf(run, result, options, milliseconds),
      masks,
      maps: requests.map((request) => scoreMap(request, sources)),
    };
  },

  async tried({ imagePath, runFile, tries, scope }, call) {
    const run = await runs.get(runFile);
    return triedScores({ run, image: await shelf.get(imagePath) }, tries, scope, {
      cancelled: call.cancelled,
    });
  },

  async compose({ path, masks, scene, edges, split }, call) {
    const before = masks.map(({ mask }) => mask);
    const refined = composed({ masks: before, scene, edges }, split, () => throwIfCancelled(call));
    return masksWithEdges(masks, refined, await shelf.get(path));
  },

  prompt: async ({ imagePath, runFile, ...asked }) =>
    writePrompt(await runs.get(runFile), await shelf.get(imagePath), asked),

  run: ({ runFile }) => runs.get(runFile),

  async maps({ imagePath, runFile, options, requests, layerHeads, maxSide }, call) {
    const run = await runs.get(runFile);
    const edges = requests.some(({ kind }) => kind === 'probability');
    const needsMasks = edges || requests.some(({ kind }) => kind === 'blurred');
    const work = { path: imagePath, run, keepPlanes: true, options: { ...options, draft: !edges } };
    const result = needsMasks ? (await maskResult(work, call)).result : null;
    const { params, thresholds } = options;
    const sources = { run, params, thresholds, result, layerHeads, maxSide };
    return { maps: requests.map((request) => scoreMap(request, sources)) };
  },
});
