// A project that another program is writing: what it commits there is told to the windows of this one,
// so that a job on the command line can be watched.
import { publishChanged } from '../commits.ts';
import type { EngineContext } from '../context.ts';
import type { Project } from '../project/project.ts';

const LOOK_EVERY_MS = 1000;

/** Looks until `signal` aborts; costs one number of the database while nothing happens there. */
export function followOtherWriter(
  context: EngineContext,
  project: Project,
  signal: AbortSignal,
): void {
  const version = () => project.store.pragma('data_version');
  let seen = version();
  const timer = setInterval(() => {
    try {
      const now = version();
      if (now === seen) return;
      seen = now;
      publishChanged(context, project);
      for (const job of context.open.jobs().list()) context.publish('job.status', job, job.id);
    } catch (error) {
      // The file went away: the next call that needs it says so to the person.
      clearInterval(timer);
      context.log(`the project is not followed any more: ${String(error)}`);
    }
  }, LOOK_EVERY_MS);
  timer.unref();
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}
