// The channel that wins each pixel: by quick edges, by the CRF, and what is painted where the top channels
// leave the background.
import { upsampledLabels } from '../../crf/labels.ts';
import { probabilityScores } from '../../crf/unary.ts';
import { throwIfCancelled } from '../../cancel.ts';
import type { ChannelRequest, EngineChannels } from '../planes/engineChannels.ts';
import { workImage } from '../planes/maskCache.ts';
import { quickEdges } from '../planes/quickEdges.ts';
import {
  channelFigures,
  highestChannels,
  noFigures,
  type ChannelFigures,
} from './figures/confidence.ts';
import { noRivals, rivalsOf, type Rivals } from './figures/rivals.ts';
import type { MaskOptions } from './maskResult.ts';
import { refine } from './refine.ts';

interface Request extends Omit<ChannelRequest, 'wanted'> {
  readonly options: MaskOptions;
}

export interface Won extends Pick<EngineChannels, 'painted' | 'background'> {
  /** Channel per pixel at working size, and at the image's own. */
  readonly winners: Uint8Array;
  readonly full: Uint8Array;
  readonly figures: ChannelFigures & Rivals;
  /** Before the CRF; empty when planes are not kept. */
  readonly planes: Float32Array;
  /** Q; null without a CRF, and when planes are not kept. */
  readonly probabilities: Float32Array | null;
  /** The CRF decided the winners. */
  readonly refined: boolean;
}

/** The winners of channels and of what lies under them. */
export async function winnersOf(made: EngineChannels, request: Request): Promise<Won> {
  const top = await winnersAlone(made, request, null);
  if (!made.under) return top;
  return paintedOver(top, await winnersAlone(made.under, request, top.winners));
}

/** `hidden` is not 0 at pixels that others are painted over. */
async function winnersAlone(
  { planes, painted, background, kind }: EngineChannels,
  { size, image, params, cache, options }: Request,
  hidden: Uint8Array | null,
): Promise<Won> {
  const channels = painted.length + (background ? 1 : 0);
  const poll = (): void => throwIfCancelled(options);
  const keepPlanes = options.keepPlanes ?? true;
  const enlarged = size.width !== image.width || size.height !== image.height;
  if (params.pamr && channels > 1 && kind !== 'refinedProbabilities') {
    options.onProgress?.({ stage: 'edges', done: 0, total: 1 });
    const photo = workImage(cache, image, size, poll);
    await quickEdges({ planes, photo }, params, cache, options);
  }
  let refined: Refined | null = null;
  // One channel has already won.
  if (params.crf && channels > 1) {
    options.onProgress?.({ stage: 'crf', done: 0, total: params.crfIterations });
    const photo = workImage(cache, image, size, poll);
    const refineOptions = {
      ...options,
      crf: options.crf,
      onIteration: (done: number, total: number) =>
        options.onProgress?.({ stage: 'crf', done, total }),
    };
    const scores = kind === 'scores' ? planes : probabilityScores(planes);
    refined = await refine(
      { planes: scores, channels, photo },
      params,
      refineOptions,
      (crf): Refined => ({
        winners: crf.winners(),
        probabilities: keepPlanes || enlarged ? crf.q(cache.buffers.borrow32(planes.length)) : null,
      }),
    );
  }
  const { winners, figures } = refined
    ? {
        winners: refined.winners,
        figures: options.labelsOnly
          ? noFigures(channels)
          : channelFigures(planes, channels, refined.winners, hidden),
      }
    : highestChannels(planes, channels, size.width * size.height, hidden);
  const probabilities = refined?.probabilities ?? null;
  const full = enlarged
    ? upsampledLabels(probabilities ?? planes, size, image, () => (poll(), false))
    : winners;
  const rivals = options.findsRivals
    ? rivalsOf(planes, channels, { winners, hidden })
    : noRivals(channels);
  const found = {
    painted,
    background,
    winners,
    full,
    figures: { ...figures, ...rivals },
    refined: refined !== null,
  };
  if (keepPlanes) return { ...found, planes, probabilities };
  for (const lent of [planes, probabilities]) if (lent) cache.buffers.giveBack(lent);
  return { ...found, planes: new Float32Array(0), probabilities: null };
}

interface Refined {
  /** Channel per pixel at working size. */
  readonly winners: Uint8Array;
  /** Q, where somebody needs it. */
  readonly probabilities: Float32Array | null;
}

/** `top` has a background channel; where that wins, `under` decides. */
function paintedOver(top: Won, under: Won): Won {
  const first = 1 + top.painted.length;
  const skipped = under.background ? 1 : 0;
  const merged = (over: Uint8Array, beneath: Uint8Array): Uint8Array =>
    over.map((channel, at) => {
      if (channel !== 0) return channel;
      const other = beneath[at] as number;
      return other < skipped ? 0 : first + other - skipped;
    });
  const joined = (over: Float64Array, beneath: Float64Array): Float64Array =>
    Float64Array.of(skipped ? (beneath[0] ?? 0) : 0, ...over.slice(1), ...beneath.slice(skipped));
  const rivals = (over: Int16Array, beneath: Int16Array): Int16Array => {
    const moved = beneath.map((one) => (one < skipped ? Math.min(one, 0) : first + one - skipped));
    return Int16Array.of(
      skipped ? (moved[0] ?? -1) : -1,
      ...over.slice(1),
      ...moved.slice(skipped),
    );
  };
  const shared = (over: Float32Array, beneath: Float32Array) =>
    over.length === 0 ? over : behind(over, beneath, top.winners.length, skipped === 1);
  const { probabilities } = top;
  return {
    painted: [...top.painted, ...under.painted],
    background: true,
    winners: merged(top.winners, under.winners),
    full: merged(top.full, under.full),
    figures: {
      margin: joined(top.figures.margin, under.figures.margin),
      height: joined(top.figures.height, under.figures.height),
      change: joined(top.figures.change, under.figures.change),
      rival: rivals(top.figures.rival, under.figures.rival),
      rivalHeight: joined(top.figures.rivalHeight, under.figures.rivalHeight),
    },
    planes: shared(top.planes, under.planes),
    probabilities:
      probabilities && under.probabilities && shared(probabilities, under.probabilities),
    refined: top.refined || under.refined,
  };
}

/** The planes of both, those beneath as far as the ones over them leave the background. */
function behind(
  over: Float32Array,
  beneath: Float32Array,
  pixels: number,
  background: boolean,
): Float32Array {
  const skipped = background ? pixels : 0;
  const planes = new Float32Array(over.length + beneath.length - skipped);
  planes.set(over);
  planes.set(beneath.subarray(skipped), over.length);
  for (let at = 0; at < pixels; at++) {
    const left = over[at] as number;
    for (let place = over.length + at; place < planes.length; place += pixels)
      planes[place] = left * (planes[place] as number);
    planes[at] = background ? left * (beneath[at] as number) : 0;
  }
  return planes;
}
