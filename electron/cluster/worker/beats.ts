// The worker's heartbeat, which also tells which jobs were lost. A failed beat says nothing about a lease: the
// next one may come in time.
import { isOutage } from '../database/outage.ts';
import { cancelledOf, markBeat } from './rows.ts';
import type { HeldJob, WorkerState } from './state.ts';

/** One beat for all jobs held. */
export async function beat(state: WorkerState): Promise<void> {
  try {
    await markBeat(state.pool, state.worker);
    const runSets = [...new Set([...state.jobs].map(({ runSet }) => runSet.id))];
    const cancelled = await cancelledOf(state.pool, runSets);
    for (const id of runSets) {
      const held = [...state.jobs].filter((job) => job.runSet.id === id && !job.isLost);
      const alive = await state.queue.beat(
        id,
        held.map(({ claim }) => claim),
      );
      for (const job of held) if (cancelled.has(id) || !alive.has(job.claim.id)) lose(state, job);
    }
  } catch (error) {
    if (!isOutage(error)) throw error;
  }
}

/** The image in flight is finished and stored; nothing more is begun. */
function lose(state: WorkerState, job: HeldJob): void {
  // Ended between the question and the answer.
  if (!state.jobs.has(job)) return;
  job.isLost = true;
  job.waiting = [];
  for (let at = state.suspects.length - 1; at >= 0; at -= 1)
    if (state.suspects[at]!.job === job) state.suspects.splice(at, 1);
  state.wake();
}
