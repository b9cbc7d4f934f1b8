// Answers to clicks, put together from both kinds of threads: pixel threads scale images and make masks, the
// session thread reads images and decodes. The last decodes stay here for later questions.
import { AppError } from '../../api/errors.ts';
import type { ClickAnswer, ClickMask, ClickStart } from '../../api/clicks/clicks.ts';
import type { RleMask } from '../../api/types.ts';
import { intersectionOverUnion } from '../../masks/runs/combine.ts';
import { boundingBox } from '../../masks/runs/measure.ts';
import type { PixelBox } from '../../masks/runs/rle.ts';
import type { OperationInput, OperationOutput } from '../../link/operations.ts';
import type { PixelTasks, SessionTasks } from '../tasks.ts';
import type { TaskMap } from '../threads/threadTask.ts';
import { choicesOf, logitsOf, type DecodedMasks } from './choices.ts';
import { squareFrame } from './clickImage.ts';
import type { ClickMaskInput } from './clickMask.ts';
import { modelPrompt } from './modelPrompt.ts';

/** Decodes that are kept: enough for some steps of undo on a few objects, about 1 MiB each. */
const KEPT = 24;
/** When a drawn mask changes by more than it keeps, the model misread it: its box is sent as well. */
const MOVED = 0.7;

/** A thread of these tasks, on behalf of one call. */
type Bound<T extends TaskMap<T>> = <K extends keyof T & string>(
  task: K,
  input: T[K]['input'],
) => Promise<T[K]['output']>;

export interface ClickThreads {
  readonly session: Bound<SessionTasks>;
  /** A pixel thread that holds this image. */
  readonly pixels: Bound<PixelTasks>;
}

type Asked = OperationInput<'segment.decode'>;
type Place = OperationInput<'segment.read'>;

/** What a mask needs besides its logits. */
type Placed = Pick<ClickMaskInput, 'framed' | 'crop' | 'imageWidth' | 'imageHeight'>;

/** One decode: its question, and where it is asked. */
interface Asking extends Placed {
  readonly input: Asked;
  readonly threads: ClickThreads;
  /** Logits to start from. */
  readonly start: Float32Array | null;
}

interface Kept extends Placed {
  readonly masks: DecodedMasks;
}

export interface ClickService {
  read(input: Place, threads: ClickThreads): Promise<OperationOutput<'segment.read'>>;
  decode(input: Asked, threads: ClickThreads): Promise<ClickAnswer>;
  mask(input: OperationInput<'segment.mask'>, threads: ClickThreads): Promise<ClickMask>;
}

export function createClickService(): ClickService {
  const kept = new Map<number, Kept>();
  let next = 1;

  function keep(one: Kept): number {
    const decode = next++;
    kept.set(decode, one);
    for (const old of kept.keys()) {
      if (kept.size <= KEPT) break;
      kept.delete(old);
    }
    return decode;
  }

  return {
    read,
    async decode(input, threads) {
      const startMs = performance.now();
      const square = await threads.session('clickLook', keyOf(input));
      const { crop, width: imageWidth, height: imageHeight, start } = input;
      const { width, height } = crop ?? input;
      const framed = { frame: squareFrame({ width, height }, square), width, height };
      const placed: Placed = { framed, crop, imageWidth, imageHeight };
      const earlier = start.kind === 'choice' ? (kept.get(start.decode) ?? null) : null;
      const logits = await startOf(start, placed, { earlier, low: square.low, threads });
      const asking = { ...placed, input, threads, start: logits };
      let found = await answerOf(asking, null);
      if (start.kind === 'mask' && input.prompt.box === null && moved(found.mask, start.mask))
        found = await answerOf(asking, boundingBox(start.mask));
      const { masks, ...answer } = found;
      const decode = keep({ ...placed, masks });
      return { ...answer, decode, milliseconds: performance.now() - startMs };
    },
    async mask({ decode, candidate, cut }, { pixels }) {
      const known = kept.get(decode);
      if (!known)
        throw new AppError(
          'RUN_UNKNOWN',
          'The click model no longer holds this mask. Click again.',
        );
      const { masks, ...placed } = known;
      return pixels('clickMask', { ...placed, logits: logitsOf(masks, candidate), cut });
    },
  };
}

async function read(input: Place, { session, pixels }: ClickThreads) {
  const key = keyOf(input);
  const square = await session('clickLook', key);
  if (square.there) return { milliseconds: null };
  const { imagePath, crop, ahead } = input;
  const image = await pixels('clickImage', { path: imagePath, crop, square });
  const startMs = performance.now();
  await session('clickRead', { ...key, image, ahead });
  return { milliseconds: performance.now() - startMs };
}

/** The logits to start from. A new process has no earlier decode, and the clicks alone say as much. */
async function startOf(
  start: ClickStart,
  { framed, crop }: Placed,
  known: { readonly earlier: Kept | null; readonly low: number; readonly threads: ClickThreads },
): Promise<Float32Array | null> {
  if (start.kind === 'nothing') return null;
  const { earlier, low, threads } = known;
  if (start.kind === 'mask')
    return threads.pixels('clickStart', { mask: start.mask, crop, framed, low });
  return earlier && sameFrame(earlier, { framed, crop })
    ? logitsOf(earlier.masks, start.candidate)
    : null;
}

/** Decodes, and makes the mask that is shown first. */
async function answerOf(asking: Asking, maskBox: PixelBox | null) {
  const { input, threads, start, framed, crop, imageWidth, imageHeight } = asking;
  const masks = await decoded(asking, maskBox);
  const choices = choicesOf(masks, start === null && maskBox === null && isOneClick(input.prompt));
  const logits = logitsOf(masks, choices[0]?.candidate ?? 0);
  const placed = { framed, crop, imageWidth, imageHeight };
  const made = await threads.pixels('clickMask', { ...placed, logits, cut: input.cut });
  return { ...made, masks, choices };
}

async function decoded(asking: Asking, maskBox: PixelBox | null): Promise<DecodedMasks> {
  const { input, threads, framed, crop, start: masks } = asking;
  const prompts = [modelPrompt(input.prompt, { framed, crop, maskBox })];
  const ask = () => threads.session('clickDecode', { ...keyOf(input), prompts, masks });
  const known = await ask();
  if (known !== null) return known;
  await read({ ...input, ahead: false }, threads);
  const made = await ask();
  if (made === null) throw new Error('an image that was just read is gone');
  return made;
}

const keyOf = ({ pack, imageHash, crop }: Pick<Place, 'pack' | 'imageHash' | 'crop'>) => ({
  pack,
  imageHash,
  crop: crop ? [crop.x, crop.y, crop.width, crop.height].join() : '',
});

const isOneClick = ({ points, box }: Asked['prompt']) =>
  box === null && points.length === 1 && points[0]?.adds === true;

const moved = (now: RleMask, before: RleMask) => intersectionOverUnion(now, before) < MOVED;

const sameFrame = (a: Pick<Placed, 'framed' | 'crop'>, b: Pick<Placed, 'framed' | 'crop'>) =>
  JSON.stringify([a.framed, a.crop]) === JSON.stringify([b.framed, b.crop]);
