// Getting jobs: run sets take turns, so that a large one does not hold up a small one.
import { untilItAnswers } from '../database/outage.ts';
import { hasOpenJobs, openImages } from './rows.ts';
import type { UsableRunSet } from './runSets.ts';
import { jobsAtOnce, patienceOf, type HeldJob, type WorkerState } from './state.ts';

/** Asks for jobs. `claim` resolves with whether there were any, `isOver` with whether none will come. */
export function createClaims(state: WorkerState, runSets: () => Promise<UsableRunSet[]>) {
  let turn = 0;
  const patience = patienceOf(state);
  return {
    async claim() {
      const usable = await untilItAnswers(runSets, patience);
      for (let step = 0; step < usable.length; step += 1) {
        const runSet = usable[(turn + step) % usable.length]!;
        const ask = () => state.queue.claim(runSet.id, jobsAtOnce(state));
        const claims = await untilItAnswers(ask, patience);
        if (claims.length === 0) continue;
        turn += step + 1;
        // Registered here, so that the next beat includes them.
        const held = claims.map((claim): HeldJob => {
          return { runSet, claim, waiting: [], open: 1, records: [], isLost: false };
        });
        for (const job of held) state.jobs.add(job);
        const look = () => openImages(state.pool, runSet.id, claims);
        const images = await untilItAnswers(look, patience);
        for (const [index, job] of held.entries()) {
          if (!job.isLost) job.waiting = images[index] ?? [];
          job.open -= 1;
        }
        return true;
      }
      return false;
    },
    isOver: () =>
      untilItAnswers(async () => {
        const usable = await runSets();
        return !(await hasOpenJobs(
          state.pool,
          usable.map(({ id }) => id),
        ));
      }, patience),
  };
}
