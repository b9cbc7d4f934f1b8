// One image in flight: its start, its end, and whether a failure counts against the image or the worker.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { failureKind } from '../../engine/jobs/failure.ts';
import { untilItAnswers } from '../database/outage.ts';
import { readMaps } from '../order/mapsBlob.ts';
import { maskImage } from '../order/oneImage.ts';
import type { FoundMasks, ImageFailure } from '../order/record.ts';
import { ObjectFailure, StoreFailure } from '../source/object.ts';
import type { RowImage } from './images.ts';
import { addEvent } from './rows.ts';
import { requireRoot } from './runSets.ts';
import { endWith, landed, patienceOf, type HeldJob, type WorkerState } from './state.ts';

/** After so many missing images in a row the root itself is looked at. */
const MISSING_IN_ROW = 20;

/** Begins an image of a job. It never rejects. `isAlone` when nothing else is in flight. */
export function begin(
  state: WorkerState,
  job: HeldJob,
  image: RowImage,
  isAlone = false,
): Promise<void> {
  const begunMs = performance.now();
  if (state.flights.size === 0) state.lastLandedMs = begunMs;
  job.open += 1;
  const flight = fly(state, job, image)
    .then(
      (found) => good(state, job, image, { found, begunMs }),
      (error: unknown) => bad(state, job, image, { error, begunMs, isAlone }),
    )
    .catch((error: unknown) => {
      // Even handling the failure failed: the image goes back with its job.
      job.waiting.push(image);
      endWith(state, error instanceof Error ? error.message : String(error));
    })
    .then(() => {
      job.open -= 1;
      state.flights.delete(flight);
      state.wake();
    });
  state.flights.add(flight);
  return flight;
}

async function fly(state: WorkerState, job: HeldJob, image: RowImage): Promise<FoundMasks> {
  const { id, order, source, keepsMaps } = job.runSet;
  await using opened = await source.open(image);
  const runFile = join(state.folder, `${id}-${image.n}.run`);
  try {
    const found = await maskImage(state.link, order, { imagePath: opened.imagePath, runFile });
    return keepsMaps ? { ...found, maps: await readMaps(runFile) } : found;
  } finally {
    await rm(runFile, { force: true });
  }
}

function record(
  state: WorkerState,
  job: HeldJob,
  image: RowImage,
  { outcome, begunMs }: { outcome: FoundMasks | ImageFailure; begunMs: number },
): void {
  job.records.push({ n: image.n, ms: performance.now() - begunMs, outcome });
  landed(state);
}

function good(
  state: WorkerState,
  job: HeldJob,
  image: RowImage,
  { found, begunMs }: { found: FoundMasks; begunMs: number },
): void {
  record(state, job, image, { outcome: found, begunMs });
  state.counts.done += 1;
  state.troubles = 0;
  state.missingInRow = 0;
  state.room.ended(found.facts.milliseconds);
  tellProvider(state, found.facts.provider);
}

/** Stores the device that really runs where `status` reads it. */
function tellProvider(state: WorkerState, provider: string): void {
  if (provider === state.provider) return;
  state.provider = provider;
  const event = { kind: 'device', detail: provider, worker: state.worker };
  void addEvent(state.pool, event).catch(() => {
    // Told again with the next image.
    state.provider = null;
  });
}

interface Failed {
  readonly error: unknown;
  readonly begunMs: number;
  readonly isAlone: boolean;
}

async function bad(
  state: WorkerState,
  job: HeldJob,
  image: RowImage,
  failed: Failed,
): Promise<void> {
  const { error, begunMs, isAlone } = failed;
  const giveUp = (outcome: ImageFailure) => {
    record(state, job, image, { outcome, begunMs });
    state.counts.failed += 1;
  };
  if (error instanceof ObjectFailure) {
    if (error.failure === 'missing') await lookAtRoot(state, job);
    return giveUp(error);
  }
  if (error instanceof StoreFailure) return trouble(state, job, image, failed);
  const { kind, error: why } = failureKind(error);
  if (kind === 'image') return giveUp({ failure: why.code.toLowerCase(), detail: why.message });
  if (kind !== 'crash') return trouble(state, job, image, failed);
  if (!isAlone) return void state.suspects.push({ job, image });
  giveUp({
    failure: 'model_died',
    detail: 'The model process ended while it worked on this image, alone the second time.',
  });
  // Several such images in a row are no sign that the model cannot run.
  await state.link.restart();
}

/** Many missing images in a row may mean a lost disk: none is recorded before the root was checked. */
async function lookAtRoot(state: WorkerState, { runSet }: HeldJob): Promise<void> {
  state.missingInRow += 1;
  if (state.missingInRow < MISSING_IN_ROW) return;
  state.rootLook ??= untilItAnswers(
    () => requireRoot(state.pool, runSet, runSet.source),
    patienceOf(state),
  ).then(() => {
    state.missingInRow = 0;
    state.rootLook = null;
  });
  await state.rootLook;
}

/** Not the image's fault: it goes back, and the worker rests or, after several in a row, stops. */
function trouble(state: WorkerState, job: HeldJob, image: RowImage, failed: Failed): void {
  job.waiting.unshift(image);
  const message = failed.error instanceof Error ? failed.error.message : String(failed.error);
  // Begun before the last trouble: the same one.
  if (failed.begunMs < state.troubledAtMs) return;
  state.troubledAtMs = performance.now();
  const pauseMs = state.times.pausesMs[state.troubles];
  state.troubles += 1;
  if (pauseMs === undefined) return endWith(state, message);
  state.restUntilMs = state.troubledAtMs + pauseMs;
  state.say(`${message} Trying again in ${Math.round(pauseMs / 1000)} s.`);
}
