// Opening a folder or a project file, for writing or for looking, and letting another program write it.
import { restoreLearned } from '../learn/stored.ts';
import { realpath } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../../api/errors.ts';
import { DEFAULT_PARAMS } from '../../api/settings.ts';
import type { Progress } from '../../api/methods/method.ts';
import type { ProjectSummary, SavedFilter } from '../../api/methods/project.ts';
import { usualThreshold } from '../../api/rules/thresholds.ts';
import type { PrelabelParams } from '../../api/run.ts';
import type { EngineContext } from '../context.ts';
import { followOtherWriter } from './following.ts';
import { answerAsks } from './handOver/answering.ts';
import { listImages } from './listing.ts';
import { isFolder } from '../../files/isFolder.ts';
import { createJobRunner } from '../jobs/runner.ts';
import { packOf } from '../packs/packs.ts';
import { checkedParams } from '../prelabel/params.ts';
import { listCategories } from '../project/classes/categories.ts';
import { statusCounts } from '../project/images/images.ts';
import type { Project } from '../project/project.ts';
import { openProject, projectFileFor, projectName } from '../project/project.ts';
import { folderIdentity, movedProject, withRecent } from '../project/recents.ts';
import { storedJson } from '../project/database/storedJson.ts';
import type { Lock } from '../project/database/lock.ts';
import { firstNames } from '../project/images/imageNames.ts';
import { isSampleFolder } from './sample.ts';

export interface OpenOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** The window that opens it; empty for the command line. */
  readonly clientId?: string;
  /** Waits for the whole folder to be listed and refuses a locked file: for the command line. */
  readonly complete?: boolean;
  /** Does not write: a file on a place that cannot be written will do. */
  readonly onlyReads?: boolean;
  /** The project's lock, where the caller got it already. */
  readonly lock?: Lock;
  /** Opens it for looking only, for this reason. */
  readonly lookBecause?: string;
}

const HANDED_OVER = 'Another Salience took this project over, and can edit it now.';

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
  // Opens a read-only project again: its other writer may have closed it.
  if (current?.store.path === file && !current.readOnly) return summaryOf(context);
  await context.open.close();
  const project = await openProject({
    file,
    folder,
    alone: options.complete ?? false,
    mustWrite: options.complete === true && options.onlyReads !== true,
    ...(options.lock && { lock: options.lock }),
    ...(options.lookBecause !== undefined && { lookBecause: options.lookBecause }),
  });
  context.open.set(project, createJobRunner(context, project));
  await restoreLearned(context, project, paramsOf(project)).catch((error: unknown) =>
    context.log(`what the project learned was not copied: ${String(error)}`),
  );
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
    else {
      answerAsks(context, project, () => handOver(context, project), context.open.signal());
      await listImages(context, project, options);
    }
  } catch (error) {
    await context.open.close();
    throw error;
  }
  await remember(context, project);
  return summaryOf(context);
}

/** Lets another program edit this project: all of it is saved first, and goes on being shown here. */
async function handOver(context: EngineContext, project: Project): Promise<void> {
  await context.windows.allSettled(() => context.publish('project.asked', {}));
  await context.open.inTurn(async () => {
    if (context.open.current() !== project) return;
    const jobs = context.open.jobs();
    for (const { id, state } of jobs.list())
      if (state === 'running' || state === 'waiting') jobs.pause(id);
    await context.open.close();
    try {
      await openNow(context, project.store.path, null, { lookBecause: HANDED_OVER });
    } catch (error) {
      // Not even for looking: windows must not go on as if it were open.
      context.publish('project.current', { id: null, name: '', clientId: '' });
      throw error;
    }
  });
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
    revision: project.revision(),
    ...context.open.totals(),
    scanning: context.open.scanning.active,
    readOnly: project.readOnly,
    readOnlyReason: project.readOnlyReason,
    categories: listCategories(project.store),
    filters: filtersOf(project),
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

/** The filters that were saved in the project. */
function filtersOf(project: Project): SavedFilter[] {
  const stored = project.meta('filters');
  return stored === null
    ? []
    : storedJson<SavedFilter[]>(stored, 'list', 'the saved filters of the project');
}

/** Images of the strip that the start screen shows. */
const COVERS = 4;

/** Puts the open project in front of the recent ones. */
export async function remember(context: EngineContext, project: Project): Promise<void> {
  const totals = statusCounts(project.store);
  const entry = {
    file: project.store.path,
    folder: project.folder(),
    folderIdentity: await folderIdentity(project.folder()),
    name: projectName(project),
    images: totals.images,
    reviewed: totals.counts.reviewed,
    openedAt: context.clock.now().toISOString(),
    covers: firstNames(project.store, COVERS),
  };
  await context.recents.set(withRecent(context.recents.value(), entry));
}
