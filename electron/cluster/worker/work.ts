// A worker from its first job to its last: fills the flights, claims jobs before the current ones end, beats,
// stores results, and on a stop hands back what it has not begun.
import { databaseWords, untilItAnswers } from '../database/outage.ts';
import { beat } from './beats.ts';
import { createClaims } from './claims.ts';
import { begin } from './flights.ts';
import { acquit, markEnd, suspect } from './rows.ts';
import type { UsableRunSet } from './runSets.ts';
import {
  createState,
  endWith,
  patienceOf,
  somethingHappens,
  type HeldJob,
  type WorkerParts,
  type WorkerState,
} from './state.ts';
import { endFinished, endMeanwhile, isEndLate, storeFinished } from './storing.ts';

/** An image under which so many workers fell silent while it was alone is given up. */
const MOST_DEATHS = 3;

export interface WorkOptions {
  readonly runSets: () => Promise<UsableRunSet[]>;
  readonly untilEmpty: boolean;
  /** Stops it: images in flight are finished, the rest is handed back. */
  readonly signal: AbortSignal;
  readonly onProgress?: (counts: { done: number; failed: number }) => void;
}

export interface Worked {
  readonly done: number;
  readonly failed: number;
  /** Why it stopped before its work was done; null when it did not. */
  readonly reason: string | null;
}

/** Works until it is stopped, there is nothing left (`untilEmpty`), or it cannot go on. */
export async function work(parts: WorkerParts, options: WorkOptions): Promise<Worked> {
  const state = createState(parts);
  const { times } = state;
  const stop = () => {
    state.isDraining = true;
    state.wake();
    setTimeout(() => state.patience.abort(), times.drainMs).unref();
  };
  options.signal.addEventListener('abort', stop, { once: true });
  if (options.signal.aborted) stop();
  const loops = new AbortController();
  const helpers = [
    every(times.beatMs, loops.signal, () => beat(state), state),
    every(times.storeMs, loops.signal, () => storeFinished(state), state),
  ];
  // A database that is gone must not hold up the end without limit.
  const late = new Promise<void>((resolve) =>
    state.patience.signal.addEventListener('abort', () => resolve(), { once: true }),
  );
  const whole = fill(state, options)
    .catch((error: unknown) => {
      if (!state.patience.signal.aborted) endWith(state, databaseWords(error));
    })
    .then(() => drain(state));
  await Promise.race([whole, late]);
  if (state.patience.signal.aborted) state.say(notHandedBack('the database does not answer'));
  loops.abort();
  await Promise.race([Promise.all(helpers), late]);
  options.signal.removeEventListener('abort', stop);
  return { ...state.counts, reason: state.ending?.reason ?? null };
}

/** Calls `step` again and again, the pause counted from its end. */
async function every(
  ms: number,
  signal: AbortSignal,
  step: () => Promise<void>,
  state: WorkerState,
): Promise<void> {
  while (!signal.aborted) {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
    });
    if (signal.aborted) return;
    await step().catch((error: unknown) => endWith(state, databaseWords(error)));
  }
}

async function fill(state: WorkerState, options: WorkOptions): Promise<void> {
  const { claim, isOver } = createClaims(state, options.runSets);
  while (!state.isDraining) {
    endMeanwhile(state);
    options.onProgress?.(state.counts);
    if (state.isDraining) return;
    if (performance.now() < state.restUntilMs) {
      await somethingHappens(state, Math.max(1, state.restUntilMs - performance.now()));
      continue;
    }
    if (state.suspects.length > 0) {
      await retryAlone(state);
      continue;
    }
    const careful = [...state.jobs].find(
      ({ claim: held, waiting }) => held.isCareful && waiting.length > 0,
    );
    if (careful) {
      await landAll(state);
      await workCarefully(state, careful);
      continue;
    }
    if (isEndLate(state)) {
      await somethingHappens(state, 1000);
      continue;
    }
    if (beginMore(state)) continue;
    if (state.flights.size >= state.room.size()) {
      await somethingHappens(state, 1000);
      continue;
    }
    // Nothing waits: the next jobs are claimed while the last images run.
    if (await claim()) continue;
    if (state.flights.size > 0 || state.endingSinceMs !== null)
      await somethingHappens(state, state.times.idleMs);
    else if (options.untilEmpty && state.jobs.size === 0 && (await isOver())) return;
    else if (!state.isDraining) await somethingHappens(state, state.times.idleMs);
  }
}

/** Begins one waiting image; false when there is none or no room. */
function beginMore(state: WorkerState): boolean {
  if (state.flights.size >= state.room.size()) return false;
  for (const job of state.jobs) {
    const image = job.waiting.shift();
    if (!image) continue;
    void begin(state, job, image);
    return true;
  }
  return false;
}

const landAll = (state: WorkerState) => Promise.all(state.flights);

/** Runs images that were in flight when the model process ended one by one, to find the culprit. */
async function retryAlone(state: WorkerState): Promise<void> {
  await landAll(state);
  while (!state.isDraining && state.suspects.length > 0) {
    const { job, image } = state.suspects.shift()!;
    await begin(state, job, image, true);
  }
}

/** A job whose last holder fell silent: nothing beside it, and each image is marked before it runs. */
async function workCarefully(state: WorkerState, job: HeldJob): Promise<void> {
  const patience = patienceOf(state);
  const { id } = job.runSet;
  while (job.waiting.length > 0 && !state.isDraining && performance.now() >= state.restUntilMs) {
    const image = job.waiting[0]!;
    const deaths = await untilItAnswers(() => suspect(state.pool, id, image.n), patience);
    // Taken by somebody else meanwhile.
    if (job.waiting.shift() !== image) return;
    if (deaths > MOST_DEATHS) {
      const detail = `${MOST_DEATHS} workers fell silent while they worked on this image alone.`;
      job.records.push({ n: image.n, ms: 0, outcome: { failure: 'worker_lost', detail } });
      state.counts.failed += 1;
    } else {
      await begin(state, job, image, false);
      // The model process ended: the image ran alone already, so this is its second chance.
      const again = state.suspects.findIndex((one) => one.job === job);
      if (again >= 0) await begin(state, job, state.suspects.splice(again, 1)[0]!.image, true);
      // Handed back unfinished: the worker did not fall silent.
      if (job.waiting.includes(image))
        await untilItAnswers(() => acquit(state.pool, id, image.n), patience);
    }
    // Stored before the next image begins: a finished image is not blamed when the next one ends the worker.
    await storeFinished(state);
  }
}

/** Leases end by themselves. */
const notHandedBack = (why: string) =>
  `What this worker held could not be handed back (${why}); it is free when its lease ends.`;

/** Finishes what is in flight, stores it, hands the rest back, and says that this worker is gone. */
async function drain(state: WorkerState): Promise<void> {
  state.isDraining = true;
  const timer = setTimeout(() => state.patience.abort(), state.times.drainMs);
  await landAll(state);
  for (const { job, image } of state.suspects.splice(0)) job.waiting.push(image);
  const patience = patienceOf(state);
  try {
    await endFinished(state);
    await storeFinished(state);
    const held = [...state.jobs];
    for (const id of new Set(held.map(({ runSet }) => runSet.id))) {
      const claims = held
        .filter((job) => job.runSet.id === id && !job.isLost)
        .map(({ claim }) => claim);
      await untilItAnswers(() => state.queue.handBack(id, claims), patience);
    }
    await untilItAnswers(() => markEnd(state.pool, state.worker), patience);
  } catch (error) {
    if (!state.patience.signal.aborted) state.say(notHandedBack(databaseWords(error)));
  } finally {
    clearTimeout(timer);
  }
}
