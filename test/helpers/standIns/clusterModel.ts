// A model process of plain arithmetic for the cluster's tests: masks follow from the bytes of a file, so every
// worker makes the same ones; names of files say what goes wrong with them.
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../../electron/api/errors.ts';
import type { CategoryId } from '../../../electron/api/types.ts';
import type { InferenceLink } from '../../../electron/engine/inferenceLink/link.ts';
import type { Room } from '../../../electron/engine/order/room.ts';
import type { ClassMask, RunFacts } from '../../../electron/link/facts.ts';
import type { OperationInput } from '../../../electron/link/operations.ts';
import { LOOK_BYTES } from '../../../electron/link/lookLayout.ts';
import { maskFromCounts } from '../../../electron/masks/runs/rle.ts';

export const WIDTH = 40;
export const HEIGHT = 30;

/** In a name: the model process ends, the worker process ends, the file is no image. */
export const KILLS_MODEL = 'kills-model';
export const KILLS_WORKER = 'kills-worker';
export const DAMAGED = 'damaged';

/** Room for so many images at once, whatever they take. */
export const roomFor = (images: number): Room => ({
  size: () => images,
  ended: () => undefined,
});

export interface StandInModel extends Pick<InferenceLink, 'request' | 'restart'> {
  /** Names of the images that were begun, in order. */
  readonly begun: string[];
}

/** `onKill` is what an image does that kills its worker. */
export function standInModel({
  ms = 0,
  onKill = () => undefined,
  device = null,
}: {
  readonly ms?: number;
  readonly onKill?: () => void;
  /** Why the device fails each image; null when it does not. */
  readonly device?: (() => string | null) | null;
} = {}): StandInModel {
  const begun: string[] = [];
  const request = async (operation: string, input: unknown) => {
    if (operation === 'image.probe') return probe((input as { path: string }).path);
    const { imagePath, classes, runFile } = input as OperationInput<'prelabel.run'>;
    const name = basename(imagePath);
    begun.push(name);
    if (ms > 0) await sleep(ms);
    if (name.includes(KILLS_WORKER)) onKill();
    if (name.includes(KILLS_MODEL))
      throw new AppError('INFERENCE_EXITED', 'The model process ended.');
    if (name.includes(DAMAGED)) throw new AppError('IMAGE_DAMAGED', `${name} is no image.`);
    const why = device?.() ?? null;
    if (why !== null) throw new AppError('DEVICE_FAILED', why);
    const { hash } = await probe(imagePath);
    await writeFile(runFile, mapsOf(hash));
    return answerOf(
      hash,
      classes.map(({ categoryId }) => categoryId),
    );
  };
  return {
    begun,
    request: request as unknown as InferenceLink['request'],
    restart: () => Promise.resolve({ generation: 1, state: 'idle', failures: 0 }),
  };
}

/** What the model says of a file with this hash. */
export const answerOf = (hash: string, categoryIds: readonly CategoryId[]) => ({
  facts: factsOf(categoryIds),
  masks: masksOf(hash, categoryIds[0]!),
});

/** What stands for the maps of a file with this hash. */
export const mapsOf = (hash: string) => `maps of ${hash}`.repeat(20);

async function probe(path: string) {
  const bytes = await readFile(path);
  const hash = createHash('sha256').update(bytes).digest('hex');
  return { width: WIDTH, height: HEIGHT, orientation: 1, bytes: bytes.length, mtimeMs: 0, hash };
}

/** One mask: a run whose place and length the hash says. */
export function masksOf(hash: string, categoryId: CategoryId): ClassMask[] {
  const from = Number.parseInt(hash.slice(0, 2), 16);
  const length = 1 + Number.parseInt(hash.slice(2, 4), 16);
  const mask = maskFromCounts([from, length, WIDTH * HEIGHT - from - length], WIDTH, HEIGHT);
  const look = new Uint8Array(LOOK_BYTES).fill(from);
  return [
    { categoryId, mask, match: from / 255, margin: 0.5, doubtful: false, crfChange: 0.1, look },
  ];
}

function factsOf(categoryIds: readonly CategoryId[]): RunFacts {
  return {
    engine: 'pnp',
    evidence: ['passes', 'words', 'heads'],
    packHash: 'stand-in',
    provider: 'none',
    gridRows: 2,
    gridColumns: 2,
    inputSide: 8,
    layers: [1],
    heads: [1],
    allLayers: 1,
    allHeads: 1,
    caption: 'a stand-in',
    milliseconds: {},
    passes: [{ index: 0, weight: 1, z: [0.25], dropped: [[]] }],
    classes: categoryIds.map((categoryId) => ({
      categoryId,
      match: 0.9,
      absent: false,
      margin: 0.5,
      patchesKept: 1,
      patches: 4,
      histogram: [1, 3],
      tokens: ['stand', '##in'],
    })),
  };
}
