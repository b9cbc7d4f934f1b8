// What holds for every call about the open project: it ends when the project closes, and it is answered
// only to a window that looks at this project. Image 1 of one project is another picture in the next.
import { LRUCache } from 'lru-cache';
import { AppError } from '../api/errors.ts';
import type { MethodName } from '../api/methods.ts';
import type { ProjectSummary } from '../api/methods/project.ts';
import type { CallContext } from '../api/wire/peer.ts';
import type { ProjectId } from '../api/types.ts';
import type { EngineContext } from './context.ts';

/** Open a project; it is the one that their window looks at from then on. */
const OPENING: ReadonlySet<MethodName> = new Set([
  'project.openFolder',
  'project.openFile',
  'project.openSample',
]);

/** Answers of these show a window the project that is open already. */
const SHOWING: ReadonlySet<MethodName> = new Set(['project.summary', 'project.takeOver']);

/** Have nothing to do with the open project. */
const APART: ReadonlySet<MethodName> = new Set([
  'session.hello',
  'settings.get',
  'settings.set',
  'project.recent',
  'project.browse',
  'project.forget',
  'project.close',
  'project.settled',
  'export.formats',
  'model.list',
  'model.install',
  'model.addLocal',
  'model.verify',
  'model.remove',
  'model.place',
  'model.token',
  'model.precision',
  'device.list',
  'device.test',
  'cache.status',
  'cache.clear',
]);

/** Windows whose project is remembered; one that was dropped is answered like the command line. */
const MOST_WINDOWS = 1000;

export type ProjectCall = (
  method: MethodName,
  call: CallContext,
  handle: (call: CallContext) => Promise<unknown>,
) => Promise<unknown>;

/** Runs handlers under the rules above; one per engine, as it remembers what each window looks at. */
export function createProjectCalls({ open }: Pick<EngineContext, 'open'>): ProjectCall {
  const lookedAt = new LRUCache<string, ProjectId>({ max: MOST_WINDOWS });
  const looksAt = (clientId: string, { id }: Pick<ProjectSummary, 'id'>) => {
    if (clientId !== '') lookedAt.set(clientId, id);
  };
  const isElsewhere = (clientId: string) => {
    const project = open.current();
    const seen = lookedAt.get(clientId);
    return project !== null && seen !== undefined && seen !== project.id;
  };

  /** A project that is opened again is closed in between: what is asked meanwhile waits for its turn. */
  const settled = async () => {
    const { aborted, reason } = open.signal();
    const isOpen = open.current() !== null;
    if (isOpen && !aborted) return;
    await open.inTurn(async () => undefined);
    // It did not come back, and its caller knew it open.
    if (isOpen && open.current() === null) throw reason;
  };

  return async (method, call, handle) => {
    if (method === 'project.close') {
      // The window leaves its own project; the one that is open now belongs to another window.
      const isOthers = isElsewhere(call.clientId);
      lookedAt.delete(call.clientId);
      return isOthers ? {} : handle(call);
    }
    if (APART.has(method)) return handle(call);
    if (!OPENING.has(method)) await settled();
    if (OPENING.has(method) || SHOWING.has(method)) {
      const answer = await handle(call);
      looksAt(call.clientId, answer as ProjectSummary);
      return answer;
    }
    if (isElsewhere(call.clientId))
      throw new AppError(
        'PROJECT_REPLACED',
        'Another window opened another project here. Open yours again to go on in it.',
      );
    const ended = open.begin(method);
    try {
      return await untilClosed(open.signal(), call, handle);
    } finally {
      ended();
    }
  };
}

/** A handler that ends with the project, however it takes it when its file closes under it. */
async function untilClosed(
  closing: AbortSignal,
  call: CallContext,
  handle: (call: CallContext) => Promise<unknown>,
): Promise<unknown> {
  const wasClosed = closing.aborted;
  const signal = wasClosed ? call.signal : AbortSignal.any([call.signal, closing]);
  try {
    return await handle({
      signal,
      clientId: call.clientId,
      progress: (event) => call.progress(event),
    });
  } catch (error) {
    if (closing.aborted && !wasClosed && !call.signal.aborted) throw closing.reason;
    throw error;
  }
}
