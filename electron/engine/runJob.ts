// A batch job without any window: the command line runs the same jobs on the same project files, and
// goes on with a job that the app left unfinished (and the other way round).
import type { BatchRequest, CategoryId, JobStatus } from '../api/types.ts';
import type { Engine } from './engine.ts';
import { openFile, openFolder } from './opening.ts';
import { addCategories } from './project/categories.ts';

export interface RunJobOptions {
  /** Folder of images, or a .salience file. */
  readonly source:
    | { readonly kind: 'folder'; readonly path: string }
    | { readonly kind: 'project'; readonly path: string };
  /** Class names, added to the project where they are new. */
  readonly classes: readonly string[];
  readonly request: Omit<BatchRequest, 'categoryIds'>;
  /** Aborting puts the images in flight back and leaves the job paused. */
  readonly signal?: AbortSignal;
  readonly onStatus?: (status: JobStatus) => void;
}

/**
 * Runs a job to its end. Throws PROJECT_LOCKED while the app works on the same project, or the
 * signal's reason; failures of single images are in the status.
 */
export async function runJob(engine: Engine, options: RunJobOptions): Promise<JobStatus> {
  const { context } = engine;
  const { source, signal } = options;
  const opening = { complete: true, ...(signal ? { signal } : {}) };
  if (source.kind === 'folder') await openFolder(context, source.path, opening);
  else await openFile(context, source.path, opening);
  signal?.throwIfAborted();
  const project = context.open.writable();
  const categoryIds: CategoryId[] = addCategories(project.store, options.classes);
  const stopListening = engine.onEvent((event, payload) => {
    if (event === 'job.status') options.onStatus?.(payload as JobStatus);
  });
  const jobs = context.open.jobs();
  const abort = () => void jobs.stop();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    const started = await jobs.start({ ...options.request, categoryIds }, 'commandLine');
    const ended = await jobs.settled(started.id);
    signal?.throwIfAborted();
    return ended;
  } finally {
    signal?.removeEventListener('abort', abort);
    stopListening();
  }
}
