// Shares at pixels: cosines of all windows joined and enlarged, drawn to quick edges, and only then shared
// among the words. What the model said is kept at pixels, so that a slider of shares costs a softmax.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { throwIfCancelled } from '../../cancel.ts';
import type { ChannelRequest, EngineChannels } from '../../pipeline/planes/engineChannels.ts';
import { stretched } from '../../pipeline/planes/halfPixel.ts';
import { workImage } from '../../pipeline/planes/maskCache.ts';
import { quickEdges } from '../../pipeline/planes/quickEdges.ts';
import { ownersOf } from './gridShares.ts';
import { classShares } from './shares.ts';
import type { SimilarityRun } from './similarityRun.ts';
import { joinWindows } from './windows.ts';

/** Cosines of more words than fit in this are made again for each slider move. */
const MOST_KEPT_BYTES = 96 * 2 ** 20;

export async function similarityChannels(
  run: SimilarityRun,
  request: ChannelRequest,
): Promise<EngineChannels> {
  const { size, params, wanted } = request;
  const pixels = size.width * size.height;
  const cosines = await pixelCosines(run, request);
  const { asked, owners } = ownersOf(run, params.backgroundWords);
  // Background words behind the classes' are simply not read.
  const used = cosines.subarray(0, asked.length * pixels);
  const shares = classShares(used, { owners, classes: 1 + run.classes.length }, params.contrast);
  const background = params.background !== 'never';
  const planes = new Float32Array((wanted.length + (background ? 1 : 0)) * pixels);
  wanted.forEach((index, at) => {
    const from = (1 + index) * pixels;
    planes.set(shares.subarray(from, from + pixels), (at + (background ? 1 : 0)) * pixels);
  });
  if (background) {
    // A share under the smallest loses to the background, which has at least that much.
    const { smallestShare } = params;
    for (let at = 0; at < pixels; at++) planes[at] = Math.max(shares[at] as number, smallestShare);
  }
  return { planes, painted: wanted, background, kind: 'refinedProbabilities' };
}

/** [queries, height * width], the classes' words first. */
async function pixelCosines(run: SimilarityRun, request: ChannelRequest): Promise<Float32Array> {
  const { size, params, cache, image, options } = request;
  const edges = params.pamr ? `${params.pamrSteps} ${params.pamrReach.join()}` : 'none';
  const key = `${size.width}x${size.height} ${edges}`;
  const known = cache.engine;
  if (known?.run === run && known.key === key) return known.planes;
  cache.engine = null;
  const pixels = size.width * size.height;
  const input = { width: run.inputWidth, height: run.inputHeight };
  const planes = new Float32Array(run.queries.length * pixels);
  for (const query of run.queries.keys()) {
    throwIfCancelled(options);
    const data = joinWindows(run.passes, query, input);
    const grid = { data, rows: input.height, columns: input.width };
    planes.set(stretched(grid, size.width, size.height), query * pixels);
    // A turn of the event loop, so that an abort in this thread is seen between words.
    await nextTurn();
  }
  if (params.pamr) {
    const photo = workImage(cache, image, size, () => throwIfCancelled(options));
    await quickEdges({ planes, photo }, params, cache, options);
  }
  if (planes.byteLength <= MOST_KEPT_BYTES) cache.engine = { run, key, planes };
  return planes;
}
