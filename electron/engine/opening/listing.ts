// The folder of an opened project is listed in the background, and what moved is found again.
import type { Progress } from '../../api/methods/method.ts';
import { isFolder } from '../../files/isFolder.ts';
import { publishChanged } from '../commits.ts';
import type { EngineContext } from '../context.ts';
import { findMoved } from '../project/images/relocate.ts';
import { scanFolder } from '../project/images/scan.ts';
import type { Project } from '../project/project.ts';

/** A folder this large is shown while it is still being listed. */
const FIRST_NAMES = 2000;

interface Listing {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** Waits for the whole folder. */
  readonly complete?: boolean;
}

/** Lists the folder; returns when enough is known to show and goes on in the background. */
export async function listImages(
  context: EngineContext,
  project: Project,
  options: Listing,
): Promise<void> {
  const folder = project.folder();
  if (!(await isFolder(folder))) {
    context.publish('notice', {
      level: 'warn',
      code: 'FOLDER_MISSING',
      message: 'The folder of this project is not where it was. Show where it is now to go on.',
    });
    return;
  }
  const scanning = context.open.scanning;
  scanning.active = true;
  scanning.found = 0;
  const signal =
    options.complete && options.signal
      ? AbortSignal.any([context.open.signal(), options.signal])
      : context.open.signal();
  let enough = () => {};
  const first = new Promise<void>((resolve) => (enough = resolve));
  const all = scanFolder(project.store, folder, {
    signal,
    onBatch(found) {
      scanning.found = found;
      options.onProgress?.({ stage: 'List images', done: found, total: 0 });
      if (found >= FIRST_NAMES) {
        enough();
        publishChanged(context, project);
      }
    },
  }).then(async (result) => {
    for (const name of result.unreadable.slice(0, 5))
      context.publish('notice', {
        level: 'warn',
        code: 'FOLDER_MISSING',
        message: `A folder could not be listed: ${name}.`,
      });
    if (result.passedOver !== null)
      context.publish('notice', {
        level: 'info',
        code: 'IMAGE_UNSUPPORTED',
        message: result.passedOver,
      });
    if (result.missing > 0) await findMoved(project.store, folder, { signal });
    scanning.active = false;
    publishChanged(context, project);
  });
  if (options.complete) {
    await all;
    return;
  }
  const shown = all.catch((error: unknown) => {
    scanning.active = false;
    // Closing the project ends its scan: not a failure.
    if (signal.aborted) return;
    context.log(`scan failed: ${error instanceof Error ? error.stack : String(error)}`);
    context.publish('notice', {
      level: 'error',
      code: 'FOLDER_MISSING',
      message: 'The folder could not be listed to the end; some images may not be shown.',
    });
  });
  await Promise.race([first, shown]);
}
