// Opening a folder or a project file: the right file is found, the folder is scanned in the background
// and what moved is found again.
import { realpath } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../../api/errors.ts';
import { DEFAULT_PARAMS } from '../../api/settings.ts';
import type { Progress, ProjectSummary } from '../../api/methods.ts';
import { usualThreshold } from '../../api/thresholds.ts';
import type { PrelabelParams } from '../../api/types.ts';
import { publishChanged } from '../commits.ts';
import type { EngineContext } from '../context.ts';
import { followOtherWriter } from './following.ts';
import { isFolder } from '../../files/isFolder.ts';
import { createJobRunner } from '../jobs/runner.ts';
import { packOf } from '../packs/packs.ts';
import { checkedParams } from '../prelabel/params.ts';
import { listCategories } from '../project/categories.ts';
import { statusCounts } from '../project/images.ts';
import type { Project } from '../project/project.ts';
import { openProject, projectFileFor, projectName } from '../project/project.ts';
import { folderIdentity, movedProject, withRecent } from '../project/recents.ts';
import { findMoved } from '../project/relocate.ts';
import { scanFolder } from '../project/scan.ts';
import { storedJson } from '../project/storedJson.ts';
import { isSampleFolder } from './sample.ts';

export interface OpenOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** The window that opens it; empty for the command line. */
  readonly clientId?: string;
  /** Waits for the whole folder to be listed and refuses a locked file: for the command line. */
  readonly complete?: boolean;
}

/** A folder this large is shown while it is still being listed. */
const FIRST_NAMES = 2000;

/** Opens the project of a folder, made on first use. */
export async function openFolder(
  context: EngineContext,
  folder: string,
  options: OpenOptions = {},
): Promise<ProjectSummary> {
  if (!(await isFolder(folder)))
    throw new AppError('FOLDER_MISSING', `There is no folder ${basename(folder)} any more.`);
  const real = await realpath(folder);
  const recents = context.recents.value();
  const known = recents.find((entry) => entry.folder === real);
  const moved = known ? null : await movedProject(recents, real);
  const file = known?.file ?? moved?.file ?? projectFileFor(context.userDataFolder, real);
  return openAt(context, file, real, options);
}

/** Opens a project file; its folder is the one it remembers or, when that is gone, its own. */
async function openFile(
  context: EngineContext,
  file: string,
  options: OpenOptions = {},
): Promise<ProjectSummary> {
  return openAt(context, file, null, options);
}

/** Opens what a person pointed at: a folder of images, or a project file. */
export async function openPath(
  context: EngineContext,
  path: string,
  options: OpenOptions = {},
): Promise<ProjectSummary> {
  return (await isFolder(path))
    ? openFolder(context, path, options)
    : openFile(context, path, options);
}

/** Opens or makes a project file; `folder` null = the one it remembers. */
export function openAt(
  context: EngineContext,
  file: string,
  folder: string | null,
  options: OpenOptions,
): Promise<ProjectSummary> {
  return context.open.inTurn(() => openNow(context, file, folder, options));
}

async function openNow(
  context: EngineContext,
  file: string,
  folder: string | null,
  options: OpenOptions,
): Promise<ProjectSummary> {
  const current = context.open.current();
  // One that is open for looking is opened anew: its other writer may have let go of it.
  if (current?.store.path === file && !current.readOnly) return summaryOf(context);
  await context.open.close();
  const project = await openProject({ file, folder, mustWrite: options.complete ?? false });
  context.open.set(project, createJobRunner(context, project));
  context.publish('project.current', {
    id: project.id,
    name: projectName(project),
    clientId: options.clientId ?? '',
  });
  if (project.readOnlyReason !== null)
    context.publish('notice', {
      level: 'warn',
      code: 'PROJECT_READ_ONLY',
      message: `${project.readOnlyReason} It is open for looking only.`,
    });
  try {
    if (project.readOnly) followOtherWriter(context, project, context.open.signal());
    else await scan(context, project, options);
  } catch (error) {
    await context.open.close();
    throw error;
  }
  await remember(context, project);
  return summaryOf(context);
}

/** Lists the folder; returns when enough is known to show and goes on in the background. */
async function scan(context: EngineContext, project: Project, options: OpenOptions): Promise<void> {
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

/** What the page shows of the open project. */
export async function summaryOf(context: EngineContext): Promise<ProjectSummary> {
  const project = context.open.get();
  const params = paramsOf(project);
  const folder = project.folder();
  // All of the project is read before anything is waited for: it may be closed meanwhile.
  const facts = {
    id: project.id,
    handle: context.handles.handleOf(project.store.path),
    name: projectName(project),
    folderName: basename(folder),
    revision: project.revision(),
    ...context.open.totals(),
    scanning: context.open.scanning.active,
    readOnly: project.readOnly,
    categories: listCategories(project.store),
    packId: project.meta('packId') ?? context.settings.value().packId,
    params,
  };
  // A model that is gone says so where it is asked for; the project opens all the same.
  const pack = await packOf(context, project).catch(() => null);
  const { masks } = checkedParams(params, pack?.parameters);
  return {
    ...facts,
    sample: await isSampleFolder(folder, context.userDataFolder),
    thresholds: { thing: usualThreshold('thing', masks), stuff: usualThreshold('stuff', masks) },
  };
}

/** The parameters that the project uses when none are given. */
export function paramsOf(project: Project): PrelabelParams {
  const stored = project.meta('params');
  return stored === null
    ? DEFAULT_PARAMS
    : storedJson<PrelabelParams>(stored, 'object', 'the parameters of the project');
}

/** Puts the open project in front of the recent ones. */
export async function remember(context: EngineContext, project: Project): Promise<void> {
  const totals = statusCounts(project.store);
  const covers = project.store.all<{ name: string }>(
    'SELECT name FROM image WHERE missing = 0 ORDER BY sort, id LIMIT 4',
  );
  const entry = {
    file: project.store.path,
    folder: project.folder(),
    folderIdentity: await folderIdentity(project.folder()),
    name: projectName(project),
    images: totals.images,
    reviewed: totals.counts.reviewed,
    openedAt: context.clock.now().toISOString(),
    covers: covers.map((row) => row.name),
  };
  await context.recents.set(withRecent(context.recents.value(), entry));
}
