// The side that wants to edit a project which another program holds: asks, waits a bounded time, and opens
// the project with the lock in hand. Two programs never write: the lock has one owner at any time.
import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '../../../api/errors.ts';
import type { ProjectSummary } from '../../../api/methods/project.ts';
import type { EngineContext } from '../../context.ts';
import { tryLock, type Lock } from '../../project/database/lock.ts';
import { openAt, summaryOf } from '../opening.ts';
import { readAnswer, readQuestion, removeQuestion, writeQuestion } from './askFile.ts';

const LOOK_EVERY_MS = 100;
/** A living holder looks three times a second. */
const HEARD_WITHIN_MS = 4000;
/** Images in flight are put back, windows write what they have. */
const GIVEN_WITHIN_MS = 20_000;
/** A question that is gone for so long was replaced by another program's. */
const RIVAL_MS = 1500;

const SAFE =
  'Nothing is lost: go on looking here and ask again, or close the project there. When the other program has ended, this window can edit at once.';

/** Makes the open project editable here. Throws PROJECT_LOCKED with the reason and what is safe. */
export async function takeOver(
  context: EngineContext,
  call: { readonly clientId: string; readonly signal: AbortSignal },
): Promise<ProjectSummary> {
  const project = context.open.get();
  if (!project.readOnly) return summaryOf(context);
  const { path } = project.store;
  // Two windows may ask at once: what one of them got is the other's as well.
  const isOurs = () => {
    const now = context.open.current();
    return now?.store.path === path && !now.readOnly;
  };
  const lock = project.heldElsewhere ? await askedLock(path, isOurs, call.signal) : null;
  try {
    const options = { clientId: call.clientId, ...(lock && { lock }) };
    const opened = await openAt(context, path, null, options);
    if (opened.readOnly) throw new AppError('PROJECT_READ_ONLY', reasonOf(context));
    return opened;
  } catch (error) {
    // An opening that never came to the file leaves the lock with its caller.
    if (context.open.current()?.readOnly !== false) lock?.release();
    throw error;
  }
}

const reasonOf = (context: EngineContext) =>
  context.open.current()?.readOnlyReason ?? 'The project can only be read here.';

/**
 * The lock, from its holder or because nobody has it any more; null when this program got it meanwhile.
 * Throws PROJECT_LOCKED.
 */
async function askedLock(
  path: string,
  isOurs: () => boolean,
  signal: AbortSignal,
): Promise<Lock | null> {
  const free = tryLock(path);
  if (free) return free;
  const id = await writeQuestion(path);
  const askedMs = performance.now();
  let heard = false;
  let lyingMs = askedMs;
  try {
    for (;;) {
      await pause(LOOK_EVERY_MS, undefined, { signal });
      if (isOurs()) return null;
      const lock = tryLock(path);
      if (lock) return lock;
      const nowMs = performance.now();
      if ((await readQuestion(path)) === id) lyingMs = nowMs;
      const answer = await readAnswer(path, id);
      heard ||= answer !== null;
      const because =
        answer?.because ?? whyNoMore({ heard, askedMs: nowMs - askedMs, goneMs: nowMs - lyingMs });
      if (because !== null) throw new AppError('PROJECT_LOCKED', `${because} ${SAFE}`);
    }
  } finally {
    await removeQuestion(path, id);
  }
}

/** Why it is not waited for any longer; null = it is. `goneMs`: since the question was last seen lying there. */
function whyNoMore(waited: { heard: boolean; askedMs: number; goneMs: number }): string | null {
  if (waited.goneMs > RIVAL_MS) return RIVAL;
  if (waited.heard) return waited.askedMs > GIVEN_WITHIN_MS ? SLOW : null;
  return waited.askedMs > HEARD_WITHIN_MS ? SILENT : null;
}

const RIVAL = 'Another Salience asked for this project at the same moment, and was faster.';
const SILENT = `The other Salience did not answer within ${HEARD_WITHIN_MS / 1000} seconds: it may hang, or be an older version.`;
const SLOW = `The other Salience has not let go after ${GIVEN_WITHIN_MS / 1000} seconds.`;
