// Another program wants to edit this project: saves the work under way, then tells the engine.
import type { Session } from './session.svelte.ts';

/** `settle` brings everything that was done or is unfinished into the project. */
export function letGoWhenAsked(session: Session, settle: () => Promise<void>): void {
  session.on('project.asked', async () => {
    try {
      if (!session.displaced) await settle();
    } catch {
      // What cannot be saved stays in this window, with its reason in the top bar.
    }
    await session.call('project.settled', {}).catch(() => undefined);
  });
}
