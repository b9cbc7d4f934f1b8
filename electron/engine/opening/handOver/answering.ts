// The side that holds a project's lock: hears that another program wants to edit, and lets go or says why not.
import type { MethodName } from '../../../api/methods.ts';
import type { EngineContext } from '../../context.ts';
import type { Project } from '../../project/project.ts';
import { readQuestion, removeQuestion, writeAnswer } from './askFile.ts';

const LOOK_EVERY_MS = 300;

/** What would be broken off by letting go, in words for the one who asks. */
const KEEPS: Partial<Record<MethodName, string>> = {
  'import.start': 'The other Salience is importing labels into this project.',
  'export.start': 'The other Salience is exporting this project.',
  'category.importCoco': 'The other Salience is importing classes into this project.',
  'project.relocate': 'The other Salience is looking for moved images of this project.',
  'image.reduce': 'The other Salience is making a smaller copy of an image of this project.',
  'review.rethreshold': 'The other Salience is making the masks of this project anew.',
  'tune.run': 'The other Salience is tuning on this project.',
  'learn.run': 'The other Salience is learning from the masks of this project.',
  'tune.compare': 'The other Salience is comparing models on this project.',
};
const COMMAND =
  'A command line is working on this project. It lets go of the project when it ends.';

/**
 * Answers whoever asks until `signal` aborts. `letGo` saves what is under way and closes the project to
 * writing; the lock is free when it has resolved.
 */
export function answerAsks(
  context: EngineContext,
  project: Project,
  letGo: () => Promise<void>,
  signal: AbortSignal,
): void {
  const { path } = project.store;
  let answered: string | null = null;
  let looking = true;
  const look = async () => {
    const id = await readQuestion(path);
    if (id === null || id === answered || signal.aborted) return;
    answered = id;
    const because = whyKept(context);
    await writeAnswer(path, id, { because });
    if (because === null) await letGo();
  };
  // One that is left from before this program held the project asks nobody any more.
  void removeQuestion(path).finally(() => (looking = false));
  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    look()
      .catch((error: unknown) => context.log(`the project is kept: ${String(error)}`))
      .finally(() => (looking = false));
  }, LOOK_EVERY_MS);
  timer.unref();
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}

function whyKept(context: EngineContext): string | null {
  if (context.host.kind === 'commandLine') return COMMAND;
  for (const method of context.open.underWay()) {
    const because = KEEPS[method];
    if (because !== undefined) return because;
  }
  return null;
}
